"""Runs every benchmark on `generated/`, alone or in turn with the package of another interpreter.

python benchmarks/run.py                                    this package only
python benchmarks/run.py --peer path/to/venv/bin/python     side by side with what is installed there
python benchmarks/run.py bench_models.py --rounds 5         some scripts only
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OURS = f"ours={sys.executable}:{HERE.parent / 'generated' / 'src'}"
SCRIPTS = {
    "bench_import.py": ["--reps", "5"],
    "bench_models.py": [],
    "bench_request.py": [],
    "bench_create.py": ["--concurrency", "1", "50"],
    "bench_stream.py": [],
    "bench_growth.py": ["--events", "1000", "10000"],
    "bench_memory.py": ["--count", "20000"],
}
"""Script → arguments that keep its run short."""


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("scripts", nargs="*", default=list(SCRIPTS), choices=[*SCRIPTS, []], metavar="SCRIPT")
    cli.add_argument("--peer", help="the Python of an environment with another package of the name `anthropic`")
    cli.add_argument("--rounds", default="3", help="processes per script and variant (default: 3)")
    options = cli.parse_args()
    variants = [f"peer={options.peer}", OURS] if options.peer else [OURS]
    for script in options.scripts:
        print(f"\n## {script}\n", flush=True)
        command = [sys.executable, str(HERE / "ab.py"), script, *variants, "--rounds", options.rounds]
        subprocess.run([*command, "--", *SCRIPTS[script]], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
