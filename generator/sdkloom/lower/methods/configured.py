"""What sdk.yaml says about what methods take and give, together."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...diagnostics.model import DiagnosticSink
from ...document.config import ResourceConfig, SdkConfig
from ..types.named_schemas import NamedSchemas
from .configured_response import ConfiguredResponses
from .parameter_rules import ParameterRules


@attrs.frozen(kw_only=True)
class Configured:
    """The two parts: each knows the schemas that it names."""

    parameters: ParameterRules
    responses: ConfiguredResponses


def configured_by(
    config: SdkConfig,
    resources: Iterable[tuple[tuple[str, ...], ResourceConfig]],
    schemas: NamedSchemas,
    sink: DiagnosticSink,
) -> Configured:
    """Return what sdk.yaml says; `resources` are all, with their paths."""
    resources = tuple(resources)
    return Configured(
        parameters=ParameterRules(config, resources, schemas, sink),
        responses=ConfiguredResponses((resource for _, resource in resources), schemas, sink),
    )
