"""The journal's sentences are told in the owner's language, as far as a catalogue knows them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import which

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

import scim_provisioning
from scim_provisioning.console.sentences import PATTERNS, SENTENCES, translated
from scim_provisioning.models import Connection, JournalEntry
from scim_provisioning.protocol import errors
from tests.conftest import missing
from tests.console.conftest import PAGE
from tests.console.directory import Directory
from tests.console.test_groups import push

APP = Path(scim_provisioning.__file__).parent
REFUSALS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.ScimError)
}
RAISED = {*REFUSALS, "RoleRefused", "Closed"}
SAMPLES: Mapping[str, Sequence[str]] = {
    "wanted": ("an endpoint such as /Users", "one resource"),
    "what": ("The search request", "The bulk request", "name.givenName"),
    "place": ("line 1, column 2",),
}
"""What stands in a sentence where it is no name and no number."""
SAMPLES_OF: Mapping[str, Mapping[str, Sequence[str]]] = {
    "unreadable": {"what": ("filter", "path")},
    "fold_names": {"where": ("the message", "The search request", "The bulk request")},
}
"""The same, by the function that writes it."""
COUNTED_ONLY = "api/throttling.py"
"""Its sentence is for the directory: the journal counts it (journal.py: LIMIT)."""


def written() -> Iterator[str]:
    """Read every sentence off the sources that the app may store or tell an owner."""
    yield from (kind.default_detail for kind in REFUSALS.values() if kind is not errors.ScimError)
    for path in sorted(APP.rglob("*.py")):
        if path.is_relative_to(APP / "simulator") or str(path).endswith(COUNTED_ONLY):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield from _sentences(node)
            if isinstance(node, ast.FunctionDef) and node.name in SAMPLES_OF:
                for text in ast.walk(node):
                    if isinstance(text, ast.JoinedStr):
                        yield from _filled(text, **SAMPLES_OF[node.name])


def _sentences(call: ast.Call) -> Iterator[str]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    is_note = ast.unparse(call.func).endswith("notes.append")
    if called in RAISED or is_note:
        for argument in call.args:
            yield from _filled(argument)


def _filled(expression: ast.expr, **samples: Sequence[str]) -> Iterator[str]:
    """Fill the places of a sentence; what is no sentence written here is none of ours."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    if not isinstance(expression, ast.JoinedStr):
        return
    filled = [""]
    for piece in expression.values:
        texts = (
            {**SAMPLES, **samples}.get(ast.unparse(piece.value), ("name.givenName",))
            if isinstance(piece, ast.FormattedValue)
            else (str(ast.literal_eval(piece)),)
        )
        filled = [begun + text for begun in filled for text in texts]
    yield from filled


def test_the_sources_hold_what_is_looked_for() -> None:
    found = set(written())

    assert len(found) > 100
    assert "A group of this name was there before: it was adopted." in found
    assert "Only a group that the directory manages can give a role." in found


@pytest.mark.parametrize("sentence", sorted(set(written())))
def test_every_sentence_of_the_app_is_in_the_german_catalogue(sentence: str) -> None:
    with override("de"):
        assert translated(sentence) != sentence


@pytest.mark.parametrize("sentence", sorted(set(written())))
def test_in_english_it_is_what_was_stored(sentence: str) -> None:
    with override("en"):
        assert translated(sentence) == sentence


def test_nothing_is_listed_that_nobody_writes() -> None:
    found = set(written())
    with override("de"):
        told = {translated(sentence) for sentence in found}
        assert {each for each in SENTENCES if translated(each) not in told} == set()
        filled = {each: _sample(each) for each in PATTERNS}
        unused = {each for each, sample in filled.items() if translated(sample) not in told}

    assert unused == set()


def _sample(pattern: str) -> str:
    names = dict.fromkeys(("name", "count", "operator", "verb", "resource"), "name.givenName")
    return pattern % {**names, "line": "1", "column": "2"}


class TestWhatIsNotTheApps:
    @pytest.mark.parametrize("sentence", ["", "Was host: 100% of it.", "x is required by y z."])
    def test_an_unknown_sentence_stays(self, sentence: str) -> None:
        with override("de"):
            assert translated(sentence) == sentence

    def test_a_name_in_a_sentence_is_told_as_it_is(self) -> None:
        with override("de"):
            assert translated("50%(x)s appears twice.") == "50%(x)s kommt zweimal vor."

    def test_a_hosts_sentence_is_looked_up_in_its_own_catalogue(
        self, tmp_path: Path, settings: Settings
    ) -> None:
        if which("msgfmt") is None:
            missing("gettext is not installed")
        folder = tmp_path / "de" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        (folder / "django.po").write_text(f'{head}msgid "A desk was freed."\nmsgstr "Frei."\n')
        subprocess.run(["msgfmt", "-o", folder / "django.mo", folder / "django.po"], check=True)
        settings.LOCALE_PATHS = [tmp_path]

        with override("de"):
            assert translated("A desk was freed.") == "Frei."


class TestThePage:
    @pytest.fixture(autouse=True)
    def _german(self, settings: Settings) -> None:
        settings.LANGUAGE_CODE = "de"

    def test_a_note_is_told_in_german(self, owner: Client, directory: Directory) -> None:
        push(directory, "Engineering")

        page = owner.get(f"{PAGE}activity/").content.decode()

        assert "Eine Gruppe dieses Namens war schon da: Sie wurde übernommen." in page

    def test_a_refusal_is_told_in_german_and_stored_in_english(
        self, owner: Client, directory: Directory
    ) -> None:
        answer = directory.send("POST", "/Users", {"displayName": "Zoe"})

        [deed] = owner.get(f"{PAGE}activity/").context["page"].deeds
        assert deed.reason == "userName fehlt."
        assert answer.json()["detail"] == "userName is required."
        assert JournalEntry.objects.get().notes == ["userName is required."]

    def test_a_decision_that_came_to_nothing_says_why_in_german(
        self, owner: Client, connection: Connection
    ) -> None:
        group = connection.group_links.order_by("pk").first()
        assert group is not None

        page = owner.post(f"{PAGE}groups/{group.scim_id}/role/", {"role": "ADMIN"})

        assert page.status_code == 409
        assert "Nur eine Gruppe, die das Verzeichnis verwaltet" in page.content.decode()
