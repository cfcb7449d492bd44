"""Sync and async are twins: the same methods, parameters, results, but for the words that make one of the other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "src" / "anthropic"
HTTP = ROOT / "templates" / "runtime" / "_http"

# What the async class says, as the sync class says it.
WORDS = {
    r"\bAsync(?=[A-Z])": "",
    r"\basync_(?=to_)": "",
    r"\bSync(?=[A-Z])": "",
    r"\b__a(enter|exit|iter|next)__": r"__\1__",
    r"\bStopAsyncIteration\b": "StopIteration",
    r"\bAwaitable\[([^]]*)\]": r"Callable[[], \1]",
}
HTTPX = {
    "httpx.AsyncClient": "httpx.Client",
    "httpx.AsyncBaseTransport": "httpx.BaseTransport",
    "AsyncTransport": "Transport",
}

ONLY_ASYNC = {
    "_async_library": "the sync client's is that of the base class",
    "_attempts": "`_run` limits all attempts together; the sync client limits each exchange, from another thread",
}
"""Methods of the async runtime client that the sync one lacks, and why."""

# The package that this one replaces lets `request` of the sync client take its third parameter also by position, and
# its overloads differ: those are the contract's affair.
KEYWORD_ONLY = "*, remaining_retries: int | None=None, "
POSITIONAL = "remaining_retries: int | None=None, *, "


def plain(text: str) -> str:
    for word, replacement in HTTPX.items():
        text = text.replace(word, replacement)
    for pattern, replacement in WORDS.items():
        text = re.sub(pattern, replacement, text)
    return text


def classes() -> Iterator[tuple[str, ast.ClassDef, ast.ClassDef]]:
    for path in [PACKAGE / "_client.py", *sorted((PACKAGE / "resources").rglob("*.py"))]:
        found = {
            node.name: node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ClassDef)
        }
        for name, node in found.items():
            if f"Async{name}" in found:
                yield f"{path.relative_to(PACKAGE)}:{name}", node, found[f"Async{name}"]


def signatures(cls: ast.ClassDef) -> list[str]:
    """Base classes and every method: name, decorators, parameters with annotations and defaults, result.

    `at_call` isn't compared: coroutines need it to warn when they are called. Other methods do so in their body.
    """
    lines = [f"class ({', '.join(map(ast.unparse, cls.bases))})"]
    for node in cls.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            decorators = [text for text in map(ast.unparse, node.decorator_list) if not text.startswith("at_call(")]
            result = ast.unparse(node.returns) if node.returns else ""
            lines.append(f"{decorators} {node.name}({ast.unparse(node.args)}) -> {result}")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            lines.append(ast.unparse(node))
    return [plain(line) for line in lines]


def documentation(cls: ast.ClassDef) -> dict[str, str | None]:
    return {
        node.name: ast.get_docstring(node)
        for node in cls.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node)
    }


def runtime_clients() -> tuple[ast.ClassDef, ast.ClassDef]:
    """The hand-written clients that the generated ones derive from. The async one is without what only it has."""
    found: list[ast.ClassDef] = []
    for file in ("sync_client.py", "async_client.py"):
        tree = ast.parse((HTTP / file).read_text(encoding="utf-8"))
        (cls,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        found.append(cls)
    sync, twin = found
    names = {getattr(node, "name", "") for node in twin.body}
    assert names >= ONLY_ASYNC.keys()
    twin.body = [node for node in twin.body if getattr(node, "name", "") not in ONLY_ASYNC]
    return sync, twin


PAIRS = {name: (sync, twin) for name, sync, twin in classes()}


def test_there_are_pairs() -> None:
    names = {name.rpartition(":")[2] for name in PAIRS}
    assert {"Anthropic", "Messages", "MessagesWithRawResponse", "Beta", "PromptCaching"} <= names


@pytest.mark.parametrize("name", PAIRS)
def test_signatures_are_equal(name: str) -> None:
    sync, twin = PAIRS[name]
    assert signatures(twin) == signatures(sync)


@pytest.mark.parametrize("name", PAIRS)
def test_documentation_is_equal(name: str) -> None:
    sync, twin = PAIRS[name]
    assert documentation(twin) == documentation(sync)


def test_signatures_of_the_runtime_clients_are_equal() -> None:
    sync, twin = runtime_clients()
    mine, theirs = (
        [line for line in signatures(cls) if not line.startswith("['overload'] request(")] for cls in (sync, twin)
    )
    assert any(POSITIONAL in line for line in mine)
    assert [line.replace(KEYWORD_ONLY, POSITIONAL) for line in theirs] == mine


def test_documentation_of_the_runtime_clients_is_equal() -> None:
    sync, twin = runtime_clients()
    texts = {plain(name): plain(text or "").replace("await ", "") for name, text in documentation(twin).items()}
    assert texts == documentation(sync)
    assert {"request", "get", "post", "put", "patch", "delete", "close"} <= texts.keys()
