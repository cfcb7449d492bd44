"""Import cycles between type modules, and aliases that are defined by themselves.

Classes need each other only in annotations, so the members of a cycle import each other at the bottom of their
modules: whichever is imported first, its class exists before the others ask for it. A module that holds nothing but an
alias needs the classes at once and imports them at the top. In an alias no other alias of the same cycle is named: it
is spelled out instead.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...ir.definitions import Alias, Definition, Model, Params, TaggedUnion, TypeModule
from ...ir.types import NamedType, Primitive, Scalar, TypeExpr, TypeName, UnionType
from ...ir.walk import at_import, in_annotations, named_types, replaced, with_types
from .type_names import ModuleKey

Node = TypeVar("Node", bound=Hashable)

_DEEPEST = 100
"""Python imports modules inside of modules at most so deep: it needs six frames for each, and has 1000."""

_LONGEST = 1000
"""An alias that is spelled out names at most so many types."""


def resolve_cycles(modules: Iterable[TypeModule], sink: DiagnosticSink) -> tuple[TypeModule, ...]:
    """Return the modules with `late_imports` filled in and without aliases that need themselves.

    An alias that is defined by itself is reported, and one that is too long without the names of others.
    """
    listed = list(modules)
    broken = _recursive_aliases(listed, sink)
    unrolled = [_without_recursive_aliases(module, broken) for module in listed]
    definitions = {definition.name: definition for module in unrolled for definition in module.definitions}
    needs = {_key(module): _needs(module) for module in unrolled}
    component = _components(needs)
    _check_depth(unrolled, needs, component, sink)
    spelled = [_spelled_out(module, definitions, component, sink) for module in unrolled]
    return tuple(_in_order(_with_late_imports(module, component)) for module in spelled)


def _recursive_aliases(modules: Iterable[TypeModule], sink: DiagnosticSink) -> frozenset[TypeName]:
    """Aliases that reach themselves through aliases alone: the first by name of each cycle."""
    aliases = {
        definition.name: definition
        for module in modules
        for definition in module.definitions
        if isinstance(definition, (Alias, TaggedUnion))
    }
    graph = {name: [need for need in at_import(alias) if need in aliases] for name, alias in aliases.items()}
    component = _components(graph)
    members: dict[int, list[TypeName]] = {}
    for name, number in component.items():
        members.setdefault(number, []).append(name)
    recursive = {name for name in aliases if len(members[component[name]]) > 1 or name in graph[name]}
    broken = frozenset(min(members[component[name]]) for name in recursive)
    for name in sorted(broken):
        sink.report(catalog.RECURSIVE_ALIAS, aliases[name].span, name=name.name)
    return broken


def _without_recursive_aliases(module: TypeModule, broken: frozenset[TypeName]) -> TypeModule:
    """Inside of aliases, `object` stands for a broken one; classes may still name it."""
    if not broken:
        return module

    def degrade(name: TypeName) -> TypeExpr | None:
        return Scalar(Primitive.OBJECT) if name in broken else None

    definitions = tuple(
        with_types(definition, lambda expr: replaced(expr, degrade)) if isinstance(definition, Alias) else definition
        for definition in module.definitions
    )
    return attrs.evolve(module, definitions=definitions)


def _needs(module: TypeModule) -> list[ModuleKey]:
    found: dict[ModuleKey, None] = {}
    for definition in module.definitions:
        for name in (*at_import(definition), *in_annotations(definition)):
            found.setdefault((name.package, name.module))
    found.pop(_key(module), None)
    return list(found)


def _check_depth(
    modules: Iterable[TypeModule],
    needs: Mapping[ModuleKey, Iterable[ModuleKey]],
    component: Mapping[ModuleKey, int],
    sink: DiagnosticSink,
) -> None:
    """Report the first module whose import would be too deep for Python."""
    depths: dict[int, int] = {}
    members: dict[int, list[TypeModule]] = {}
    for module in modules:
        members.setdefault(component[_key(module)], []).append(module)
    for number in sorted(members):  # what a component needs has a lower number
        keys = {_key(module) for module in members[number]}
        outside = (
            depths[component[need]] for key in keys for need in needs[key] if need in component and need not in keys
        )
        depths[number] = max(outside, default=0) + _depth_inside(keys, needs)
        if depths[number] > _DEEPEST:
            sink.report(catalog.TOO_ENTANGLED, min(module.span for module in members[number]))
            return


def _depth_inside(keys: Collection[ModuleKey], needs: Mapping[ModuleKey, Iterable[ModuleKey]]) -> int:
    """How deep the modules of a cycle import each other, from the first one by name."""
    start = min(keys)
    seen = {start}
    work = [iter(needs[start])]
    deepest = 1
    while work:
        further = next((need for need in work[-1] if need in keys and need not in seen), None)
        if further is None:
            work.pop()
        else:
            seen.add(further)
            work.append(iter(needs[further]))
            deepest = max(deepest, len(work))
    return deepest


def _spelled_out(
    module: TypeModule,
    definitions: Mapping[TypeName, Definition],
    component: Mapping[ModuleKey, int],
    sink: DiagnosticSink,
) -> TypeModule:
    """The aliases of a cycle without names of other aliases of that cycle."""
    own = component[_key(module)]
    known: dict[TypeName, TypeExpr | None] = {}
    lengths: dict[TypeName, int] = {}

    def expand(name: TypeName) -> TypeExpr | None:
        key = (name.package, name.module)
        if key == _key(module) or component.get(key) != own:
            return None
        match definitions.get(name):
            case Alias() as alias:
                if name not in known:
                    known[name] = None
                    found = replaced(alias.type, expand)
                    lengths[name] = sum(lengths.get(inner, 1) for inner in named_types(alias.type))
                    known[name] = found if lengths[name] <= _LONGEST else None
                if known[name] is None:
                    sink.report(catalog.TOO_ENTANGLED, alias.span)
                return known[name]
            case TaggedUnion() as union:
                return UnionType(tuple(NamedType(variant.type) for variant in union.variants))
            case _:
                return None

    changed = tuple(
        with_types(definition, lambda expr: replaced(expr, expand)) if isinstance(definition, Alias) else definition
        for definition in module.definitions
    )
    return attrs.evolve(module, definitions=changed)


def _with_late_imports(module: TypeModule, component: Mapping[ModuleKey, int]) -> TypeModule:
    own = _key(module)
    if not any(isinstance(definition, (Model, Params)) for definition in module.definitions):
        return module
    late = {
        name
        for definition in module.definitions
        for name in (*in_annotations(definition), *at_import(definition))
        if (name.package, name.module) != own and component.get((name.package, name.module)) == component[own]
    }
    return attrs.evolve(module, late_imports=tuple(sorted(late)))


def _in_order(module: TypeModule) -> TypeModule:
    """The module with what an alias needs in front of the alias."""
    own = {definition.name: definition for definition in module.definitions}
    ordered: dict[TypeName, Definition] = {}
    for definition in module.definitions:
        pending = {definition.name: definition}
        while pending:
            name, last = next(reversed(pending.items()))
            further = [need for need in at_import(last) if need in own and need not in ordered and need not in pending]
            if further:
                pending[further[0]] = own[further[0]]
            else:
                ordered.setdefault(name, pending.pop(name))
    return attrs.evolve(module, definitions=tuple(ordered.values()))


def _key(module: TypeModule) -> ModuleKey:
    return (module.package, module.name)


def _components(graph: Mapping[Node, Iterable[Node]]) -> dict[Node, int]:
    """Strongly connected components (Tarjan, without recursion): node → number of its component."""
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    component: dict[Node, int] = {}
    stack: list[Node] = []
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in graph or successor in component:
                    continue
                if successor not in order:
                    order[successor] = low[successor] = len(order)
                    stack.append(successor)
                    work.append((successor, iter(graph[successor])))
                    break
                low[node] = min(low[node], order[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    _close(node, stack, component)
    return component


def _close(node: Node, stack: list[Node], component: dict[Node, int]) -> None:
    number = len(component)
    while True:
        member = stack.pop()
        component[member] = number
        if member == node:
            return
