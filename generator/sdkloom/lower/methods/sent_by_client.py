"""Parameters that the client fills itself, and that so are none of methods."""

from __future__ import annotations

from ...document.config import MethodConfig, SdkConfig
from ...document.model import Document, Operation, Parameter, ParameterIn

Place = tuple[ParameterIn, str]
"""Where a parameter stands, and its name; that of a header in lower case."""


def place_of(location: ParameterIn, name: str) -> Place:
    """Return the place of a parameter. Names of headers have no case (RFC 9110 §5.1)."""
    return location, name.lower() if location is ParameterIn.HEADER else name


class SentByClient:
    """Knows what a client sends without being asked: constant headers, and the API keys that an operation needs."""

    def __init__(self, document: Document, config: SdkConfig) -> None:
        self._document = document
        self._headers = {place_of(ParameterIn.HEADER, name) for name, _ in config.client.headers}
        wanted = {credential.scheme.text for credential in config.client.credentials}
        self._keys = {
            scheme.name: place_of(ParameterIn(scheme.location), scheme.parameter_name)
            for scheme in document.security_schemes
            if scheme.kind == "apiKey" and scheme.location in ("header", "query", "cookie") and scheme.parameter_name
            if not wanted or scheme.name in wanted
        }

    def fills(self, parameter: Parameter, operation: Operation, config: MethodConfig) -> bool:
        """Whether no caller has to give `parameter`: a header of sdk.yaml, or the key of a scheme of the operation."""
        if parameter.location is ParameterIn.HEADER and self.has_header(parameter.name, config):
            return True
        return place_of(parameter.location, parameter.name) in self._keys_of(operation)

    def has_header(self, name: str, config: MethodConfig) -> bool:
        """Whether sdk.yaml sets a header, for all methods or for this one."""
        own = {place_of(ParameterIn.HEADER, own_name) for own_name, _ in config.headers}
        return place_of(ParameterIn.HEADER, name) in self._headers | own

    def _keys_of(self, operation: Operation) -> set[Place]:
        security = self._document.security if operation.security is None else operation.security
        names = {name for alternative in security for name, _ in alternative.schemes}
        return {self._keys[name] for name in names if name in self._keys}
