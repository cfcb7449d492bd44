"""Methods that give pages: by the schemes of sdk.yaml, or by what is inferred; and the classes of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ...diagnostics import page_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.config import MethodConfig, PagesConfig, SdkConfig
from ...document.lock import Section
from ...document.model import Operation, Property, SchemaOrRef
from ...ir.definitions import Field
from ...ir.direction import Direction
from ...ir.pages import MethodPage, PageKind, PagePlaces, PageScheme
from ...ir.types import DictType, ListType, OptionalType, Primitive, Scalar, TypeExpr
from ..names import identifiers as names
from ..names.locked_names import LockedNames
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.shape_kinds import ArrayShape, MapShape, ObjectShape, UnionShape
from ..types.type_exprs import OBJECT, optional, union
from .lists import ListOperation, Lists, Place
from .page_rules import Found, infer

_PARAMS = ("param", "before")
_OF_RESPONSE = ("next", "first", "last", "has_more", "total", "total_pages")


@attrs.define(eq=False)
class _Scheme:
    """A scheme while its methods are collected. `config` is `None` for an inferred one."""

    name: str
    kind: PageKind
    places: PagePlaces
    start: int
    config: PagesConfig | None
    lists: list[ListOperation] = attrs.field(factory=list[ListOperation])
    items: list[str] = attrs.field(factory=list[str])
    fields: list[dict[str, Field]] = attrs.field(factory=list[dict[str, Field]])

    @property
    def common_items(self) -> str:
        """Where all its methods have the list; empty if they differ."""
        found = set(self.items)
        return found.pop() if len(found) == 1 else ""

    @property
    def attribute(self) -> str:
        """The attribute of a page that has the items. What is inferred is always called the same: lists of other names
        may come."""
        name = self.places.items.rpartition(".")[2] if self.config is not None else ""
        return names.attribute(name, names.PAGE_MEMBERS) if name else "data"


@attrs.frozen(kw_only=True)
class PagedResponse:
    """What a method gives that gives pages: the schema of an item, and how its pages are told apart."""

    item: SchemaOrRef
    page: MethodPage
    media_type: str


class Pages:
    """Finds out which methods give pages, before any of them is lowered."""

    def __init__(
        self,
        builder: TypeBuilder,
        operations: Mapping[tuple[str, str], Operation],
        methods: Sequence[MethodConfig],
        config: SdkConfig,
        locked_names: LockedNames,
        sink: DiagnosticSink,
    ) -> None:
        """`methods` are those of the SDK, and `operations` what they are made of."""
        self._builder = builder
        self._lists = Lists(builder.shapes)
        self._config = config
        self._locked_names = locked_names
        self._sink = sink
        self._configured = list(map(_configured, config.pages))
        self._inferred: list[_Scheme] = []
        self._of_method: dict[int, tuple[_Scheme, ListOperation, str]] = {}

        for method in methods:
            operation = operations.get((method.verb, method.path))
            if operation is not None and (method.page.text if method.page is not None else _may_be_inferred(method)):
                self._find(operation, method)
        self._name_inferred()
        self._report_unused(methods)

    def _report_unused(self, methods: Sequence[MethodConfig]) -> None:
        named = {config.page.text for config in methods if config.page is not None}
        for scheme in self._configured:
            if not scheme.lists and scheme.name not in named and scheme.config is not None:
                self._sink.report(page_catalog.PAGES_UNUSED, scheme.config.span, name=scheme.name)

    def has(self, config: MethodConfig) -> bool:
        """Whether a method gives pages."""
        return id(config) in self._of_method

    def of(self, config: MethodConfig, main: MainType) -> PagedResponse:
        """Return what a method gives that gives pages. `main` is the name for the type of inline items.

        What the response has besides becomes fields of the class of its pages.
        """
        scheme, found, items = self._of_method[id(config)]
        place = found.list_at(items)
        assert place is not None
        scheme.fields.append(self._fields(scheme, found, place, main))
        param = scheme.places.param
        return PagedResponse(
            item=self._lists.item_of(place),
            page=MethodPage(scheme=scheme.name, items=place.text, in_body=bool(param) and param not in found.query),
            media_type=found.media.media_type,
        )

    def schemes(self) -> tuple[PageScheme, ...]:
        """Return the classes of pages, once all methods are lowered: those of sdk.yaml, then the inferred ones."""
        inferred = sorted(self._inferred, key=lambda scheme: scheme.name)
        return tuple(self._lowered(scheme) for scheme in (*self._configured, *inferred))

    def _find(self, operation: Operation, config: MethodConfig) -> None:
        found = self._lists.of(operation)
        if config.page is not None:
            self._find_named(found, config)
            return
        if found is None:
            return
        for scheme in self._configured:
            if not _misfits(scheme, found):
                self._add(scheme, found, config, scheme.places.items)
                return
        result = infer(found, self._lists) if self._config.infer_pages else None
        if result is not None:
            self._add(self._scheme_of(result), found, config, result.places.items)

    def _find_named(self, found: ListOperation | None, config: MethodConfig) -> None:
        """The method says which pages it gives: then it needs the list and the parameter, and no more."""
        assert config.page is not None
        scheme = next(scheme for scheme in self._configured if scheme.name == config.page.text)
        missing = _misfits(scheme, found, parts=("param",))
        if missing or found is None:
            self._sink.report(page_catalog.PAGES_MISFIT, config.page.span, name=config.page.text, missing=missing)
            return
        self._add(scheme, found, config, scheme.places.items)

    def _add(self, scheme: _Scheme, found: ListOperation, config: MethodConfig, items: str) -> None:
        place = found.list_at(items)
        assert place is not None
        scheme.lists.append(found)
        scheme.items.append(place.text)
        self._of_method[id(config)] = (scheme, found, place.text)

    def _scheme_of(self, found: Found) -> _Scheme:
        """The inferred scheme that a method has, with what it adds to that: some responses say less than others."""
        for scheme in self._inferred:
            merged = _merged(scheme.places, found.places)
            is_inside = any(_is_inside(found.places.items, items) for items in scheme.items)
            if scheme.kind is found.kind and scheme.start == found.start and merged is not None and not is_inside:
                scheme.places = merged
                return scheme
        scheme = _Scheme("", found.kind, attrs.evolve(found.places, items=""), found.start, None)
        self._inferred.append(scheme)
        return scheme

    def _name_inferred(self) -> None:
        configured = {scheme.name for scheme in self._configured}
        places = [_lock_place(scheme) for scheme in self._inferred]
        locked = self._locked_names.get_all(Section.PAGES, places, configured.__contains__)
        taken = configured.union(locked.values())
        for scheme in sorted(self._inferred, key=lambda one: (-len(one.lists), one.kind.value, one.places.param)):
            place = _lock_place(scheme)
            scheme.name = locked.get(place) or next(name for name in _names(scheme) if name not in taken)
            taken.add(scheme.name)
            self._locked_names.record(Section.PAGES, place, scheme.name)
            text = _shown(scheme)
            span = scheme.lists[0].operation.span
            self._sink.report(page_catalog.PAGES_INFERRED, span, name=scheme.name, count=len(scheme.lists), how=text)

    def _fields(self, scheme: _Scheme, found: ListOperation, place: Place, main: MainType) -> dict[str, Field]:
        """What a response has besides its items, by its name there."""
        root = self._lists.properties(found.media.schema) if found.media.schema is not None else None
        if root is None:
            return {}
        own = {place.path[0]} if len(place.path) == 1 else set[str]()
        is_visible = self._builder.shapes.is_visible
        shown = [prop for prop in root.properties if prop.name not in own and is_visible(prop, Direction.RESPONSE)]
        taken = names.PAGE_MEMBERS | {scheme.attribute}
        attributes = names.attributes([prop.name for prop in shown], taken)
        required = root.required - {getattr(scheme.places, key) for key in _OF_RESPONSE}
        return {prop.name: self._field(prop, attributes[prop.name], main, prop.name in required) for prop in shown}

    def _field(self, prop: Property, name: str, main: MainType, required: bool) -> Field:
        type = self._type(prop.schema, main)
        required = required and not isinstance(type, OptionalType)
        keywords = self._builder.shapes.of(prop.schema).keywords
        return Field(
            name=name,
            wire_name=prop.name,
            type=type if required else optional(type),
            required=required,
            doc=keywords.description,
            deprecated=keywords.deprecated,
            pointer=self._builder.shapes.pointer_of(prop.schema),
            span=prop.span,
        )

    def _type(self, schema: SchemaOrRef, main: MainType) -> TypeExpr:
        """The type of a field. Classes of pages have no module for inline types: such objects are dictionaries."""
        resolved = self._builder.shapes.of(schema)
        match resolved.shape:
            case ObjectShape():
                expr: TypeExpr = DictType(OBJECT)
            case UnionShape():
                expr = OBJECT
            case ArrayShape(items):
                expr = ListType(self._type(items[0], main) if len(items) == 1 else OBJECT)
            case MapShape(value):
                expr = DictType(OBJECT if value is None else self._type(value, main))
            case _:
                return self._builder.type_exprs.of(schema, self._builder.open(main, schema.span, main.place))
        return optional(expr) if resolved.nullable else expr

    def _lowered(self, scheme: _Scheme) -> PageScheme:
        places = attrs.evolve(scheme.places, items=scheme.common_items or scheme.places.items)
        return PageScheme(
            name=scheme.name,
            kind=scheme.kind,
            places=places,
            start=scheme.start,
            attribute=scheme.attribute,
            fields=tuple(_merged_fields(scheme)),
            span=scheme.config.span if scheme.config is not None else scheme.lists[0].operation.span,
        )


def _may_be_inferred(config: MethodConfig) -> bool:
    """Whether sdk.yaml says nothing else of the response."""
    return not (config.returns or config.stream_item or config.stream_format or config.stream_param)


def _configured(config: PagesConfig) -> _Scheme:
    places = PagePlaces(**{key: name.text for key, name in config.places})
    return _Scheme(config.name, PageKind(config.kind), places, config.start, config)


def _misfits(scheme: _Scheme, found: ListOperation | None, parts: Iterable[str] = (*_PARAMS, *_OF_RESPONSE)) -> str:
    """What an operation lacks of a scheme, in words; empty if nothing."""
    places = scheme.places
    if found is None or found.list_at(places.items) is None:
        return f"there is no list at `{places.items}`" if places.items else "the response is no list, or has several"
    for part in parts:
        name = getattr(places, part)
        if name and part in _PARAMS and found.parameter(name) is None:
            return f"there is no parameter `{name}`"
        if name and part in _OF_RESPONSE and name not in found.places:
            return f"the response has no `{name}`"
    if scheme.kind is PageKind.LINK and not places.param and not found.has_link:
        return "the response has no header `Link`"
    return ""


def _merged(one: PagePlaces, other: PagePlaces) -> PagePlaces | None:
    """The places of both, where one may lack what the other has; `None` if they differ."""
    result: dict[str, str] = {}
    for field in attrs.fields(PagePlaces):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if field.name == "items":
            continue
        if (first and second and first != second) or (field.name in ("param", "next") and first != second):
            return None
        result[field.name] = first or second
    return PagePlaces(**result)


def _merged_fields(scheme: _Scheme) -> Iterator[Field]:
    """The fields of all responses. One that not all have, or not with the same type, is what fits them all."""
    by_name: dict[str, list[Field]] = {}
    for fields in scheme.fields:
        for name, field in fields.items():
            by_name.setdefault(name, []).append(field)
    for name, known in _declared(scheme).items():
        by_name.setdefault(name, []).append(known)
    for found in by_name.values():
        required = len(found) == len(scheme.fields) and all(field.required for field in found)
        type = union([field.type for field in found])
        docs = {field.doc for field in found if field.doc}
        doc = docs.pop() if len(docs) == 1 else None
        yield attrs.evolve(found[0], type=type if required else optional(type), required=required, doc=doc)


def _declared(scheme: _Scheme) -> dict[str, Field]:
    """What sdk.yaml says that a response has, for a scheme that no method has."""
    if scheme.fields or scheme.config is None:
        return {}
    texts = {key: getattr(scheme.places, key) for key in ("has_more", "first", "last", "next")}
    return {
        name: Field(
            name=names.attribute(name, names.PAGE_MEMBERS),
            wire_name=name,
            type=OptionalType(Scalar(Primitive.BOOL if key == "has_more" else Primitive.STR)),
            required=False,
        )
        for key, name in texts.items()
        if name and "." not in name
    }


def _lock_place(scheme: _Scheme) -> str:
    """What tells a scheme apart from all others, as names.lock has it: `cursor after=next_cursor`."""
    start = "" if scheme.start == 1 else f" from {scheme.start}"
    return f"{scheme.kind.value} {scheme.places.param}={scheme.places.next}{start}"


def _names(scheme: _Scheme) -> Iterator[str]:
    """Names for an inferred class, the best one first."""
    is_token = "token" in scheme.places.param.lower()
    usual = {
        PageKind.CURSOR: "TokenPage" if is_token else "CursorPage",
        PageKind.ITEM: "CursorPage",
        PageKind.NUMBER: "NumberPage",
        PageKind.OFFSET: "OffsetPage",
        PageKind.URL: "UrlPage",
        PageKind.LINK: "LinkPage",
    }[scheme.kind]
    yield usual
    param = names.pascal(scheme.places.param).removesuffix(usual.removesuffix("Page"))
    place = names.pascal(scheme.places.next or scheme.places.has_more).removesuffix(usual.removesuffix("Page"))
    yield from (f"{param}{usual}", f"{place}{usual}", f"{param}{place}{usual}")
    number = 2
    while True:
        yield f"{usual}{number}"
        number += 1


def _shown(scheme: _Scheme) -> str:
    """How the pages of a scheme are told apart, for people."""
    places = scheme.places
    match scheme.kind:
        case PageKind.CURSOR:
            return f"`{places.param}` takes what `{places.next}` of the response says"
        case PageKind.ITEM:
            return f"`{places.param}` takes the id of the last item"
        case PageKind.NUMBER:
            return f"`{places.param}` counts pages from {scheme.start}"
        case PageKind.OFFSET:
            return f"`{places.param}` counts items"
        case PageKind.URL:
            return f"`{places.next}` of the response is the URL of the next page"
        case PageKind.LINK:
            return "the header `Link` has the URL of the next page"


def _is_inside(one: str, other: str) -> bool:
    """Whether one of two lists stands where the other has an object: `result` and `result.hits`."""
    return one != other and (one.startswith(f"{other}.") or other.startswith(f"{one}."))
