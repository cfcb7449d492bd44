"""The templates in the keys of paths, and the parameters that fill them in (OpenAPI 3.1 §4.8.8.1, §4.8.12)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import attrs

from ..diagnostics import catalog
from ..diagnostics.nearest import did_you_mean
from .model import Parameter, ParameterIn, Schema
from .reader import Obj

TEMPLATE = re.compile(r"\{([^{}]*)\}")

_PLACEHOLDER = re.compile(
    r"\{(?P<inner>(?:[^{}]|\{[^{}]*\})*)\}|(?<=/):(?P<name>\w+)(?=[/?]|$)|<(?:\w+:)?(?P<own>\w+)>"
)
"""What stands for a value: `{id}`, and as routers write it `{{id}}`, `{id:[0-9]{4}}`, `:id`, `<int:id>`."""
_ROUTED = re.compile(r"(?P<before>[*+]{0,2})(?P<name>[\w.$-]+) *(?P<after>[*+?]?|[:=].*)", re.DOTALL)
_CLASS = re.compile(r"\[[^\]]*\]")
_MANY_SEGMENTS = re.compile(r"[*+]|:(?:path$|\.[*+]|.*/)|=.*(?:\*\*|/)", re.DOTALL)
"""Marks of placeholders for several segments: `{path*}`, `{proxy+}`, `{file:.+}`, `{name=shelves/*}`."""


@attrs.frozen(kw_only=True)
class _Placeholder:
    text: str
    """As the document writes it."""
    start: int
    name: str
    """Without what routers add."""
    is_braced: bool
    """Whether it is in braces, and so stands for a value even if no parameter is declared."""
    has_slashes: bool


def with_path_parameters(
    method: str, path: str, obj: Obj, parameters: tuple[Parameter, ...], taken: Collection[tuple[str, str]]
) -> tuple[str, tuple[Parameter, ...]]:
    """Return the path with placeholders as OpenAPI has them, and the parameters of an operation with those that are
    only there, texts. What differs from the template of the path is reported.

    A path that is `taken` by another one stays as it is. A query in the template says under which key something is
    sent: a parameter of the query that it sends under another one is filled in as those of the path are.
    """
    fitted, several = _fitted(path, [one.name for one in parameters if one.location is ParameterIn.PATH])
    if fitted != path and (method, fitted) not in taken:
        obj.context.sink.report(catalog.PLACEHOLDER, obj.span, path=path, taken=fitted)
        path = fitted
    return path, tuple(
        attrs.evolve(parameter, several_segments=True)
        if parameter.name in several and parameter.location is ParameterIn.PATH
        else parameter
        for parameter in _with_templates(path, obj, parameters)
    )


def _fitted(path: str, declared: Collection[str]) -> tuple[str, Collection[str]]:
    """The path with the names of the declared parameters where they are meant, and those that take several segments."""
    found = list(_placeholders(path))
    open_names = [name for name in declared if "{" not in name and all(name != one.text[1:-1] for one in found)]
    several: list[str] = []
    made, end = "", 0
    for one in found:
        if one.is_braced and one.text[1:-1] in declared:
            continue
        name = _meant(one.name, open_names) or (one.name if one.is_braced else None)
        if name is not None:
            made += path[end : one.start] + "{" + name + "}"
            end = one.start + len(one.text)
            open_names = [other for other in open_names if other != name]
            several += [name] if one.has_slashes else []
    return made + path[end:], several


def _placeholders(path: str) -> Iterator[_Placeholder]:
    for match in _PLACEHOLDER.finditer(path):
        if match["inner"] is None:
            name = match["name"] or match["own"]
            has_slashes = match[0].startswith("<path:")
            yield _Placeholder(text=match[0], start=match.start(), name=name, is_braced=False, has_slashes=has_slashes)
        elif (routed := _ROUTED.fullmatch(match["inner"].strip(" {}"))) is not None:
            rest = routed["before"] + _CLASS.sub("", routed["after"])
            yield _Placeholder(
                text=match[0],
                start=match.start(),
                name=routed["name"],
                is_braced=True,
                has_slashes=_MANY_SEGMENTS.match(rest) is not None,
            )


def _meant(name: str, declared: Collection[str]) -> str | None:
    """The declared name that a placeholder means: the same one, or the only one that differs in its spelling."""
    if name in declared:
        return name
    alike = [other for other in declared if _letters(other) == _letters(name)]
    return alike[0] if len(alike) == 1 else None


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _with_templates(path: str, obj: Obj, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    bare, _, query = path.partition("?")
    keys = {name: pair.partition("=")[0] for pair in query.split("&") for name in TEMPLATE.findall(pair)}
    in_query = {parameter.name for parameter in parameters if parameter.location is ParameterIn.QUERY}
    parameters = tuple(
        attrs.evolve(parameter, location=ParameterIn.PATH, required=True, style=None, explode=None)
        if parameter.location is ParameterIn.QUERY and keys.get(parameter.name, parameter.name) != parameter.name
        else parameter
        for parameter in parameters
    )
    in_template = TEMPLATE.findall(bare) + [name for name, key in keys.items() if name != key or name not in in_query]
    declared = {parameter.name: parameter for parameter in parameters if parameter.location is ParameterIn.PATH}
    sink = obj.context.sink
    added: list[Parameter] = []
    for name in dict.fromkeys(in_template):
        if name not in declared:
            hint = did_you_mean(name, [known for known in declared if known not in in_template])
            sink.report(catalog.UNDECLARED_PATH_PARAMETER, obj.span, hint=hint, name=name, path=path)
            text = Schema(types=("string",), pointer=obj.pointer, span=obj.span)
            location, pointer = ParameterIn.PATH, obj.pointer
            added.append(
                Parameter(name=name, location=location, required=True, schema=text, pointer=pointer, span=obj.span)
            )
    for name, parameter in declared.items():
        if name not in in_template:
            hint = did_you_mean(name, [known for known in in_template if known not in declared])
            sink.report(catalog.PARAMETER_NOT_IN_PATH, parameter.span, hint=hint, name=name, path=path)
        elif not parameter.required:
            sink.report(catalog.OPTIONAL_PATH_PARAMETER, parameter.span, name=name)
    placed = [one for one in parameters if one.location is not ParameterIn.PATH or one.name in in_template]
    return (*placed, *added)
