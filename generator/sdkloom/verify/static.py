"""The check `static`: every object has the properties, wire names and required keys that the judge reads too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..diagnostics import catalog
from ..diagnostics.span import Span
from ..document.pointers import unescape
from ..ir.definitions import Field, Model, Params
from ..ir.resources import BodyKind, Method, MethodParam, ParamLocation, Resource
from ..ir.symbols import field_symbol, method_symbol, param_symbol, type_symbol
from ..ir.walk import all_resources
from . import known_differences as known
from .outcome import Outcome
from .reference_models import Judge
from .schemas import Place, Schemas, as_object
from .target import Subject

_PART = re.compile(r"(/allOf/\d+)+$")
_MEDIA = {BodyKind.JSON: "json", BodyKind.FORM: "x-www-form-urlencoded", BodyKind.MULTIPART: "multipart"}


@attrs.frozen(kw_only=True)
class Key:
    """What we say of one key. `symbol` is how Python users write it."""

    required: bool
    symbol: str
    span: Span


@attrs.frozen(kw_only=True)
class Object:
    """An object of ours: a model, a `TypedDict`, or the body of a method."""

    symbol: str
    pointer: str
    is_response: bool
    keys: Mapping[str, Key]
    is_left_out: bool = False
    """A body that may be left out as a whole."""

    span: Span


@attrs.frozen
class Fields:
    """What the judge says: class → wire name → facts, or the classes that a class stands for."""

    judge: Judge
    by_class: Mapping[str, Any]

    def classes(self, pointer: str) -> tuple[str, ...]:
        """The classes of an object. One that the judge took for the same as another is found through its parent."""
        own = self._solid(self.judge.classes.get(pointer, ()))
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
        found: list[str] = []
        for name in names:
            known = self.by_class.get(name)
            if isinstance(known, dict):
                found.append(name)
            elif known and depth:
                found += self._solid(known, depth - 1)
        return tuple(dict.fromkeys(found))


def check(subject: Subject, schemas: Schemas, fields: Fields, outcome: Outcome) -> None:
    joined = agreed = alone = 0
    for item in _objects(subject, schemas):
        classes = fields.classes(item.pointer)
        if not classes:
            alone += 1
            outcome.fail(catalog.NOT_JOINED, item.span, symbol=item.symbol, pointer=item.pointer)
            continue
        joined += 1
        before = outcome.known.total() + outcome.failures
        _compare(item, [fields.by_class[name] for name in classes], schemas, outcome)
        agreed += before == outcome.known.total() + outcome.failures
    missing = list(_without_class(subject, schemas))
    for place in missing:
        outcome.fail(catalog.NO_CLASS, _span(subject, place.pointer), pointer=place.pointer)
    outcome.count(joined, "objects joined")
    outcome.count(agreed, "agree")
    outcome.count(alone + len(missing), "not joined")


def _objects(subject: Subject, schemas: Schemas) -> Iterator[Object]:
    """Everything of ours that has named fields."""
    package = subject.package
    methods = {method.pointer for _, method in _methods(subject)}
    for module in subject.api.type_modules:
        for definition in module.definitions:
            if isinstance(definition, (Model, Params)) and definition.pointer not in methods:
                yield Object(
                    symbol=type_symbol(package, definition.name),
                    pointer=definition.pointer,
                    is_response=isinstance(definition, Model),
                    keys={field.wire_name: _key(package, definition, field) for field in definition.fields},
                    span=definition.span,
                )
    for resource, method in _methods(subject):
        pointer = body_pointer(method, schemas)
        if pointer is not None and method.body_type is None:
            keys = {param.wire_name: _param_key(resource, method, param) for param in _body_params(method)}
            if method.streaming is not None:
                symbol = param_symbol(resource.path, method.name, method.streaming.param)
                keys[method.streaming.wire_name] = Key(required=False, symbol=symbol, span=method.streaming.span)
            yield Object(
                symbol=method_symbol(resource.path, method.name),
                pointer=pointer,
                is_response=False,
                keys=keys,
                is_left_out=not schemas.says_at(f"{method.pointer}/requestBody", "required"),
                span=method.span,
            )


def _key(package: str, owner: Model | Params, field: Field) -> Key:
    return Key(required=field.required, symbol=field_symbol(package, owner, field), span=field.span)


def _param_key(resource: Resource, method: Method, param: MethodParam) -> Key:
    symbol = param_symbol(resource.path, method.name, param.name)
    return Key(required=param.required, symbol=symbol, span=param.span)


def _methods(subject: Subject) -> Iterator[tuple[Resource, Method]]:
    for resource in all_resources(subject.api.resources):
        for method in resource.methods:
            yield resource, method


def _body_params(method: Method) -> list[MethodParam]:
    return [param for param in method.params if param.location is ParamLocation.BODY]


def body_pointer(method: Method, schemas: Schemas) -> str | None:
    """Where the schema of the body stands, if the body is an object with named fields."""
    wanted = _MEDIA.get(method.body)
    body = schemas.at(f"{method.pointer}/requestBody")
    for media in as_object(body.schema.get("content")) if body and wanted else ():
        place = schemas.at(body.below("content", media, "schema")) if body else None
        if wanted and wanted in media.lower() and place is not None:
            return place.pointer
    return None


def _compare(item: Object, judged: list[Mapping[str, Any]], schemas: Schemas, outcome: Outcome) -> None:
    """Agreement with one of the judge's classes is enough: it makes several where a schema is merged into others."""
    place = schemas.at(item.pointer)
    best: Mapping[str, Any] = min(judged, key=lambda fields: len(_differences(item, fields)))
    for name in _differences(item, best):
        reason = _explained(item, name, best, schemas.bare(place), schemas) if place else None
        if reason is not None:
            outcome.accept(reason)
        else:
            _report(item, name, best, outcome)


def _differences(item: Object, judged: Mapping[str, Any]) -> list[str]:
    names = dict.fromkeys([*item.keys, *judged])
    return [
        name
        for name in names
        if name not in item.keys or name not in judged or item.keys[name].required != judged[name]["required"]
    ]


def _explained(
    item: Object, name: str, judged: Mapping[str, Any], place: Place, schemas: Schemas
) -> known.Known | None:
    """The known difference that this is, if it is one."""
    declared = schemas.properties(place)
    key = item.keys.get(name)
    if key is None:
        if name not in declared:
            return known.REQUIRED_UNDECLARED if name in schemas.required(place) else None
        keyword = "writeOnly" if item.is_response else "readOnly"
        hidden = any(schemas.says(each, keyword) for each in declared[name])
        return (known.WRITE_ONLY if item.is_response else known.READ_ONLY) if hidden else None
    if not key.required and name in schemas.folded(place):
        return known.FOLDED
    if name not in judged:
        return known.LOST_PART if name in declared and len(schemas.parts(place)) > 1 else None
    if key.required:
        return None
    if item.is_left_out:
        return known.OPTIONAL_BODY
    return known.REQUIRED_NULLABLE if item.is_response and judged[name]["nullable"] else None


def _report(item: Object, name: str, judged: Mapping[str, Any], outcome: Outcome) -> None:
    key = item.keys.get(name)
    if key is None:
        says = "required" if judged[name]["required"] else "optional"
        outcome.fail(catalog.KEY_LACKS, item.span, symbol=item.symbol, name=name, says=says, pointer=item.pointer)
    elif name not in judged:
        outcome.fail(catalog.KEY_UNKNOWN, key.span, symbol=key.symbol, name=name, pointer=item.pointer)
    else:
        ours, theirs = ("required", "optional") if key.required else ("optional", "required")
        outcome.fail(catalog.KEY_REQUIRED, key.span, symbol=key.symbol, name=name, ours=ours, theirs=theirs)


def _without_class(subject: Subject, schemas: Schemas) -> Iterator[Place]:
    """Objects that methods send or get, of which no class was made."""
    made = {definition.pointer for module in subject.api.type_modules for definition in module.definitions}
    seen: set[str] = set()
    for _, method in _methods(subject):
        body = body_pointer(method, schemas)
        for root in [*([body] if body else []), *_responses(method, schemas)]:
            for place in schemas.reachable(root):
                names = {place.pointer, *place.wrappers}
                if not names & (made | seen | {body, f"{body}/additionalProperties"}):
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
            yield place.pointer


def _span(subject: Subject, pointer: str) -> Span:
    """The place of the nearest thing of ours above `pointer`."""
    places = {method.pointer: method.span for _, method in _methods(subject)}
    for module in subject.api.type_modules:
        places.update({definition.pointer: definition.span for definition in module.definitions})
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, subject.start)
