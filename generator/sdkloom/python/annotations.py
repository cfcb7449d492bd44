"""Annotation text of type expressions."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ..ir.limits import HeldLimits, Limit, Limits, PatternLimit
from ..ir.types import (
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
    TypeName,
    UnionType,
    without_null,
)
from .imports import Imports, When
from .literals import literal

_MODULES = {
    **dict.fromkeys((Primitive.DATETIME, Primitive.DATE, Primitive.TIME, Primitive.DURATION), "datetime"),
    Primitive.UUID: "uuid",
    **dict.fromkeys((Primitive.DECIMAL, Primitive.NUMBER), "decimal"),
}


@attrs.frozen
class Annotations:
    """Prints annotations into one file; the names that they need are imported on the way.

    `spell` tells how the file names a type of the SDK. `when` is for the other imports, `iterable` the module that
    `Iterable` comes from.
    """

    imports: Imports
    spell: Callable[[TypeName], str]
    when: When = When.RUNTIME
    iterable: str = "typing"

    def text(self, type: TypeExpr, held: Limits = ()) -> str:
        """The annotation of a type, as this file spells it: `Optional[List[TextBlock]]`.

        `held` are the limits of what a list or a dictionary holds.
        """
        if isinstance(type, Scalar):
            return self._scalar(type.primitive)
        if isinstance(type, LiteralType):
            return f"{self._typing('Literal')}[{', '.join(literal(value) for value in type.values)}]"
        if isinstance(type, ListType) and type.any_sequence:
            return f"{self.imports.use('._sequences', 'SequenceNotStr', self.when)}[{self.limited(type.item, held)}]"
        if isinstance(type, ListType):
            return f"{self._typing('List')}[{self.limited(type.item, held)}]"
        if isinstance(type, IterableType):
            return f"{self.imports.use(self.iterable, 'Iterable', self.when)}[{self.limited(type.item, held)}]"
        if isinstance(type, DictType):
            return f"{self._typing('Dict')}[{self._scalar(Primitive.STR)}, {self.limited(type.value, held)}]"
        if isinstance(type, NamedType):
            return self.spell(type.name)
        if isinstance(type, UnionType):
            return f"{self._typing('Union')}[{', '.join(self.text(member) for member in type.members)}]"
        if isinstance(type, OptionalType):
            return self._optional(type.inner, held)
        if isinstance(type, Base64Type):
            file_input = self.imports.use("._types", "Base64FileInput", self.when)
            takes = [self._scalar(Primitive.STR), *([self._scalar(Primitive.BASE64)] if type.takes_bytes else [])]
            return f"{self._typing('Union')}[{', '.join([*takes, file_input])}]"
        return self.imports.use("._types", "FileTypes" if type.is_part else "FileContent", self.when)

    def limited(self, type: TypeExpr, limits: Limits) -> str:
        """The annotation of a type whose values have limits: `Optional[Annotated[int, Ge(1)]]`."""
        held = next((limit.limits for limit in limits if isinstance(limit, HeldLimits)), ())
        metadata = [self._limit(limit) for limit in limits if not isinstance(limit, HeldLimits)]
        if not metadata:
            return self.text(type, held)
        inner = without_null(type)
        text = f"{self._typing('Annotated')}[{', '.join([self.text(inner, held), *metadata])}]"
        return text if inner is type else f"{self._typing('Optional')}[{text}]"

    def _limit(self, limit: Limit | PatternLimit) -> str:
        if isinstance(limit, Limit):
            return f"{self.imports.use('annotated_types', limit.name, self.when)}({literal(limit.value)})"
        matches = self.imports.use("._limits", "Matches", self.when)
        return f"{self.imports.use('annotated_types', 'Predicate', self.when)}({matches}({literal(limit.pattern)}))"

    def _optional(self, inner: TypeExpr, held: Limits = ()) -> str:
        if isinstance(inner, UnionType):
            return f"{self._typing('Union')}[{', '.join(self.text(member) for member in inner.members)}, None]"
        return f"{self._typing('Optional')}[{self.text(inner, held)}]"

    def _scalar(self, primitive: Primitive) -> str:
        if primitive is Primitive.NONE:
            return "None"
        return self.imports.use(_MODULES.get(primitive, "builtins"), primitive.spelling, self.when)

    def _typing(self, name: str) -> str:
        return self.imports.use("typing", name, self.when)
