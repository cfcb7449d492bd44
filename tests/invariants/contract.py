"""How much of the reference's public surface the generated package has.

    python -m tests.invariants.contract

Compares the package with `data/contract_members.tsv`, a table of 803 facts about the reference, member by member:
existence, and the normalised signature or annotation. What the API has in addition (a variant, a value, a keyword) is
no difference. Prints what differs and a count. Python 3.10 keeps no overloads, so there they are left out on both
sides.
"""

from __future__ import annotations

import ast
import csv
import functools
import importlib
import inspect
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import typing_extensions

from .annotations import evaluated, home, normal, seen_from, signatures, tree
from .no_worse import no_worse

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).parent / "data" / "contract_members.tsv"
NOTHING = "missing"


@attrs.frozen
class Member:
    name: str
    kind: str
    expected: str


def table() -> list[Member]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    if not hasattr(typing, "get_overloads"):
        rows = [[name, kind, expected.partition(" || overload")[0]] for name, kind, expected in rows]
    # The one union in the table that isn't sorted like the others.
    return [
        Member(name, kind, expected.replace("dict[str | URL, ", "dict[URL | str, ")) for name, kind, expected in rows
    ]


def located(name: str) -> tuple[Any, list[str]]:
    """The longest module prefix of a dotted name, imported, and the attribute names that are left."""
    names = name.split(".")
    for cut in range(len(names), 0, -1):
        try:
            return importlib.import_module(".".join(names[:cut])), names[cut:]
        except ModuleNotFoundError:
            continue
    raise AssertionError(name)


def holder(name: str) -> tuple[Any, str]:
    """The module or class that has a member, and the member's own name."""
    value, rest = located(name)
    for step in rest[:-1]:
        value = getattr(value, step)
    return value, rest[-1]


def actual(member: Member) -> str:
    """What the package says about a member, in the words of the table; `missing` when it hasn't it."""
    if member.kind == "module":
        return "" if inspect.ismodule(importlib.import_module(member.name)) else NOTHING
    if member.kind == "export":
        module, _, name = member.name.removesuffix("]").partition(".__all__[")
        return "" if name in importlib.import_module(module).__all__ else NOTHING
    owner, name = holder(member.name)
    with seen_from(owner):
        return of_owner(member, owner, name)


def of_owner(member: Member, owner: Any, name: str) -> str:
    if member.kind in ("attribute", "property", "field"):
        return attribute(owner, name, member.expected)
    value = getattr(owner, name, NOTHING)
    if isinstance(value, str) and value is NOTHING:
        return NOTHING
    if member.kind in ("class", "model", "typed dict"):
        return classed(value, member.expected)
    if member.kind == "method":
        return same_result(signatures(value), member.expected)
    if member.kind == "alias or constant":
        return alias(value, member.expected, owner.__name__)
    assert member.kind == "member of pydantic models", member
    return ""


def classed(cls: type, expected: str) -> str:
    """The table's base classes if our class has them all, however far up; else the bases that it has."""
    names = [base.partition("[")[0] for base in expected.removeprefix("bases:").replace(",", " ").split()]
    if names == ["TypedDict"]:
        return expected if typing_extensions.is_typeddict(cls) else "no TypedDict"
    have = {base.__name__ for base in (*cls.__mro__[1:], *getattr(cls, "__orig_bases__", ())) if isinstance(base, type)}
    return expected if set(names) <= have else f"bases: {', '.join(base.__name__ for base in cls.__bases__)}"


def attribute(owner: type, name: str, expected: str) -> str:
    if typing_extensions.is_typeddict(owner):
        return typed_dict_key(owner, name)
    for cls in owner.__mro__:
        annotations = cls.__dict__.get("__annotations__", {})
        if name in annotations:
            text = normal(annotations[name], home(cls))
            if expected.endswith((" with default", " without default")):
                text += " without default" if is_required(owner, name) else " with default"
            return text if expected else ""
        if name in cls.__dict__ and cls.__dict__[name].__class__.__name__ != "member_descriptor":
            return described(cls.__dict__[name]) if expected else ""
        if cls.__module__.partition(".")[0] == "anthropic" and name in assigned(cls):
            annotation = assigned(cls)[name]
            return normal(annotation, home(cls)) if annotation and expected else ""
    return NOTHING


def described(value: Any) -> str:
    getter = getattr(value, "fget", None) or getattr(value, "_compute", None)
    if getter is None:
        return "?"
    function = inspect.unwrap(getter)
    return normal(function.__annotations__["return"], function.__globals__["__name__"])


def is_required(model: Any, name: str) -> bool:
    return model.model_fields[name].is_required()


def typed_dict_key(owner: Any, name: str) -> str:
    for cls in typed_dict_bases(owner):
        if name in own_annotations(cls):
            annotation = evaluated(own_annotations(cls)[name], home(cls))
            required = typing.get_origin(annotation) is typing_extensions.Required or (
                cls.__total__ and typing.get_origin(annotation) is not typing_extensions.NotRequired
            )
            return f"{'required' if required else 'optional'} {normal(annotation, home(cls))}"
    return NOTHING


def typed_dict_bases(cls: Any) -> Iterator[Any]:
    yield cls
    for base in getattr(cls, "__orig_bases__", ()):
        if typing_extensions.is_typeddict(base):
            yield from typed_dict_bases(base)


@functools.cache
def own_annotations(cls: Any) -> dict[str, str]:
    """The keys that the source of one TypedDict class lists (its `__annotations__` hold those of its bases too)."""
    for node in ast.walk(tree(home(cls))):
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
            return {
                item.target.id: ast.unparse(item.annotation)
                for item in node.body
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
            }
    raise AssertionError(cls)


@functools.cache
def assigned(cls: type) -> dict[str, str]:
    """Attributes that the methods of a class assign, with the annotation of the parameter that they take over."""
    (definition,) = (
        node for node in ast.walk(tree(home(cls))) if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    )
    found: dict[str, str] = {}
    for method in definition.body:
        if not isinstance(method, ast.FunctionDef):
            continue
        parameters = {
            argument.arg: ast.unparse(argument.annotation)
            for argument in (*method.args.args, *method.args.kwonlyargs)
            if argument.annotation is not None
        }
        for node in ast.walk(method):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
                found.setdefault(node.targets[0].attr, parameters.get(ast.unparse(node.value), ""))
    return found


def alias(value: Any, expected: str, module: str) -> str:
    if expected == "?":
        return expected
    if expected == "Client" or expected == "AsyncClient":
        return expected if expected in {base.__name__ for base in value.__mro__} else NOTHING
    if isinstance(value, type):
        return value.__name__
    if typing.get_origin(value) is not None:
        return normal(value, module)
    import httpx

    from anthropic import NotGiven

    same = eval(expected, {"httpx": httpx, "NotGiven": lambda: value if isinstance(value, NotGiven) else None}) == value
    return expected if same else repr(value)


def same_result(text: str, expected: str) -> str:
    """To a caller an async generator is the same as a plain function that returns an async iterator."""
    if "-> AsyncIterator[" in text and text.replace("async (", "(") == expected.replace("async (", "("):
        return expected
    return text


def misses() -> Iterator[tuple[Member, str]]:
    for member in table():
        try:
            found = actual(member)
        except Exception as error:  # a member that can't even be looked at is a miss, too
            found = f"{type(error).__name__}: {error}"
        if not no_worse(found, member.expected):
            yield member, found


def main() -> None:
    total, missed = len(table()), list(misses())
    for member, found in missed:
        print(f"{member.name} ({member.kind})\n    reference {member.expected}\n    ours      {found}")
    print(f"{total - len(missed)} of {total} members match")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "generated" / "src"))
    main()
