"""What sdk.yaml says about parameters: everywhere, in a resource, or in a method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import MethodConfig, ResourceConfig, SdkConfig
from ...document.model import Operation, SchemaOrRef
from ...document.parameter_config import ParameterConfig
from ...ir.resources import ParamLocation
from ..types.named_schemas import NamedSchemas
from .raw_params import RawParam
from .type_texts import schema_of_text

Path = tuple[str, ...]


class ParameterRules:
    """Knows what sdk.yaml says. Names in there that no method has are reported."""

    def __init__(
        self,
        config: SdkConfig,
        resources: Iterable[tuple[Path, ResourceConfig]],
        schemas: NamedSchemas,
        sink: DiagnosticSink,
    ) -> None:
        """`resources` are all, with their paths."""
        self._path_parameters = config.path_parameters
        self._sink = sink
        self._rules: dict[Path, tuple[ParameterConfig, ...]] = {(): config.parameters}
        methods: list[ParameterConfig] = []
        for path, resource in resources:
            if path:
                self._rules[path] = resource.parameters
            methods += [
                rule for method in resource.methods if isinstance(method, MethodConfig) for rule in method.parameters
            ]
        self._types: dict[str, SchemaOrRef] = {}
        for rule in [*(rule for rules in self._rules.values() for rule in rules), *methods]:
            schema = None if rule.type is None else schema_of_text(rule.type, schemas, sink)
            if rule.type is not None and schema is not None:
                self._types[rule.type.text] = schema
        self._methods: dict[Path, list[MethodRules]] = {}

    @property
    def types(self) -> tuple[SchemaOrRef, ...]:
        """The types that sdk.yaml gives to parameters: requests use them, whatever the document says."""
        return tuple(self._types.values())

    def of(self, operation: Operation, resource: Path, config: MethodConfig) -> MethodRules:
        """Return what holds for a method of `resource`: what is said about it goes before what is said in general."""
        levels = [self._rules.get(resource[:length], ()) for length in range(len(resource) + 1)]
        found: dict[str, ParameterConfig] = {}
        for rule in [rule for level in (*levels, config.parameters) for rule in level]:
            found[rule.name] = rule.over(found.get(rule.name))
        rules = MethodRules(found, self._types, config, config.path_parameters or self._path_parameters, self._sink)
        rules.see(*(parameter.name for parameter in operation.parameters))
        for length in range(len(resource) + 1):
            self._methods.setdefault(resource[:length], []).append(rules)
        return rules

    def report_unused(self) -> None:
        """Report what is said about parameters of all methods or of a resource, if none of them has them."""
        for path, rules in self._rules.items():
            known = {name for method in self._methods.get(path, []) for name in method.seen}
            for rule in rules:
                if not any(is_same(rule.name, name) for name in known):
                    where = f"the methods of `{'.'.join(path)}`" if path else "any method"
                    hint = did_you_mean(rule.name, sorted(known))
                    self._sink.report(
                        config_catalog.PARAMETER_NOWHERE, rule.span, hint=hint, where=where, name=rule.name
                    )


class MethodRules:
    """What holds for the parameters of one method. `seen` are the names that it has on the wire."""

    def __init__(
        self,
        rules: Mapping[str, ParameterConfig],
        types: Mapping[str, SchemaOrRef],
        config: MethodConfig,
        path_parameters: str,
        sink: DiagnosticSink,
    ) -> None:
        self.path_parameters = path_parameters
        self.styles = {name: rule.style for name, rule in rules.items() if rule.style is not None}
        """How values are written, by names on the wire."""
        self._rules = rules
        self._types = types
        self._config = config
        self._sink = sink
        self.seen: set[str] = set()

    def see(self, *names: str) -> None:
        """Remember names of parameters, also of those that the client fills itself."""
        self.seen.update(names)

    def schema_of(self, name: str, location: ParamLocation) -> SchemaOrRef | None:
        """Return the type that sdk.yaml gives to a parameter."""
        rule = self._rule(name, location)
        return None if rule is None or rule.type is None else self._types.get(rule.type.text)

    def applied(self, raw: RawParam) -> Iterator[RawParam]:
        """Yield the parameter as it shall be; nothing if the method shall not have it."""
        self.see(raw.wire_name)
        rule = self._rule(raw.wire_name, raw.location)
        if rule is None:
            yield raw
            return
        if rule.constant is not None:
            yield attrs.evolve(raw, rule=rule, required=True)
            return
        required = raw.required if rule.required is None else rule.required
        required = required and rule.default is None and rule.append is None
        if rule.hidden and required:
            self._sink.report(config_catalog.HIDDEN_REQUIRED, rule.span, name=rule.name)
        if not rule.hidden:
            yield attrs.evolve(raw, rule=rule, required=required, doc=rule.doc or raw.doc)

    def report_unknown(self) -> None:
        """Report what sdk.yaml says about parameters of this method that it doesn't have."""
        for rule in self._config.parameters:
            if not any(is_same(rule.name, name) for name in self.seen):
                hint = did_you_mean(rule.name, sorted(self.seen))
                self._sink.report(
                    config_catalog.PARAMETER_NOWHERE, rule.span, hint=hint, where="this method", name=rule.name
                )

    def _rule(self, name: str, location: ParamLocation) -> ParameterConfig | None:
        if location is not ParamLocation.HEADER or name in self._rules:
            return self._rules.get(name)
        return next((rule for rule in self._rules.values() if is_same(rule.name, name)), None)


def is_same(one: str, other: str) -> bool:
    """Whether two names may be of the same parameter: those of headers have no case (RFC 9110 §5.1)."""
    return one == other or one.lower() == other.lower()
