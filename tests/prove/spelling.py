"""How programs spell types and values of a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sdkloom.ir.definitions import Alias, Definition, EnumClass, Field, Model, Params, TaggedUnion
from sdkloom.ir.symbols import field_symbol, type_symbol
from sdkloom.ir.types import (
    Base64Type,
    DictType,
    FileType,
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)

CLASSES = {
    Primitive.DATETIME: "datetime.datetime",
    Primitive.DATE: "datetime.date",
    Primitive.TIME: "datetime.time",
    Primitive.DURATION: "datetime.timedelta",
    Primitive.UUID: "uuid.UUID",
    **dict.fromkeys((Primitive.DECIMAL, Primitive.NUMBER), "decimal.Decimal"),
}
"""The classes of texts and numbers that are imported."""
_SAMPLES = {
    Primitive.STR: '"text"',
    Primitive.INT: "7",
    Primitive.FLOAT: "1.5",
    Primitive.BOOL: "True",
    Primitive.NONE: "None",
    Primitive.OBJECT: '"text"',
    Primitive.BYTES: 'b"text"',
    Primitive.BASE64: 'b"text"',
    Primitive.DATETIME: "datetime.datetime(2024, 5, 6, tzinfo=datetime.timezone.utc)",
    Primitive.DATE: "datetime.date(2024, 5, 6)",
    Primitive.TIME: "datetime.time(7, 8, 9, tzinfo=datetime.timezone.utc)",
    Primitive.DURATION: "datetime.timedelta(hours=1)",
    Primitive.UUID: 'uuid.UUID("2f1b7c9e-8a54-4c6e-9d2b-0123456789ab")',
    **dict.fromkeys((Primitive.DECIMAL, Primitive.NUMBER), 'decimal.Decimal("1.5")'),
}


class Spelling:
    """Spells what belongs to one package, and tells which symbols that touches."""

    def __init__(
        self, package: str, definitions: Mapping[TypeName, Definition], keywords: Callable[[str], Mapping[str, Any]]
    ) -> None:
        self.package = package
        self.definitions = definitions
        self.keywords = keywords
        """The keywords of the schema at a pointer of the document."""

    def symbol(self, name: TypeName) -> str:
        """How users write a type."""
        return type_symbol(self.package, name)

    def annotation(self, expr: TypeExpr) -> str:
        """A type as the annotation of a variable; what takes any iterable is given a list."""
        match expr:
            case Scalar(primitive):
                return CLASSES.get(primitive, primitive.spelling)
            case LiteralType(values):
                return f"Literal[{', '.join(repr(value) for value in values)}]"
            case ListType(item) | IterableType(item):
                return f"List[{self.annotation(item)}]"
            case DictType(value):
                return f"Dict[str, {self.annotation(value)}]"
            case NamedType(name):
                return self.symbol(name)
            case UnionType(members):
                return f"Union[{', '.join(self.annotation(member) for member in members)}]"
            case OptionalType(inner):
                return f"Optional[{self.annotation(inner)}]"
            case Base64Type():
                return "str"
            case FileType():
                return "bytes"

    def behind(self, expr: TypeExpr) -> TypeExpr:
        """What aliases stand for; a union of models for a tagged one."""
        while isinstance(expr, NamedType):
            found = self.definitions.get(expr.name)
            if isinstance(found, Alias):
                expr = found.type
            elif isinstance(found, TaggedUnion):
                return UnionType(tuple(NamedType(variant.type) for variant in found.variants))
            else:
                break
        return expr

    def sample(self, expr: TypeExpr, depth: int = 0) -> str:
        """A value of a type, as an expression; models are made by hand.

        Raises:
            RecursionError: the type requires itself.
        """
        if depth > 12:
            raise RecursionError
        match self.behind(expr):
            case Scalar(primitive):
                return _SAMPLES[primitive]
            case LiteralType(values):
                return repr(values[0])
            case DictType(value):
                return f'{{"key": {self.sample(value, depth + 1)}}}'
            case ListType(item) | IterableType(item):
                return f"[{self.sample(item, depth + 1)}]"
            case UnionType(members):
                return self.sample(members[0], depth + 1)
            case OptionalType():
                return "None"
            case Base64Type():
                return '"c29tZQ=="'
            case FileType():
                return 'b"text"'
            case NamedType(name):
                definition = self.definitions[name]
                return (
                    self.members(definition)[0]
                    if isinstance(definition, EnumClass)
                    else self._object(definition, depth)
                )

    def members(self, definition: EnumClass) -> list[str]:
        """The members of an enumeration."""
        return [f"{self.symbol(definition.name)}.{member.name}" for member in definition.members]

    def samples(self, expr: TypeExpr) -> list[str]:
        """A value of each kind that a type allows: all that are listed, null, one of each member of a union."""
        expr = self.behind(expr)
        definition = self.definitions.get(expr.name) if isinstance(expr, NamedType) else None
        if isinstance(definition, EnumClass):
            return self.members(definition)
        match expr:
            case LiteralType(values):
                return [repr(value) for value in values]
            case OptionalType(inner):
                return [*self.samples(inner), "None"]
            case UnionType(members):
                return [text for member in members for text in self.samples(member)]
            case _:
                try:
                    return [self.sample(expr)]
                except RecursionError:
                    return []

    def texts(self, expr: TypeExpr) -> list[str]:
        """An object of each class of texts that a type allows, and the members of enumerations."""
        expr = self.behind(expr)
        found: list[str] = []
        for each in expr.members if isinstance(expr, UnionType) else (expr,):
            definition = self.definitions.get(each.name) if isinstance(each, NamedType) else None
            if isinstance(definition, EnumClass):
                found += self.members(definition)
            elif isinstance(each, Scalar) and each.primitive in CLASSES:
                found.append(self.sample(each))
        return found

    def made(self, model: Model, of: Field, value: str) -> str:
        """A model that is made by hand, with a value for one of its fields."""
        given = {field.name: self.sample(field.type, 1) for field in model.fields if field.required}
        return self._called(model, {**given, of.name: value})

    def _called(self, model: Model, given: Mapping[str, str]) -> str:
        return f"{self.symbol(model.name)}({', '.join(f'{name}={text}' for name, text in given.items())})"

    def _object(self, definition: Definition, depth: int) -> str:
        if isinstance(definition, Model):
            fields = [field for field in definition.fields if field.required]
            return self._called(definition, {field.name: self.sample(field.type, depth + 1) for field in fields})
        assert isinstance(definition, Params)
        keys = [field for field in definition.fields if field.required]
        return f"{{{', '.join(f'{key.wire_name!r}: {self.sample(key.type, depth + 1)}' for key in keys)}}}"

    def touched(self, expr: TypeExpr) -> frozenset[str]:
        """The symbols of the types that an annotation names."""
        match expr:
            case NamedType(name):
                return frozenset({self.symbol(name)})
            case UnionType(members):
                return frozenset[str]().union(*(self.touched(member) for member in members))
            case ListType(inner) | IterableType(inner) | DictType(inner) | OptionalType(inner):
                return self.touched(inner)
            case _:
                return frozenset()

    def touched_by(self, expr: TypeExpr, value: Any) -> frozenset[str]:
        """The symbols that a value stands for if it is passed where `expr` is asked for."""
        found: set[str] = set(self.touched(expr)) if isinstance(expr, NamedType) else set()
        match self.behind(expr):
            case ListType(item) | IterableType(item) if isinstance(value, list):
                found.update(*(self.touched_by(item, each) for each in value))
            case DictType(inner) if isinstance(value, dict):
                found.update(*(self.touched_by(inner, each) for each in value.values()))
            case OptionalType(inner):
                found |= self.touched_by(inner, value)
            case UnionType(members):
                found.update(*(self.touched_by(member, value) for member in members))
            case NamedType(name) if isinstance(value, dict):
                definition = self.definitions[name]
                assert isinstance(definition, (Model, Params))
                found.add(self.symbol(name))
                for field in definition.fields:
                    if field.wire_name in value:
                        found.add(field_symbol(self.package, definition, field))
                        found |= self.touched_by(field.type, value[field.wire_name])
            case _:
                pass
        return frozenset(found)
