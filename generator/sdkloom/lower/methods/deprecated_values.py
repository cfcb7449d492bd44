"""Values of parameters that will end: a call that gives one warns."""

from __future__ import annotations

from collections.abc import Iterable

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import DeprecatedValuesConfig
from ...ir.resources import DeprecatedValues, MethodParam
from ...ir.types import LiteralType, without_null


def deprecated_values(
    config: DeprecatedValuesConfig | None, params: Iterable[MethodParam], sink: DiagnosticSink
) -> DeprecatedValues | None:
    """Return the warning about values. A parameter that isn't there is reported."""
    if config is None:
        return None
    params = list(params)
    known = [param.name for param in params]
    if config.param.text not in known:
        hint = did_you_mean(config.param.text, known)
        sink.report(catalog.NO_PARAMETER, config.param.span, name=config.param.text, hint=hint)
        return None
    _check_retired(config, next(param for param in params if param.name == config.param.text), sink)
    return DeprecatedValues(
        param=config.param.text, constant=config.constant, values=config.values, message=config.message
    )


def _check_retired(config: DeprecatedValuesConfig, param: MethodParam, sink: DiagnosticSink) -> None:
    """A value that warns must be one that the parameter can have, where its type lists them all."""
    expected = without_null(param.type)
    if isinstance(expected, LiteralType):
        known = [str(value) for value in expected.values]
        for value in config.names:
            if value.text not in known:
                hint = did_you_mean(value.text, known, f"its values are {', '.join(f'`{one}`' for one in known)}")
                sink.report(catalog.RETIRED_VALUE_UNKNOWN, value.span, hint=hint, value=value.text, name=param.name)
