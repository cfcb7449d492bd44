"""What a module below `resources/` prints, and the names by which others import it."""

from __future__ import annotations

import attrs

from ..ir.resources import DeprecatedValues, Resource
from ..ir.walk import resource_module
from .imports import Imports, sort_key
from .modes import MODES, Mode
from .signatures import Signatures
from .type_modules import Definitions

RAW = "WithRawResponse"
STREAMING = "WithStreamingResponse"
_SUFFIXES = ("", RAW, STREAMING)


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

    def __init__(self, resource: Resource, definitions: Definitions) -> None:
        self.resource = resource
        self.imports = Imports(("resources", *resource_module(resource)[:-1]), _names_taken(resource))
        self.signatures = Signatures(self.imports, definitions)
        self.wrappers = WRAPPERS

    @property
    def deprecated_values(self) -> list[DeprecatedValues]:
        """The tables of values that retire, each constant once."""
        methods = [*self.resource.methods, *self.resource.hooked]
        found = {
            method.deprecated_values.constant: method.deprecated_values
            for method in methods
            if method.deprecated_values
        }
        return [found[constant] for constant in sorted(found)]

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


def _names_taken(resource: Resource) -> set[str]:
    methods = [*resource.methods, *resource.hooked]
    taken = {*class_names(resource), "__all__", "self"}
    taken.update(method.name for method in methods)
    taken.update(param.name for method in methods for param in method.params)
    taken.update(child.path[-1] for child in resource.children)
    taken.update(method.deprecated_values.constant for method in methods if method.deprecated_values)
    return taken
