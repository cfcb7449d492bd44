"""Which module imports which, inside one package: every import counts, also those in functions and for checkers only.

`python -m tests.invariants.import_graph FOLDER` lists the circles of the package in that folder.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path


def modules(root: Path) -> dict[str, Path]:
    """Dotted name below `root` → file. The root package itself is `""`."""
    found: dict[str, Path] = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path, root: Path, package: str = "") -> Iterator[tuple[int, str]]:
    """Line and dotted name (below `root`) of everything that a module imports from its own package.

    `package` is the name under which the modules import each other absolutely, if they do.
    """
    above = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if package and alias.name.split(".")[0] == package:
                    yield node.lineno, alias.name.partition(".")[2]
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                base = [*above[: len(above) - node.level + 1], *base]
            elif package and base[:1] == [package]:
                base = base[1:]
            else:
                continue
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name])


def graph(root: Path, package: str = "") -> dict[str, set[str]]:
    """Module → the modules that it imports. A name that is no module counts as its module."""
    known = modules(root)
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        targets = {
            target if target in known else target.rpartition(".")[0] for _, target in imported(path, root, package)
        }
        found[name] = {target for target in targets if target in known and target != name}
    return found


def circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, directly or not (Tarjan, 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for target in sorted(edges[node]):
            if target not in order:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], order[target])
        if low[node] == order[node]:
            start = stack.index(node)
            if len(stack) - start > 1:
                found.append(sorted(stack[start:]))
            del stack[start:]

    for node in edges:
        if node not in order:
            visit(node)
    return sorted(found)


if __name__ == "__main__":
    listed = circles(graph(Path(sys.argv[1]), Path(sys.argv[1]).name))
    for circle in listed:
        print(f"{len(circle)}: {', '.join(circle)}")
    print(f"{len(listed)} circles")
