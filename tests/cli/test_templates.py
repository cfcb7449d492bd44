"""What is laid over the templates: `--templates`, and hand-written code beside sdk.yaml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.cli.main import main

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1.2.0"}
servers: [{url: "https://pets.test"}]
paths:
  /pets:
    post:
      operationId: create_pet
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""
CONFIG = """\
resources:
  pets:
    methods:
      adopt:
        like: create
        returns: lib.adoption.Adoption
        async_returns: lib.adoption.AsyncAdoption
        doc: Adopt a pet.
"""
MODULE = """\
from __future__ import annotations

from typing import Awaitable, Callable

from ..types.pet import Pet


class Adoption:
    def __init__(self, create: Callable[[], Pet]) -> None:
        self.pet = create()


class AsyncAdoption:
    def __init__(self, create: Callable[[], Awaitable[Pet]]) -> None:
        self.create = create
"""
FRAGMENT = """\
return {{ signatures.hooked_returns(method, mode) }}(
    lambda: self.create(name=name, extra_headers=extra_headers, timeout=timeout)
)
"""
PROGRAM = """
import httpx
from pets import Pets
echo = httpx.MockTransport(lambda request: httpx.Response(200, content=request.content))
print(Pets(http_client=httpx.Client(transport=echo)).pets.adopt(name="Rex").pet.name)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a spec and its hand-written side, which is not the folder of the spec."""
    files = {
        "spec/openapi.yaml": SPEC,
        "spec/sdk.yaml": CONFIG,
        "spec/hooks/lib/adoption.py": MODULE,
        "spec/hooks/lib/__init__.py": "",
        "spec/hooks/resources/pets.py/adopt.py.jinja": FRAGMENT,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_hooks_beside_sdk_yaml_become_part_of_the_package(project: Path) -> None:
    assert main(["generate"]) == 0
    path = {"PYTHONPATH": str(project / "pets" / "src")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=path, capture_output=True, text=True)
    assert done.stdout == "Rex\n", done.stderr
    assert main(["generate", "--check"]) == 0


def test_without_its_hooks_the_spec_is_incomplete(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--no-hooks"]) == 1
    assert "write the body in `hooks/resources/pets.py/adopt.py.jinja`" in capsys.readouterr().err


def test_hooks_may_lie_elsewhere(project: Path) -> None:
    (project / "spec" / "hooks").rename(project / "code")
    assert main(["generate", "--hooks", "code"]) == 0
    (project / "pyproject.toml").write_text('[tool.sdkloom]\nhooks = "code"\n')
    assert main(["generate", "--check"]) == 0


def test_hooks_are_never_a_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "spec" / "hooks").rename(project / "code")
    (project / "spec" / "hooks").symlink_to("../code")
    assert main(["generate"]) == 1
    assert "spec/hooks:1:1: error[EMIT020]" in capsys.readouterr().err.replace("code:1:1", "spec/hooks:1:1")


def test_verify_has_to_be_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only = ["--only", "compile", "--only", "hooks", "--only", "order"]
    assert main(["verify", *only]) == 1
    assert "warning[EMIT032]: `spec/hooks` is not used" in capsys.readouterr().err
    assert main(["verify", *only, "--hooks", "spec/hooks"]) == 0


def test_mistakes_in_a_fragment_are_shown_where_it_stands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "spec/hooks/resources/pets.py/adopt.py.jinja").write_text("return (\n    {{ methd.name }}\n)\n")
    assert main(["generate"]) == 1
    listing = capsys.readouterr().err
    assert "spec/hooks/resources/pets.py/adopt.py.jinja:2:1: error[EMIT003]" in listing
    assert "    2 |     {{ methd.name }}\n" in listing


@pytest.mark.parametrize("by", ["option", "setting", "default"])
def test_single_templates_are_replaced(by: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / ("templates" if by == "default" else "ours")
    (folder / "sdk").mkdir(parents=True)
    (folder / "sdk" / "README.md.jinja").write_text('{% from "macros/house.jinja" import house %}\n{{ house(api) }}\n')
    (folder / "macros").mkdir()
    (folder / "macros" / "house.jinja").write_text(
        "{% macro house(api) %}\n{{ api.package.title }} of our house\n{% endmacro %}\n"
    )
    if by == "setting":
        (project / "pyproject.toml").write_text('[tool.sdkloom]\ntemplates = "ours"\n')
    assert main(["generate", *(["--templates", "ours"] if by == "option" else [])]) == 0
    assert "EMIT030" not in capsys.readouterr().err
    assert (project / "pets" / "README.md").read_text() == "\nPets of our house\n".lstrip()
    assert (project / "pets" / "api.md").is_file()


def test_hand_written_code_of_another_sdk_is_not_taken_for_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that come with sdkloom have to be named: `package: {hooks: [anthropic]}`."""
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(SPEC.replace("title: Pets", "title: Anthropic API"))
    assert main(["generate", "spec.yaml"]) == 0
    assert Path("anthropic/src/anthropic/resources/pets.py").exists()
    assert not Path("anthropic/src/anthropic/lib/streaming").exists()
