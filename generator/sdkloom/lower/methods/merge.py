"""The resources of sdk.yaml together with those that are inferred: what it names changes, all the rest stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Union

import attrs

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import HookedMethodConfig, MethodConfig, ResourceConfig
from ..names import identifiers as names
from .resources import walk_configs

AnyMethod = Union[MethodConfig, HookedMethodConfig]
Path = tuple[str, ...]


def merge_resources(
    configured: tuple[ResourceConfig, ...],
    inferred: tuple[ResourceConfig, ...],
    everything: tuple[ResourceConfig, ...],
    sink: DiagnosticSink,
) -> tuple[ResourceConfig, ...]:
    """Return the tree of both: first what sdk.yaml lists, in its order, then the rest.

    A method that sdk.yaml lists takes its operation away from where it was inferred. One without `endpoint` is the
    method that is inferred in its place, or would be if nothing were skipped: `everything`. If there is none, that is
    reported.
    """
    return _Merge(configured, inferred, everything, sink).tree()


class _Merge:
    def __init__(
        self,
        configured: tuple[ResourceConfig, ...],
        inferred: tuple[ResourceConfig, ...],
        everything: tuple[ResourceConfig, ...],
        sink: DiagnosticSink,
    ) -> None:
        self._sink = sink
        self._inferred = inferred
        self._places = {
            (*path, method.name): method
            for tree in (everything, inferred)
            for path, resource in walk_configs(tree)
            for method in resource.methods
        }
        self._configured = tuple(self._resolved(resource, ()) for resource in configured)
        self._known = {(method.verb, method.path) for method in _generated(inferred)}
        self._taken = {(method.verb, method.path) for method in _generated(self._configured)}

    def tree(self) -> tuple[ResourceConfig, ...]:
        merged = self._merged(self._configured, self._inferred)
        for _, resource in walk_configs(merged):
            self._check_likes(resource)
        return merged

    def _check_likes(self, resource: ResourceConfig) -> None:
        """`like` must name a generated method of the same resource."""
        generated = [method.name for method in resource.methods if isinstance(method, MethodConfig)]
        for method in resource.methods:
            if isinstance(method, HookedMethodConfig) and method.like.text not in generated:
                name = method.like.text
                hint = did_you_mean(name, generated, "`like` names a generated method of the same resource")
                self._sink.report(config_catalog.UNKNOWN_LIKE, method.like.span, hint=hint, name=name)

    def _resolved(self, resource: ResourceConfig, parents: Path) -> ResourceConfig:
        """The resource with the endpoints of the methods that have none in sdk.yaml."""
        path = (*parents, resource.name) if resource.name else parents
        found = (self._endpoint_of(method, path) for method in resource.methods)
        return attrs.evolve(
            resource,
            methods=tuple(method for method in found if method is not None),
            resources=tuple(self._resolved(child, path) for child in resource.resources),
        )

    def _endpoint_of(self, method: AnyMethod, path: Path) -> AnyMethod | None:
        if not isinstance(method, MethodConfig) or method.path:
            return method
        place = self._places.get((*path, method.name))
        if not isinstance(place, MethodConfig):
            known = {name[-1] for name in self._places if name[:-1] == path}
            hint = did_you_mean(method.name, sorted(known), "say what it calls with `endpoint`")
            owner = f"`{'.'.join(path)}`" if path else "the client"
            self._sink.report(config_catalog.NOT_INFERRED, method.span, name=method.name, owner=owner, hint=hint)
            return None
        return attrs.evolve(method, verb=place.verb, path=place.path, endpoint=place.endpoint)

    def _merged(
        self, configured: Iterable[ResourceConfig], inferred: Iterable[ResourceConfig]
    ) -> tuple[ResourceConfig, ...]:
        rest = {resource.name: resource for resource in inferred}
        found: dict[str, ResourceConfig] = {}
        for resource in configured:
            name = resource.rename or resource.name
            found[name] = self._pair(attrs.evolve(resource, rename=None), rest.pop(resource.name, None), name)
        for resource in rest.values():
            left = self._left(resource)
            if left is not None:
                name = left.name
                found[name] = self._pair(found[name], left, name) if name in found else left
        return tuple(found.values())

    def _pair(self, one: ResourceConfig, other: ResourceConfig | None, name: str) -> ResourceConfig:
        methods = tuple(_renamed(method) for method in one.methods)
        if other is None:
            return attrs.evolve(one, name=name, methods=methods, resources=self._merged(one.resources, ()))
        taken = {method.name: method for method in methods}
        return attrs.evolve(
            one,
            name=name,
            types=one.types or other.types,
            methods=(*methods, *self._beside(taken, other)),
            resources=self._merged(one.resources, other.resources),
            doc=one.doc or other.doc,
        )

    def _left(self, resource: ResourceConfig) -> ResourceConfig | None:
        """What is left of a resource that sdk.yaml doesn't list; nothing if all its operations are taken."""
        children = tuple(left for child in resource.resources if (left := self._left(child)) is not None)
        methods = tuple(self._open(resource))
        return attrs.evolve(resource, methods=methods, resources=children) if methods or children else None

    def _open(self, resource: ResourceConfig) -> Iterator[MethodConfig]:
        for method in resource.methods:
            if isinstance(method, MethodConfig) and (method.verb, method.path) not in self._taken:
                yield method

    def _beside(self, taken: Mapping[str, AnyMethod], resource: ResourceConfig) -> Iterator[MethodConfig]:
        """The inferred methods, under names that sdk.yaml has left them."""
        used = {*taken, *(method.name for method in resource.methods)}
        for method in self._open(resource):
            if method.name not in taken:
                yield method
                continue
            name = names.free_name(f"{method.verb}_{_last_segment(method.path)}", used)
            used.add(name)
            other = taken[method.name]
            if not isinstance(other, MethodConfig) or (other.verb, other.path) in self._known:
                endpoint = f"{method.verb} {method.path}"
                self._sink.report(
                    config_catalog.INFERRED_ELSEWHERE, other.span, endpoint=endpoint, name=name, wanted=method.name
                )
            yield attrs.evolve(method, name=name)


def _generated(resources: Iterable[ResourceConfig]) -> Iterator[MethodConfig]:
    for _, resource in walk_configs(resources):
        yield from (method for method in resource.methods if isinstance(method, MethodConfig))


def _renamed(method: AnyMethod) -> AnyMethod:
    if isinstance(method, MethodConfig) and method.rename is not None:
        return attrs.evolve(method, name=method.rename, rename=None)
    return method


def _last_segment(path: str) -> str:
    """The last segment of a path that isn't a parameter."""
    segments = [segment for segment in path.partition("?")[0].split("/") if segment and "{" not in segment]
    return segments[-1] if segments else "root"
