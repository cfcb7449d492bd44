"""Generators: CPU seconds (with those of processes that they start) and peak memory of whole runs.

The documents are the project's spec, several times side by side. Which generator runs is that of the environment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from documents import multiplied
from harness import emit

BIN = Path(sys.executable).parent
COMMANDS = {
    "sdkloom": ("sdkloom", "generate", "{spec}", "--out", "{out}"),
    "openapi-python-client": (
        *("openapi-python-client", "generate", "--path", "{spec}", "--output-path", "{out}"),
        *("--overwrite", "--meta", "none"),
    ),
    "datamodel-codegen": (
        *("datamodel-codegen", "--input", "{spec}", "--input-file-type", "openapi", "--output", "{out}"),
        *("--output-model-type", "pydantic_v2.BaseModel"),
    ),
    "crozier": ("crozier", "generate", "python", "--no-config", "--spec", "{spec}", "--output", "{out}"),
}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--copies", nargs="*", type=int, default=[1, 16, 64], help="sizes of documents")
    cli.add_argument("--reps", type=int, default=3)
    options = cli.parse_args()
    name, command = next((name, command) for name, command in COMMANDS.items() if (BIN / name).exists())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        values = measured(name, command, options, Path(folder))
    emit(values, {})


def measured(name: str, command: tuple[str, ...], options: argparse.Namespace, folder: Path) -> dict[str, float]:
    """The cases of one generator."""
    values: dict[str, float] = {}
    out, spec = folder / "out", folder / "spec.json"
    for copies in options.copies:
        runs: list[tuple[float, float]] = []
        for _ in range(options.reps):
            spec.write_text(multiplied(copies))
            for made in (out, folder / "cache"):
                shutil.rmtree(made, ignore_errors=True)
            runs.append(once(command, spec, out))
        values[f"{copies} × the spec [cpu]"] = statistics.median(cpu for cpu, _ in runs)
        values[f"{copies} × the spec [B]"] = max(peak for _, peak in runs)
    if name == "sdkloom":  # the others keep nothing from run to run
        again = [once(command, spec, out)[0] for _ in range(options.reps)]
        values[f"{copies} × the spec, nothing changed [cpu]"] = statistics.median(again)
        spec.write_text(multiplied(copies, changed=True))
        values[f"{copies} × the spec, one schema changed [cpu]"] = once(command, spec, out)[0]
        base = folder / "base.json"
        base.write_text(multiplied(copies))
        for case in ("diff", "diff, the base known"):
            values[f"{copies} × the spec, {case} [cpu]"] = once(("sdkloom", "diff", "{out}", "{spec}"), spec, base)[0]
    return values


def once(command: tuple[str, ...], spec: Path, out: Path) -> tuple[float, float]:
    """CPU seconds and peak bytes of one run."""
    words = [word.format(spec=spec, out=out) for word in command]
    child = subprocess.Popen(
        [str(BIN / words[0]), *words[1:]],
        cwd=spec.parent,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},  # some look for ruff there
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"failed: {' '.join(words)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
