"""Timing harness: cases are interleaved inside a process, `run.py` interleaves processes.

A case is a callable that does some work and returns how many operations it did.
`measure` reports, per case, the median of seconds per operation over `reps` rounds.
CPU time is the default clock because the machine is shared; pass clock="wall" when a
second process (the loopback server) takes part.
"""

from __future__ import annotations

import gc
import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable

Case = Callable[[], int]
CLOCKS = {"cpu": time.process_time, "wall": time.perf_counter}


def measure(cases: dict[str, Case], *, reps: int = 5, min_time: float = 0.2, clock: str = "cpu") -> dict[str, float]:
    now = CLOCKS[clock]
    loops: dict[str, int] = {}
    for name, case in cases.items():  # warm-up and calibration
        case()
        start = now()
        case()
        loops[name] = max(1, round(min_time / max(now() - start, 1e-7)))
    samples: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(reps):
        for name, case in cases.items():
            gc.collect()
            ops, start = 0, now()
            for _ in range(loops[name]):
                ops += case()
            samples[name].append((now() - start) / ops)
    return {name: statistics.median(values) for name, values in samples.items()}


def emit(values: dict[str, float], results: dict[str, object] | None = None) -> None:
    """Print one line of JSON, which `run.py` reads: the values, and digests of the results that peers must share."""
    digests = {case: hashlib.sha256(repr(result).encode()).hexdigest()[:16] for case, result in (results or {}).items()}
    json.dump({"values": values, "results": digests}, sys.stdout)
    print(flush=True)
