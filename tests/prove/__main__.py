"""`python -m tests.prove [RULE ...]`: judges all verdicts of some rules, or of all, and prints a table.

Exit code 1 if a verdict is refuted, or if nothing shows that it is as bad as it says and it isn't listed as undecided.
"""

from __future__ import annotations

import argparse
import sys

from .machine import prove
from .pairs import KINDS, pairs
from .table import superfluous, table, wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("rules", nargs="*", help="folders of tests/specdiff/rules; all of them, if none is named")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="pairs of each rule (default: all)")
    arguments = parser.parse_args()
    judged, skipped = prove(list(pairs(tuple(arguments.rules), arguments.kinds)), jobs=arguments.jobs)
    bad = wrong(judged)
    print(table(judged))
    for each in bad:
        print(
            f"{each.ruling.value}: {each.rule}, {each.column.value} {each.claim.value}, in {each.pair}: {each.message}"
        )
        print(f"    {each.reason}")
    for name, reason in skipped.items():
        print(f"not generated: {name}: {reason}")
    is_whole = not arguments.rules and arguments.kinds == KINDS
    needless = superfluous(judged) if is_whole else []
    for rule, column in needless:
        print(f"decided, though listed as undecided: {rule}, {column.value}")
    return 1 if bad or skipped or needless else 0


if __name__ == "__main__":
    sys.exit(main())
