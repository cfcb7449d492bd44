"""The checks `compile`, `imports` and `hooks`: what the files are as Python."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from ..diagnostics import run_catalog
from ..diagnostics.span import Span
from ..ir.definitions import Definition
from ..ir.resources import HookedMethod, Resource
from ..ir.symbols import method_symbol
from ..ir.types import TypeName
from ..ir.walk import all_definitions, all_resources, resource_module
from . import process
from .outcome import Outcome
from .target import Target

_REQUIRES = re.compile(r'^requires-python = ">=(\d+)\.(\d+)"$', re.MULTILINE)


def check_compile(target: Target, outcome: Outcome) -> None:
    """Every file is Python of the oldest version that the package promises, without a warning of the compiler."""
    found = _REQUIRES.search(target.files.get("pyproject.toml", ""))
    version = (int(found[1]), int(found[2])) if found else None
    sources = {path: text for path, text in target.files.items() if path.endswith(".py")}
    for path, text in sources.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                ast.parse(text, path, feature_version=version)
                compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, Warning) as error:
            line = getattr(error, "lineno", None) or 1
            outcome.fail(run_catalog.DOES_NOT_COMPILE, target.start, path=path, line=line, error=error)
    outcome.count(len(sources), "files")


def check_imports(target: Target, outcome: Outcome) -> None:
    """Every module can be imported, and every public name got from where it is promised."""
    response = process.ask(target.files, "imports", package=target.package, names=list(_names(target)))
    spans = _spans(target)
    by_error: dict[str, list[str]] = {}
    for module, name, error in response["failures"]:
        by_error.setdefault(error, []).append(f"{module}.{name}" if name else module)
    for error, symbols in by_error.items():
        first = next((symbol for symbol in symbols if symbol in spans), symbols[0])
        more = f" (and {len(symbols) - 1} more)" if len(symbols) > 1 else ""
        outcome.fail(run_catalog.NOT_IMPORTED, spans.get(first, target.start), symbol=first, more=more, error=error)
    outcome.count(response["modules"], "modules")
    outcome.count(response["names"], "public names")


def _names(target: Target) -> Iterator[tuple[str, str]]:
    """What the SDK as data says that can be imported from where."""
    api = target.api
    root = target.package
    yield root, api.client.class_name
    yield root, api.client.async_class_name
    yield from ((".".join((root, *export.package)), export.name) for export in api.package.extra_exports)
    for package in api.type_packages:
        yield from ((".".join((root, *package.path)), export.name) for export in package.exports)
    for definition in all_definitions(api).values():
        yield _module(root, definition.name), definition.name.name


def _spans(target: Target) -> dict[str, Span]:
    """Where the spec has what a name stands for."""
    root = target.package
    found: dict[str, Span] = {}
    for definition in all_definitions(target.api).values():
        found[f"{_module(root, definition.name)}.{definition.name.name}"] = definition.span
    for module in target.api.type_modules:
        found.setdefault(".".join((root, *module.package, module.name)), module.span)
    return found


def check_hooks(target: Target, outcome: Outcome) -> None:
    """Each hooked method is there in both classes, with the parameters of the one it is like; what it returns and
    relies on exists."""
    listed = list(_hooks(target))
    responses: list[list[str]] = []
    if listed:
        responses = process.ask(target.files, "hooks", hooks=[facts for _, _, facts in listed])
    for (resource, hook, facts), problems in zip(listed, responses):
        symbol = f"{method_symbol(resource.path, hook.name)} of {facts['class']}"
        for problem in problems:
            outcome.fail(run_catalog.HOOK_BROKEN, hook.span, symbol=symbol, problem=problem)
    outcome.count(len(listed), "hooked methods (sync and async)")


def _hooks(target: Target) -> Iterator[tuple[Resource, HookedMethod, dict[str, object]]]:
    definitions = all_definitions(target.api)
    for resource in all_resources(target.api.resources):
        module = ".".join((target.package, "resources", *resource_module(resource)))
        streamed = {method.name: method.streaming.param for method in resource.methods if method.streaming}
        for hook in resource.hooked:
            for prefix, returns in (("", hook.returns), ("Async", hook.async_returns)):
                facts: dict[str, object] = {
                    "module": module,
                    "class": prefix + resource.class_name,
                    "method": hook.name,
                    "like": hook.like,
                    "without": streamed.get(hook.like),
                    "returns": [".".join((target.package, *returns.module)), returns.name],
                    "requires": list(_required(target.package, hook, definitions)),
                    "params": [param.name for param in hook.params],
                }
                yield resource, hook, facts


def _required(
    package: str, hook: HookedMethod, definitions: dict[TypeName, Definition]
) -> Iterator[tuple[str, str, str]]:
    """The types and fields that a hook relies on: module, name, field. A schema is known by its own name, too."""
    for required in hook.requires:
        owner, _, field = required.symbol.partition(".")
        for definition in definitions.values():
            if owner == definition.name.name or definition.pointer == f"#/components/schemas/{owner}":
                yield _module(package, definition.name), definition.name.name, field
                break


def _module(package: str, name: TypeName) -> str:
    return ".".join((package, *name.package, name.module))
