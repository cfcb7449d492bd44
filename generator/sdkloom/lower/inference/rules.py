"""What sdk.yaml says about names that are inferred, and the extensions in a document that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import Name, SdkConfig
from ...document.model import JsonValue, Operation

_GROUPS = ("x-fern-sdk-group-name", "x-speakeasy-group", "x-sdk-group")
_METHODS = ("x-fern-sdk-method-name", "x-speakeasy-name-override", "x-sdk-operation-name")
_LEAVES_OUT = ("x-fern-ignore", "x-speakeasy-ignore", "x-stainless-skip")
_PLACEHOLDER = re.compile(r"\\\{[^{}]*\\\}")


@attrs.frozen
class Prefix:
    """The beginning of paths whose operations belong to a resource: `/zones/{zone}/dns` to `dns`, or to the client."""

    path: Name
    resource: tuple[str, ...]
    _pattern: re.Pattern[str] = attrs.field(
        init=False, default=attrs.Factory(lambda self: _pattern_of(self.path.text), takes_self=True)
    )

    def rest_of(self, path: str) -> str | None:
        """Return what follows the prefix in a path, or `None` for other paths. Parameters may have any names."""
        found = self._pattern.match(path)
        return None if found is None else path[found.end() :]


@attrs.frozen(kw_only=True)
class NamingRules:
    """`prefix` and `acronyms` of sdk.yaml, and whether extensions for other generators count."""

    prefixes: tuple[Prefix, ...] = ()
    acronyms: tuple[str, ...] = ()
    vendor_extensions: bool = True
    internal_operations: bool = True

    @classmethod
    def of(cls, config: SdkConfig) -> NamingRules:
        """Return the rules of sdk.yaml. Longer prefixes come first."""
        prefixes = [Prefix(path, tuple(filter(None, resource.split(".")))) for path, resource in config.prefixes]
        return cls(
            prefixes=tuple(sorted(prefixes, key=lambda prefix: -len(prefix.path.text))),
            acronyms=config.acronyms,
            vendor_extensions=config.vendor_extensions is not False,
            internal_operations=config.internal_operations is not False,
        )

    def prefix_of(self, path: str) -> tuple[tuple[str, ...], str] | None:
        """Return the resource that a prefix gives to a path, and the rest of the path."""
        for prefix in self.prefixes:
            rest = prefix.rest_of(path)
            if rest is not None:
                return prefix.resource, rest
        return None

    def group_of(self, operation: Operation) -> tuple[str, ...] | None:
        """Return the resource that an extension puts an operation into: `["chat", "completions"]`."""
        for _, value in self._extensions(operation, _GROUPS):
            texts = [value] if isinstance(value, str) else value if isinstance(value, tuple) else ()
            return tuple(part for text in texts if isinstance(text, str) for part in text.split("."))
        return None

    def method_of(self, operation: Operation) -> str:
        """Return the name that an extension gives to the method of an operation."""
        return next((str(value) for _, value in self._extensions(operation, _METHODS) if isinstance(value, str)), "")

    def leaves_out(self, operation: Operation) -> bool:
        """Whether an extension says that there shall be no method."""
        if not self.internal_operations and _is_internal(operation):
            return True
        return any(_is_meant(value) for _, value in self._extensions(operation, _LEAVES_OUT))

    def report(self, operations: Sequence[Operation], config: SdkConfig, sink: DiagnosticSink) -> None:
        """Report prefixes that fit nothing, and the extensions of which sdk.yaml doesn't say whether they count."""
        paths = [operation.path for operation in operations]
        for prefix in self.prefixes:
            if all(prefix.rest_of(path) is None for path in paths):
                hint = did_you_mean(prefix.path.text, paths)
                sink.report(config_catalog.PREFIX_OF_NOTHING, prefix.path.span, prefix=prefix.path.text, hint=hint)
        if config.internal_operations is None:
            _report_internal([operation for operation in operations if _is_internal(operation)], sink)
        first: dict[str, Operation] = {}
        for operation in operations if config.vendor_extensions is None else ():
            for key, value in self._extensions(operation, _GROUPS + _METHODS + _LEAVES_OUT):
                if key not in _LEAVES_OUT or _is_meant(value):
                    first.setdefault(key, operation)
        for key, operation in first.items():
            rule = config_catalog.VENDOR_SKIPS if key in _LEAVES_OUT else config_catalog.VENDOR_METHOD
            sink.report(rule, operation.span, key=key, endpoint=operation.endpoint)

    def _extensions(self, operation: Operation, keys: Iterable[str]) -> Iterator[tuple[str, JsonValue]]:
        if self.vendor_extensions and operation.extensions.items:
            values = dict(operation.extensions.items)
            yield from ((key, values[key]) for key in keys if values.get(key))


NO_RULES = NamingRules()


def _is_meant(value: JsonValue) -> bool:
    """`true`, or a list of languages that has this one."""
    return value is True or (isinstance(value, tuple) and any(one in ("python", "*") for one in value))


def _is_internal(operation: Operation) -> bool:
    """Whether an operation isn't for everybody. Tools for documentation leave such out."""
    return dict(operation.extensions.items).get("x-internal") is True


def _report_internal(marked: Sequence[Operation], sink: DiagnosticSink) -> None:
    if marked:
        others = len(marked) - 1
        more = f" and {others} more operation{'s' if others > 1 else ''}" if others else ""
        has, them = ("they have methods", "them") if others else ("it has a method", "it")
        endpoint = marked[0].endpoint
        sink.report(config_catalog.INTERNAL, marked[0].span, endpoint=endpoint, more=more, has=has, them=them)


def _pattern_of(prefix: str) -> re.Pattern[str]:
    start = _PLACEHOLDER.sub(r"\\{[^{}]*\\}", re.escape(prefix.rstrip("/")))
    return re.compile(start + r"(?=$|[/?#:])")
