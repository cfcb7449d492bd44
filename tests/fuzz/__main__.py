"""`python -m tests.fuzz [PIECE ...]`: random inputs by seed, until the cases or the seconds are used up.

A case that fails is printed with its seed: `--first SEED --cases 1` runs it again.
"""

from __future__ import annotations

import argparse
import signal
import time
import traceback
from collections import Counter
from types import FrameType

from .pieces import PIECES, run_case


def _hang(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError("the case takes too long")


def fuzz(piece: str, first: int, cases: int, seconds: float, patience: int) -> tuple[Counter[str], list[int]]:
    """Run cases of one piece; what became of them, and the seeds of those that failed."""
    outcomes: Counter[str] = Counter()
    failed: list[int] = []
    end = time.monotonic() + seconds
    for seed in range(first, first + cases):
        if time.monotonic() > end:
            break
        signal.alarm(patience)
        try:
            outcomes[run_case(piece, seed)] += 1
        except Exception:
            failed.append(seed)
            print(f"\n{piece}, seed {seed}:\n{traceback.format_exc(limit=-4)}", flush=True)
        finally:
            signal.alarm(0)
    return outcomes, failed


def main() -> int:
    """Run what the arguments say; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("pieces", metavar="PIECE", nargs="*", help=f"one of {', '.join(PIECES)}; all, if none is given")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="the first seed")
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases for each piece")
    parser.add_argument("--seconds", type=float, default=60, help="for each piece")
    parser.add_argument(
        "--patience", type=int, default=60, metavar="SECONDS", help="for one case, before it counts as hanging"
    )
    options = parser.parse_args()
    unknown = set(options.pieces) - set(PIECES)
    if unknown:
        parser.error(f"no such piece: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGALRM, _hang)
    failures = 0
    for piece in options.pieces or PIECES:
        outcomes, failed = fuzz(piece, options.first, options.cases, options.seconds, options.patience)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        print(
            f"{piece}: {outcomes.total() + len(failed)} cases: {counts or 'none ended'}; {len(failed)} failed",
            flush=True,
        )
        failures += len(failed)
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
