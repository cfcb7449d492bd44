"""The client and the package: what sdk.yaml says, and what was decided about credentials and servers."""

from __future__ import annotations

from ..document.config import ConstantConfig, PackageConfig, SdkConfig
from ..document.model import Document
from ..ir.hooks import HookFolder, ImportedName
from ..ir.resources import Client, Constant, Package
from .methods.streams import lower_events
from .security import Security
from .servers import LoweredServers


def lower_client(config: SdkConfig, security: Security, servers: LoweredServers) -> Client:
    """Return the client, with the credentials and servers that were decided before."""
    client = config.client
    return Client(
        class_name=client.class_name,
        async_class_name=client.async_class_name,
        base_url=servers.base_url,
        base_url_env=client.base_url_env,
        log_env=client.log_env,
        http_library=client.http_library,
        credentials=security.credentials,
        schemes=security.schemes,
        security=security.default,
        servers=servers.servers,
        headers=client.headers,
        query_arrays=client.query_arrays,
        query_empty=client.query_empty,
        timeout=float(client.timeout),
        connect_timeout=float(client.connect_timeout),
        max_retries=client.max_retries,
        max_connections=client.max_connections,
        max_keepalive_connections=client.max_keepalive_connections,
        idempotency_header=client.idempotency_header,
        error_statuses=client.errors,
        stream_events=lower_events(client.stream_events),
        constants=tuple(_constant(constant) for constant in client.constants),
        doc=client.doc,
        span=client.span,
    )


def lower_package(document: Document, config: SdkConfig) -> Package:
    """Return the package. Its description is that of the document if sdk.yaml has none."""
    package = config.package
    exports = [
        ImportedName(module=tuple(group.module.split(".")), name=name.text, span=name.span)
        for group in config.extra_exports
        for name in group.names
    ]
    return Package(
        distribution=package.distribution,
        import_name=package.import_name,
        version=package.version,
        title=package.title,
        description=package.description or document.info.summary or f"Python client for {document.info.title}",
        license=package.license,
        authors=tuple(map(_author, package.authors)),
        keywords=package.keywords,
        urls=tuple(sorted(package.urls)),
        base_error=package.base_error,
        extra_exports=tuple(exports),
        hooks=_hooks(package),
    )


def _author(text: str) -> tuple[str, str]:
    name, _, address = text.partition("<")
    return name.strip(), address.rstrip(">")


def _hooks(package: PackageConfig) -> tuple[HookFolder, ...]:
    if package.hooks is None:
        return (HookFolder(package.import_name),)
    return tuple(HookFolder(name.text, name.span) for name in package.hooks)


def _constant(constant: ConstantConfig) -> Constant:
    value = constant.value
    return Constant(name=constant.name, value=str(value) if isinstance(value, float) else value, doc=constant.doc)
