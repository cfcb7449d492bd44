"""Imports inside the generator point one way: source → document → lower → ir → python → emit → the shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator" / "sdkloom"

STAGES = {"diagnostics", "document", "emit", "ir", "lower", "python", "source", "specdiff", "verify"}

# What a part may import besides itself. `a.b` allows that one module of `a`.
ALLOWED: dict[str, set[str]] = {
    "source": {"diagnostics"},
    "diagnostics": {"source.span", "terminal"},
    "document": {"diagnostics", "source"},
    "ir": {"source.span"},
    "lower": {"diagnostics", "document", "ir", "source.span"},
    "python": {"ir"},
    "emit": {"diagnostics", "ir", "python", "source.span"},
    "specdiff": {"diagnostics", "document", "ir", "source", "terminal"},
    "verify": {"diagnostics", "document", "ir", "source"},
    "pipeline": STAGES,
    "paths": {"source.span"},
    "reader": {"diagnostics", "source"},
    "terminal": set(),
    "dump": STAGES,
    "cli": STAGES | {"diff_options", "diffing", "dump", "git_driver", "paths", "pipeline", "reader", "terminal"},
    "revisions": {"diagnostics", "paths", "reader", "source"},
    "outputs": {"diagnostics", "paths"},
    "beside": set(),
    "diff_options": set(),
    "diffing": STAGES | {"beside", "diff_options", "outputs", "paths", "pipeline", "revisions", "terminal"},
    "git_driver": {"diagnostics", "diffing", "paths", "revisions", "terminal"},
    "__main__": {"cli"},
    "__init__": STAGES | {"pipeline"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        yield name.removesuffix(".__init__") if name != "__init__" else name, path


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name (below `sdkloom`) of every import of a module of the generator, nested ones too."""
    package = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "sdkloom":
                    yield node.lineno, alias.name.partition(".")[2]
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                base = [*package[: len(package) - node.level + 1], *base]
            elif base[:1] == ["sdkloom"]:
                base = base[1:]
            else:
                continue
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name])


def part_of(name: str) -> str:
    return name.split(".")[0]


def is_allowed(importer: str, target: str) -> bool:
    allowed = ALLOWED[part_of(importer)] | {part_of(importer)}
    return any(target == name or target.startswith(f"{name}.") for name in allowed)


def test_imports_point_one_way() -> None:
    parts = {part_of(name) for name, _ in modules()}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {target}"
        for name, path in modules()
        for line, target in imported(path)
        if part_of(target) in parts and not is_allowed(name, target)
    ]
    assert wrong == []


def test_every_part_is_known() -> None:
    assert {part_of(name) for name, _ in modules()} <= set(ALLOWED)


def test_a_wrong_import_is_noticed() -> None:
    assert not is_allowed("emit.render", "document.model")
    assert not is_allowed("source.load", "document.parse")
    assert not is_allowed("ir.types", "source.nodes.Node")
    assert is_allowed("ir.types", "source.span.Span")
    assert is_allowed("lower.names", "ir.types.TypeName")
