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

from ..servers import LoopbackServer, running
from .test_tests_without_server import DOCUMENTS, ROOT, generated

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


@pytest.mark.parametrize("name", TEXTS)
def test_programs(name: str, url: str, tmp_path: Path) -> None:
    package = generated(TEXTS[name], tmp_path)
    readme = (package / "README.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert "## First call" in readme and len(programs) >= 4
    for number, program in enumerate(programs):
        (tmp_path / f"program{number}.py").write_text(program, encoding="utf-8")
    settings = {
        "include": ["program*.py"],
        "extraPaths": ["sdk/src"],
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    checked = subprocess.run(
        [sys.executable, "-m", "pyright", "-p", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    names = dict.fromkeys(re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`", readme), "secret")
    base_url = dict.fromkeys(re.findall(r"\b[A-Z0-9_]+_BASE_URL\b", _sources(package)), url)
    for name in re.findall(r'Path\("([^"]+)"\)', readme):
        (tmp_path / name).write_bytes(b"0101")
    for program in programs:
        done = subprocess.run(
            [sys.executable, "-c", program.replace("https://api.example.com", url)],
            cwd=tmp_path,
            env={**os.environ, **names, **base_url, "PYTHONPATH": str(package / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, program + done.stderr


def _sources(package: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (package / "src").glob("*/_sdk.py"))
