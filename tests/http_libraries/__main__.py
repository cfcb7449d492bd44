"""Runs the tests of the package on several versions of its HTTP library: `python -m tests.http_libraries`.

httpx2 is a library of its own: for it the package is generated with `http_library: httpx2`, and what the tests call
httpx is httpx2 as well. Arguments that this doesn't know are pytest's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..project import generate, spec_texts_for_httpx2

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("httpx==0.27.*", "httpx==0.28.*", "httpx2>=2")
TESTS = ("tests/sdk/http", "tests/sdk/request", "tests/sdk/responses", "tests/sdk/streaming")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.http_libraries", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the libraries are installed")
    parser.add_argument("--library", action="append", choices=LIBRARIES, help="only this one; may be repeated")
    options, arguments = parser.parse_known_args()
    failed = [name for name in options.library or LIBRARIES if not passes(name, options.folder, arguments)]
    print(f"failed: {', '.join(failed)}" if failed else "passed on every library")
    return bool(failed)


def passes(library: str, folder: Path, arguments: list[str]) -> bool:
    """Whether the tests pass with this library in front of the installed one."""
    installed = folder.resolve() / library.replace("*", "x").translate(str.maketrans("", "", "=><"))
    if not installed.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(installed), library]
        if subprocess.run(pip, check=False).returncode:
            shutil.rmtree(installed, ignore_errors=True)
            return False
    print(f"\n=== {library}", flush=True)
    with tempfile.TemporaryDirectory() as project:
        package, plugin = ROOT / "generated" / "src", []
        if library.startswith("httpx2"):
            package = generate(Path(project), spec_texts_for_httpx2()) / "src"
            plugin = ["-p", "tests.http_libraries.as_httpx"]
        path = os.pathsep.join(map(str, (installed, ROOT, package)))
        command = [sys.executable, "-m", "pytest", "-q", "-o", f"pythonpath=generator {package}", *plugin]
        done = subprocess.run(
            [*command, *(arguments or TESTS)], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, check=False
        )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
