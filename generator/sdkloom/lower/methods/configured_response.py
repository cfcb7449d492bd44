"""What sdk.yaml says that a method gives, instead of what the document says."""

from __future__ import annotations

from collections.abc import Iterable

from ...diagnostics.model import DiagnosticSink
from ...document.config import MethodConfig, ResourceConfig
from ...document.model import Operation, SchemaOrRef
from ...document.parameter_config import TypeText
from ...ir.resources import ResponseKind
from ..types.named_schemas import NamedSchemas
from ..types.naming_context import MainType
from ..types.type_exprs import BYTES, NONE, TEXT
from ..types.usage import success_responses
from .outcomes import MethodResponse
from .responses import MethodResponses
from .type_texts import schema_of_text

_KINDS = {
    "bytes": (ResponseKind.BINARY, BYTES),
    "None": (ResponseKind.NONE, NONE),
    "str": (ResponseKind.TEXT, TEXT),
}
"""What isn't JSON."""


class ConfiguredResponses:
    """Knows the responses that sdk.yaml describes. Schemas in there that don't exist are reported."""

    def __init__(self, resources: Iterable[ResourceConfig], schemas: NamedSchemas, sink: DiagnosticSink) -> None:
        """`resources` are all, not only the outermost."""
        given = [
            method.returns
            for resource in resources
            for method in resource.methods
            if isinstance(method, MethodConfig) and method.returns is not None and method.returns.text not in _KINDS
        ]
        self._schemas: dict[TypeText, SchemaOrRef] = {}
        for text in given:
            schema = schema_of_text(text, schemas, sink)
            if schema is not None:
                self._schemas[text] = schema

    @property
    def schemas(self) -> tuple[SchemaOrRef, ...]:
        """The types that come back, whatever the document says."""
        return tuple(self._schemas.values())

    def schema_of(self, returns: TypeText) -> SchemaOrRef | None:
        """Return the schema of a type in sdk.yaml; `None` for what isn't JSON."""
        return self._schemas.get(returns)

    def of(
        self, operation: Operation, returns: TypeText, main: MainType, responses: MethodResponses
    ) -> MethodResponse | None:
        """Return what a method gives; `None` if that was reported. `main` is the name for a type that has none."""
        successes = success_responses(operation)
        accept = tuple(dict.fromkeys(media.media_type for response in successes for media in response.content))
        doc = next((response.description for response in successes), None)
        if returns.text in _KINDS:
            kind, expr = _KINDS[returns.text]
            accept = () if kind is ResponseKind.NONE else accept
            return MethodResponse(kind=kind, type=expr, accept=accept, doc=doc)
        schema = self._schemas.get(returns)
        if schema is None:
            return None
        return MethodResponse(kind=ResponseKind.JSON, type=responses.typed(schema, main), accept=accept, doc=doc)
