"""How parameters are written: what the document says, and what sdk.yaml says instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import Name, StyleConfig
from ...document.model import Operation, Parameter, ParameterIn, Schema, SchemaOrRef
from ...ir.resources import ParamStyle
from ..types.shape_kinds import ArrayShape, LiteralShape, MapShape, ObjectShape, ScalarShape, Shape, UnionShape
from ..types.shapes import Shapes
from .media_types import FORM, essence, is_json

_STYLES: Mapping[ParameterIn, tuple[str, ...]] = {
    ParameterIn.PATH: ("simple", "label", "matrix"),
    ParameterIn.QUERY: ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    ParameterIn.HEADER: ("simple",),
    ParameterIn.COOKIE: ("form", "cookie"),
}
"""The styles of a location, its default first (OpenAPI 3.1 §4.8.12.2; `cookie` comes with 3.2)."""

_WORDS = {
    "form": ParamStyle(name="form", explode=True),
    "comma": ParamStyle(name="form"),
}
"""Words of sdk.yaml that are no names of styles in the package."""

_EXPLODED = ("form", "cookie")
"""Styles with `explode` where the document doesn't say."""

_MARKED = ("label", "matrix", "cookie")
"""Styles in which a single value is written in another way."""


class Styles:
    """Finds out how the parameters of operations are written. What OpenAPI doesn't define is reported."""

    def __init__(self, shapes: Shapes, configured: Iterable[StyleConfig], sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._configured = tuple(configured)
        self._seen: set[str] = set()
        self._sink = sink

    def overrides_for(self, operation: Operation, own: Iterable[StyleConfig]) -> dict[str, str]:
        """Return what sdk.yaml says about the query of an operation, by name; `own` is said of its method.

        Names that the operation doesn't have are reported.
        """
        known = [parameter.name for parameter in operation.parameters if parameter.location is ParameterIn.QUERY]
        self._seen.update(known)
        for style in own:
            if style.name.text not in (*known, "*"):
                self._report_unknown(style.name, known, "this method")
        return {style.name.text: style.word for style in (*self._configured, *own)}

    def report_unused(self) -> None:
        """Report names in sdk.yaml that no operation has had."""
        for style in self._configured:
            if style.name.text not in (*self._seen, "*"):
                self._report_unknown(style.name, sorted(self._seen), "any method")

    def _report_unknown(self, name: Name, known: Iterable[str], where: str) -> None:
        hint = did_you_mean(name.text, known)
        self._sink.report(catalog.STYLE_OF_NOTHING, name.span, hint=hint, name=name.text, where=where)

    def schema_of(self, parameter: Parameter) -> SchemaOrRef:
        """Return the schema of a parameter: its own, or that of its `content`, if that is JSON."""
        if parameter.schema is not None:
            return parameter.schema
        for media in parameter.content[:1]:
            if is_json(media.media_type) or is_whole_query(parameter):
                return media.schema or Schema(span=media.span)
        return Schema(types=("string",), span=parameter.span)

    def of(self, parameter: Parameter, schema: SchemaOrRef, overrides: Mapping[str, str]) -> ParamStyle | None:
        """Return how `parameter` is written; `None` for the default of its location."""
        if parameter.location is ParameterIn.QUERY:
            word = overrides.get(parameter.name) or self._word_for_lists(parameter, schema, overrides)
            if word is not None:
                return style_of_word(word)
        if parameter.content and parameter.schema is None:
            return self._of_content(parameter)
        if parameter.several_segments:
            return ParamStyle(name="segments")
        default = _STYLES[parameter.location][0]
        name, explode = self._declared(parameter, schema)
        is_flat = self._is_flat(schema)
        if is_flat and name not in _MARKED:
            name, explode = default, default in _EXPLODED
        elif name != "deepObject":
            self._report_nested(parameter, schema, name, explode)
        reserved = parameter.allow_reserved and parameter.location in (ParameterIn.QUERY, ParameterIn.PATH)
        empty = parameter.allow_empty_value and parameter.location is ParameterIn.QUERY and not is_flat
        if (name, explode) == (default, default in _EXPLODED) and not reserved and not empty:
            return None
        return ParamStyle(name=name, explode=explode, allow_reserved=reserved, allow_empty=empty)

    def _word_for_lists(self, parameter: Parameter, schema: SchemaOrRef, overrides: Mapping[str, str]) -> str | None:
        is_open = parameter.style is None and parameter.explode is None and parameter.schema is not None
        is_list = isinstance(self._shapes.dereferenced(schema).shape, ArrayShape)
        return overrides.get("*") if is_open and is_list else None

    def _declared(self, parameter: Parameter, schema: SchemaOrRef) -> tuple[str, bool]:
        known = _STYLES[parameter.location]
        default = known[0]
        name = parameter.style or default
        explode = name in _EXPLODED if parameter.explode is None else parameter.explode and name != "deepObject"
        if name in known:
            return name, explode
        if not self._is_flat(schema):
            where, written = parameter.location.value, f"{default}, explode: {str(explode).lower()}"
            self._sink.report(
                catalog.PARAMETER_STYLE, parameter.span, name=parameter.name, style=name, where=where, written=written
            )
        return default, explode

    def _of_content(self, parameter: Parameter) -> ParamStyle | None:
        media = parameter.content[0].media_type
        if is_whole_query(parameter):
            return ParamStyle(name="querystring", explode=not is_json(media))
        if is_json(media):
            return ParamStyle(name="json")
        self._sink.report(catalog.PARAMETER_CONTENT, parameter.span, name=parameter.name, media=media)
        return None

    def _report_nested(self, parameter: Parameter, schema: SchemaOrRef, style: str, explode: bool) -> None:
        """Say how lists and objects inside of another one are written, as the styles don't (§4.8.12.3). A list in an
        object whose members are parameters of their own is one that such a parameter has."""
        variants = self._shapes.variants(schema)
        spreads = style == "form" and explode
        if any(self._is_nested(self._shapes.dereferenced(variant).shape, spreads) for variant in variants):
            self._sink.report(catalog.NESTED_PARAMETER, parameter.span, name=parameter.name, style=style)

    def _is_nested(self, shape: Shape, spreads: bool) -> bool:
        match shape:
            case ArrayShape(items):
                return any(self._holds_members(item, False) for item in items)
            case ObjectShape(properties):
                return any(self._holds_members(prop.schema, spreads) for prop in properties)
            case MapShape(value):
                return value is not None and self._holds_members(value, spreads)
            case _:
                return False

    def _holds_members(self, schema: SchemaOrRef, spreads: bool) -> bool:
        shape = self._shapes.dereferenced(schema).shape
        if spreads and isinstance(shape, ArrayShape):
            return self._is_nested(shape, False)
        return isinstance(shape, (ArrayShape, ObjectShape, MapShape))

    def _is_flat(self, schema: SchemaOrRef) -> bool:
        """Whether a value is always a single one."""
        shape = self._shapes.dereferenced(schema).shape
        if isinstance(shape, UnionShape):
            return all(
                isinstance(self._shapes.dereferenced(member).shape, (ScalarShape, LiteralShape))
                for member in shape.members
            )
        return isinstance(shape, (ScalarShape, LiteralShape))


def style_of_word(word: str) -> ParamStyle:
    """Return the style that sdk.yaml calls `word`."""
    return _WORDS.get(word) or ParamStyle(name=word)


def is_whole_query(parameter: Parameter) -> bool:
    """Whether a parameter is the query as a whole, in a form that can be sent (OpenAPI 3.2 §4.12.1)."""
    types = [essence(media.media_type) for media in parameter.content[:1]]
    return parameter.location is ParameterIn.QUERYSTRING and any(name == FORM or is_json(name) for name in types)
