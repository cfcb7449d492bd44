"""What was measured, as Markdown and as plots."""

from __future__ import annotations

import platform
import statistics
from pathlib import Path

import plots
from model import Goal, Suite

Rounds = list[dict[str, dict[str, float]]]
"""For each round: label of the peer → case → seconds, bytes, megabytes."""


def is_measured(goal: Goal, rounds: dict[str, Rounds]) -> bool:
    """Whether this run has what a goal is about."""
    return goal.suite in rounds and all(
        case in values.get(label, {}) for values in rounds[goal.suite] for label, case in (goal.measured, goal.base)
    )


def goal_lines(goals: list[Goal], rounds: dict[str, Rounds]) -> list[str]:
    """Return the table of goals."""
    lines = ["| measure | ratio (spread) | goal | |", "|---|--:|--:|---|"]
    for goal in goals:
        ratios = [goal.ratio(values) for values in rounds[goal.suite]]
        mark = "reached" if goal.holds(statistics.median(ratios)) else "missed"
        lines.append(f"| {goal.title} | {_spread(ratios)} | {goal.text()} | {mark} |")
    return lines


def suite_lines(suite: Suite, rounds: Rounds, titles: dict[str, str]) -> list[str]:
    """Return the table of one suite: the value of each peer, and how it compares with the first."""
    labels = [label for label in suite.peers if label in rounds[0]]
    first, *others = labels
    lines = [
        f"| {suite.name} | {titles[first]} |" + "".join(f" {titles[label]} | ratio (spread) |" for label in others)
    ]
    lines.append("|---|--:|" + "--:|--:|" * len(others))
    for case in dict.fromkeys(case for label in labels for case in rounds[0][label]):
        cells = [_median(rounds, first, case)]
        for label in others:
            cells += [_median(rounds, label, case), _spread(ratios(rounds, label, first, case))]
        lines.append(f"| {case} | " + " | ".join(cells) + " |")
    return lines


def ratios(rounds: Rounds, label: str, first: str, case: str) -> list[float]:
    """Return for each round how many times the value of `first` another peer needs."""
    both = [values for values in rounds if case in values[label] and case in values[first]]
    return [values[label][case] / values[first][case] for values in both]


def write(
    docs: Path, how: str, suites: list[Suite], goals: list[Goal], rounds: dict[str, Rounds], titles: dict[str, str]
) -> None:
    """Write `benchmarks.md` and its plots. `how` says how the run was made."""
    counts = ", ".join(f"{len(rounds[suite.name])} for {suite.name}" for suite in suites)
    lines = [
        "# Benchmarks",
        "",
        how,
        "Ratios come from processes that took turns, so that all met the same machine.",
        "They are medians of the rounds, with the least and the greatest. The clock is CPU time, except where a",
        "server takes part. Nothing is measured before the peers agree on the result.",
        "[benchmarks/](../benchmarks/README.md) tells how.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}. Rounds: {counts}.",
        "",
        "## Goals",
        "",
        *goal_lines(goals, rounds),
    ]
    for suite in suites:
        lines += ["", f"## {suite.title}", ""]
        if suite.plotted:
            image = f"benchmarks-{suite.name}.svg"
            (docs / "images" / image).write_text(_plot(suite, rounds[suite.name], titles), encoding="utf-8")
            lines += [f"![{suite.title}](images/{image})", ""]
        lines += suite_lines(suite, rounds[suite.name], titles)
    (docs / "benchmarks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plot(suite: Suite, rounds: Rounds, titles: dict[str, str]) -> str:
    first, *others = [label for label in suite.peers if label in rounds[0]]
    bars = {
        case: {titles[label]: ratios(rounds, label, first, case) for label in others if case in rounds[0][label]}
        for case in suite.plotted
        if case in rounds[0][first]
    }
    return plots.bars(f"{suite.title}: peer ÷ {titles[first]}", bars)


def _median(rounds: Rounds, label: str, case: str) -> str:
    values = [values[label][case] for values in rounds if case in values[label]]
    return show(case, statistics.median(values)) if values else ""


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})" if values else ""


def show(case: str, value: float) -> str:
    """Return a value with its unit: seconds, megabytes where the case says so, bytes if it is no time at all."""
    if case.endswith("[MB]"):
        return f"{value:.1f} MB"
    if case.endswith("[B]"):
        return f"{value:.0f} B"
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * scale >= 1:
            return f"{value * scale:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"
