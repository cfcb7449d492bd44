"""What is fuzzed. A piece runs one case for a seed, and raises `Failure` (or anything else) if a promise is broken."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml

import anthropic
from anthropic._exceptions import BaseError
from anthropic.types import Message
from sdkloom.cli.main import main

from ..sdk.samples import MESSAGE
from ..sdk.streams import TEXT_EVENTS, TOOL_EVENTS, sse
from .mutate import mutated

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (
    *sorted((ROOT / "tests" / "specdiff" / "corpus").glob("*.yaml")),
    *sorted((ROOT / "tests" / "cases").glob("*/spec.yaml")),
    ROOT / "spec" / "anthropic.yaml",
)
BYTES = (b"\n", b"\r", b"\r\n\r\n", b"\x00", b"\xff", b"\xe2\x80\xa8", b"data:", b"event: error", b"{", b"]")
IMPORT_EVERY = 10
"""Of so many documents, one package is imported: a fresh interpreter costs more than all the rest."""


class Failure(Exception):
    """A promise that is broken."""


def documents(seed: int, folder: Path) -> str:
    """A mutated document: a package that compiles and imports, or a located error; nothing outside of the output."""
    chance = random.Random(seed)
    text = json.dumps(mutated(_document(chance), chance, chance.randint(1, 4)))
    (folder / "spec.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    return _generated(folder, ["generate", "spec.json", "--out", "out"], seed)


def configs(seed: int, folder: Path) -> str:
    """A mutated sdk.yaml beside our own document: the same promises."""
    chance = random.Random(seed)
    config = yaml.safe_load((ROOT / "spec" / "sdk.yaml").read_text(encoding="utf-8"))
    (folder / "spec.yaml").write_bytes((ROOT / "spec" / "anthropic.yaml").read_bytes())
    text = json.dumps(mutated(config, chance, chance.randint(1, 4)))
    (folder / "sdk.yaml").write_text(text, encoding="utf-8", errors="surrogatepass")
    return _generated(folder, ["generate", "spec.yaml", "--out", "out"], seed)


def diffs(seed: int, folder: Path) -> str:
    """`diff` of two mutations of one document ends well in both directions, and finds nothing between twins."""
    chance = random.Random(seed)
    base = mutated(_document(chance), chance, chance.randint(0, 2))
    texts = {"a.json": base, "b.json": mutated(base, chance, chance.randint(1, 5))}
    for name, tree in texts.items():
        (folder / name).write_text(json.dumps(tree), encoding="utf-8", errors="surrogatepass")
    codes: list[int] = []
    for old, new in (("a.json", "b.json"), ("b.json", "a.json"), ("a.json", "a.json")):
        code, output = _run(["diff", old, new, "--json", "report.json"], folder)
        codes.append(code)
        if code == 0 and old == new and json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"]:
            raise Failure("a document differs from itself")
    return "compared" if codes[0] == 0 else "refused"


def events(seed: int, folder: Path) -> str:
    """Bytes of an event stream, damaged: the SDK's own errors, or events."""
    chance = random.Random(seed)
    data = bytearray(b"".join(map(sse, chance.choice([TEXT_EVENTS, TOOL_EVENTS]))))
    for _ in range(chance.randint(1, 8)):
        _damage(data, chance)
    chunks = _chunks(bytes(data), chance)
    kind = chance.choice(["text/event-stream", "text/event-stream; charset=utf-8", "application/json", ""])

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": kind}, content=iter(chunks))

    client = anthropic.Anthropic(
        api_key="key", max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(respond))
    )
    arguments: dict[str, Any] = {"max_tokens": 1, "messages": [], "model": "m"}
    try:
        if chance.random() < 0.5:
            for _ in client.messages.create(**arguments, stream=True):
                pass
        else:
            with client.messages.stream(**arguments) as stream:
                for _ in stream:
                    pass
                stream.get_final_message().to_dict()
    except BaseError:
        return "refused"
    return "read"


def responses(seed: int, folder: Path) -> str:
    """A mutated JSON response: a model that writes back what came, or the SDK's own error."""
    chance = random.Random(seed)
    tree = mutated(MESSAGE, chance, chance.randint(1, 5))
    data = json.dumps(tree).encode()
    if chance.random() < 0.2:
        damaged = bytearray(data)
        _damage(damaged, chance)
        data = bytes(damaged)

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "application/json"}, content=data)

    client = anthropic.Anthropic(
        api_key="key", max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(respond))
    )
    try:
        message = client.messages.create(max_tokens=1, messages=[], model="m")
    except BaseError:
        return "refused"
    if isinstance(message, Message) and message.to_dict() != json.loads(data):
        raise Failure("the model doesn't write back what came")
    return "read"


PIECES: dict[str, Callable[[int, Path], str]] = {
    "documents": documents,
    "configs": configs,
    "diffs": diffs,
    "events": events,
    "responses": responses,
}


@cache
def _tree(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)


def _document(chance: random.Random) -> Any:
    small = [path for path in DOCUMENTS if path.stat().st_size < 30_000]
    tree = _tree(chance.choice(small if chance.random() < 0.9 else DOCUMENTS))
    return json.loads(json.dumps(tree, default=str))  # dates and keys that YAML reads as something else


def _run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code of a command in a folder, and what it printed; a traceback reaches the caller."""
    output = io.StringIO()
    with _inside(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = main(arguments)
    if code not in (0, 1):
        raise Failure(f"exit code {code}: {output.getvalue()[-300:]}")
    return code, output.getvalue()


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _generated(folder: Path, arguments: list[str], seed: int) -> str:
    before = {path.name for path in folder.iterdir()}
    code, output = _run(arguments, folder)
    left = {path.name for path in folder.iterdir()} - before
    if code == 1:
        if left:
            raise Failure(f"a refusal left {left}")
        if ": error[" not in output:
            raise Failure(f"no located error: {output[-300:]}")
        return "refused"
    if left != {"out"}:
        raise Failure(f"written beside the output: {left - {'out'}}")
    for path in sorted((folder / "out").rglob("*.py")):
        compile(path.read_bytes(), str(path.relative_to(folder)), "exec", dont_inherit=True)
    if seed % IMPORT_EVERY == 0:
        _import(folder / "out" / "src")
    return "generated"


def _import(source: Path) -> None:
    """Import every module of a package, and every name that it says to have."""
    program = (
        f"import importlib, pkgutil, sys; sys.path.insert(0, {str(source)!r})\n"
        "for found in pkgutil.walk_packages(sys.path[:1]):\n"
        "    module = importlib.import_module(found.name)\n"
        "    [getattr(module, name) for name in getattr(module, '__all__', ())]\n"
    )
    environment = {**os.environ, "PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    command = [
        sys.executable,
        "-W",
        "error::SyntaxWarning",
        "-c",
        f"import sys; sys.path.insert(0, {str(source)!r})\n{program}",
    ]
    run = subprocess.run(command, env=environment, cwd=source, capture_output=True, text=True, timeout=120, check=False)
    if run.returncode:
        raise Failure(f"the package doesn't import: {run.stderr[-600:]}")


def _damage(data: bytearray, chance: random.Random) -> None:
    """One random edit of bytes."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.randint(0, 40))
    match chance.randrange(5):
        case 0:
            del data[start:end]
        case 1:
            data[start:start] = chance.randbytes(chance.randint(1, 9))
        case 2:
            data[start:start] = data[start:end]
        case 3:
            data[start:end] = chance.choice(
                [b"\n", b"\r", b"\r\n\r\n", b"\x00", b"\xff", b"\xe2\x80\xa8", b"data:", b"{", b"]"]
            )
        case _:
            del data[start:]


def _chunks(data: bytes, chance: random.Random) -> list[bytes]:
    ends = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randint(0, 12)))
    return [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)])]


def run_case(piece: str, seed: int) -> str:
    """What became of one case.

    Raises:
        Exception: a promise is broken.
    """
    with tempfile.TemporaryDirectory(prefix="sdkloom-fuzz-") as folder:
        return PIECES[piece](seed, Path(folder))
