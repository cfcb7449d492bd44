"""Public functions whose docstrings say too little.

`python -m tests.invariants.docstrings FOLDER` lists them. A public function has a docstring; one that raises has a
section `Raises:` that names what. Names with an underscore, overrides, overloads and setters are exempt.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

Function = (ast.FunctionDef, ast.AsyncFunctionDef)
EXEMPT = {"override", "overload", "setter", "deleter"}


def public_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Functions of the module and methods of its public classes, with their names as a reader would say them."""
    for node in _statements(tree.body):
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node.name, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in _statements(node.body):
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If):
            yield from _statements([*node.body, *node.orelse])
        else:
            yield node


def raised(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The names of the classes that a function raises itself; `?` where it isn't told by the statement."""
    found: set[str] = set()
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (*Function, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            found.add(_class_name(node.exc))
        pending.extend(ast.iter_child_nodes(node))
    return found - {"NotImplementedError", "AssertionError"}


def _class_name(raised: ast.expr) -> str:
    target = raised.func if isinstance(raised, ast.Call) else raised
    name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else "?"
    return name if name[:1].isupper() else "?"


def is_exempt(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a decorator says that the documentation stands elsewhere."""
    names = {ast.unparse(decorator).rpartition(".")[2] for decorator in function.decorator_list}
    return bool(names & EXEMPT)


def offenders(path: Path) -> Iterator[str]:
    """What is missing in a file, a line each."""
    for name, function in public_functions(ast.parse(path.read_text(encoding="utf-8"))):
        text = ast.get_docstring(function)
        place = f"{path}:{function.lineno} {name}"
        if text is None:
            if not is_exempt(function):
                yield f"{place} has no docstring"
            continue
        classes = raised(function)
        section = text.partition("Raises:\n")[2]
        missing = {each for each in classes if each != "?" and each not in section}
        if missing or (classes and not section):
            yield f"{place} doesn't say that it raises {', '.join(sorted(missing or classes))}"


def in_folder(folder: Path) -> list[str]:
    """The same for every Python file below a folder."""
    files = sorted(path for path in folder.rglob("*.py") if path.is_file())
    return [line for path in files for line in offenders(path)]


if __name__ == "__main__":
    listed = [line for folder in sys.argv[1:] for line in in_folder(Path(folder))]
    print("\n".join(listed))
    raise SystemExit(bool(listed))
