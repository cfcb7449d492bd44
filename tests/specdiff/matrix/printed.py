"""What is printed for a state of a spec: the code without its texts, and the names that users write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from unittest import mock

import attrs
import jinja2

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit import environment, render
from sdkloom.emit.template_folder import TemplateFolder
from sdkloom.ir.api import Api

from ..spec_states import TEMPLATES

_OWN = ("_client.py", "_sdk.py", "webhooks.py", "pagination.py", "_constants.py", "_exceptions.py", "__init__.py")
_FOLDERS = ("types/", "resources/", "_converters/")


@attrs.frozen(kw_only=True)
class Name:
    """Something that users write: a class, an attribute, a key, a parameter, what a method gives."""

    kind: str
    annotation: str = ""
    is_required: bool = False


@attrs.frozen(kw_only=True)
class Printed:
    """A package. `code` has each module without its texts; `names` what users write."""

    code: dict[str, str]
    names: dict[str, Name]


@cache
def _environment() -> jinja2.Environment:
    return environment.environment(_folder(), set())


@cache
def _folder() -> TemplateFolder:
    return TemplateFolder.of(TEMPLATES, DiagnosticSink())


def printed(api: Api) -> Printed:
    """Return what is printed, unformatted: layout is no matter here."""
    sink = DiagnosticSink()
    root = f"src/{api.package.import_name}/"

    def is_compared(path: str) -> bool:
        inside = path.removeprefix(root)
        return inside != path and path.endswith(".py") and inside.startswith((*_FOLDERS, *_OWN))

    text = render._Printer.text  # pyright: ignore[reportPrivateUsage]
    with (
        mock.patch.object(
            render._Printer, "text", lambda self, file: text(self, file) if is_compared(file.path) else ""
        ),
        mock.patch.object(render, "environment", lambda folder, loaded: _environment()),
        mock.patch.object(render, "format_python", lambda files, generated, sink: None),
    ):
        files = render.render(api, _folder(), sink)
    assert files is not None, list(sink.diagnostics)
    modules = {path.removeprefix(root): text for path, text in files.items() if is_compared(path)}
    names: dict[str, Name] = {}
    for path, text in modules.items():
        if path.startswith("types/") and not path.endswith("__init__.py"):
            names.update(_types(path.removesuffix(".py").replace("/", "."), _tree(text)))
        elif path.startswith("resources/"):
            names.update(_methods(path.removesuffix(".py").replace("/", "."), _tree(text)))
    aliases = {name.rpartition(".")[2]: found.annotation for name, found in names.items() if found.kind == "alias"}
    names = {
        symbol: attrs.evolve(found, annotation=_expanded(found.annotation, aliases)) for symbol, found in names.items()
    }
    return Printed(code={path: _code(text) for path, text in modules.items()}, names=names)


def _expanded(annotation: str, aliases: Mapping[str, str]) -> str:
    """An annotation with what aliases stand for in their place, but for those within themselves."""
    known: Mapping[str, str] = aliases
    while True:
        found = [name for name in re.findall(r"(?<![\w'\".])[A-Za-z_]\w*(?![\w'\"])", annotation) if name in known]
        if not found:
            return annotation
        name = found[0]
        annotation = re.sub(rf"(?<![\w'\".]){name}(?![\w'\"])", lambda _, text=known[name]: text, annotation)
        known = {other: text for other, text in known.items() if other != name}


@cache
def _tree(text: str) -> ast.Module:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [inner for inner in body if not _is_text(inner)]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


@cache
def _code(text: str) -> str:
    return ast.dump(_tree(text))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _types(module: str, tree: ast.Module) -> Iterator[tuple[str, Name]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            kind = "key" if any("TypedDict" in ast.unparse(base) for base in node.bases) else "attribute"
            yield f"{module}.{node.name}", Name(kind="class")
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and not ast.unparse(field.target).startswith("__"):
                    text = ast.unparse(field.annotation)
                    is_required = text.startswith("Required[") if kind == "key" else field.value is None
                    text = text.removeprefix("Required[").removesuffix("]") if text.startswith("Required[") else text
                    name = f"{module}.{node.name}.{ast.unparse(field.target)}"
                    yield name, Name(kind=kind, annotation=text, is_required=is_required)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            if not target.startswith("_"):
                yield f"{module}.{target}", Name(kind="alias", annotation=ast.unparse(node.value))


def _methods(module: str, tree: ast.Module) -> Iterator[tuple[str, Name]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("Async") and "With" not in node.name:
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("with_"):
                    yield from _method(f"{module}.{node.name}.{method.name}", method)


def _method(name: str, node: ast.FunctionDef) -> Iterator[tuple[str, Name]]:
    returns = "" if node.returns is None else ast.unparse(node.returns)
    yield f"{name}()", Name(kind="attribute", annotation=returns, is_required=True)
    args = node.args
    given = [None] * (len(args.posonlyargs + args.args) - len(args.defaults)) + list(args.defaults) + args.kw_defaults
    for arg, default in zip([*args.posonlyargs, *args.args, *args.kwonlyargs], given):
        if arg.annotation is not None:
            text = ast.unparse(arg.annotation).removesuffix(" | NotGiven")
            yield f"{name}({arg.arg}=)", Name(kind="parameter", annotation=text, is_required=default is None)


def members(annotation: str) -> frozenset[str]:
    """Return the alternatives of an annotation: `Optional[Literal['a', 'b']]` has `None`, `'a'` and `'b'`."""
    try:
        return frozenset(_members(ast.parse(annotation, mode="eval").body))
    except SyntaxError:
        return frozenset({annotation})


def _without_redundant(found: Iterable[str]) -> frozenset[str]:
    """Alternatives without literals beside their type: checkers take `List[Literal[1] | int]` for `List[int]`."""
    found = frozenset(found)
    return frozenset(
        each
        for each in found
        if not ((each[:1] in "'\"" and "str" in found) or (each.removeprefix("-").isdigit() and "int" in found))
    )


def _members(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Union", "Optional", "Literal"):
        word = ast.unparse(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for part in parts:
            yield from [ast.unparse(part)] if word == "Literal" else _members(part)
        yield from ["None"] if word == "Optional" else []
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _members(node.left)
        yield from _members(node.right)
    elif isinstance(node, ast.Subscript):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        held = (" | ".join(sorted(_without_redundant(_members(part)))) for part in inner)
        yield f"{ast.unparse(node.value)}[{', '.join(held)}]"
    else:
        yield ast.unparse(node).removeprefix("builtins.")
