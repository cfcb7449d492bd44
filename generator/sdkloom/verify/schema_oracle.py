"""The schema oracle: JSON Schema itself decides where a reference model and the generated class disagree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import jsonschema_rs

from .known_differences import KnownDifference
from .leniencies import LENIENCIES, ROOT, relaxed
from .schemas import Json, JsonObject, Schemas


class SchemaOracle:
    """Validates payloads against the schemas of one document (JSON Schema 2020-12); formats aside."""

    def __init__(self, document: JsonObject, schemas: Schemas) -> None:
        self._document = {key: document[key] for key in ("components", "paths") if key in document}
        self._schemas = schemas
        self._registries: dict[tuple[KnownDifference, ...], Any] = {}
        self._validators: dict[tuple[str, tuple[KnownDifference, ...]], Any] = {}

    def allows(self, pointer: str, payload: Json, leniencies: Iterable[KnownDifference] = ()) -> bool | None:
        """Whether `payload` fits the schema at `pointer`, changed by `leniencies`; `None` if that can't be told."""
        key = (pointer, tuple(leniencies))
        if key not in self._validators:
            self._validators[key] = self._validator(*key)
        validator = self._validators[key]
        return None if validator is None else bool(validator.is_valid(payload))

    def leniency(self, pointer: str, payload: Json) -> KnownDifference | None:
        """The leniency by which `payload` is accepted: one that suffices, or the first one if it takes several."""
        for leniency in LENIENCIES:
            if self.allows(pointer, payload, (leniency,)):
                return leniency
        if not self.tolerates(pointer, payload):
            return None
        return next(each for each in LENIENCIES if not self.allows(pointer, payload, _all_but(each)))

    def tolerates(self, pointer: str, payload: Json) -> bool | None:
        """Whether `payload` fits the schema with all leniencies; `None` if that can't be told."""
        return self.allows(pointer, payload, LENIENCIES)

    def _validator(self, pointer: str, leniencies: tuple[KnownDifference, ...]) -> Any:
        changes = [LENIENCIES[leniency] for leniency in leniencies]
        if leniencies not in self._registries:
            document = relaxed(self._document, changes, self._schemas)
            self._registries[leniencies] = jsonschema_rs.Registry([(ROOT, document)], retriever=_nothing)
        place = self._schemas.at(pointer)
        if place is None:
            return None
        try:
            return jsonschema_rs.Draft202012Validator(
                relaxed(place.schema, changes, self._schemas), registry=self._registries[leniencies]
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None


def _nothing(uri: str) -> Any:
    """Refuse to get a schema from a URL or a file.

    Raises:
        LookupError: always.
    """
    raise LookupError(uri)


def _all_but(leniency: KnownDifference) -> list[KnownDifference]:
    return [other for other in LENIENCIES if other is not leniency]
