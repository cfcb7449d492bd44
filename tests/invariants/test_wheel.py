"""The generated package builds as a wheel, complete, and works from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

GENERATED = Path(__file__).resolve().parents[2] / "generated"

PROGRAM = """
import anthropic, anthropic.types, httpx, pathlib
client = anthropic.Anthropic(
    api_key="k",
    http_client=httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={
        "id": "m", "content": [{"type": "text", "text": "Hi"}], "model": "m", "role": "assistant", "type": "message",
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }))),
)
message = client.messages.create(max_tokens=1, model="m", messages=[{"role": "user", "content": "Hi"}])
print(pathlib.Path(anthropic.__file__).parent, message.content[0].text)
"""


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(GENERATED))
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    source = GENERATED / "src"
    files = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "anthropic/py.typed" in files
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == files


def test_the_installed_wheel_works(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel))
    path, text = run("-c", PROGRAM, PYTHONPATH=str(site)).split()
    assert (path, text) == (str(site / "anthropic"), "Hi")


def test_the_installed_generator_brings_its_templates(tmp_path: Path) -> None:
    root, site = GENERATED.parent, tmp_path / "site"
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(root))
    wheel = next(tmp_path.glob("*.whl"))
    source = root / "generator"
    files = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "sdkloom/specdiff/report/page/page.html.jinja" in files
    with zipfile.ZipFile(wheel) as archive:
        assert files <= set(archive.namelist())
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel))
    spec = root / "tests" / "cases" / "client_name" / "spec.yaml"
    program = (
        "import os, sys; os.chdir(sys.argv.pop(1)); import sdkloom.cli.main as cli; print(cli.__file__); cli.main()"
    )
    text = run("-c", program, str(tmp_path), "generate", str(spec), "--out", "out", PYTHONPATH=str(site))
    assert text.splitlines()[0] == str(site / "sdkloom" / "cli" / "main.py")
    assert (tmp_path / "out" / "src" / "case" / "_client.py").is_file()
