"""A cluster for each broker, and what is demanded whatever the fault.

Must not know which faults there are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.brokers import BROKERS
from tests.faults.cluster import Cluster, running
from tests.faults.database import postgresql
from tests.faults.figures import Figures
from tests.faults.striking import strike

Trial = Callable[..., Figures]


@pytest.fixture(scope="session", params=BROKERS)
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """The whole product, on servers that nobody else uses."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("The faults are tried once, with PostgreSQL")
    start_broker = BROKERS[request.param]
    with (
        tempfile.TemporaryDirectory(prefix="scim-faults-") as folder,
        start_broker(Path(folder)) as broker,
        postgresql() as database,
        running(Path(folder), broker=broker, database=database) as cluster,
    ):
        yield cluster


@pytest.fixture
def trial(
    cluster: Cluster,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> Trial:
    """Strikes, prints the figures, and demands that nothing is lost."""

    def run(*, fault: Callable[[], None], remedy: Callable[[], None], crowd: int = 40) -> Figures:
        name = request.node.name.replace("_", "-").strip("]").replace("[", ".")
        try:
            figures = strike(cluster, name=name, fault=fault, remedy=remedy, crowd=crowd)
        except TimeoutError as problem:
            pytest.fail(f"{problem}\n{cluster.last_words()}")
        record_property("figures", str(figures))
        with capsys.disabled():
            print(f"\n{name}: {figures}")
        assert figures.writes_acknowledged > 0
        assert figures.writes_lost == figures.effects_lost == figures.effects_of_nothing == 0
        assert figures.wrong_answers == 0
        # What the worker's two processes had in hand, and no more, may be done again.
        assert figures.duplicates <= 2
        return figures

    return run
