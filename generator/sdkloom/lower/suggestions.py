"""The lines for sdk.yaml that give other names to what is new, or reads badly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from ..document.config import MethodConfig, ResourceConfig, SdkConfig
from ..ir.api import Api
from ..ir.resources import Method, Resource
from ..ir.symbols import method_symbol
from ..ir.walk import all_resources

_LONG_METHOD = 30
_PLAIN = re.compile(r"[A-Za-z/][^:#\"']*")


IsKnown = Callable[[str, str], bool]


def method_suggestions(api: Api, config: SdkConfig) -> dict[str, tuple[str, str]]:
    """Return the lines for sdk.yaml that give a method another name, and why its name reads badly (`""` if it doesn't),
    by the method as users write it. Methods that sdk.yaml names are left out."""
    chosen = set(_chosen(config.resources, ()))
    found: dict[str, tuple[str, str]] = {}
    for resource in all_resources(api.resources):
        for method in resource.methods:
            symbol = method_symbol(resource.path, method.name)
            if symbol not in chosen:
                found[symbol] = _method_lines(resource, method)
    return found


def _chosen(resources: Iterable[ResourceConfig], around: tuple[str, ...]) -> Iterator[str]:
    for resource in resources:
        path = (*around, *filter(None, [resource.rename or resource.name]))
        for method in resource.methods:
            if isinstance(method, MethodConfig):
                yield method_symbol(path, method.rename or method.name)
        yield from _chosen(resource.resources, path)


def _method_lines(resource: Resource, method: Method) -> tuple[str, str]:
    why = _why(resource, method, is_new=False)
    lines: list[str] = []
    for depth, part in enumerate(resource.path):
        lines += [f"{'    ' * depth}resources:", f"{'    ' * depth}  {part}:"]
    indent = "    " * len(resource.path)
    lines += [f"{indent}methods:", f"{indent}  {method.name}: {_endpoint(method)}{f'  # {why}' if why else ''}"]
    return "".join(f"{line}\n" for line in lines), why


def suggestions(api: Api, is_known: IsKnown | None) -> list[str]:
    """Return lines for sdk.yaml, to be edited: each has the name that is given now, and why it is listed.

    `is_known` says whether names.lock has a name for a place of a section; without a names.lock nothing is new.
    """
    return [*_resources(api, is_known), *_types(api, is_known)]


def _resources(api: Api, is_known: IsKnown | None) -> Iterator[str]:
    methods = [name for name in api.names if name.section == "methods"]
    new = {name.name for name in methods if is_known is not None and not is_known("methods", name.place)}
    why = {
        (resource.path, method.name): reason
        for resource in all_resources(api.resources)
        for method in resource.methods
        if (reason := _why(resource, method, ".".join((*resource.path, method.name)) in new))
    }
    own = api.client_methods
    for method in own.methods if own is not None else ():
        if ((), method.name) in why:
            yield f"# client.{method.name}: {_endpoint(method)}  # {why[(), method.name]}"
    tree = [line for resource in api.attributes for line in _tree(resource, why, "  ")]
    if tree:
        yield from ["resources:", *tree]


def _tree(resource: Resource, why: dict[tuple[tuple[str, ...], str], str], indent: str) -> Iterator[str]:
    methods = [method for method in resource.methods if (resource.path, method.name) in why]
    children = [line for child in resource.children for line in _tree(child, why, f"{indent}    ")]
    if not methods and not children:
        return
    yield f"{indent}{resource.attribute}:"
    if methods:
        yield f"{indent}  methods:"
    for method in methods:
        yield f"{indent}    {method.name}: {_endpoint(method)}  # {why[resource.path, method.name]}"
    if children:
        yield from [f"{indent}  resources:", *children]


def _why(resource: Resource, method: Method, is_new: bool) -> str:
    if len(method.name) > _LONG_METHOD:
        return "long"
    if re.search(r"_(for|by|with)_|_all$|_\d+$", method.name):
        return "named by what tells it from another"
    if resource.path and method.name == resource.path[-1]:
        return "the name of the resource again"
    return "new" if is_new else ""


def _endpoint(method: Method) -> str:
    text = f"{method.verb.lower()} {method.path}"
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _types(api: Api, is_known: IsKnown | None) -> Iterator[str]:
    """Schemas of the document by their names there; what lies inside of them follows."""
    found: dict[str, str] = {}
    for name in api.names:
        schema = re.fullmatch(r"#/components/schemas/([^/]+)", name.place)
        if name.section not in ("responses", "requests") or schema is None:
            continue
        reason = "new" if is_known and not is_known(name.section, name.place) else ""
        if re.search(r"\d$", name.name) and not re.search(r"\d$", schema[1]):
            reason = "numbered, as another has its name"
        if reason:
            text = schema[1].replace("~1", "/").replace("~0", "~")
            key = text if re.fullmatch(r"[A-Za-z]\w*", text) else json.dumps(text, ensure_ascii=False)
            found.setdefault(key, f"  {key}: {{rename: {name.name}}}  # {reason}")
    if found:
        yield from ["types:", *found.values()]
