"""Annotations of a package that imports lazily, evaluated and written in one normal form.

The normal form is that of `data/contract_members.tsv`: unions are flat and sorted, aliases are spelled out, `bool` is
its two literals, classes lose their module, every type variable is `~T`.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typing_extensions

NAMES = {list: "list", dict: "dict", tuple: "tuple", type: "type", set: "set", types.TracebackType: "TracebackType"}

_arguments: dict[Any, Any] = {}
"""What type variables stand for in the class that is looked at."""


@contextmanager
def seen_from(cls: Any) -> Iterator[None]:
    """Read annotations as members of `cls`: with the type arguments that it gives to its generic base classes."""
    _arguments.update(type_arguments(cls))
    try:
        yield
    finally:
        _arguments.clear()


def type_arguments(cls: Any) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for base in getattr(cls, "__orig_bases__", getattr(cls, "__bases__", ())):
        origin = typing.get_origin(base) or base
        if origin is typing.Generic:
            continue
        found.update(zip(getattr(origin, "__parameters__", ()), typing.get_args(base)))
        found.update((key, found.get(value, value)) for key, value in type_arguments(origin).items())
    return {key: value for key, value in found.items() if value is not key}


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


def is_type_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


@functools.cache
def namespace(module: str) -> Mapping[str, Any]:
    """The globals of a module as a type checker sees them: with what stands under `if TYPE_CHECKING:`."""
    names = dict(vars(sys.modules[module]))
    for node in tree(module).body:
        if isinstance(node, ast.If) and is_type_checking(node.test):
            exec(compile(ast.Module(body=node.body, type_ignores=[]), module, "exec"), names)
    return names


def home(cls: type) -> str:
    """The module whose source defines a class (`__module__` says `anthropic` for the public ones)."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "anthropic" and vars(module).get(cls.__name__) is cls and defines(name, cls):
            return name
    return cls.__module__


def defines(module: str, cls: type) -> bool:
    return any(isinstance(node, ast.ClassDef) and node.name == cls.__name__ for node in ast.walk(tree(module)))


def evaluated(annotation: Any, module: str) -> Any:
    """What an annotation stands for. Strings inside the shared aliases of `_types` mean names of that module."""
    while isinstance(annotation, (str, typing.ForwardRef)):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        annotation = eval(text, {**namespace("anthropic._types"), **namespace(module)})
    return annotation


def normal(annotation: Any, module: str = "anthropic") -> str:
    return " | ".join(sorted(parts(annotation, module)))


def parts(annotation: Any, module: str) -> set[str]:
    """The members of a union; of any other type, itself alone."""
    annotation = evaluated(annotation, module)
    if isinstance(annotation, typing.TypeVar) and annotation in _arguments:
        return parts(_arguments[annotation], module)
    origin = typing.get_origin(annotation)
    if origin in (typing.Annotated, typing_extensions.Required, typing_extensions.NotRequired):
        return parts(typing.get_args(annotation)[0], module)
    if origin in (typing.Union, types.UnionType):
        return {part for member in typing.get_args(annotation) for part in parts(member, module)}
    if origin in (typing.Literal, typing_extensions.Literal):
        return {f"L:{value!r}" for value in typing.get_args(annotation)}
    if annotation is bool:
        return {"L:False", "L:True"}
    return {single(annotation, module)}


def single(annotation: Any, module: str) -> str:
    if annotation in (None, type(None)):
        return "None"
    if isinstance(annotation, typing.TypeVar) or annotation is typing_extensions.Self:
        return "~T"
    if isinstance(annotation, list):
        return f"[{', '.join(normal(item, module) for item in annotation)}]"
    if annotation is ...:
        return "..."
    origin = typing.get_origin(annotation)
    if origin is None:
        return NAMES.get(annotation) or getattr(annotation, "__name__", None) or str(annotation).removeprefix("typing.")
    name = NAMES.get(origin) or origin.__name__
    return f"{name}[{', '.join(normal(argument, module) for argument in typing.get_args(annotation))}]"


def signature(function: Any) -> str:
    """A signature in the normal form: keyword-only parameters sorted, since their order binds nobody."""
    inner = inspect.unwrap(function)
    module = inner.__globals__["__name__"]
    positional: list[str] = []
    keywords: list[str] = []
    variadic = ""
    for index, parameter in enumerate(inspect.signature(inner).parameters.values()):
        if index == 0 and parameter.name in ("self", "cls", "__self"):
            continue
        text = parameter.name
        if parameter.annotation is not parameter.empty:
            text += f": {normal(parameter.annotation, module)}"
        if parameter.default is not parameter.empty:
            text += f" = {'NOT_GIVEN' if repr(parameter.default) == 'NOT_GIVEN' else repr(parameter.default)}"
        if parameter.kind is parameter.KEYWORD_ONLY:
            keywords.append(text)
        elif parameter.kind is parameter.VAR_KEYWORD:
            variadic = f"variadic keyword {text}"
        else:
            positional.append(text)
    returned = inspect.signature(inner).return_annotation
    result = normal(returned, module) if returned is not inspect.Signature.empty else "?"
    awaited = inspect.iscoroutinefunction(inner) or inspect.isasyncgenfunction(inner)
    named = "".join(f"{keyword}; " for keyword in sorted(keywords)).removesuffix("; ")
    return (
        f"{'async ' if awaited else ''}({'; '.join(positional)} * {named + ' ' if named else ''}{variadic}) -> {result}"
    )


def signatures(function: Any) -> str:
    """The implementation's signature, then those of its overloads."""
    overloads = typing.get_overloads(inspect.unwrap(function)) if hasattr(typing, "get_overloads") else []
    texts = [signature(function), *(f"overload {i}: {signature(each)}" for i, each in enumerate(overloads, 1))]
    return " || ".join(texts)
