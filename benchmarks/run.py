"""Measures everything and compares it with its peers, which it sets up by itself.

python benchmarks/run.py                       all suites; writes docs/benchmarks.md with its plots
python benchmarks/run.py --quick               a short run, which only prints
python benchmarks/run.py models --rounds 7     some suites, which only print
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import environments
import report
from model import Goal, Peer, Suite
from rows import MODULES

HERE = Path(__file__).resolve().parent
PEERS: dict[str, Peer] = {peer.label: peer for module in MODULES for peer in module.PEERS}
SUITES: dict[str, Suite] = {suite.name: suite for module in MODULES for suite in module.SUITES}
GOALS: list[Goal] = [goal for module in MODULES for goal in module.GOALS]


def main() -> None:
    options = _options()
    how = _how()
    chosen = [SUITES[name] for name in options.suites] or list(SUITES.values())
    if options.quick:
        chosen = [suite for suite in chosen if suite.quick is not None]
    labels = dict.fromkeys(label for suite in chosen for label in _labels(suite, options))
    pythons = {label: environments.set_up(PEERS[label]) for label in labels}
    # What is imported from a source tree must not pay for a compilation that an installed package has behind it.
    compileall.compile_dir(environments.ROOT / "generated" / "src", quiet=1)
    titles = {label: environments.title_of(PEERS[label]) for label in labels}
    rounds: dict[str, report.Rounds] = {}
    goals: list[Goal] = []
    for suite in chosen:
        rounds[suite.name] = _measure(suite, pythons, options)
        print("\n".join(report.suite_lines(suite, rounds[suite.name], titles)), "\n", flush=True)
        goals = [goal for goal in GOALS if report.is_measured(goal, rounds)]
        if options.write or not (options.quick or options.suites or options.peers):
            report.write(environments.ROOT / "docs", how, [SUITES[name] for name in rounds], goals, rounds, titles)
    print("\n".join(report.goal_lines(goals, rounds)))


def _options() -> argparse.Namespace:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("suites", nargs="*", choices=[*SUITES, []], metavar="suite", help=", ".join(SUITES))
    cli.add_argument("--quick", action="store_true", help="less of everything")
    cli.add_argument("--write", action="store_true", help="write docs/benchmarks.md whatever was measured")
    cli.add_argument("--rounds", type=int, default=0, help="processes for each script and peer (5; with --quick 1)")
    cli.add_argument("--peers", nargs="*", choices=PEERS, help="only these")
    options = cli.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    return options


def _how() -> str:
    """How this run was started, and how busy the machine was before it: what the report says of itself."""
    arguments = shlex.join(sys.argv[1:])
    command = f'make bench ARGS="{arguments}"' if arguments else "make bench"
    load = os.getloadavg()[0]
    return f"Written by `{command}` on {os.cpu_count()} processors, whose load was {load:.1f} before."


def _labels(suite: Suite, options: argparse.Namespace) -> list[str]:
    """The peers that run a suite."""
    wanted = options.peers or (options.quick and suite.quick_peers) or suite.peers
    return [label for label in suite.peers if label in wanted]


def _measure(suite: Suite, pythons: dict[str, Path], options: argparse.Namespace) -> report.Rounds:
    """The peers take turns, each in a process of its own. Every other round goes the other way."""
    arguments = suite.quick if options.quick else suite.arguments
    labels = _labels(suite, options)
    rounds: report.Rounds = []
    wanted = min(options.rounds, suite.most_rounds)
    for number in range(wanted):
        print(f"{suite.name}: round {number + 1} of {wanted}", file=sys.stderr, flush=True)
        results: dict[str, dict[str, str]] = {}
        values: dict[str, dict[str, float]] = {}
        for label in labels if number % 2 == 0 else reversed(labels):
            values[label], results[label] = _run(suite.script, pythons[label], arguments or ())
        _check(suite, results)
        rounds.append(values)
    return rounds


def _run(script: str, python: Path, arguments: tuple[str, ...]) -> tuple[dict[str, float], dict[str, str]]:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), str(HERE / script), *arguments]
    out = subprocess.run(command, env=env, cwd=HERE, stdout=subprocess.PIPE, text=True, check=True).stdout
    printed = json.loads(out.strip().splitlines()[-1])
    return printed["values"], printed["results"]


def _check(suite: Suite, results: dict[str, dict[str, str]]) -> None:
    """Nothing is compared that does not do the same."""
    for case in dict.fromkeys(case for of_peer in results.values() for case in of_peer):
        digests = {label: of_peer[case] for label, of_peer in results.items() if case in of_peer}
        if len(set(digests.values())) > 1:
            raise SystemExit(f"{suite.script}: the peers disagree about {case!r}: {digests}")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
