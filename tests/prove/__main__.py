"""`python -m tests.prove [RULE ...]`: all verdicts of some rules, or of all, and what the machine says of them."""

from __future__ import annotations

import argparse
import sys

from .machine import prove
from .pairs import pairs
from .judgement import Ruling


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("rules", nargs="*", help="the folders of tests/specdiff/rules to look at (default: all)")
    parser.add_argument("--untyped", action="store_true", help="without pyright")
    arguments = parser.parse_args()
    judged, skipped = prove(pairs(tuple(arguments.rules)), is_checked=not arguments.untyped)
    for each in judged:
        if each.ruling is not Ruling.PROVEN:
            print(f"{each.ruling.value}: {each.rule} {each.column.value} {each.claim.value} in {each.pair}: {each.message}\n    {each.reason}")
    print(skipped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
