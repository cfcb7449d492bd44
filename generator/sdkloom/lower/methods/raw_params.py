"""Parameters of methods before their types are known."""

from __future__ import annotations

import attrs

from ...diagnostics.span import Span
from ...document.model import JsonValue, SchemaOrRef
from ...document.parameter_config import ParameterConfig
from ...ir.resources import ParamLocation, ParamStyle
from ..names.locked_names import below


@attrs.frozen(kw_only=True, eq=False)
class RawParam:
    """One parameter before its type is known.

    `part` is the schema of a member of the body in a multipart form. Where that is the only one, `schema` is the same.
    """

    wire_name: str
    location: ParamLocation
    schema: SchemaOrRef
    required: bool
    doc: str | None
    deprecated: bool
    pointer: str
    span: Span
    style: ParamStyle | None = None
    examples: tuple[JsonValue, ...] = ()
    part: SchemaOrRef | None = None
    rule: ParameterConfig = ParameterConfig(name="")
    """What sdk.yaml says about it."""
    called: str | None = None
    """What an extension in the document calls it."""
    positional: bool = False


def param_place(method: str, raw: RawParam) -> str:
    """Return the place of a parameter in names.lock: `client.pets.list/query/limit`."""
    return below(method, raw.location.value, *filter(None, [raw.wire_name]))


def name_text(raw: RawParam) -> str:
    """Return what the name is made of; the body as a whole has none of its own."""
    return raw.rule.rename or raw.called or raw.wire_name or "body"
