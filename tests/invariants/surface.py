"""The public surface of the generated package as text: one line per member, as its source spells it.

    python -m tests.invariants.surface          prints it
    python -m tests.invariants.surface --write  accepts it as tests/invariants/public_surface.txt

Annotations are the strings of the source, so the list is the same for every Python version.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).parent / "public_surface.txt"

PACKAGES = [
    "anthropic",
    "anthropic.types",
    "anthropic.types.beta",
    "anthropic.types.beta.prompt_caching",
    "anthropic.resources",
    "anthropic.resources.beta",
    "anthropic.resources.beta.prompt_caching",
    "anthropic.lib.streaming",
]
OWN = ("__init__", "__iter__", "__next__", "__aiter__", "__anext__")
CONTEXT = ("__enter__", "__exit__", "__aenter__", "__aexit__")


def public_names(module: ModuleType) -> list[str]:
    names = {*dir(module), *getattr(module, "__all__", ())}
    return sorted(name for name in names if not name.startswith("_") or name in getattr(module, "__all__", ()))


def members(module_name: str) -> Iterator[str]:
    module = importlib.import_module(module_name)
    for name in public_names(module):
        value = getattr(module, name)
        address = f"{module_name}.{name}"
        if isinstance(value, ModuleType):
            continue  # which submodules stand in a package depends on what was imported before
        if inspect.isclass(value) and is_ours(value):
            yield f"{address}  class {value.__name__}{bases(value)}"
            yield from class_members(address, value)
        elif inspect.isroutine(value):
            yield f"{address}  {callable_text(value)}"
        else:
            yield f"{address}  value"


def is_ours(cls: type) -> bool:
    return cls.__module__.partition(".")[0] == "anthropic"


def bases(cls: type) -> str:
    names = [base.__name__ for base in cls.__bases__ if base not in (object, dict)]
    return f"({', '.join(names)})" if names else ""


def class_members(address: str, cls: type) -> Iterator[str]:
    """Annotated attributes in their order, then the rest by name; those of our own base classes too."""
    ours = [base for base in reversed(cls.__mro__) if is_ours(base)]
    attributes: dict[str, str] = {}
    others: dict[str, str] = {}
    for base in ours:
        for name, annotation in base.__dict__.get("__annotations__", {}).items():
            if not name.startswith("_"):
                attributes[name] = annotation_text(annotation)
        for name, value in base.__dict__.items():
            if name in attributes or (name.startswith("_") and name not in (*OWN, *CONTEXT)):
                continue
            text = member_text(value)
            if text is not None:
                others[name] = text
    for name, text in attributes.items():
        yield f"{address}.{name}: {text}"
    for name in sorted(others):
        yield f"{address}.{name}  {others[name]}"


def member_text(value: Any) -> str | None:
    if isinstance(value, property):
        return f"property -> {returned(value.fget)}"
    if type(value).__name__ == "cached_property":
        return f"property -> {returned(value._compute)}"
    if isinstance(value, (classmethod, staticmethod)):
        return f"{type(value).__name__} {callable_text(value.__func__)}"
    if inspect.isfunction(value):
        return callable_text(value)
    if inspect.isdatadescriptor(value) or inspect.isbuiltin(value):
        return None
    return "value"


def returned(function: Any) -> str:
    return annotation_text(function.__annotations__.get("return", ""))


def annotation_text(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation
    forward = getattr(annotation, "__forward_arg__", None)
    return forward if forward is not None else inspect.formatannotation(annotation)


def callable_text(function: Any) -> str:
    word = "async def" if inspect.iscoroutinefunction(inspect.unwrap(function)) else "def"
    signature = inspect.signature(function)
    parts = [parameter_text(parameter) for parameter in signature.parameters.values()]
    stars = [i for i, p in enumerate(signature.parameters.values()) if p.kind is p.KEYWORD_ONLY]
    if stars and not any(p.kind is p.VAR_POSITIONAL for p in signature.parameters.values()):
        parts.insert(stars[0], "*")
    result = annotation_text(signature.return_annotation) if signature.return_annotation is not signature.empty else ""
    return f"{word} ({', '.join(parts)}){' -> ' + result if result else ''}"


def parameter_text(parameter: inspect.Parameter) -> str:
    prefix = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    text = prefix + parameter.name
    if parameter.annotation is not parameter.empty:
        text += f": {annotation_text(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        text += f" = {parameter.default!r}"
    return text


def modules() -> Iterator[str]:
    package = importlib.import_module("anthropic")
    for module in pkgutil.walk_packages(package.__path__, "anthropic."):
        if "._" not in module.name:
            yield f"{module.name}  module"


def surface() -> str:
    lines = [*modules(), *(line for package in PACKAGES for line in members(package))]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "generated" / "src"))
    if "--write" in sys.argv:
        LIST.write_text(surface(), encoding="utf-8")
    else:
        sys.stdout.write(surface())
