# Every target makes its own virtual environment; nothing but Python >= 3.11 and a package index
# is needed. A stamp per lock file keeps the second run quick.

PYTHON ?= python3
PORT ?= 8000
PEOPLE ?= 60
BENCH ?= full
SCALE ?= full

SETTINGS = BASE_URL=http://127.0.0.1:$(PORT) DJANGO_SETTINGS_MODULE=$(MODULE)
MODULE = settings.base

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml

.PHONY: demo serve test lint bench scale lock wheel clean

demo: MODULE = settings.demo
demo: $(VENV)/product.installed  ## A workspace filled over SCIM, served until Ctrl-C.
	@$(SETTINGS) $(PY) manage.py demo --people $(PEOPLE)

serve: $(VENV)/product.installed  ## The product alone, on DATABASE_URL or db.sqlite3.
	@$(SETTINGS) $(PY) manage.py migrate --verbosity 0
	@$(SETTINGS) $(PY) -m gunicorn settings.wsgi --no-control-socket \
		--bind 127.0.0.1:$(PORT) --threads 8

test: $(VENV)/dev.installed  ## The whole suite, on SQLite and on PostgreSQL.
	@$(PY) -m tests

lint: MODULE = settings.test
lint: $(VENV)/dev.installed
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(SETTINGS) $(PY) manage.py makemigrations --check --dry-run

bench: $(VENV)/bench.installed  ## Three servers side by side; BENCH=quick takes three minutes.
	@$(PY) -m benchmarks $(BENCH)

scale: $(VENV)/bench.installed  ## What a deployment carries; SCALE=quick takes two minutes, the whole eight.
	@$(PY) -m benchmarks.scale $(SCALE)

lock: $(VENV)/dev.installed  ## Pins what pyproject.toml asks for; UPGRADE=--upgrade for the newest.
	$(LOCK) --group product --output-file requirements/product.txt $(UPGRADE)
	$(LOCK) --group dev --constraint requirements/product.txt \
		--output-file requirements/dev.txt $(UPGRADE)
	$(LOCK) --group bench --constraint requirements/dev.txt \
		--output-file requirements/bench.txt $(UPGRADE)

wheel: $(VENV)/dev.installed
	$(PIP) wheel . --no-deps --wheel-dir dist

clean:
	rm -rf $(VENV) .demo dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .test-results

$(VENV)/%.installed: requirements/%.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 is needed.")'
	@echo "Installing $<"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --requirement $<
	@touch $@
