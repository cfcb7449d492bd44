"""The words of a benchmark: peers, suites of cases, and goals about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """An environment of its own, with what is compared in it."""

    label: str
    title: str
    """As reports call it; `{version}` becomes the version of `distribution` that is installed."""

    requirements: tuple[str, ...]
    """What pip installs; `{root}` becomes the folder of the project."""

    distribution: str = ""
    generated_by: tuple[str, ...] = ()
    """A command in this environment that makes the package to install: `{spec}` and `{out}` are filled in."""


@dataclass(frozen=True)
class Suite:
    """A script and the peers that run it. It prints one line: `{"values": {case: seconds}, "results": {case: digest}}`.

    Peers that have a result for a case must agree on it.
    """

    name: str
    title: str
    script: str
    peers: tuple[str, ...]
    """Labels. What is ours comes first: ratios in tables are peer ÷ first."""

    arguments: tuple[str, ...] = ()
    quick: tuple[str, ...] | None = None
    """Arguments for a short run; `None` leaves the suite out of it."""

    plotted: tuple[str, ...] = ()
    """Cases that the plot shows."""

    quick_peers: tuple[str, ...] = ()
    """The peers of a short run, where the others take too long."""

    most_rounds: int = 5
    """How many rounds are enough, where one takes minutes or all give the same."""


Place = tuple[str, str]
"""Label of a peer, case."""


@dataclass(frozen=True)
class Goal:
    """`base ÷ measured` is at least something (times faster), or `measured ÷ base` at most something."""

    title: str
    suite: str
    measured: Place
    base: Place
    at_least: float | None = None
    at_most: float | None = None

    def ratio(self, values: dict[str, dict[str, float]]) -> float:
        """The ratio of one round: label → case → value."""
        measured, base = (values[label][case] for label, case in (self.measured, self.base))
        return base / measured if self.at_least is not None else measured / base

    def holds(self, ratio: float) -> bool:
        return ratio >= self.at_least if self.at_least is not None else ratio <= (self.at_most or 0)

    def text(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"
