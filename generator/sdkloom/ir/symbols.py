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
from .types import LiteralValue, TypeName


def type_symbol(package: str, name: TypeName) -> str:
    """`anthropic.types.Message`; `package` is the import name."""
    nested = name.module.replace("_", "") != name.name.replace("_", "").lower()
    return ".".join((package, *name.package, *((name.module,) if nested else ()), name.name))


def field_symbol(package: str, owner: Definition, field: Field) -> str:
    """An attribute of a model, or a key of a `TypedDict`."""
    symbol = type_symbol(package, owner.name)
    if isinstance(owner, Model):
        return f"{symbol}.{field.name}"
    return f"{symbol}[{value_text(field.wire_name)}]"


def resource_symbol(path: Iterable[str]) -> str:
    """`client.beta.prompt_caching`"""
    return ".".join(("client", *path))


def method_symbol(path: Iterable[str], method: str) -> str:
    """`client.messages.create`"""
    return f"{resource_symbol(path)}.{method}"


def param_symbol(path: Iterable[str], method: str, param: str) -> str:
    """`client.messages.create(top_k=)`"""
    return f"{method_symbol(path, method)}({param}=)"


def value_text(value: LiteralValue | float | None) -> str:
    """A literal as Python spells it, texts in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
