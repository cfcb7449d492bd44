"""Packages that tests generate from documents of their own, and import; the tests of packages."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from sdkloom import DiagnosticSink, generate

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_numbers = itertools.count()


def run_tests(package: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of a package in a process of their own, with the one plugin that they need."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTEST_ADDOPTS", "TEST_API_BASE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "anyio", *arguments],
        cwd=package,
        env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@contextlib.contextmanager
def generated_package(folder: Path, spec: str, config: str = "") -> Iterator[ModuleType]:
    """The package of a document. Its name is another one each time, unless `config` says it."""
    name = f"wire_{next(_numbers)}"
    files = {"spec.yaml": textwrap.dedent(spec)}
    files["sdk.yaml"] = f"package: {{distribution: {name}}}\n" + textwrap.dedent(config)
    sink = DiagnosticSink()
    made = generate("spec.yaml", "sdk.yaml", read=files.__getitem__, sink=sink, templates=TEMPLATES)
    assert made is not None, sink.diagnostics
    for path, text in made.items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    source = str(folder / name / "src")
    sys.path.insert(0, source)
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(source)
        for loaded in [each for each in sys.modules if each.split(".")[0] == name]:
            del sys.modules[loaded]
