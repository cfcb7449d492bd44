"""Hooked methods: the signature of a generated method, and the check of what the hand-written body relies on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.nearest import did_you_mean, nearest
from ...diagnostics.span import Span
from ...document.config import HandlesConfig, HookedMethodConfig, Name
from ...ir.definitions import Definition, Model, Params
from ...ir.handled import union_of, unknown_variants
from ...ir.hooks import HookRequirement, ImportedName
from ...ir.resources import ApiMdLink, HookedApiMd, HookedMethod, Method
from ...ir.streams import HandledTag, HandledUnion
from ...ir.types import TypeName
from .deprecated_values import deprecated_values
from .scope import Scope


@attrs.frozen(kw_only=True)
class KnownTypes:
    """The types that a hook can rely on, by schema name and by Python name."""

    types: Mapping[str, TypeName]
    definitions: Mapping[TypeName, Definition]

    def fields(self, type_name: str) -> dict[str, Span] | None:
        """Return the fields of a class with their spans, or `None` if it isn't a class."""
        name = self.types.get(type_name)
        definition = self.definitions.get(name) if name is not None else None
        if isinstance(definition, (Model, Params)):
            return {field.name: field.span for field in definition.fields}
        return None

    def span_of(self, type_name: str) -> Span | None:
        """Return the span of a type, if there is such a type."""
        name = self.types.get(type_name)
        definition = self.definitions.get(name) if name is not None else None
        return definition.span if definition is not None else None


class Hooks:
    """Makes hooked methods, and checks them when all types are known."""

    def __init__(self, sink: DiagnosticSink) -> None:
        self._sink = sink

    def lower(self, config: HookedMethodConfig, methods: Iterable[Method], scope: Scope) -> HookedMethod | None:
        """Return the hooked method, with the parameters of the one that it is like; `None` if that doesn't exist."""
        like = next((method for method in methods if method.name == scope.method_name(config.like.text)), None)
        if like is None:
            return None
        return HookedMethod(
            name=scope.method_name(config.name),
            like=like.name,
            params=like.params,
            returns=_imported(config.returns),
            async_returns=_imported(config.async_returns),
            requires=tuple(HookRequirement(symbol=name.text, span=name.span) for name in config.requires),
            handles=tuple(_handled(handles) for handles in config.handles),
            deprecated_values=deprecated_values(config.deprecated_values, like.params, self._sink),
            api_md=_api_md(config),
            doc=config.doc,
            span=config.span,
        )

    def check(self, hook: HookedMethod, known_types: KnownTypes) -> None:
        """Report every symbol that the hook requires and that doesn't exist."""
        params = {param.name: param.span for param in hook.params}
        for required in hook.requires:
            owner, dot, field = required.symbol.partition(".")
            if dot and owner in known_types.types:
                self._check_known(
                    hook, required, field, known_types.fields(owner) or {}, f"`{required.symbol}`", owner + dot
                )
            elif owner not in known_types.types and (dot or required.symbol not in params):
                types = {name: known_types.span_of(name) for name in known_types.types}
                known = types if dot or owner[:1].isupper() else params
                kind = "type" if known is types else "parameter"
                self._check_known(hook, required, owner, known, f"the {kind} `{owner}`")

    def check_handled(self, hook: HookedMethod, definitions: Mapping[TypeName, Definition]) -> None:
        """Report the variants that the hook doesn't know of the unions that it handles, and what it knows in vain."""
        for handled in hook.handles:
            union = union_of(handled.symbol, definitions)
            if union is None:
                self._sink.report(catalog.HANDLES_NO_UNION, handled.span, name=handled.symbol, hook=hook.name)
                continue
            tags = [str(tag) for variant in union.variants for tag in variant.tags]
            for tag in handled.tags:
                if tag.tag not in tags:
                    hint = did_you_mean(tag.tag, tags)
                    self._sink.report(
                        catalog.HANDLES_NO_VARIANT, tag.span, hint=hint, tag=tag.tag, union=handled.symbol
                    )
            for tag, variant in unknown_variants(handled, union):
                known = definitions.get(variant.type)
                self._sink.report(
                    catalog.HOOK_MISSES_VARIANT,
                    known.span if known is not None else handled.span,
                    related=[Related(message="what the hook knows is here", span=handled.span)],
                    hook=hook.name,
                    variant=variant.type.name,
                    tag=tag,
                    union=handled.symbol,
                )

    def _check_known(
        self,
        hook: HookedMethod,
        required: HookRequirement,
        name: str,
        known: Mapping[str, Span | None],
        what: str,
        before: str = "",
    ) -> None:
        """`before` is what stands before the name in the symbol: `Message.`"""
        if name in known:
            return
        similar = nearest(name, known)
        span = known[similar] if similar is not None else None
        related = [Related(message=f"`{similar}` is here", span=span)] if span is not None else []
        hint = f"did you mean `{before}{similar}`?" if similar is not None else None
        self._sink.report(catalog.HOOK_SYMBOL, required.span, related=related, hint=hint, what=what, hook=hook.name)


def _handled(config: HandlesConfig) -> HandledUnion:
    tags = tuple(HandledTag(tag=tag.text, span=tag.span) for tag in config.tags)
    return HandledUnion(symbol=config.union.text, tags=tags, span=config.union.span)


def _imported(name: Name) -> ImportedName:
    *module, last = name.text.split(".")
    return ImportedName(module=tuple(module), name=last)


def _api_md(config: HookedMethodConfig) -> HookedApiMd:
    shown = config.api_md
    returns = ApiMdLink(text=shown.returns or _imported(config.returns).name, href=shown.returns_href)
    return HookedApiMd(title=shown.title, params_link=shown.params_link, args=shown.args or "", returns=returns)
