"""Parameters that the client fills itself, and that so are none of methods."""

from __future__ import annotations

from collections.abc import Mapping

from ...document.config import MethodConfig, SdkConfig
from ...document.model import Operation, Parameter, ParameterIn

Place = tuple[ParameterIn, str]
"""Where a parameter stands, and its name; that of a header in lower case."""


def place_of(location: ParameterIn, name: str) -> Place:
    """Return the place of a parameter. Names of headers have no case (RFC 9110 §5.1)."""
    return location, name.lower() if location is ParameterIn.HEADER else name


class SentByClient:
    """Knows what a client sends without being asked: constant headers, and the keys that operations need.

    `filled` has the places of those keys, by verb (in lower case) and path.
    """

    def __init__(self, config: SdkConfig, filled: Mapping[tuple[str, str], frozenset[Place]]) -> None:
        self._idempotency_header = (config.client.idempotency_header or "").lower()
        self._headers = {place_of(ParameterIn.HEADER, name) for name, _ in config.client.headers}
        self._filled = filled

    def fills(self, parameter: Parameter, operation: Operation, config: MethodConfig) -> bool:
        """Whether no caller has to give `parameter`: a header of sdk.yaml, or the key of a scheme of the operation."""
        if parameter.location is ParameterIn.HEADER and self.has_header(parameter.name, config):
            return True
        if (parameter.location, parameter.name.lower()) == (ParameterIn.HEADER, self._idempotency_header):
            return operation.method.lower() != "get"
        filled = self._filled.get((operation.method.lower(), operation.path), frozenset())
        return place_of(parameter.location, parameter.name) in filled

    def has_header(self, name: str, config: MethodConfig) -> bool:
        """Whether sdk.yaml sets a header, for all methods or for this one."""
        own = {place_of(ParameterIn.HEADER, own_name) for own_name, _ in config.headers}
        return place_of(ParameterIn.HEADER, name) in self._headers | own
