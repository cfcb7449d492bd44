"""The parameters of a method: what path, query, headers and body take, under one set of Python names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import attrs

from ...diagnostics import catalog, config_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.config import MethodConfig
from ...document.lock import Section
from ...document.model import JsonObject, JsonValue, Operation, Parameter, ParameterIn, Schema
from ...ir.resources import ParamLocation
from ..names import identifiers as names
from ..names.locked_names import LockedNames
from ..types.shapes import Shapes
from .bodies import Body
from .body_media import default_type
from .media_types import essence, is_range
from .parameter_rules import MethodRules
from .raw_params import RawParam, name_text, param_place
from .sent_by_client import SentByClient
from .styles import Styles, is_whole_query
from .vendor_parameters import vendor_name

_LOCATIONS = {
    ParameterIn.PATH: ParamLocation.PATH,
    ParameterIn.QUERY: ParamLocation.QUERY,
    ParameterIn.HEADER: ParamLocation.HEADER,
    ParameterIn.COOKIE: ParamLocation.COOKIE,
}
_NAMED_LAST = (ParamLocation.QUERY, ParamLocation.HEADER, ParamLocation.COOKIE)
"""Parameters whose names depend on those of others."""
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers that are no parameters, even if a document declares them (OpenAPI 3.1 §4.8.12.2, `name`)."""


def _with_location(name: str, location: ParamLocation) -> Iterator[str]:
    yield f"{location.value}_{name}"
    yield from (f"{location.value}_{name}_{number}" for number in itertools.count(2))


Attributes = Mapping[tuple[ParamLocation, str], str]
"""Location and wire name → Python name."""


class Parameters:
    """Collects the parameters of operations, and names them."""

    def __init__(
        self,
        shapes: Shapes,
        locked_names: LockedNames,
        sent_by_client: SentByClient,
        styles: Styles,
        sink: DiagnosticSink,
    ) -> None:
        self._shapes = shapes
        self._locked_names = locked_names
        self._sent_by_client = sent_by_client
        self._styles = styles
        self._sink = sink

    def of(self, operation: Operation, body: Body, config: MethodConfig, rules: MethodRules) -> list[RawParam]:
        """Return the parameters of a method: those of the path in its order (the positional ones first), then the
        required ones, then the others.

        What the client sends by itself is none. Those with a constant aren't given by the caller.
        """
        overrides = {**self._styles.overrides_for(operation, config.styles), **rules.styles}
        declared = [
            raw
            for parameter in operation.parameters
            if not self._sent_by_client.fills(parameter, operation, config)
            for raw in self._declared(parameter, overrides, rules)
        ]
        in_path = [raw for raw in declared if raw.location is ParamLocation.PATH]
        in_path.sort(key=lambda raw: operation.path.find("{" + raw.wire_name + "}"))
        first = {"all": 0, "last": -1, "none": len(in_path)}[rules.path_parameters]
        positional = [raw for raw in in_path if raw.rule.constant is None][first:]
        path = [attrs.evolve(raw, positional=True) for raw in positional]
        path += [raw for raw in in_path if raw not in positional]
        others = [raw for raw in declared if raw.location is not ParamLocation.PATH]
        others += self._of_body(body, rules)
        rules.report_unknown()
        others += [self._content_type(body)] if body.content_types else []
        return path + [raw for raw in others if raw.required] + [raw for raw in others if not raw.required]

    def python_names(self, params: list[RawParam], method: str) -> Attributes:
        """Return the names of the parameters of the method with the symbol `method`.

        Those of the path choose first. One whose name is taken then gets that of its location in front: `query_id`.
        """
        places = {param_place(method, raw): raw for raw in params if raw.rule.rename is None}
        locked = self._locked_names.get_all(Section.PARAMETERS, places, names.REQUEST_OPTIONS.__contains__)
        result: dict[tuple[ParamLocation, str], str] = {}
        used = {name: places[place] for place, name in locked.items()}
        for location in (ParamLocation.PATH, ParamLocation.BODY, *_NAMED_LAST):
            here = [raw for raw in params if raw.location is location]
            by_text = {name_text(raw): name for name, raw in used.items() if raw.location is location}
            wanted = names.attributes([name_text(raw) for raw in here], names.REQUEST_OPTIONS, by_text)
            for raw in here:
                name = wanted[name_text(raw)]
                if name in used and used[name] is not raw:
                    name = next(other for other in _with_location(name, location) if other not in used)
                used[name] = raw
                result[location, raw.wire_name] = name
                if raw.rule.rename is not None:
                    if name != raw.rule.rename:
                        self._sink.report(
                            config_catalog.PARAMETER_NAME_TAKEN,
                            raw.rule.span,
                            name=raw.wire_name,
                            rename=raw.rule.rename,
                        )
                    continue
                if location in _NAMED_LAST or not names.is_plain(raw.wire_name or "body", name):
                    self._locked_names.record(Section.PARAMETERS, param_place(method, raw), name)
        return result

    def _declared(self, parameter: Parameter, overrides: Mapping[str, str], rules: MethodRules) -> Iterator[RawParam]:
        location = ParamLocation.QUERY if is_whole_query(parameter) else _LOCATIONS.get(parameter.location)
        if location is ParamLocation.HEADER and parameter.name.lower() in _NOT_PARAMETERS:
            return
        if location is None:
            kind = parameter.location.value
            self._sink.report(catalog.PARAMETER_UNSUPPORTED, parameter.span, kind=kind, name=parameter.name)
            return
        given = rules.schema_of(parameter.name, location) or parameter.override
        schema = given or self._styles.schema_of(parameter)
        resolved = self._shapes.of(schema)
        yield from rules.applied(
            RawParam(
                wire_name=parameter.name,
                location=location,
                schema=schema,
                required=parameter.required or location is ParamLocation.PATH,
                doc=_doc(parameter) or resolved.keywords.description,
                deprecated=parameter.deprecated or resolved.keywords.deprecated,
                called=vendor_name(parameter),
                pointer=self._shapes.pointer_of(parameter),
                span=parameter.span,
                style=self._styles.of(parameter, schema, overrides),
                examples=(*parameter.examples, *(value for media in parameter.content for value in media.examples)),
            )
        )

    def _of_body(self, body: Body, rules: MethodRules) -> Iterator[RawParam]:
        if body.whole is not None:
            keywords = self._shapes.of(body.whole).keywords
            yield RawParam(
                wire_name="",
                location=ParamLocation.BODY,
                schema=body.whole,
                part=body.whole_form,
                required=body.required,
                doc=keywords.description or body.doc,
                deprecated=False,
                pointer=self._shapes.pointer_of(body.whole),
                span=body.span,
                examples=body.examples,
            )
        for member in body.members:
            given = rules.schema_of(member.prop.name, ParamLocation.BODY)
            schema = given or member.schema or member.part or member.prop.schema
            part = (given or member.part) if member.part is not None else None
            keywords = self._shapes.of(schema).keywords
            yield from rules.applied(
                RawParam(
                    wire_name=member.prop.name,
                    location=ParamLocation.BODY,
                    schema=schema,
                    part=part,
                    required=member.required,
                    doc=keywords.description,
                    deprecated=keywords.deprecated,
                    pointer=self._shapes.pointer_of(schema),
                    span=member.prop.span,
                    examples=tuple(_members(body.examples, member.prop.name)),
                )
            )

    def _content_type(self, body: Body) -> RawParam:
        """The header by which the caller says what a body is that may be of several media types."""
        default = None if body.content_type_required else default_type(body.content_types)
        listed = ", ".join(f"`{name}`" for name in body.content_types)
        doc = f"What the body is: {listed}."
        any_type = any(map(is_range, body.content_types)) or default_type(body.content_types) is None
        return RawParam(
            wire_name="Content-Type",
            location=ParamLocation.HEADER,
            schema=Schema(types=("string",), enum=None if any_type else body.content_types, span=body.span),
            required=default is None,
            doc=f"{doc} The default is `{default}`." if default else doc,
            deprecated=False,
            pointer=self._shapes.pointer_of(body.whole) if body.whole is not None else "",
            span=body.span,
            examples=(default or _example_of(body.content_types[0]),),
        )


def _doc(parameter: Parameter) -> str | None:
    """The description of the type that is taken instead goes first: it says what is given then."""
    override = parameter.override.description if isinstance(parameter.override, Schema) else None
    return override or parameter.description


def _members(examples: tuple[JsonValue, ...], name: str) -> Iterator[JsonValue]:
    """What examples of an object say about one of its properties."""
    for example in examples:
        if isinstance(example, JsonObject):
            yield from (value for key, value in example.items if key == name)


def _example_of(content_type: str) -> str:
    """A media type of a range, for tests."""
    kind, _, _ = essence(content_type).partition("/")
    examples = {"image": "image/png", "text": "text/plain", "audio": "audio/mpeg", "video": "video/mp4"}
    return "multipart/mixed; boundary=xxx" if kind == "multipart" else examples.get(kind, "application/octet-stream")
