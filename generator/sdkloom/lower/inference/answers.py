"""What an operation gives, as far as that matters for its name: a list, one thing, or a file."""

from __future__ import annotations

import enum

from ...document.model import Operation, Schema, SchemaOrRef, SchemaRef
from ..methods.media_types import json_among
from ..types.named_schemas import NamedSchemas


class Answer(enum.Enum):
    """What a successful response holds."""

    LIST = "list"
    PAGE = "page"
    """An object with a list in it."""
    ONE = "one"
    """An object without lists, or a plain value."""
    FILE = "file"
    """No JSON: bytes, text, lines or events."""
    UNKNOWN = "unknown"


def answer_of(operation: Operation, schemas: NamedSchemas) -> Answer:
    """Return what the first successful response with a body holds."""
    for response in sorted(operation.responses, key=lambda response: response.status):
        if not response.status.startswith("2") or not response.content:
            continue
        media = json_among(response.content)
        if media is None:
            return Answer.FILE if all("*" not in media.media_type for media in response.content) else Answer.UNKNOWN
        return Answer.UNKNOWN if media.schema is None else _holds(media.schema, schemas, 0)
    return Answer.UNKNOWN


def _holds(node: SchemaOrRef, schemas: NamedSchemas, depth: int) -> Answer:
    schema = _followed(node, schemas)
    if schema is None or depth > 5:
        return Answer.UNKNOWN
    if "array" in schema.types or schema.items is not None:
        return Answer.LIST
    parts = [_holds(part, schemas, depth + 1) for part in schema.all_of]
    for answer in (Answer.LIST, Answer.PAGE):
        if answer in parts:
            return answer
    properties = [_followed(one.schema, schemas) for one in schema.properties]
    if any(one is not None and ("array" in one.types or one.items is not None) for one in properties):
        return Answer.PAGE
    if properties or Answer.ONE in parts or (schema.types and "object" not in schema.types):
        return Answer.ONE
    return Answer.UNKNOWN


def _followed(node: SchemaOrRef, schemas: NamedSchemas) -> Schema | None:
    for _ in range(10):
        if not isinstance(node, SchemaRef):
            return node
        target = schemas.target_of(node.ref)
        if target is None:
            return None
        node = target.schema
    return None
