"""What the `__init__` of a package offers: names that are imported on first need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..ir.api import Api
from ..ir.definitions import TypePackage
from ..ir.hooks import ImportedName
from ..ir.resources import Client, Resource
from .imports import module_sort_key, sort_key
from .resources import class_names, constant_names, dotted


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
        "InvalidURLError",
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


@attrs.frozen(kw_only=True)
class PackagePage:
    """The pieces of the `__init__` of a package that imports its names on first need.

    `root` is how the package spells the root package: the dots before `_lazy`.
    """

    root: str
    exports: list[Export]
    old_exports: list[Export] = attrs.field(factory=list[Export])
    """Types that were found here once; their old modules warn."""
    public: list[str] = attrs.field(factory=list[str])
    """The value of `__all__`; without it, the package offers all its exports."""
    submodules: list[str] = attrs.field(factory=list[str])
    """Modules and packages that checkers shall know as attributes."""

    @property
    def imported(self) -> list[Export]:
        """The names that checkers see, in the order of import statements."""
        return in_order([*self.exports, *self.old_exports])

    @property
    def by_name(self) -> list[Export]:
        """The names and their modules for `lazy`, sorted by name."""
        return sorted(self.exports, key=lambda export: export.name)


def type_package(package: TypePackage, extra: Iterable[ImportedName] = ()) -> PackagePage:
    """The page of a package below `types/`."""
    depth = len(package.path)
    exports = [
        Export(module=".".join((*name.package[depth:], name.module)), name=name.name) for name in package.exports
    ]
    return PackagePage(
        root=_root(package.path),
        exports=in_order([*exports, *_hand_written(package.path, extra, exports)]),
        old_exports=in_order(Export(module=name.module, name=name.name) for name in package.old_exports),
    )


def resource_package(
    path: tuple[str, ...], resources: Iterable[Resource], extra: Iterable[ImportedName] = ()
) -> PackagePage:
    """The page of the package `resources` + `path`: it offers the six classes of each resource.

    It also has the constants of its own resource: they are found where they were before the resource had children.
    """
    package = ".".join((".resources", *path)) + "."
    exports = [
        Export(module=dotted(resource).removeprefix(package), name=name)
        for resource in resources
        for name in class_names(resource)
    ]
    exports += _hand_written(("resources", *path), extra, exports)
    public = sorted(export.name for export in exports)
    exports += [
        Export(module=dotted(resource).removeprefix(package), name=name)
        for resource in resources
        if resource.path == path
        for name in constant_names(resource)
    ]
    exports = in_order(exports)
    return PackagePage(root=_root(("resources", *path)), exports=exports, public=public)


def root_package(api: Api) -> PackagePage:
    """The page of the package itself: everything that `import anthropic` offers, but for the version."""
    client = api.client
    clients = {client.class_name, client.async_class_name, "Client", "AsyncClient"}
    exports = [Export(module="_client", name=name) for name in clients]
    exports += [Export(module="_sdk", name=api.package.base_error)]
    exports += [Export(module="_constants", name=constant.name) for constant in client.constants]
    exports += [Export(module=module, name=name) for module, names in RUNTIME_EXPORTS.items() for name in names]
    extra = [name for name in api.package.extra_exports if not name.package]
    exports += [Export(module=".".join(name.module), name=name.name) for name in extra]
    hand_written = {name.module[0] for name in extra if len(name.module) > 1}
    return PackagePage(
        root=".",
        exports=in_order(exports),
        public=_public_names(client, api.package.base_error),
        submodules=sorted({"resources", "types", *hand_written}),
    )


def _hand_written(
    package: tuple[str, ...], extra: Iterable[ImportedName], exports: Iterable[Export]
) -> Iterator[Export]:
    """The names that hand-written modules add to a package. Those that the document makes there are not added."""
    made = {export.name for export in exports}
    for name in extra:
        if name.package == package and name.name not in made:
            yield Export(module=name.module[-1], name=name.name)


def in_order(exports: Iterable[Export]) -> list[Export]:
    """The exports in the order of import statements."""
    return sorted(exports, key=lambda export: (module_sort_key("." + export.module), sort_key(export.name)))


def _root(path: tuple[str, ...]) -> str:
    return "." * (len(path) + 1)


def _public_names(client: Client, base_error: str) -> list[str]:
    """`__all__` of the root package, in the order in which its documentation has it."""
    head = ["types", "__version__", "__title__", "NoneType", "Transport", "ProxiesTypes", "NotGiven", "NOT_GIVEN"]
    errors = ["APIError", "APIStatusError", "APITimeoutError", "APIConnectionError", "APIResponseValidationError"]
    statuses = ["BadRequestError", "AuthenticationError", "PermissionDeniedError", "NotFoundError", "ConflictError"]
    statuses += ["UnprocessableEntityError", "RateLimitError", "InternalServerError"]
    clients = ["Timeout", "RequestOptions", "Client", "AsyncClient", "Stream", "AsyncStream"]
    clients += [client.class_name, client.async_class_name, "file_from_path", "BaseModel"]
    defaults = ["DEFAULT_TIMEOUT", "DEFAULT_MAX_RETRIES", "DEFAULT_CONNECTION_LIMITS"]
    defaults += ["DefaultHttpxClient", "DefaultAsyncHttpxClient"]
    constants = [constant.name for constant in client.constants]
    return [*head, base_error, *errors, *statuses, *clients, *defaults, *constants]
