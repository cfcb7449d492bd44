"""The check `static`: every object has the properties, wire names and required keys of its reference model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.span import Span
from ..document.pointers import unescape
from ..ir.definitions import Field, Model, Params
from ..ir.pages import MethodPage
from ..ir.resources import BodyKind, Method, MethodParam, ParamLocation, Resource
from ..ir.symbols import field_symbol, method_symbol, param_symbol, type_symbol
from ..ir.walk import all_resources
from . import known_differences
from .outcome import Outcome
from .reference_models import ReferenceModels
from .schemas import LocatedSchema, Schemas, as_object
from .target import Target

_PART = re.compile(r"(/allOf/\d+)+$")
_MEDIA = {BodyKind.JSON: "json", BodyKind.FORM: "x-www-form-urlencoded", BodyKind.MULTIPART: "multipart"}


@attrs.frozen(kw_only=True)
class Key:
    """One key of a generated object. `symbol` is how Python users write it."""

    required: bool
    symbol: str
    span: Span


@attrs.frozen(kw_only=True)
class GeneratedObject:
    """A generated object: a model, a `TypedDict`, or the body of a method."""

    symbol: str
    pointer: str
    is_response: bool
    keys: Mapping[str, Key]
    is_left_out: bool = False
    """A body that may be left out as a whole."""

    span: Span


@attrs.frozen
class ReferenceFields:
    """The fields of the reference models. `by_class` maps the name of a class to its wire names with facts about each
    (`required`, `nullable`, `classes`), or to a list of the classes that it stands for."""

    models: ReferenceModels
    by_class: Mapping[str, Any]
    _known: dict[str, tuple[str, ...]] = attrs.field(factory=dict[str, "tuple[str, ...]"], init=False, repr=False)

    def classes(self, pointer: str) -> tuple[str, ...]:
        """The classes of an object. One that was taken for the same as another is found through its parent."""
        if pointer not in self._known:
            self._known[pointer] = self._classes(pointer)
        return self._known[pointer]

    def _classes(self, pointer: str) -> tuple[str, ...]:
        own = self._solid(self.models.classes.get(pointer, ()))
        parent, marker, below = pointer.rpartition("/properties/")
        if own or not marker:
            return own
        name = unescape(below.split("/")[0])
        for outer in self.classes(parent) or self.classes(_PART.sub("", parent)):
            inner = self._solid(self.by_class[outer].get(name, {}).get("classes", []))
            if inner:
                return inner
        return ()

    def _solid(self, names: Iterable[str], depth: int = 3) -> tuple[str, ...]:
        """Classes with fields, in place of those that stand for others."""
        found = dict.fromkeys(names)
        for _ in range(depth):
            found = dict.fromkeys(inner for name in found for inner in self._meant(name))
        return tuple(name for name in found if isinstance(self.by_class.get(name), dict))

    def _meant(self, name: str) -> Iterable[str]:
        known = self.by_class.get(name)
        return (name,) if isinstance(known, dict) else known or ()


def check(target: Target, schemas: Schemas, fields: ReferenceFields, outcome: Outcome) -> None:
    """Run the check: join the generated objects and the reference models by JSON pointer, and compare their keys."""
    joined = agreed = alone = 0
    for item in _objects(target, schemas):
        classes = fields.classes(item.pointer)
        if not classes:
            alone += 1
            outcome.fail(run_catalog.NOT_JOINED, item.span, symbol=item.symbol, pointer=item.pointer)
            continue
        joined += 1
        before = outcome.known_differences.total() + outcome.failures
        _compare(item, [fields.by_class[name] for name in classes], schemas, outcome)
        agreed += before == outcome.known_differences.total() + outcome.failures
    missing = list(_without_class(target, schemas))
    for place in missing:
        outcome.fail(run_catalog.NO_CLASS, _span(target, place.pointer), pointer=place.pointer)
    outcome.count(joined, "objects joined")
    outcome.count(agreed, "agree")
    outcome.count(alone + len(missing), "not joined")


def _objects(target: Target, schemas: Schemas) -> Iterator[GeneratedObject]:
    """Everything generated that has named fields."""
    package = target.package
    methods = {method.pointer for _, method in _methods(target)}
    for module in target.api.type_modules:
        for definition in module.definitions:
            if isinstance(definition, (Model, Params)) and definition.pointer not in methods:
                yield GeneratedObject(
                    symbol=type_symbol(package, definition.name),
                    pointer=definition.pointer,
                    is_response=isinstance(definition, Model),
                    keys={field.wire_name: _key(package, definition, field) for field in definition.fields},
                    span=definition.span,
                )
    for resource, method in _methods(target):
        pointer = body_pointer(method, schemas)
        if pointer is not None and method.body_type is None:
            members = method.body_formats[0].members
            params = [param for param in _body_params(method) if param.wire_name in members]
            keys = {param.wire_name: _param_key(resource, method, param) for param in params}
            if method.streaming is not None and method.streaming.location is ParamLocation.BODY:
                symbol = param_symbol(resource.path, method.name, method.streaming.param)
                keys[method.streaming.wire_name] = Key(required=False, symbol=symbol, span=method.streaming.span)
            yield GeneratedObject(
                symbol=method_symbol(resource.path, method.name),
                pointer=pointer,
                is_response=False,
                keys=keys,
                is_left_out=not method.body_required or len(method.body_formats) > 1,
                span=method.span,
            )


def _key(package: str, owner: Model | Params, field: Field) -> Key:
    return Key(required=field.required, symbol=field_symbol(package, owner, field), span=field.span)


def _param_key(resource: Resource, method: Method, param: MethodParam) -> Key:
    symbol = param_symbol(resource.path, method.name, param.name)
    return Key(required=param.required, symbol=symbol, span=param.span)


def _methods(target: Target) -> Iterator[tuple[Resource, Method]]:
    for resource in all_resources(target.api.resources):
        for method in resource.methods:
            yield resource, method


def _body_params(method: Method) -> list[MethodParam]:
    return [param for param in method.params if param.location is ParamLocation.BODY]


def body_pointer(method: Method, schemas: Schemas) -> str | None:
    """The JSON pointer of the schema of the body, if the body is an object with named fields."""
    wanted = _MEDIA.get(method.body)
    body = schemas.at(f"{method.pointer}/requestBody")
    for media in as_object(body.schema.get("content")) if body and wanted else ():
        place = schemas.at(body.below("content", media, "schema")) if body else None
        if wanted and wanted in media.lower() and place is not None:
            return place.pointer
    return None


def _compare(item: GeneratedObject, references: list[Mapping[str, Any]], schemas: Schemas, outcome: Outcome) -> None:
    """Agreement with one reference model is enough: there are several where a schema is merged into others."""
    place = schemas.at(item.pointer)
    best: Mapping[str, Any] = min(references, key=lambda fields: len(_differences(item, fields)))
    for name in _differences(item, best):
        reason = _explained(item, name, best, schemas.bare(place), schemas) if place else None
        if reason is not None:
            outcome.accept(reason)
        else:
            _report(item, name, best, outcome)


def _differences(item: GeneratedObject, reference: Mapping[str, Any]) -> list[str]:
    names = dict.fromkeys([*item.keys, *reference])
    return [
        name
        for name in names
        if name not in item.keys or name not in reference or item.keys[name].required != reference[name]["required"]
    ]


def _explained(
    item: GeneratedObject, name: str, reference: Mapping[str, Any], place: LocatedSchema, schemas: Schemas
) -> known_differences.KnownDifference | None:
    """The known difference that this is, if it is one."""
    declared = schemas.properties(place)
    key = item.keys.get(name)
    if key is None:
        if name not in declared:
            return known_differences.REQUIRED_UNDECLARED if name in schemas.required(place) else None
        keyword = "writeOnly" if item.is_response else "readOnly"
        hidden = any(schemas.says(each, keyword) for each in declared[name])
        return (known_differences.WRITE_ONLY if item.is_response else known_differences.READ_ONLY) if hidden else None
    if not key.required and name in schemas.folded(place):
        return known_differences.FOLDED
    if name not in reference:
        return known_differences.LOST_PART if name in declared and len(schemas.parts(place)) > 1 else None
    if key.required:
        return None
    if item.is_left_out:
        return known_differences.OPTIONAL_BODY
    return known_differences.REQUIRED_NULLABLE if item.is_response and reference[name]["nullable"] else None


def _report(item: GeneratedObject, name: str, reference: Mapping[str, Any], outcome: Outcome) -> None:
    key = item.keys.get(name)
    if key is None:
        says = "required" if reference[name]["required"] else "optional"
        outcome.fail(run_catalog.KEY_LACKS, item.span, symbol=item.symbol, name=name, says=says, pointer=item.pointer)
    elif name not in reference:
        outcome.fail(run_catalog.KEY_UNKNOWN, key.span, symbol=key.symbol, name=name, pointer=item.pointer)
    else:
        ours, theirs = ("required", "optional") if key.required else ("optional", "required")
        outcome.fail(run_catalog.KEY_REQUIRED, key.span, symbol=key.symbol, name=name, ours=ours, theirs=theirs)


def _without_class(target: Target, schemas: Schemas) -> Iterator[LocatedSchema]:
    """Objects that methods send or get, of which no class was made."""
    made = {definition.pointer for module in target.api.type_modules for definition in module.definitions}
    seen: set[str] = set()
    for _, method in _methods(target):
        body = body_pointer(method, schemas)
        for root in [*([body] if body else []), *_responses(method, schemas)]:
            for place in schemas.reachable(root):
                names = {place.pointer, *place.wrappers}
                if not (names & made or names & seen or names & {body, f"{body}/additionalProperties"}):
                    yield place
                seen |= names


def _responses(method: Method, schemas: Schemas) -> Iterator[str]:
    operation = schemas.at(method.pointer)
    responses = as_object(operation.schema.get("responses")) if operation else {}
    status = next((code for code in sorted(responses) if code.startswith("2")), None)
    response = schemas.at(f"{method.pointer}/responses/{status}") if status else None
    for media in as_object(response.schema.get("content")) if response else ():
        place = schemas.at(response.below("content", media, "schema")) if response and "json" in media else None
        if place is not None:
            yield from _lists(place, method.page, schemas) if method.page is not None else (place.pointer,)


def _lists(place: LocatedSchema, page: MethodPage, schemas: Schemas) -> Iterator[str]:
    """The list in a response that becomes a page. What is around it is of no class: the page has it."""
    found = [place]
    for name in filter(None, page.items.split(".")):
        outer = [schemas.bare(inner) for each in found if (inner := schemas.followed(each.pointer, each.schema))]
        found = [inner for each in outer for inner in schemas.properties(each).get(name, ())]
    yield from (each.pointer for each in found)


def _span(target: Target, pointer: str) -> Span:
    """The span of the nearest generated thing above `pointer`."""
    spans = {method.pointer: method.span for _, method in _methods(target)}
    for module in target.api.type_modules:
        spans.update({definition.pointer: definition.span for definition in module.definitions})
    while pointer and pointer not in spans:
        pointer = pointer.rpartition("/")[0]
    return spans.get(pointer, target.start)
