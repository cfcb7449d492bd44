"""What a type module defines. One class per shape; the docstring shows the Python it becomes.

The pointer of a node says where in the spec it comes from: `#/components/schemas/Usage`, or with the path of another
file, relative to the first one, in front: `models/usage.yml#/Usage`. It is empty for what only sdk.yaml knows.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Mapping
from typing import Union

import attrs

from ..diagnostics.span import Span, origin, pointer
from .json_like import JsonLike
from .limits import Limits
from .old_names import OldName, OldType, OldValue
from .types import LiteralValue, TypeExpr, TypeName


@attrs.frozen(kw_only=True)
class Field:
    """`stop_reason: Optional[Literal[...]] = None` followed by its docstring.

    `default` is the text-free value of the spec's `default`; `None` with `required=False` is the usual case.
    """

    name: str
    wire_name: str
    type: TypeExpr
    required: bool
    default: LiteralValue | float | None = None
    doc: str | None = None
    example: JsonLike = None
    """What the document shows as an example."""
    assumed: JsonLike = None
    """Of a request: what the API takes, by the document, if nothing is sent."""
    limits: Limits = ()
    """What the annotation says about values, where sdk.yaml asks for that."""
    deprecated: bool = False
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Model:
    """A response model.

    class Usage(BaseModel):
        input_tokens: int
        \"\"\"The number of input tokens which were used.\"\"\"
    """

    name: TypeName
    snake_name: str = attrs.field(eq=False)
    """What its functions are named after: `structure_usage`. No other type of the module has the same one."""
    fields: tuple[Field, ...]
    doc: str | None = None
    example: JsonLike = None
    extra: TypeExpr | None = None
    """The type of undeclared keys when the spec gives one (`additionalProperties`)."""
    old_names: tuple[OldName, ...] = ()
    deprecated: bool = False
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Params:
    """A request type.

        class TextBlockParam(TypedDict, total=False):
            text: Required[str]

    Its keys are the wire names: a dictionary is sent as it is. (The keys of a method's parameters are those of the
    method: its fields have the Python name as wire name.) With `base`, only the added fields are listed:
    `class MessageCreateParamsStreaming(MessageCreateParamsBase): …`.
    """

    name: TypeName
    fields: tuple[Field, ...]
    base: TypeName | None = None
    doc: str | None = None
    example: JsonLike = None
    old_names: tuple[OldName, ...] = ()
    old_values: tuple[OldValue, ...] = ()
    deprecated: bool = False
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Variant:
    """One arm of a discriminated union: the wire values of the tag and the type they stand for."""

    tags: tuple[LiteralValue, ...]
    type: TypeName


@attrs.frozen(kw_only=True)
class TaggedUnion:
    """A union with a discriminator.

        ContentBlock = Annotated[Union[TextBlock, ToolUseBlock], Discriminator("type")]

    `explicit` says that the tags can't be read off the variants' own literals and must be spelled out.
    """

    name: TypeName
    snake_name: str = attrs.field(eq=False)
    """What its functions are named after: `structure_content_block`. No other type of the module has the same one."""
    property_name: str
    variants: tuple[Variant, ...]
    explicit: bool = False
    doc: str | None = None
    example: JsonLike = None
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Alias:
    """A name for a type expression: a plain union, a literal, or another name of a definition.

    Model = Union[str, Literal["claude-2.1", …]]
    MessageStartEvent = RawMessageStartEvent
    """

    name: TypeName
    type: TypeExpr
    limits: Limits = ()
    doc: str | None = None
    example: JsonLike = None
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class EnumMember:
    """`RED = "red"`"""

    name: str
    value: LiteralValue
    doc: str | None = None


@attrs.frozen(kw_only=True)
class EnumClass:
    """An enumeration as a class. All values are texts, or all are integers.

    class Color(StrEnum):
        RED = "red"
    """

    name: TypeName
    members: tuple[EnumMember, ...]
    doc: str | None = None
    example: JsonLike = None
    pointer: str = pointer()
    span: Span = origin()

    @property
    def values(self) -> tuple[LiteralValue, ...]:
        """What stands in JSON."""
        return tuple([member.value for member in self.members])

    @property
    def base(self) -> str:
        """The class that it derives from."""
        return "StrEnum" if isinstance(self.members[0].value, str) else "IntEnum"


Definition = Union[Model, Params, TaggedUnion, Alias, EnumClass]
Definitions = Mapping[TypeName, Definition]
"""Every definition of an SDK by its address."""


@attrs.frozen(kw_only=True)
class TypeModule:
    """One file below `types/`: definitions in the order in which they are printed (helpers after their parent
    unless it needs them to exist). `exports` is its `__all__`, in order. `late_imports` are modules of the same import
    cycle: imported at the bottom."""

    package: tuple[str, ...]
    name: str
    definitions: tuple[Definition, ...]
    exports: tuple[str, ...] = ()
    late_imports: tuple[TypeName, ...] = ()
    old_types: tuple[OldType, ...] = ()
    """Types that were found here; a module may have nothing else."""
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class TypePackage:
    """One package below `types/` and the names that its `__init__` re-exports."""

    path: tuple[str, ...]
    exports: tuple[TypeName, ...] = ()
    old_exports: tuple[TypeName, ...] = ()
    """Old types: found here as well, but listed nowhere."""


_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Characters that Python takes in names, and that can't be seen."""


def is_key(text: str) -> bool:
    """Return whether a key can be declared in a class statement, as it is and seen. Python reads `ﬁ` as `fi`."""
    plain = text.isidentifier() and unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text)
    return plain and not keyword.iskeyword(text) and not text.startswith("__")
