"""Programs that read what a method gives: down to every field, with the guards that checkers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sdkloom.ir.definitions import EnumClass, Model, TaggedUnion, Variant
from sdkloom.ir.symbols import field_symbol
from sdkloom.ir.types import (
    Base64Type,
    DictType,
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    UnionType,
)
from sdkloom.specdiff.model import Column

from .program import Program
from .spelling import CLASSES, Spelling

_DEPTH = 9
_USES = {
    Primitive.STR: "text",
    Primitive.INT: "integer",
    Primitive.FLOAT: "number",
    Primitive.BOOL: "boolean",
    Primitive.OBJECT: "anything",
    Primitive.BYTES: "raw",
    Primitive.DATETIME: "moment",
    Primitive.DATE: "day",
    Primitive.TIME: "clock",
    Primitive.DURATION: "duration",
    Primitive.UUID: "unique",
    Primitive.DECIMAL: "exact",
    Primitive.NUMBER: "exact",
    Primitive.BASE64: "raw",
}


@attrs.frozen(kw_only=True)
class Read:
    """A variable that a program has got hold of, with all that it did for that."""

    variable: str
    type: TypeExpr
    body: tuple[str, ...]
    indent: int
    touches: frozenset[str]
    depth: int = 0
    seen: tuple[object, ...] = ()
    limits: Mapping[str, Any] = {}
    """What the document promises of the value besides its type."""

    def line(self, text: str) -> tuple[str, ...]:
        return (*self.body, "    " * self.indent + text)

    def then(self, lines: tuple[str, ...], variable: str, type: TypeExpr, inside: bool = False) -> Read:
        """The variable that is had after some more lines, perhaps inside of the last one."""
        below = attrs.evolve(self, body=lines, variable=variable, type=type, indent=self.indent + inside)
        return attrs.evolve(below, depth=self.depth + 1, limits=self.limits if variable == self.variable else {})

    @property
    def next(self) -> str:
        return f"v{self.depth + 1}"


def reads(spelling: Spelling, read: Read) -> Iterator[Program]:
    """Yield the programs that do something with a variable."""
    if read.depth > _DEPTH:
        return
    yield from _declared(spelling, read)
    yield from _within_limits(read)
    expr = read.type
    if isinstance(expr, NamedType):
        read = attrs.evolve(read, touches=read.touches | spelling.touched(expr))
        definition = spelling.definitions[expr.name]
        if isinstance(definition, Model):
            yield from _fields(spelling, read, definition)
            return
        if isinstance(definition, TaggedUnion):
            yield from _variants(spelling, read, definition)
            return
        if isinstance(definition, EnumClass):
            yield from _values(read, definition.values, spelling.members(definition))
            return
    match spelling.behind(expr):
        case Scalar(Primitive.NONE):
            yield Program(body=read.line(f"sure({read.variable} is None)"), touches=read.touches)
        case Scalar(primitive):
            yield Program(body=read.line(f"{_USES[primitive]}({read.variable})"), touches=read.touches)
        case Base64Type():
            yield Program(body=read.line(f"text({read.variable})"), touches=read.touches)
        case LiteralType(values):
            yield from _values(read, values)
        case OptionalType(inner):
            lines = read.line(f"if {read.variable} is not None:")
            yield from reads(spelling, read.then(lines, read.variable, inner, inside=True))
        case ListType(item) | IterableType(item):
            yield Program(body=read.line(f"integer(len({read.variable}))"), touches=read.touches)
            lines = read.line(f"for {read.next} in {read.variable}:")
            yield from reads(spelling, read.then(lines, read.next, item, inside=True))
        case DictType(value):
            lines = read.line(f"for {read.next} in {read.variable}.values():")
            yield from reads(spelling, read.then(lines, read.next, value, inside=True))
        case UnionType(members):
            yield from _members(spelling, read, members)
        case _:
            return


def _declared(spelling: Spelling, read: Read) -> Iterator[Program]:
    """A variable that is declared with the type. To name one's class is usual, to spell a list or an enum isn't."""
    if isinstance(read.type, Scalar):
        return
    bare = read.type.inner if isinstance(read.type, OptionalType) else read.type
    is_class = isinstance(bare, NamedType) and isinstance(spelling.definitions[bare.name], Model)
    if is_class and bare is read.type:
        test = f"sure(isinstance({read.variable}, {spelling.annotation(read.type)}))"
        yield Program(
            body=read.line(test), touches=read.touches | spelling.touched(read.type), usual=False, checked=False
        )
    line = f"declared: {spelling.annotation(read.type)} = {read.variable}"
    yield Program(
        body=(*read.line(line), "    " * read.indent + "anything(declared)"),
        touches=read.touches | spelling.touched(read.type),
        usual=is_class,
    )


_TESTS = {
    "minLength": "len({0}) >= {1}",
    "maxLength": "len({0}) <= {1}",
    "minItems": "len({0}) >= {1}",
    "maxItems": "len({0}) <= {1}",
    "minimum": "{0} >= {1}",
    "maximum": "{0} <= {1}",
    "exclusiveMinimum": "{0} > {1}",
    "exclusiveMaximum": "{0} < {1}",
}


def _within_limits(read: Read) -> Iterator[Program]:
    """Programs that rely on limits: columns of a database, say. No package checks them, so they witness no wire."""
    for keyword, value in read.limits.items():
        if keyword in _TESTS and isinstance(value, (int, float)) and isinstance(read.type, (Scalar, ListType)):
            body = read.line(f"sure({_TESTS[keyword].format(read.variable, value)})")
            runtime = frozenset({Column.RUNTIME})
            yield Program(body=body, touches=read.touches, usual=False, checked=False, columns=runtime)


def _fields(spelling: Spelling, read: Read, model: Model) -> Iterator[Program]:
    if model.name in read.seen:
        return
    read = attrs.evolve(read, seen=(*read.seen, model.name))
    for field in model.fields:
        below = read.then(read.line(f"{read.next} = {read.variable}.{field.name}"), read.next, field.type)
        touches = read.touches | {field_symbol(spelling.package, model, field)}
        limits = spelling.keywords(field.pointer)
        yield from reads(spelling, attrs.evolve(below, touches=touches, limits=limits))


def _values(read: Read, values: tuple[object, ...], members: Iterable[str] = ()) -> Iterator[Program]:
    """What may be listed values, which an enumeration has as `members` too."""
    kind = {str: "text", bool: "boolean", int: "integer"}[type(values[0])]
    yield Program(body=read.line(f"{kind}({read.variable})"), touches=read.touches)
    is_plain = read.line(f"sure(type({read.variable}) is {type(values[0]).__name__})")
    runtime = frozenset({Column.RUNTIME})
    yield Program(body=is_plain, touches=read.touches, usual=False, checked=False, columns=runtime)
    for value in (*map(repr, values), *members):
        lines = read.line(f"if {read.variable} == {value}:")
        yield Program(body=(*lines, "    " * (read.indent + 1) + 'reached.append("value")'), touches=read.touches)


def _variants(spelling: Spelling, read: Read, union: TaggedUnion) -> Iterator[Program]:
    """The arms of a union, told apart by the tag, and by their classes; and all of them, for a checker that counts."""
    tests = [f"isinstance({read.variable}, {spelling.symbol(variant.type)})" for variant in union.variants]
    lines = read.body
    for number, test in enumerate(tests):
        lines = attrs.evolve(read, body=lines).line(f"{'elif' if number else 'if'} {test}:")
        lines = (*lines, "    " * (read.indent + 1) + "pass")
    below = attrs.evolve(read, body=attrs.evolve(read, body=lines).line("else:"), indent=read.indent + 1)
    yield Program(body=below.line(f"never({read.variable})"), touches=read.touches, usual=False, runs=False)
    for variant in union.variants:
        by_class = f"isinstance({read.variable}, {spelling.symbol(variant.type)})"
        touches = read.touches | {spelling.symbol(variant.type)}
        body = (*read.line(f"if {by_class}:"), "    " * (read.indent + 1) + 'reached.append("variant")')
        yield Program(body=body, touches=touches)
        test = _by_tag(spelling, read, union, variant) or by_class
        lines = read.line(f"if {test}:")
        yield from reads(spelling, read.then(lines, read.variable, NamedType(variant.type), inside=True))


def _by_tag(spelling: Spelling, read: Read, union: TaggedUnion, variant: Variant) -> str | None:
    """The test of the tag of a variant, if checkers take it for one of the class."""
    model = spelling.definitions[variant.type]
    fields = model.fields if isinstance(model, Model) else ()
    tag = next((field for field in fields if field.wire_name == union.property_name), None)
    if tag is None or not isinstance(spelling.behind(tag.type), LiteralType):
        return None
    return f"{read.variable}.{tag.name} == {variant.tags[0]!r}"


def _members(spelling: Spelling, read: Read, members: tuple[TypeExpr, ...]) -> Iterator[Program]:
    """The members of a union, told apart by their classes."""
    kinds = {_class_of(spelling, member) for member in members}
    if len(kinds) == 1:  # a text that may be one of some values
        expr = members[0]
        kind = next(iter(kinds))
        if kind == "str":
            yield Program(body=read.line(f"text({read.variable})"), touches=read.touches)
        for member in members:
            if isinstance(member, LiteralType):
                yield from _values(read, member.values)
        if kind != "str":
            yield from reads(spelling, read.then(read.body, read.variable, expr))
        return
    for member in members:
        lines = read.line(f"if isinstance({read.variable}, {_class_of(spelling, member)}):")
        yield from reads(spelling, read.then(lines, read.variable, member, inside=True))


def _class_of(spelling: Spelling, member: TypeExpr) -> str:
    match spelling.behind(member):
        case Scalar(primitive):
            classes = {**CLASSES, Primitive.NONE: "type(None)", Primitive.FLOAT: "(int, float)"}
            return classes.get(primitive, primitive.spelling)
        case LiteralType(values):
            return type(values[0]).__name__
        case ListType() | IterableType():
            return "list"
        case DictType():
            return "dict"
        case NamedType(name):
            return spelling.symbol(name)
        case _:
            return "object"
