"""Sync and async are twins: the same methods, parameters, results, but for the words that make one of the other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "generated" / "src" / "anthropic"

# What the async class says, as the sync class says it.
WORDS = {
    r"\bAsync(?=[A-Z])": "",
    r"\basync_(?=to_)": "",
    r"\bSyncAPI": "API",
    r"\b__a(enter|exit|iter|next)__": r"__\1__",
    r"\bStopAsyncIteration\b": "StopIteration",
    r"\bAwaitable\[([^]]*)\]": r"Callable[[], \1]",
}
HTTPX = {"httpx.AsyncClient": "httpx.Client", "AsyncTransport": "Transport"}


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
    """Base classes and every method: name, decorators, parameters with annotations and defaults, result."""
    lines = [f"class ({', '.join(map(ast.unparse, cls.bases))})"]
    for node in cls.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
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
