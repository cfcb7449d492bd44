"""The programs print what they should: pydantic, FastAPI, msgspec, cattrs, attrs, rich, IPython, Python's own tools."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import importlib
import io
import subprocess
import sys
import textwrap
import typing
from pathlib import Path
from typing import Any

import pytest

from sdkloom import DiagnosticSink, generate

from ...project import ROOT
from .programs import MESSAGE, OTHERS, OWNER, PYDANTIC, Program

HERE = Path(__file__).parent

LIBRARIES = (
    *("anthropic", "attrs", "cattrs", "fastapi", "inspect", "io", "IPython.lib.pretty", "json", "msgspec"),
    *("pprint", "pydantic", "pydoc", "re", "rich.pretty"),
)


@pytest.fixture(scope="module", autouse=True)
def pets(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The package of pets.yaml, imported."""
    folder = tmp_path_factory.mktemp("pets")

    def read(path: str) -> str:
        return (HERE / path).read_text(encoding="utf-8")

    files = generate("pets.yaml", None, read=read, sink=DiagnosticSink(), templates=ROOT / "templates")
    assert files is not None
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder / "src"))
    yield importlib.import_module("pets")
    sys.path.remove(str(folder / "src"))


def send(app: Any, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and body of a response of an app."""
    import httpx

    async def call() -> tuple[int, Any]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await (client.get(path) if body is None else client.post(path, json=body))
            return response.status_code, response.json()

    return asyncio.run(call())


def namespace(package: str) -> dict[str, Any]:
    names: dict[str, Any] = {**vars(typing), "__name__": __name__, "send": send}
    for library in LIBRARIES:
        names[library.partition(".")[0]] = importlib.import_module(library) and sys.modules[library.partition(".")[0]]
    names["types"] = types = importlib.import_module(f"{package}.types")
    if package == "anthropic":
        names.update(Message=types.Message, MESSAGE=copy.deepcopy(MESSAGE), message=types.Message.construct(**MESSAGE))
        names["newer"] = types.Message.construct(**{**MESSAGE, "content": [{"type": "later", "q": [1]}]})
    else:
        names.update(Owner=types.Owner, OWNER=copy.deepcopy(OWNER), owner=types.Owner.model_validate(OWNER))
    return names


def printed_by(program: Program) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(
            compile(textwrap.dedent(program.code), program.name, "exec", dont_inherit=True), namespace(program.package)
        )
    return out.getvalue()


def lines(text: str) -> list[str]:
    """What stands in the lines that aren't empty."""
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("program", [*PYDANTIC, *OTHERS], ids=lambda program: program.name)
def test_program(program: Program) -> None:
    assert lines(printed_by(program)) == lines(textwrap.dedent(program.printed))


def test_pydantic_is_loaded_only_when_it_asks() -> None:
    code = (
        "import sys, inspect, anthropic, anthropic.types as types\n"
        "message = types.Message.construct(id='msg_1', content=[])\n"
        "inspect.signature(types.Message), dir(message), repr(message), types.MessageParam\n"
        "print(sorted({'pydantic', 'pydantic_core', 'IPython', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
