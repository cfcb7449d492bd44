"""`deprecated_names` of sdk.yaml: each line is checked against the SDK as it is now, and becomes part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...diagnostics.span import Span
from ...document.config import DeprecatedNameConfig, Name
from ...ir.api import Api
from ...ir.definitions import Definition
from ...ir.old_names import MovedMethod, OldName, OldResource, OldType, OldValue
from ...ir.resources import HookedMethod, MethodParam, ParamLocation, Resource, Streaming
from ...ir.symbols import method_symbol, param_symbol, resource_symbol, type_symbol
from ...ir.types import TypeName
from ...ir.walk import all_definitions
from . import identifiers as names
from .old_names import OldNames, dict_of_params, with_old_names
from .symbols import (
    FieldTarget,
    KeyTarget,
    MethodTarget,
    ParamTarget,
    ResourceTarget,
    Symbol,
    Target,
    TypeTarget,
    ValueTarget,
    parse_symbol,
    targets,
)


def with_deprecated_names(api: Api, configs: Iterable[DeprecatedNameConfig], sink: DiagnosticSink) -> Api | None:
    """Return the SDK with the old names that sdk.yaml lists. `None` after an error, which was reported."""
    lines = tuple(_lines(configs, api.package.import_name, sink))
    if lines:
        checker = _Checker(api, lines, sink)
        for line in sorted(lines, key=lambda line: (line.old.last, str(line.old))):
            checker.check(line)
        api = with_old_names(api, checker.found)
    return None if sink.has_errors else api


@attrs.frozen(kw_only=True)
class _Line:
    """`old: new`, and where the two stand."""

    old: Symbol
    new: Symbol
    span: Span
    new_span: Span


def _lines(configs: Iterable[DeprecatedNameConfig], package: str, sink: DiagnosticSink) -> Iterator[_Line]:
    for config in configs:
        old, new = _symbol(config.old, package, sink), _symbol(config.new, package, sink)
        if old is not None and new is not None:
            yield _Line(old=old, new=new, span=config.old.span, new_span=config.new.span)


def _symbol(name: Name, package: str, sink: DiagnosticSink) -> Symbol | None:
    symbol = parse_symbol(name.text)
    if symbol is None or not (symbol.is_of_client or symbol.is_of_types(package)):
        sink.report(catalog.NOT_A_SYMBOL, name.span, text=name.text, package=package)
        return None
    return symbol


class _Checker:
    """Checks line by line. What is right is collected in `found`."""

    def __init__(self, api: Api, lines: Iterable[_Line], sink: DiagnosticSink) -> None:
        self._sink = sink
        self._package = api.package.import_name
        self._exports = {name for package in api.type_packages for name in package.exports}
        self._options = {credential.option for credential in api.client.credentials}
        self._targets = targets(api)
        self._current_names: dict[Symbol, Symbol] = {}
        for line in sorted(lines, key=lambda line: line.old.depth):  # owners first
            self._current_names[line.old] = self._current_names[self._current(line.old)] = line.new
        self._addresses = set(all_definitions(api))
        self._packages = {package.path for package in api.type_packages}
        for line in lines:  # whatever a module or package of an old type lies in, was a package
            self._packages |= {line.old.path[1:end] for end in range(2, len(line.old.path) - 1)}
        self._by_key = dict(_params_by_key(self._targets.values()))
        self._used: dict[Symbol, Symbol] = {}
        self.found = OldNames()

    def check(self, line: _Line) -> None:
        """Collect the old name in `found`, or report what is wrong with the line."""
        target = self._targets.get(str(line.new))
        if target is None:
            hint = did_you_mean(str(line.new), self._targets)
            self._sink.report(catalog.NO_SYMBOL, line.new_span, symbol=line.new, hint=hint)
        elif line.old.shape != line.new.shape:
            one, other = line.old.shape, line.new.shape
            self._sink.report(catalog.KINDS_DIFFER, line.span, old=line.old, one=one, new=line.new, other=other)
        elif isinstance(target, TypeTarget):
            self._type(line, target.definition)
        elif isinstance(target, FieldTarget):
            self._field(line, target)
        elif isinstance(target, KeyTarget):
            self._key(line, target)
        elif isinstance(target, ResourceTarget):
            self._resource(line, target.resource)
        elif isinstance(target, MethodTarget):
            self._method(line, target)
        elif isinstance(target, ParamTarget):
            self._param(line, target)
        else:
            self._value(line, target)

    def _type(self, line: _Line, definition: Definition) -> None:
        *package, last = line.old.path[1:-1]
        name = TypeName(package=(*package, last), module=names.module_name(line.old.name), name=line.old.name)
        is_exported = name.package in self._packages
        if not is_exported:
            name = attrs.evolve(name, package=tuple(package), module=last)
        is_package = (*name.package, name.module) in self._packages
        if self._is_free(line, line.old, is_package or name in self._addresses):
            path, of = str(line.old), definition.name
            old = OldType(name=name, of=of, path=path, of_path=self._import_path(of), span=line.span)
            self.found.types.append(old)
            if is_exported:
                self.found.exports.append(name)

    def _import_path(self, name: TypeName) -> str:
        module = () if name in self._exports else (name.module,)
        return ".".join((self._package, *name.package, *module, name.name))

    def _field(self, line: _Line, target: FieldTarget) -> None:
        old = self._current(line.old)
        if self._belongs(line, old, type_symbol(self._package, target.owner.name), names.MODEL_MEMBERS):
            self.found.fields[target.owner.name].append(_old_name(line, target.field.name))

    def _key(self, line: _Line, target: KeyTarget) -> None:
        param, key = self._by_key.get((target.owner.name, target.field.wire_name)), line.old.key
        if param is None or key is None or not key.isidentifier():
            why = "dictionaries are sent as they are, and nothing looks into them"
            self._sink.report(catalog.NO_OLD_NAME, line.span, what=f"`{line.new}`", why=why)
        elif self._belongs(line, self._current(line.old), type_symbol(self._package, target.owner.name)):
            path = ("client", *param.resource.path, param.method.name)
            self._param(attrs.evolve(line, old=Symbol(path, key), new=Symbol(path, target.field.wire_name)), param)

    def _resource(self, line: _Line, resource: Resource) -> None:
        old = self._current(line.old)
        parent = old.owner
        if len(parent.path) > 1 and not isinstance(self._targets.get(str(parent)), ResourceTarget):
            keep = f"keep it in sdk.yaml, if need be as an empty resource: `{parent.name}: {{}}`"
            hint = did_you_mean(str(parent), self._targets, keep)
            self._sink.report(catalog.NO_SYMBOL, line.span, symbol=parent, hint=hint)
        elif parent.path[: len(line.new.path)] == line.new.path:
            why = f"`{line.old}` would lie inside of it"
            self._sink.report(catalog.NO_OLD_NAME, line.span, what=f"`{line.new}`", why=why)
        else:
            of_client = names.CLIENT_MEMBERS | self._options
            if self._is_free(line, old, old.name in (names.RESOURCE_MEMBERS if parent.path[1:] else of_client)):
                found = OldResource(name=old.name, of=resource.path, span=line.span)
                self.found.resources[parent.path[1:]].append(found)

    def _method(self, line: _Line, target: MethodTarget) -> None:
        path, old = target.resource.path, self._current(line.old)
        if old.owner.path != ("client", *path) and isinstance(self._targets.get(str(old.owner)), ResourceTarget):
            if self._is_free(line, old, old.name in names.RESOURCE_MEMBERS):
                moved = MovedMethod(name=old.name, resource=path, of=target.method.name, span=line.span)
                self.found.moved_methods[old.owner.path[1:]].append(moved)
        elif self._belongs(line, old, resource_symbol(path), names.RESOURCE_MEMBERS):
            self.found.methods[path].append(_old_name(line, target.method.name))

    def _param(self, line: _Line, target: ParamTarget) -> None:
        path, method = target.resource.path, target.method
        if isinstance(target.param, Streaming):
            why = "checkers tell by it what the method returns"
            self._sink.report(catalog.NO_OLD_NAME, line.span, what=f"`{line.new}`", why=why)
        elif self._belongs(line, self._current(line.old), method_symbol(path, method.name), names.REQUEST_OPTIONS):
            self.found.params[path, method.name].append(_old_name(line, target.param.name))

    def _value(self, line: _Line, target: ValueTarget) -> None:
        path, method, param = target.resource.path, target.method, target.param
        old, new = line.old.value, line.new.value
        if not isinstance(old, str) or not isinstance(new, str):
            self._sink.report(catalog.NO_OLD_NAME, line.span, what=f"`{line.new}`", why="only texts can be replaced")
        elif param.location is ParamLocation.PATH:
            why = "values in a path are sent as they are"
            self._sink.report(catalog.NO_OLD_NAME, line.span, what=f"`{line.new}`", why=why)
        elif self._belongs(line, self._current(line.old), param_symbol(path, method.name, param.name)):
            value = OldValue(param=param.name, value=old, of=new, span=line.span)
            self.found.values[path, method.name].append(value)

    def _belongs(self, line: _Line, old: Symbol, owner: str, reserved: frozenset[str] = frozenset()) -> bool:
        """Whether the old name was found in `owner`, which has the new one, and nothing else has it there."""
        if str(old.owner) != owner:
            self._sink.report(catalog.OWNERS_DIFFER, line.span, old=line.old, new=line.new, owner=owner)
            return False
        return self._is_free(line, old, old.value is None and old.last in reserved)

    def _is_free(self, line: _Line, old: Symbol, is_reserved: bool) -> bool:
        new = self._current(line.new)
        if old not in self._used and not is_reserved and str(old) not in self._targets:
            self._used[old] = new
            return True
        if self._used.get(old) != new:  # the same may be said twice: of a hand-written method and the one it is like
            self._sink.report(catalog.OLD_NAME_TAKEN, line.span, symbol=line.old)
        return False

    def _current(self, symbol: Symbol) -> Symbol:
        """`symbol` with its owner as that is called now; in place of a hand-written method, the one that it is like."""
        if len(symbol.owner.path) < 2:
            return symbol
        owner = self._current_names.get(symbol.owner)
        if owner is None:
            current = self._current(symbol.owner)
            owner = self._current_names.get(current, current)
        target = self._targets.get(str(owner))
        if symbol.param is not None and isinstance(target, MethodTarget) and isinstance(target.method, HookedMethod):
            owner = owner.sibling(target.method.like)
        return symbol.below(owner)


def _old_name(line: _Line, of: str) -> OldName:
    return OldName(name=line.old.last, of=of, span=line.span)


def _params_by_key(targets: Iterable[Target]) -> Iterator[tuple[tuple[TypeName, str], ParamTarget]]:
    """The parameters of methods by the keys of the dictionaries that may be unpacked into calls."""
    for target in targets:
        if isinstance(target, ParamTarget) and isinstance(target.param, MethodParam):
            name = dict_of_params(target.method)
            if name is not None:
                yield (name, target.param.name), target
