"""Interleaved comparison of one benchmark script between interpreters.

python ab.py bench_models.py peer=/path/venv/bin/python ours=/path/venv/bin/python:/path/to/src -- --reps 3

A variant is LABEL=PYTHON[:PYTHONPATH]. Rounds alternate between variants; the table gives the median
of each case and, for every variant after the first, the median over rounds of first/variant ("x faster").
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys


def run(script: str, variant: str, extra: list[str]) -> dict[str, float]:
    python, _, path = variant.partition(":")
    env = {**os.environ, "PYTHONPATH": path} if path else {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    out = subprocess.run([python, script, *extra], env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def main() -> None:
    argv = sys.argv[1:]
    extra = argv[argv.index("--") + 1 :] if "--" in argv else []
    cli = argparse.ArgumentParser()
    cli.add_argument("script")
    cli.add_argument("variants", nargs="+")
    cli.add_argument("--rounds", type=int, default=5)
    cli.add_argument("--save")
    opt = cli.parse_args(argv[: argv.index("--")] if "--" in argv else argv)
    script = opt.script if os.path.exists(opt.script) else os.path.join(os.path.dirname(__file__), opt.script)
    variants = dict(v.split("=", 1) for v in opt.variants)
    rounds: list[dict[str, dict[str, float]]] = []
    for i in range(opt.rounds):
        order = list(variants) if i % 2 == 0 else list(reversed(variants))
        rounds.append({label: run(script, variants[label], extra) for label in order})
        print(f"round {i + 1}/{opt.rounds}", file=sys.stderr)
    if opt.save:
        with open(opt.save, "w") as file:
            json.dump(rounds, file, indent=1)
    first, *others = variants
    print("| case | " + " | ".join([first, *(f"{o} | {first}/{o} (min..max)" for o in others)]) + " |")
    print("|---|" + "--:|" * (1 + 2 * len(others)))
    for case in dict.fromkeys(c for r in rounds for v in r.values() for c in v):
        cells = [median(rounds, first, case)]
        for other in others:
            if any(case not in r[other] or case not in r[first] for r in rounds):
                cells += [median(rounds, other, case), "-"]
                continue
            ratios = [r[first][case] / r[other][case] for r in rounds]
            cells += [
                median(rounds, other, case),
                f"{statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})",
            ]
        print(f"| {case} | " + " | ".join(cells) + " |")


def median(rounds: list, label: str, case: str) -> str:
    values = [r[label][case] for r in rounds if case in r[label]]
    return show(case, statistics.median(values)) if values else "-"


def show(case: str, value: float) -> str:
    if case.endswith("[MB]"):
        return f"{value:.1f} MB"
    if value >= 10:  # bytes
        return f"{value:.0f} B"
    for unit, scale in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if value * scale >= 1:
            return f"{value * scale:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


if __name__ == "__main__":
    main()
