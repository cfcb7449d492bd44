"""What sdk.yaml says about the types of schemas, other than where they belong."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import attrs

from ...diagnostics import catalog, config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import Name, SdkConfig, TypeConfig
from ...document.model import Document, NamedSchema, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.types import Primitive
from ..names.identifiers import type_name
from ..names.name_patterns import NameList, NamePattern, has_many_holes, holes, is_pattern
from .chosen_schemas import is_pointer
from .enums import is_enum
from .formats import formats, numbers
from .named_schemas import NamedSchemas
from .vendor_types import report_vendor_types, vendor_types

_NUMBERED = re.compile(r"(?:def|definition|model|object|schema|type)[-_ ]?\d+", re.IGNORECASE)

_LONGEST_TITLE = 60


@attrs.frozen(kw_only=True)
class TypeRules:
    """What sdk.yaml says about the types of schemas."""

    renamed: Mapping[str, str]
    """The Python names of schemas that sdk.yaml renames."""
    exact: Mapping[tuple[str, Direction], str]
    """The Python names of the types of one direction."""
    modules: Mapping[str, str]
    """The names of modules that sdk.yaml gives, by schema."""
    response_only: frozenset[str]
    """Schemas whose response type is used in requests too."""
    inlined: frozenset[str]
    """Schemas that get no type of their own."""
    local: Mapping[str, str]
    """Names for schemas that are written inside of others, by their places (`place_of`)."""
    accepted: Mapping[str, tuple[NamedSchema, ...]]
    """The schemas whose response types requests take too, by the place of the union."""
    any_sequence: bool
    """Whether requests take any sequence of texts, not only lists."""
    has_limits: bool
    """Whether annotations say the limits of values."""
    enums: str
    """What enumerations are where `own_enums` doesn't say it: `literal` or `class`."""
    own_enums: Mapping[str, str]
    """The same, by the names of schemas."""
    formats: Mapping[str, Primitive]
    """The classes of texts by their formats; others are `str`."""
    numbers: Mapping[str, Primitive]
    """The classes of numbers by their formats; `*` stands for all others."""

    def makes_class(self, schema: str) -> bool:
        """Return whether an enumeration of this name is a class; without a name, one that stands in an operation."""
        return self.own_enums.get(schema, self.enums) == "class"

    def number(self, format: str | None) -> Primitive:
        """Return the class of numbers of a format."""
        return self.numbers.get(format or "*", self.numbers.get("*", Primitive.FLOAT))

    def is_chosen(self, schema: str) -> bool:
        """Return whether sdk.yaml gives a name to a type of the schema, or to its module."""
        named = schema in self.renamed or schema in self.modules
        return named or any((schema, direction) in self.exact for direction in Direction)


def place_of(schema: SchemaOrRef | NamedSchema) -> str:
    """Return the file and the pointer of a schema."""
    return f"{schema.file if isinstance(schema, NamedSchema) else schema.span.file}#{schema.pointer}"


def _titles(schemas: NamedSchemas, named_by_hand: Collection[str]) -> dict[str, str]:
    """The titles of schemas whose names are only numbers, as `def-0` of @fastify/swagger, if no other has the name."""
    counts = Counter(type_name(_title(named) or named.name) for named in schemas.all)
    titles = {named.name: type_name(_title(named)) for named in schemas.all if named.name not in named_by_hand}
    return {name: title for name, title in titles.items() if counts[title] == 1 and 0 < len(title) <= _LONGEST_TITLE}


def _title(named: NamedSchema) -> str:
    if not isinstance(named.schema, Schema) or _NUMBERED.fullmatch(named.name) is None:
        return ""
    return named.schema.title or ""


def type_rules(document: Document, config: SdkConfig, schemas: NamedSchemas, sink: DiagnosticSink) -> TypeRules:
    """Return the rules. Names that no schema has and patterns that fit none are reported."""
    renamed: dict[str, str] = {}
    exact: dict[tuple[str, Direction], str] = {}
    response_only: set[str] = set()
    accepted: dict[str, tuple[NamedSchema, ...]] = {}
    modules: dict[str, str] = {}
    own_enums: dict[str, str] = {}
    for given, name, fill in _pairs(config.types, schemas, sink):
        if given.enum is not None:
            own_enums[name] = given.enum
            named = schemas.get(name)
            if given.enum == "class" and not (named and isinstance(named.schema, Schema) and is_enum(named.schema)):
                sink.report(config_catalog.NO_ENUM, given.name.span, name=name)
        if not given.param:
            response_only.add(name)
        if given.module is not None:
            modules[name] = given.module
        named = schemas.get(name)
        if given.accepts and named is not None:
            filled = [attrs.evolve(wanted, text=fill(wanted.text)) for wanted in given.accepts]
            also = [schemas.get(text) for text in selected(filled, schemas, sink)]
            accepted[place_of(named)] = tuple(filter(None, also))
        both = ((given.model, Direction.RESPONSE), (given.request, Direction.REQUEST))
        for text, key in ((given.rename, None), *both):
            if text is None:
                continue
            made = fill(text)
            if not made.isidentifier():
                sink.report(catalog.TYPE_NAME_IMPOSSIBLE, given.name.span, schema=name, name=made)
            elif key is None:
                renamed[name] = made
            else:
                exact[name, key] = made
    local: dict[str, str] = {}
    if config.vendor_extensions is not False:
        found = vendor_types(document, schemas)
        for said in found if config.vendor_extensions else report_vendor_types(found, sink):
            if said.accepted:
                names = [schemas.get(text) for text in said.accepted]
                accepted.setdefault(place_of(said.schema), tuple(filter(None, names)))
            elif said.name and said.owner is None:
                local[place_of(said.schema)] = said.name
            elif said.name and said.owner and (said.owner, Direction.RESPONSE) not in exact:
                renamed.setdefault(said.owner, said.name)
    return TypeRules(
        renamed={**_titles(schemas, {name for name, _ in exact}), **renamed},
        exact=exact,
        modules=modules,
        response_only=frozenset(response_only),
        inlined=_inlined(config.inline_types, schemas, sink),
        local=local,
        accepted=accepted,
        any_sequence=config.request_arrays == "sequence",
        has_limits=config.limits == "annotated",
        enums=config.enums,
        own_enums=own_enums,
        formats=formats(config.formats, document, schemas, sink),
        numbers=numbers(config.numbers, document, schemas, sink),
    )


def selected(names: Iterable[Name], schemas: NamedSchemas, sink: DiagnosticSink, also: Iterable[str] = ()) -> list[str]:
    """Return the names of the schemas that a list in sdk.yaml selects, in its order. Entries without one are reported.

    `also` are names that the list may have although they aren't those of schemas.
    """
    known = frozenset(also)
    found: dict[str, None] = {}
    for name in names:
        if name.text in known:
            found.setdefault(name.text)
            continue
        here = [schema for schema in schemas.names if NameList([name]).entry_for(schema)]
        if not here:
            report_missing(name, schemas, sink, known)
        found.update(dict.fromkeys(here))
    return list(found)


def report_missing(name: Name, schemas: NamedSchemas, sink: DiagnosticSink, also: Iterable[str] = ()) -> None:
    """Report that no schema has a name of sdk.yaml, or that none fits a pattern."""
    if has_many_holes(name.text):
        sink.report(catalog.TYPE_PATTERN_OPEN, name.span, pattern=name.text)
    elif is_pattern(name.text):
        sink.report(catalog.TYPE_PATTERN_IDLE, name.span, pattern=name.text)
    else:
        hint = did_you_mean(name.text, [*schemas.names, *sorted(also)])
        sink.report(catalog.NO_SCHEMA, name.span, name=name.text, hint=hint)


def _pairs(
    types: Iterable[TypeConfig], schemas: NamedSchemas, sink: DiagnosticSink
) -> Iterator[tuple[TypeConfig, str, Callable[[str], str]]]:
    """What `types` says, with each schema that it is about, and what fills the holes of its names: what names a schema
    or points at it, else the first pattern that fits."""
    taken: set[str] = set()
    for given in sorted(types, key=lambda given: (is_pattern(given.name.text), not is_pointer(given.name.text))):
        pattern = NamePattern(given.name)
        if not _has_known_holes(given, sink):
            continue
        if is_pointer(given.name.text):
            here = [(named.name, pointer) for pointer, named in schemas.chosen.items() if pattern.fits(pointer)]
        else:
            here = [(name, name) for name in schemas.names if pattern.fits(name)]
            if not here:
                report_missing(given.name, schemas, sink)
        for schema, text in here:
            if schema not in taken:
                yield given, schema, functools.partial(pattern.filled, text)
        taken.update(schema for schema, _ in here)


def _has_known_holes(given: TypeConfig, sink: DiagnosticSink) -> bool:
    """Whether all holes of the names stand in the key, too. Others are reported."""
    unknown = {
        hole
        for text in (given.rename, given.model, given.request)
        for hole in holes(text or "") - holes(given.name.text)
    }
    for hole in sorted(unknown):
        sink.report(catalog.TYPE_HOLE_UNKNOWN, given.name.span, hole=f"{{{hole}}}", pattern=given.name.text)
    return not unknown


def _inlined(names: Iterable[Name], schemas: NamedSchemas, sink: DiagnosticSink) -> frozenset[str]:
    """The schemas that are written where they are used. One that holds itself can't be."""
    found: set[str] = set()
    for name in names:
        for schema in selected([name], schemas, sink):
            if schemas.holds_itself(schema):
                sink.report(catalog.INLINE_RECURSIVE, name.span, name=schema)
            else:
                found.add(schema)
    return frozenset(found)
