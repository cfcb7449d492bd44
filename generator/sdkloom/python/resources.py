"""What a module below `resources/` prints, and the names by which others import it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ..ir.old_names import OldName, OldResource
from ..ir.resources import Resource
from ..ir.symbols import method_symbol, resource_symbol
from ..ir.walk import resource_module
from .imports import Imports, When, sort_key
from .literals import literal
from .modes import MODES, Mode
from .signatures import AnyMethod, Signatures
from .type_modules import Definitions
from .value_tables import ValueTable, value_tables

RAW = "WithRawResponse"
STREAMING = "WithStreamingResponse"
_SUFFIXES = ("", RAW, STREAMING)

Resources = Mapping[tuple[str, ...], Resource]
"""Every resource of the SDK by its path."""


@attrs.frozen(kw_only=True)
class Wrapper:
    """A family of classes that wrap a resource: what they are called, and the function that wraps a method."""

    suffix: str
    module: str
    function: str
    property: str
    client_suffix: str
    doc: str


WRAPPERS = (
    Wrapper(
        suffix=RAW,
        module="._legacy_response",
        function="to_raw_response_wrapper",
        property="with_raw_response",
        client_suffix="WithRawResponse",
        doc="The same methods; they give the raw response.",
    ),
    Wrapper(
        suffix=STREAMING,
        module="._response",
        function="to_streamed_response_wrapper",
        property="with_streaming_response",
        client_suffix="WithStreamedResponse",
        doc="The same methods; they give the response before its body is read.",
    ),
)


def class_names(resource: Resource) -> list[str]:
    """The six classes of a resource, sorted."""
    names = [f"{mode.prefix}{resource.class_name}{suffix}" for mode in MODES for suffix in _SUFFIXES]
    return sorted(names, key=sort_key)


def dotted(resource: Resource) -> str:
    """`.resources.beta.beta`: for imports."""
    return ".resources." + ".".join(resource_module(resource))


class ResourcePage:
    """The pieces of one resource module."""

    def __init__(self, resource: Resource, definitions: Definitions, resources: Resources) -> None:
        self.resource = resource
        self._resources = resources
        self.imports = Imports(("resources", *resource_module(resource)[:-1]), _names_taken(resource))
        self.signatures = Signatures(self.imports, definitions)
        self.wrappers = WRAPPERS

    @property
    def value_tables(self) -> list[ValueTable]:
        """The tables of values that retire or have retired, each constant once."""
        methods = [*self.resource.methods, *self.resource.hooked]
        found = {table.constant: table for method in methods for table in self.tables(method)}
        return [found[constant] for constant in sorted(found)]

    def tables(self, method: AnyMethod) -> list[ValueTable]:
        return value_tables(method, method_symbol(self.resource.path, method.name))

    def symbol(self, name: str) -> str:
        """A member as users write it: `"client.messages.create"`."""
        return literal(method_symbol(self.resource.path, name))

    def old_class(self, old: OldResource, mode: Mode, suffix: str = "") -> str:
        """A class of the resource that an old name stands for; for checkers only, as it may stand anywhere."""
        resource = self._resources[old.of]
        return self.imports.use(dotted(resource), f"{mode.prefix}{resource.class_name}{suffix}", When.TYPING)

    def old_import(self, old: OldResource, mode: Mode) -> str:
        """The import that `old_value` needs: none if the resource is found below this one."""
        return "" if self._below(old) else imported(self._resources[old.of], mode, self.old_class(old, mode))

    def old_value(self, old: OldResource, mode: Mode) -> str:
        """`self.messages`, or a new object of a class that is found elsewhere."""
        below = self._below(old)
        return f"self.{'.'.join(below)}" if below else f"{self.old_class(old, mode)}(self._client)"

    def _below(self, old: OldResource) -> tuple[str, ...]:
        own = self.resource.path
        return old.of[len(own) :] if old.of[: len(own)] == own else ()

    @property
    def wrapped_old_methods(self) -> list[OldName]:
        """Hand-written methods aren't wrapped."""
        wrapped = {method.name for method in self.resource.methods}
        return [old for old in self.resource.old_methods if old.of in wrapped]

    def renamed(self, old: OldName | OldResource) -> str:
        """The two names of a method or a resource as arguments: `"client.messages.send", "client.messages.create"`."""
        new = method_symbol(self.resource.path, old.of) if isinstance(old.of, str) else resource_symbol(old.of)
        return f"{self.symbol(old.name)}, {literal(new)}"

    @property
    def exported(self) -> list[str]:
        """The module's `__all__`."""
        return sorted(f"{mode.prefix}{self.resource.class_name}" for mode in MODES)

    def base(self, mode: Mode) -> str:
        return self.imports.use("._resource", f"{mode.base}APIResource")

    def child(self, child: Resource, mode: Mode, suffix: str = "") -> str:
        """A class of a child resource, imported."""
        return self.imports.use(dotted(child), f"{mode.prefix}{child.class_name}{suffix}")

    def wrap(self, wrapper: Wrapper, mode: Mode) -> str:
        return self.imports.use(wrapper.module, f"{mode.module_prefix}{wrapper.function}")


def imported(resource: Resource, mode: Mode, spelling: str) -> str:
    """`from .resources.todo import Todo as ResourcesTodo`: for the body of a function."""
    name = f"{mode.prefix}{resource.class_name}"
    alias = "" if spelling == name else f" as {spelling}"
    return f"from {dotted(resource)} import {name}{alias}"


def _names_taken(resource: Resource) -> set[str]:
    methods = [*resource.methods, *resource.hooked]
    taken = {*class_names(resource), "__all__", "self"}
    taken.update(method.name for method in methods)
    taken.update(param.name for method in methods for param in method.params)
    taken.update(child.path[-1] for child in resource.children)
    taken.update(old.name for method in methods for old in method.old_names)
    taken.update(old.name for old in (*resource.old_methods, *resource.old_resources))
    taken.update(table.constant for method in methods for table in value_tables(method, ""))
    return taken
