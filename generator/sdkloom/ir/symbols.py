"""How Python users write what the SDK offers: the notation of messages, reports, sdk.yaml and names.lock.

    anthropic.types.ToolParam                  a type
    anthropic.types.tool_param.InputSchema     a type that lives in the file of another one
anthropic.types.Usage.input_tokens         an attribute of a model
anthropic.types.ToolParam["description"]   a key of a TypedDict
client.messages                            a resource
client.messages.create                     a method
client.messages.create(top_k=)             a parameter
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from .definitions import Definition, Field, Model
from .types import (
    Base64Type,
    DictType,
    FileType,
    IterableType,
    ListType,
    LiteralType,
    LiteralValue,
    NamedType,
    OptionalType,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)


def type_symbol(package: str, name: TypeName) -> str:
    """Return `anthropic.types.Message`. `package` is the import name."""
    return ".".join((package, *name.package, *((name.module,) if is_nested(name) else ()), name.name))


def is_nested(name: TypeName) -> bool:
    """Return whether a type lives in the module of another one: `Metadata` in `message_create_params`."""
    return name.module.replace("_", "") != name.name.replace("_", "").lower()


def field_symbol(package: str, owner: Definition, field: Field) -> str:
    """Return `anthropic.types.Usage.input_tokens` in a model, `anthropic.types.ToolParam["name"]` in a `TypedDict`."""
    symbol = type_symbol(package, owner.name)
    if isinstance(owner, Model):
        return f"{symbol}.{field.name}"
    return f"{symbol}[{value_text(field.wire_name)}]"


def resource_symbol(path: Iterable[str]) -> str:
    """Return `client.beta.prompt_caching`."""
    return ".".join(("client", *path))


def method_symbol(path: Iterable[str], method: str) -> str:
    """Return `client.messages.create`."""
    return f"{resource_symbol(path)}.{method}"


def param_symbol(path: Iterable[str], method: str, param: str) -> str:
    """Return `client.messages.create(top_k=)`."""
    return f"{method_symbol(path, method)}({param}=)"


def value_text(value: LiteralValue | float | None) -> str:
    """Return a literal as Python spells it, texts in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def type_text(expr: TypeExpr) -> str:
    """Return a type as messages spell it: `list[TextBlock] | None`. Types of the SDK have no module there."""
    match expr:
        case Scalar(primitive):
            return primitive.spelling
        case LiteralType(values):
            return f"Literal[{', '.join(value_text(value) for value in values)}]"
        case ListType(item):
            return f"list[{type_text(item)}]"
        case IterableType(item):
            return f"Iterable[{type_text(item)}]"
        case DictType(value):
            return f"dict[str, {type_text(value)}]"
        case NamedType(name):
            return name.name
        case UnionType(members):
            return " | ".join(type_text(member) for member in members)
        case OptionalType(inner):
            return f"{type_text(inner)} | None"
        case Base64Type(takes_bytes):
            return "str | bytes | Base64FileInput" if takes_bytes else "str | Base64FileInput"
        case FileType(is_part):
            return "FileTypes" if is_part else "FileContent"
