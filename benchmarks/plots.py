"""Draw how costs grow; must not know how anything is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib import pyplot

from benchmarks.figures import Figures, Run
from benchmarks.servers import SERVERS

_BY_PEOPLE = ("filter by userName", "POST user", "first page of 100")
_BY_MEMBERS = ("GET group with members", "PATCH ±1 member", "PATCH ±100 members")
_COLOURS = ("tab:blue", "tab:gray", "tab:orange")


def write(run: Run, folder: Path) -> None:
    """Draw one picture over the number of people and one over a group's members."""
    _draw(run, _BY_PEOPLE, "people", lambda each: each.people, folder / "performance-people.png")
    _draw(run, _BY_MEMBERS, "members", lambda each: each.size, folder / "performance-groups.png")


def _draw(
    run: Run, names: Sequence[str], size: str, measure: Callable[[Figures], int], path: Path
) -> None:
    pyplot.switch_backend("agg")
    figure, panels = pyplot.subplots(1, len(names), figsize=(9, 2.8), sharey=True)
    for name, panel in zip(names, panels, strict=True):
        for server, colour in zip(SERVERS, _COLOURS, strict=True):
            found = [
                each for each in run.figures if (each.scenario, each.server) == (name, server.name)
            ]
            points = [(measure(each), each.cpu) for each in found]
            panel.plot(*zip(*points, strict=True), "o-", ms=3, color=colour, label=server.name)
        panel.set(title=name, xlabel=size, xscale="log", yscale="log")
        panel.grid(alpha=0.3)
    panels[0].set_ylabel("CPU s / 1,000 requests")
    panels[0].legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    pyplot.close(figure)
