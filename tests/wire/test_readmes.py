"""The programs in the READMEs of packages: they type-check, and they run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from ..project import ROOT
from ..servers import LoopbackServer, running
from .test_tests_without_server import DOCUMENTS, generated

TEXTS = {**DOCUMENTS, "pages": (ROOT / "tests/cases/pages/spec.yaml").read_text(encoding="utf-8")}


class Handler(BaseHTTPRequestHandler):
    """Has an empty object for everybody."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(LoopbackServer(Handler)) as server:
        yield server.url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has a folder for each package, with the programs of its README beside it."""
    made = tmp_path_factory.mktemp("readmes")
    for name, text in TEXTS.items():
        (made / name).mkdir()
        programs = _programs(generated(text, made / name))
        assert len(programs) >= 4
        for number, program in enumerate(programs):
            (made / name / f"program{number}.py").write_text(program, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def complaints(folder: Path) -> dict[str, list[str]]:
    """What pyright says of the programs of each package, from one run for all of them."""
    files = [path.relative_to(folder).as_posix() for path in folder.glob("*/program*.py")]
    settings = {
        "include": files,
        "executionEnvironments": [{"root": name, "extraPaths": [f"{name}/sdk/src"]} for name in TEXTS],
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] >= len(files), done.stdout
    said: dict[str, list[str]] = {name: [] for name in TEXTS}
    for each in report["generalDiagnostics"]:
        said[Path(each["file"]).relative_to(folder).parts[0]].append(f"{each['file']}: {each['message']}")
    return said


@pytest.mark.parametrize("name", TEXTS)
def test_programs(name: str, url: str, folder: Path, complaints: dict[str, list[str]]) -> None:
    assert complaints[name] == []
    package = folder / name / "sdk"
    readme = (package / "README.md").read_text(encoding="utf-8")
    assert "## First call" in readme
    programs = _programs(package)
    names = dict.fromkeys(re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`", readme), "secret")
    base_url = dict.fromkeys(re.findall(r"\b[A-Z0-9_]+_BASE_URL\b", _sources(package)), url)
    for file in re.findall(r'Path\("([^"]+)"\)', readme):
        (folder / name / file).write_bytes(b"0101")
    for program in programs:
        done = subprocess.run(
            [sys.executable, "-c", program.replace("https://api.example.com", url)],
            cwd=folder / name,
            env={**os.environ, **names, **base_url, "PYTHONPATH": str(package / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, program + done.stderr


def _programs(package: Path) -> list[str]:
    readme = (package / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)


def _sources(package: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (package / "src").glob("*/_sdk.py"))
