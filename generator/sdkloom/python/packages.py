"""What the `__init__` of a package offers: names that are imported on first need."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..ir.api import Api
from ..ir.definitions import TypePackage
from ..ir.resources import Resource
from .imports import module_sort_key, sort_key
from .resources import class_names, dotted


@attrs.frozen(kw_only=True)
class Export:
    """`from .message import Message as Message`; `module` is relative to the package: `message`."""

    module: str
    name: str


RUNTIME_EXPORTS: dict[str, tuple[str, ...]] = {
    "_constants": ("DEFAULT_MAX_RETRIES",),
    "_converter": ("converter",),
    "_http.deadline": ("Deadline",),
    "_http.defaults": (
        "DEFAULT_CONNECTION_LIMITS",
        "DEFAULT_TIMEOUT",
        "DefaultAsyncHttpxClient",
        "DefaultHttpxClient",
        "ProxiesTypes",
        "Timeout",
        "Transport",
    ),
    "_structuring.validation_error": ("ValidationError",),
    "_exceptions": (
        "APIConnectionError",
        "APIError",
        "APIResponseValidationError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConflictError",
        "InternalServerError",
        "InvalidHeaderError",
        "NotFoundError",
        "PermissionDeniedError",
        "RateLimitError",
        "StreamDataError",
        "StreamEndedError",
        "StreamStateError",
        "UnprocessableEntityError",
    ),
    "_files": ("file_from_path",),
    "_models": ("BaseModel", "UnknownVariant"),
    "_response": ("APIResponse", "AsyncAPIResponse"),
    "_streaming": ("AsyncStream", "Stream"),
    "_types": ("NOT_GIVEN", "NoneType", "NotGiven", "Omit", "RequestOptions"),
}
"""What every SDK offers at its top: modules of the runtime and the names from them."""


def type_exports(package: TypePackage) -> list[Export]:
    return in_order(Export(module=name.module, name=name.name) for name in package.exports)


def old_exports(package: TypePackage) -> list[Export]:
    """Types that were found here once; their old modules warn."""
    return in_order(Export(module=name.module, name=name.name) for name in package.old_exports)


def resource_exports(path: tuple[str, ...], resources: Iterable[Resource]) -> list[Export]:
    """The six classes of each resource, seen from the package `resources` + `path`."""
    package = ".".join((".resources", *path)) + "."
    return in_order(
        Export(module=dotted(resource).removeprefix(package), name=name)
        for resource in resources
        for name in class_names(resource)
    )


def top_exports(api: Api) -> list[Export]:
    """Everything that `import anthropic` offers, but for the version."""
    clients = {api.client.class_name, api.client.async_class_name, "Client", "AsyncClient"}
    exports = [Export(module="_client", name=name) for name in clients]
    exports += [Export(module="_sdk", name=api.package.base_error)]
    exports += [Export(module="_constants", name=constant.name) for constant in api.client.constants]
    exports += [Export(module=module, name=name) for module, names in RUNTIME_EXPORTS.items() for name in names]
    exports += [Export(module=".".join(name.module), name=name.name) for name in api.package.extra_exports]
    return in_order(exports)


def in_order(exports: Iterable[Export]) -> list[Export]:
    """In the order of import statements."""
    return sorted(exports, key=lambda export: (module_sort_key("." + export.module), sort_key(export.name)))
