"""What a module below `resources/` prints, and the names by which others import it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ..ir.definitions import Definitions
from ..ir.old_names import MovedMethod, OldName, OldResource
from ..ir.pages import PageScheme
from ..ir.resources import Resource
from ..ir.symbols import method_symbol, resource_symbol
from ..ir.walk import resource_module
from .imports import Imports, When, sort_key
from .literals import literal
from .modes import MODES, Mode
from .signatures import AnyMethod, Signatures
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
    attribute: str
    client_suffix: str
    give: str
    """What the wrapped methods do: `give the raw response`."""

    @property
    def doc(self) -> str:
        """The documentation of the property that leads from a class to its wrapper."""
        return f"The same methods; they {self.give}."


WRAPPERS = (
    Wrapper(
        suffix=RAW,
        module="._legacy_response",
        function="to_raw_response_wrapper",
        attribute="with_raw_response",
        client_suffix="WithRawResponse",
        give="give the raw response",
    ),
    Wrapper(
        suffix=STREAMING,
        module="._response",
        function="to_streamed_response_wrapper",
        attribute="with_streaming_response",
        client_suffix="WithStreamedResponse",
        give="give the response before its body is read",
    ),
)


def class_names(resource: Resource) -> list[str]:
    """The six classes of a resource, sorted."""
    names = [f"{mode.prefix}{resource.class_name}{suffix}" for mode in MODES for suffix in _SUFFIXES]
    return sorted(names, key=sort_key)


def tables_of(resource: Resource) -> list[ValueTable]:
    """The tables of all methods of a resource, each constant once."""
    methods = [*resource.methods, *resource.hooked]
    found = {
        table.constant: table
        for method in methods
        for table in value_tables(method, method_symbol(resource.path, method.name))
    }
    return [found[constant] for constant in sorted(found)]


def constant_names(resource: Resource) -> list[str]:
    """The constants that stand in the module of a resource."""
    return [name for table in tables_of(resource) for name in (table.constant, table.notice)]


def about(resource: Resource, wrapper: Wrapper | None = None) -> str:
    """What is said about a resource where the spec says nothing, about properties that lead to it, and about its
    wrappers."""
    symbol = resource_symbol(resource.path)
    if resource.methods or resource.hooked:
        return f"The methods of `{symbol}`" + (f"; they {wrapper.give}." if wrapper else ".")
    return f"The resources of `{symbol}`" + (f"; their methods {wrapper.give}." if wrapper else ".")


def dotted(resource: Resource) -> str:
    """`.resources.beta.beta`: for imports."""
    return ".resources." + ".".join(resource_module(resource))


@attrs.frozen
class OldResources:
    """Properties for old names of resources, in one file. `owner` is the path of the resource, `()` for the client."""

    imports: Imports
    owner: tuple[str, ...]
    resources: Resources

    def class_(self, old: OldResource, mode: Mode, suffix: str = "") -> str:
        """The class that the property gives; for checkers only, as its module may import this one."""
        return self.imports.use(*self._address(old.of, mode, suffix), When.TYPING)

    def local_class(self, path: tuple[str, ...], mode: Mode) -> str:
        """The class of the resource at `path`, for functions that have its `import_`."""
        return self.imports.use(*self._address(path, mode), When.LOCAL)

    def import_(self, path: tuple[str, ...], mode: Mode) -> str:
        """The statement that imports the class of the resource at `path`, for the body of a function."""
        return self.imports.statement(*self._address(path, mode))

    def import_for(self, old: OldResource, mode: Mode) -> str:
        """The import that `value` needs: none if the resource is found below the owner."""
        return "" if self._below(old) else self.import_(old.of, mode)

    def value(self, old: OldResource, mode: Mode) -> str:
        """`self.messages`, or a new object if the resource is found elsewhere."""
        below = self._below(old)
        return f"self.{'.'.join(below)}" if below else f"{self.local_class(old.of, mode)}(self._client)"

    def doc(self, old: OldResource) -> str:
        """The documentation of a property for an old name."""
        return f"Deprecated: use `{resource_symbol(old.of)}`."

    def names(self, old: OldResource) -> str:
        """The old and the new name, as arguments of `renamed`: `"client.chats", "client.messages"`."""
        return f"{literal(method_symbol(self.owner, old.name))}, {literal(resource_symbol(old.of))}"

    def _below(self, old: OldResource) -> tuple[str, ...]:
        length = len(self.owner)
        return old.of[length:] if old.of[:length] == self.owner else ()

    def _address(self, path: tuple[str, ...], mode: Mode, suffix: str = "") -> tuple[str, str]:
        """The module and the name of a class."""
        resource = self.resources[path]
        return dotted(resource), f"{mode.prefix}{resource.class_name}{suffix}"


class ResourcePage:
    """The pieces of one resource module."""

    def __init__(
        self,
        resource: Resource,
        package: str,
        definitions: Definitions,
        resources: Resources,
        pages: Mapping[str, PageScheme] = MappingProxyType({}),
    ) -> None:
        """`package` is the import name of the SDK."""
        self.resource = resource
        self.imports = Imports(("resources", *resource_module(resource)[:-1]), _names_taken(resource))
        self.signatures = Signatures(self.imports, package, definitions, pages, of_client=not resource.path)
        self.old_resources = OldResources(self.imports, resource.path, resources)
        self.wrappers = WRAPPERS

    @property
    def value_tables(self) -> list[ValueTable]:
        """The tables of values that retire or have retired, each constant once."""
        return tables_of(self.resource)

    def tables(self, method: AnyMethod) -> list[ValueTable]:
        """The tables of one method."""
        return value_tables(method, method_symbol(self.resource.path, method.name))

    def symbol(self, name: str) -> str:
        """A member as users write it: `"client.messages.create"`."""
        return literal(method_symbol(self.resource.path, name))

    @property
    def wrapped_old_methods(self) -> list[OldName | MovedMethod]:
        """Hand-written methods aren't wrapped."""
        own, resources = self.resource, self.old_resources.resources

        def has(resource: Resource, name: str) -> bool:
            return any(method.name == name for method in resource.methods)

        old = [old for old in own.old_methods if has(own, old.of)]
        return [*old, *(moved for moved in own.moved_methods if has(resources[moved.resource], moved.of))]

    def old_method(self, old: OldName) -> str:
        """The two names of a method: `"client.messages.send", "client.messages.create"`."""
        return f"{self.symbol(old.name)}, {self.symbol(old.of)}"

    def moved_method(self, moved: MovedMethod) -> str:
        """The old and the new name of a method that moved: `"client.messages.count", "client.tokens.count"`."""
        return f"{self.symbol(moved.name)}, {literal(method_symbol(moved.resource, moved.of))}"

    def moved_imports(self, mode: Mode) -> list[str]:
        """The imports of the resources to which methods have moved."""
        paths = sorted({moved.resource for moved in self.resource.moved_methods})
        return [self.old_resources.import_(path, mode) for path in paths]

    def client_base(self, mode: Mode) -> str:
        """The base class of clients, for checkers only."""
        return self.imports.use("._base_client", f"{mode.base}APIClient", When.TYPING)

    @property
    def exported(self) -> list[str]:
        """The module's `__all__`."""
        return sorted(self.class_name(mode) for mode in MODES)

    @property
    def doc(self) -> str:
        """The documentation of the resource."""
        return self.resource.doc or about(self.resource)

    def wrapper_doc(self, resource: Resource, wrapper: Wrapper) -> str:
        """The documentation of a wrapper of this resource, and of the property that leads to one of a child."""
        return about(resource, wrapper)

    def child_doc(self, child: Resource) -> str:
        """The documentation of the property that leads to a child."""
        return about(child)

    def class_name(self, mode: Mode, suffix: str = "") -> str:
        """One of the six classes of the module: `AsyncMessagesWithRawResponse`."""
        return f"{mode.prefix}{self.resource.class_name}{suffix}"

    def base(self, mode: Mode) -> str:
        """The base class of the resource, imported."""
        if not self.resource.path:
            return self.imports.use("._base_client", f"{mode.base}APIClient")
        return self.imports.use("._resource", f"{mode.base}APIResource")

    def child(self, child: Resource, mode: Mode, suffix: str = "") -> str:
        """A class of a child resource, imported."""
        return self.imports.use(dotted(child), f"{mode.prefix}{child.class_name}{suffix}")

    def wrap(self, wrapper: Wrapper, mode: Mode) -> str:
        """The function that wraps a method, imported."""
        return self.imports.use(wrapper.module, f"{mode.module_prefix}{wrapper.function}")


def _names_taken(resource: Resource) -> set[str]:
    methods = [*resource.methods, *resource.hooked]
    taken = {*class_names(resource), "__all__", "self"}
    taken.update(method.name for method in methods)
    taken.update(param.name for method in methods for param in method.params)
    taken.update(child.attribute for child in resource.children)
    taken.update(old.name for method in methods for old in method.old_names)
    taken.update(old.name for old in (*resource.old_methods, *resource.moved_methods, *resource.old_resources))
    taken.update(table.constant for method in methods for table in value_tables(method, ""))
    return taken
