"""One quirk of OpenAPI per folder: `spec.yaml` (maybe `sdk.yaml`) in, the files that `files.txt` names out.

`make snapshots` writes `expected/`. Beyond the snapshots, every case has to be importable Python with sorted imports.
"""

from __future__ import annotations

import functools
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from sdkloom import DiagnosticSink, generate
from sdkloom.diagnostics.model import Severity

pytestmark = pytest.mark.filterwarnings("ignore:\\s*Can not relate snapshot")

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
CASES = sorted(path.parent.name for path in HERE.glob("*/spec.yaml"))
PACKAGE = "src/case/"


class SourceFile(SingleFileSnapshotExtension):
    """The snapshot `types/thing.py` is the file `expected/types/thing.py` of the case."""

    _write_mode = WriteMode.TEXT
    file_extension = "py"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(HERE / test_location.nodename.partition("[")[2].removesuffix("]") / "expected")

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        return str(index).removesuffix(".py")

    @classmethod
    def get_location(cls, *, test_location: PyTestLocation, index: int | str) -> str:
        return str(Path(cls.dirname(test_location=test_location), str(index)))


@functools.cache
def generated(case: str) -> dict[str, str]:
    """The files of a case; nothing but warnings may be reported."""
    folder = HERE / case
    sink = DiagnosticSink()
    config = "sdk.yaml" if (folder / "sdk.yaml").exists() else None
    files = generate(
        "spec.yaml",
        config,
        read=lambda path: (folder / path).read_text(encoding="utf-8"),
        sink=sink,
        templates=TEMPLATES,
    )
    assert [found for found in sink.diagnostics if found.severity is Severity.ERROR] == []
    assert files is not None
    return files


def shown(case: str, files: dict[str, str]) -> dict[str, str]:
    """The files that the case is about: paths below the package (or of tests) and texts."""
    patterns = (HERE / case / "files.txt").read_text(encoding="utf-8").split()
    inside = {path.removeprefix(PACKAGE): files[path] for path in files if path.startswith((PACKAGE, "tests/"))}
    found = [path for path in sorted(inside) if any(fnmatch(path, pattern) for pattern in patterns)]
    assert all(any(fnmatch(path, pattern) for path in found) for pattern in patterns)
    return {path: inside[path] for path in found if not path.endswith("__init__.py")}


@pytest.mark.parametrize("case", CASES)
def test_output(case: str, snapshot: SnapshotAssertion) -> None:
    files = generated(case)
    for path, text in shown(case, files).items():
        assert text == snapshot(name=path, extension_class=SourceFile)


@pytest.mark.parametrize("case", CASES)
def test_every_private_name_of_a_module_of_hooks_is_used_and_defined_once(case: str) -> None:
    for path, text in generated(case).items():
        if path.startswith(f"{PACKAGE}_converters/") and not path.endswith("__init__.py"):
            defined = re.findall(r"^(\w+)(?:: Hook)? = |^def (\w+)", text, re.MULTILINE)
            names = ["".join(found) for found in defined]
            assert len(names) == len(set(names)), path
            for name in names:
                assert name.startswith(("structure_", "unstructure_")) or len(re.findall(rf"\b{name}\b", text)) > 1


_IMPORT_ALL = """
import importlib, importlib.machinery, sys, typing
from pathlib import Path

loader, compiled = importlib.machinery.SourceFileLoader, {}
compile_one = loader.source_to_code

def source_to_code(self, data, path):
    # Most of each package is the same runtime: what has the same text is compiled once.
    if data not in compiled:
        compiled[data] = compile_one(self, data, path)
    return compiled[data]

loader.source_to_code = source_to_code
sys.dont_write_bytecode = True

for root in map(Path, sys.argv[2:]):
    sys.path.insert(0, str(root))
    for path in sorted(root.rglob("*.py"), reverse=sys.argv[1] == "reversed"):
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for value in list(vars(module).values()):
            if isinstance(value, type) and value.__module__ == name and ".types." in name:
                typing.get_type_hints(value)
    sys.path.remove(str(root))
    for name in [name for name in sys.modules if name.split(".")[0] == "case"]:
        del sys.modules[name]
    print(root)
"""


@pytest.mark.parametrize("order", ["in order", "reversed"])
def test_every_module_imports_and_its_hints_resolve(order: str, tmp_path: Path) -> None:
    sources = [tmp_path / case / "src" for case in CASES]
    for case in CASES:
        for path, text in generated(case).items():
            target = tmp_path / case / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", _IMPORT_ALL, order, *map(str, sources)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [str(source) for source in sources]


def test_lint(tmp_path: Path) -> None:
    for case in CASES:
        for path, text in generated(case).items():
            if text.startswith("# Generated by sdkloom") and path.startswith(PACKAGE):
                target = tmp_path / case / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--isolated",
            "--select=I,F,E7,E9,W",
            "--line-length=120",
            ".",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


_CLIENT_NAMED_LIKE_A_RESOURCE = """
import asyncio, sys

sys.path.insert(0, sys.argv[1])
import case
from case.resources import case as own

for client, prefix in ((case.Case(), ""), (case.AsyncCase(), "Async")):
    assert type(client.case) is getattr(own, prefix + "Case")
    assert type(client.with_raw_response.case) is getattr(own, prefix + "CaseWithRawResponse")
    assert type(client.with_streaming_response.case) is getattr(own, prefix + "CaseWithStreamingResponse")
    assert type(client.with_raw_response).__module__ == "case._client"
"""


def test_a_resource_may_be_named_like_the_client(tmp_path: Path) -> None:
    for path, text in generated("client_name").items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", _CLIENT_NAMED_LIKE_A_RESOURCE, str(tmp_path / "src")]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
