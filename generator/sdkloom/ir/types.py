"""Type expressions: what stands in an annotation. Definitions are in `definitions`; here they are only named."""

from __future__ import annotations

import enum
from typing import Union

import attrs

LiteralValue = Union[str, int, bool]


@attrs.frozen(kw_only=True, order=True, cache_hash=True)
class TypeName:
    """The address of a definition: `types.beta.prompt_caching.message_create_params` · `Metadata`.

    `package` is the path below the import package (`("types", "beta", "prompt_caching")`).
    """

    package: tuple[str, ...]
    module: str
    name: str


class Primitive(enum.Enum):
    """A scalar. The value is the Python spelling, but for `BASE64` and `NUMBER`."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    NONE = "None"
    OBJECT = "object"
    BYTES = "bytes"
    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"
    DURATION = "timedelta"
    UUID = "UUID"
    DECIMAL = "Decimal"
    """A text in JSON; `NUMBER` is a number there."""
    NUMBER = "number"
    BASE64 = "base64"
    """Bytes that are base64 text in JSON. `BYTES` are a body itself."""

    @property
    def spelling(self) -> str:
        """The name of the class."""
        return {Primitive.BASE64: "bytes", Primitive.NUMBER: "Decimal"}.get(self, self.value)


@attrs.frozen
class Scalar:
    """`str`, `int`, `float`, `bool`, `None`, `object`, `bytes`, `datetime`, `date`, `UUID`, and so on."""

    primitive: Primitive


@attrs.frozen
class LiteralType:
    """`Literal["end_turn", "max_tokens"]`"""

    values: tuple[LiteralValue, ...]


@attrs.frozen
class ListType:
    """`List[TextBlock]`: arrays in responses, and arrays of scalars in requests.

    `any_sequence`: `SequenceNotStr[str]`, which takes tuples and other sequences, too.
    """

    item: TypeExpr
    any_sequence: bool = False


@attrs.frozen
class IterableType:
    """`Iterable[MessageParam]`: arrays of objects in requests."""

    item: TypeExpr


@attrs.frozen
class DictType:
    """`Dict[str, object]`"""

    value: TypeExpr


@attrs.frozen
class NamedType:
    """`Message`: a reference to a definition of this SDK."""

    name: TypeName


@attrs.frozen
class UnionType:
    """`Union[str, Iterable[TextBlockParam]]`. Never holds `None`: that is `OptionalType`. At least two members."""

    members: tuple[TypeExpr, ...]


@attrs.frozen
class OptionalType:
    """`Optional[str]`: the value may be JSON `null`."""

    inner: TypeExpr


@attrs.frozen
class Base64Type:
    """`Union[str, Base64FileInput]`: base64 text, or a file or path that the client encodes. Requests only.

    `takes_bytes`: `Union[str, bytes, Base64FileInput]`.
    """

    takes_bytes: bool = False


@attrs.frozen
class FileType:
    """`FileTypes`: a part of a multipart body, or `FileContent`: a body that is sent as it is. Requests only."""

    is_part: bool = True


TypeExpr = Union[
    Scalar, LiteralType, ListType, IterableType, DictType, NamedType, UnionType, OptionalType, Base64Type, FileType
]


def may_be_null(type: TypeExpr) -> bool:
    """Return whether null is among the values that an expression names."""
    return isinstance(type, OptionalType) or type == Scalar(Primitive.NONE)


def without_null(type: TypeExpr) -> TypeExpr:
    """Return the type of the values other than `null`."""
    return type.inner if isinstance(type, OptionalType) else type
