"""Imports point one way. Generator: source → document → lower → ir → python → emit → pipeline → cli. Runtime: its wings
build on each other. There is no circle anywhere, imports in functions and for checkers included.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from ..packages import generated_package
from .import_graph import circles, graph, imported, modules

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "generator" / "sdkloom"
RUNTIME = ROOT / "templates" / "runtime"
PACKAGE = ROOT / "generated" / "src" / "anthropic"
DOCUMENTS = ROOT / "tests" / "wire" / "documents"

# What a part of the generator may import besides itself. `a.b` allows that one module (or package) of `a`.
GENERATOR_LAYERS: dict[str, set[str]] = {
    "diagnostics": set(),
    "source": {"diagnostics"},
    "document": {"diagnostics", "source"},
    "ir": {"diagnostics.span"},
    "lower.names": {"diagnostics", "document", "ir"},
    "lower.types": {"diagnostics", "document", "ir", "lower.names"},
    "lower.methods": {"diagnostics", "document", "ir", "lower.names", "lower.types"},
    "lower.inference": {"diagnostics", "document", "lower.methods", "lower.names", "lower.types"},
    "lower": {"diagnostics", "document", "ir"},  # and all below it
    "python": {"ir"},
    "emit": {"diagnostics", "ir", "python"},
    "specdiff.model": {"diagnostics.span"},
    "specdiff.subject": {"diagnostics.span"},
    "specdiff.state": {"document", "ir"},
    "specdiff.normalize": {"document"},
    "specdiff.semantics": {"diagnostics.span", "document"},
    "specdiff.json_values": {"document"},
    "specdiff.conditions": {"diagnostics.span", "document"},
    "specdiff.meaning": {"document"},
    "specdiff.reading": {"document", "specdiff.conditions", "specdiff.json_values", "specdiff.meaning"},
    "specdiff.places": {"diagnostics.span", "document", "ir.direction", "specdiff.meaning", "specdiff.reading"},
    "specdiff.rules": {"specdiff.model"},
    "specdiff.matching": {"diagnostics.span", "ir", "specdiff.subject"},
    "specdiff.collector": {
        "diagnostics.span",
        "document",
        "ir",
        "specdiff.matching.index",
        "specdiff.model",
        "specdiff.rules",
        "specdiff.subject",
    },
    "specdiff.facts": {
        "diagnostics.span",
        "document",
        "ir",
        "specdiff.collector",
        "specdiff.conditions",
        "specdiff.json_values",
        "specdiff.matching",
        "specdiff.meaning",
        "specdiff.model",
        "specdiff.normalize",
        "specdiff.places",
        "specdiff.rules",
        "specdiff.semantics",
        "specdiff.subject",
    },
    "specdiff.changes": {"specdiff.model"},
    "specdiff.digest": {"specdiff.changes", "specdiff.model", "specdiff.rules"},
    "specdiff.report": {
        "diagnostics.span",
        "diagnostics.terminal",
        "specdiff.changes",
        "specdiff.digest",
        "specdiff.model",
        "specdiff.rules",
    },
    "specdiff": {"diagnostics", "document", "ir", "source"},
    "verify": {"diagnostics", "document", "ir", "source"},
    "lint": {"diagnostics", "document", "ir", "lower.names", "lower.types.named_schemas"},
    "pipeline": {"diagnostics", "document", "emit", "ir", "lint", "lower", "source", "specdiff", "verify"},
    "files": {"diagnostics", "source"},
    "cli": {
        "diagnostics",
        "emit.begun",
        "emit.plan",
        "emit.template_folder",
        "ir.walk",
        "files",
        "ir.api",
        "lint",
        "pipeline",
        "source.limits",
        "specdiff",
        "verify",
    },
    "__main__": {"cli"},
    "": {"diagnostics", "pipeline", "specdiff"},
}

# The same for the wings of the runtime. The root's modules may use any wing; a wing may use them, and these wings.
RUNTIME_WINGS: dict[str, set[str]] = {
    "_structuring": set(),
    "_request": {"_structuring"},
    "_responses": {"_structuring", "_request", "_http.base_client"},  # what clients are, for checkers
    "_http": {"_structuring", "_request", "_responses"},
    "_decoders": {"_responses"},
}


def part_of(name: str, parts: Iterable[str]) -> str:
    """The innermost part that a module belongs to."""
    return max((part for part in parts if is_below(name, part)), key=len)


def is_below(name: str, part: str) -> bool:
    """Whether a module is the part itself or stands in it."""
    return name == part or name.startswith(f"{part}.") or part == ""


def is_allowed(importer: str, target: str) -> bool:
    """Whether a module of the generator may import another one (or a name from it)."""
    own = part_of(importer, GENERATOR_LAYERS)
    return any(is_below(target, name) for name in {own, *GENERATOR_LAYERS[own]} if name)


def test_the_generator_points_one_way() -> None:
    wrong = [
        f"{path.relative_to(GENERATOR)}:{line} imports {target}"
        for name, path in modules(GENERATOR).items()
        for line, target in imported(path, GENERATOR, "sdkloom")
        if not is_allowed(name, target)
    ]
    assert wrong == []


def test_every_part_of_the_generator_is_known() -> None:
    assert {name.split(".")[0] for name in modules(GENERATOR)} <= set(GENERATOR_LAYERS)


def test_a_wrong_import_is_noticed() -> None:
    assert not is_allowed("emit.render", "document.model")
    assert not is_allowed("source.load", "document.parse")
    assert not is_allowed("ir.types", "source.nodes.Node")
    assert not is_allowed("lower.names.identifiers", "lower.types.models")
    assert not is_allowed("lower.types.models", "lower.methods.bodies")
    assert is_allowed("ir.types", "diagnostics.span.Span")
    assert is_allowed("lower.names", "ir.types.TypeName")
    assert is_allowed("lower.api", "lower.methods.bodies")
    assert not is_allowed("specdiff.rules.types", "specdiff.facts.types")
    assert not is_allowed("specdiff.matching.index", "specdiff.facts.fields")
    assert not is_allowed("specdiff.report.html", "specdiff.facts.fields")
    assert is_allowed("specdiff.facts.fields", "specdiff.matching.pairing")


def test_wings_of_the_runtime_build_on_each_other() -> None:
    wings = set(RUNTIME_WINGS)
    wrong = [
        f"{name} imports {target}"
        for name, targets in graph(RUNTIME).items()
        for target in targets
        if part_of(name, [*wings, ""]) in wings and part_of(target, [*wings, ""]) in wings
        if not any(is_below(target, wing) for wing in {name.split(".")[0], *RUNTIME_WINGS[name.split(".")[0]]})
    ]
    assert wrong == []
    assert wings == {path.name for path in RUNTIME.iterdir() if (path / "__init__.py").is_file()}


@pytest.mark.parametrize(("folder", "package"), [(GENERATOR, "sdkloom"), (RUNTIME, "")])
def test_there_is_no_circle(folder: Path, package: str) -> None:
    edges = graph(folder, package)
    assert sum(map(len, edges.values())) > 50
    assert circles(edges) == []


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.*[!d]")), ids=lambda path: path.stem)
def test_there_is_no_circle_in_a_generated_package(document: Path, tmp_path: Path) -> None:
    """The runtime and what is generated around it, such as the settings and the servers."""
    with generated_package(tmp_path, document.read_text(encoding="utf-8")) as package:
        edges = graph(Path(str(package.__file__)).parent)
    assert {"_sdk", "_client", "_http.sync_client"} <= set(edges)
    assert circles(edges) == []


def test_a_circle_is_noticed() -> None:
    edges = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set[str](), "e": {"a"}}
    assert circles(edges) == [["b", "c"]]


def test_the_root_of_a_generated_package_is_small() -> None:
    """The modules of the contract, the generated ones, and the wings."""
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 36


def test_the_root_of_the_generator_holds_packages() -> None:
    assert sorted(path.name for path in GENERATOR.glob("*.py")) == ["__init__.py", "__main__.py", "pipeline.py"]
