"""Packages of documents that use everything of the runtime, and pyright, which reads them as strictly as it can."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..project import ROOT, sdkloom
from .test_tests_without_server import SERVICE, generated

CASES = ("streams", "enum_classes", "limits", "binary_body")
"""Cases of tests/cases whose packages have parts of the runtime that others don't have."""
DOCUMENTS = ("typespec_todo", "learn_tictactoe")
LINES = """\
openapi: 3.1.0
info: {title: Lines, version: "1"}
servers: [{url: "https://lines.test"}]
paths:
  /rows:
    post:
      requestBody: {required: true, content: {application/jsonl: {schema: {type: array, items: {type: integer}}}}}
      responses: {"204": {description: ok}}
"""
RUNTIME = ROOT / "templates" / "runtime"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has a package in each of its folders."""
    made = tmp_path_factory.mktemp("types")
    texts = {name: (ROOT / f"tests/wire/documents/{name}.yaml").read_text(encoding="utf-8") for name in DOCUMENTS}
    for name, text in {**texts, "service": SERVICE, "lines": LINES}.items():
        (made / name).mkdir()
        generated(text, made / name)
    for name in CASES:
        case = ROOT / "tests" / "cases" / name
        config = ["--config", f"{case}/sdk.yaml"] if (case / "sdk.yaml").exists() else []
        sdkloom(made, "generate", f"{case}/spec.yaml", *config, "--out", f"{name}/sdk")
    return made


def test_the_packages_have_every_part_of_the_runtime(folder: Path) -> None:
    parts = {path.relative_to(RUNTIME).as_posix() for path in RUNTIME.rglob("*.py")}
    assert parts - set(_modules(folder)) == set()


def test_pyright_finds_nothing(folder: Path) -> None:
    """Modules that are the same in several packages are read once."""
    modules = [path for paths in _modules(folder).values() for path in paths.values()]
    packages = [path.relative_to(folder).as_posix() for path in folder.glob("*/sdk/src")]
    settings = {
        "include": [path.relative_to(folder).as_posix() for path in modules],
        "executionEnvironments": [{"root": package} for package in packages],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.10",
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(modules)
    assert [f"{each['file']}: {each['message']}" for each in report["generalDiagnostics"]] == []


def _modules(folder: Path) -> dict[str, dict[str, Path]]:
    """The modules of all packages by their path in the package; those of one path by their text."""
    modules: dict[str, dict[str, Path]] = {}
    for package in sorted(folder.glob("*/sdk/src/*")):
        for path in sorted(package.rglob("*.py")):
            same = modules.setdefault(path.relative_to(package).as_posix(), {})
            same.setdefault(path.read_text(encoding="utf-8"), path)
    return modules
