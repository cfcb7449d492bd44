"""The referee: JSON schema itself, asked where the judge and the generated class disagree."""

from __future__ import annotations

from typing import Any, cast

import jsonschema_rs

from .schemas import Json, JsonObject, as_object


class Referee:
    """Validates against the schemas of one document; formats aside."""

    def __init__(self, document: JsonObject) -> None:
        self._is_old = str(document.get("openapi", "")).startswith("3.0")
        rest = {key: document[key] for key in ("components", "paths") if key in document}
        self._schemas = as_object(_modern(rest) if self._is_old else rest)
        self._known: dict[str, Any] = {}

    def allows(self, pointer: str, payload: Json) -> bool | None:
        """Whether `payload` fits the schema at `pointer`; `None` if that can't be told."""
        if pointer not in self._known:
            schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": pointer, **self._schemas}
            try:
                self._known[pointer] = jsonschema_rs.validator_for(schema)
            except (ValueError, jsonschema_rs.ReferencingError):
                self._known[pointer] = None
        validator = self._known[pointer]
        return None if validator is None else bool(validator.is_valid(payload))


def _modern(node: Json) -> Json:
    """Schemas of OpenAPI 3.0 in the words of JSON schema: `nullable`, and bounds that are switches."""
    if isinstance(node, list):
        return [_modern(item) for item in cast("list[Json]", node)]
    if not isinstance(node, dict):
        return node
    changed = {key: _modern(value) for key, value in cast("JsonObject", node).items()}
    for switch, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(changed.get(switch), bool):
            exclusive = changed.pop(switch)
            if exclusive and bound in changed:
                changed[switch] = changed.pop(bound)
    if "$ref" in changed:
        return {"$ref": changed["$ref"]}
    if changed.get("nullable") is True:
        del changed["nullable"]
        return {"anyOf": [changed, {"type": "null"}]}
    return changed
