"""The whole SDK as data: what `lower` makes and `emit` prints."""

from __future__ import annotations

import attrs

from .definitions import TypeModule, TypePackage
from .package import Package
from .pages import PageScheme
from .resources import Client, Example, Resource, Webhook


@attrs.frozen(kw_only=True)
class Provenance:
    """Where the SDK comes from: the names of the two files, `""` for no sdk.yaml, without their folders.

    The hashes are printed in `.stats.yml` only, and made only where it is printed: they are over the meaning of the
    files, not over their bytes.
    """

    spec_file: str
    config_file: str
    spec_hash: str = ""
    config_hash: str = ""
    openapi_version: str


@attrs.frozen(kw_only=True)
class PublicName:
    """A line of names.lock: `"#/components/schemas/Tool": ToolParam` in the section `requests`."""

    section: str
    place: str
    name: str


@attrs.frozen(kw_only=True)
class Api:
    """`type_modules` are sorted by package and name; `resources` are in the order of sdk.yaml."""

    package: Package
    client: Client
    resources: tuple[Resource, ...]
    type_modules: tuple[TypeModule, ...]
    type_packages: tuple[TypePackage, ...]
    provenance: Provenance
    shared_types: tuple[str, ...] = ()
    """The names of types that belong to no resource, as the reference page lists them."""
    example: Example | None = None
    webhooks: tuple[Webhook, ...] = ()
    pages: tuple[PageScheme, ...] = ()
    names: tuple[PublicName, ...] = attrs.field(default=(), eq=False, repr=False)
    """What names.lock holds, sorted by section and place. The names stand in the other parts too."""

    @property
    def client_methods(self) -> Resource | None:
        """The methods of the client itself, if it has any."""
        return next((resource for resource in self.resources if not resource.path), None)

    @property
    def attributes(self) -> tuple[Resource, ...]:
        """The resources that are attributes of the client."""
        return tuple(resource for resource in self.resources if resource.path)
