"""The generated package builds as a wheel, complete, and works from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "generated"

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


@pytest.fixture(scope="module")
def generator_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("generator")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT))
    return next(out.glob("*.whl"))


def test_what_pypi_shows_has_no_links_into_the_repository(generator_wheel: Path, wheel: Path) -> None:
    """`twine check --strict` wants a description that can be shown; it doesn't look at links."""
    for path in (generator_wheel, wheel):
        with zipfile.ZipFile(path) as archive:
            (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
            metadata = message_from_bytes(archive.read(name))
        assert metadata["Description-Content-Type"] == "text/markdown"
        text = metadata.get_payload()
        assert isinstance(text, str) and len(text) > 1000
        assert [link for link in re.findall(r"\]\(([^)]*)\)", text) if not link.startswith("https://")] == []


def test_the_installed_generator_brings_its_templates(generator_wheel: Path, tmp_path: Path) -> None:
    wheel, site = generator_wheel, tmp_path / "site"
    source = ROOT / "generator"
    files = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "sdkloom/specdiff/report/page/page.html.jinja" in files
    with zipfile.ZipFile(wheel) as archive:
        assert files <= set(archive.namelist())
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel))
    spec = ROOT / "tests" / "cases" / "client_name" / "spec.yaml"
    program = (
        "import os, sys; os.chdir(sys.argv.pop(1)); import sdkloom.cli.main as cli; print(cli.__file__); cli.main()"
    )
    text = run("-c", program, str(tmp_path), "generate", str(spec), "--out", "out", PYTHONPATH=str(site))
    assert text.splitlines()[0] == str(site / "sdkloom" / "cli" / "main.py")
    assert (tmp_path / "out" / "src" / "case" / "_client.py").is_file()
