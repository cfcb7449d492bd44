"""The client and the package: what sdk.yaml says, and what was decided about credentials and servers."""

from __future__ import annotations

import re

from ..diagnostics import config_catalog
from ..diagnostics.model import DiagnosticSink
from ..document.config import ConstantConfig, PackageConfig, SdkConfig
from ..document.model import Document
from ..ir.hooks import HookFolder, ImportedName
from ..ir.package import LICENSE_TEXTS, Package
from ..ir.resources import Client, Constant
from .methods.streams import lower_events
from .security import Security
from .servers import LoweredServers

_PAGE = re.compile(r"https?://[^\s<>\"'`\\\x00-\x20\x7f]+")
_MAIL = re.compile(r"[^\s<>()\[\]\"'`\\@\x00-\x20\x7f]+@[^\s<>()\[\]\"'`\\@\x00-\x20\x7f]+")


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
        platform_headers=client.platform_headers,
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


def lower_package(document: Document, config: SdkConfig, sink: DiagnosticSink) -> Package:
    """Return the package. Its description is that of the document if sdk.yaml has none."""
    package = config.package
    _check_license(document, package, sink)
    authors, title = tuple(map(_author, package.authors)), package.title
    exports = [
        ImportedName(module=tuple(group.module.split(".")), name=name.text, span=name.span)
        for group in config.extra_exports
        for name in group.names
    ]
    return Package(
        distribution=package.distribution,
        import_name=package.import_name,
        version=package.version,
        tagged=package.tagged,
        title=title,
        description=package.description or document.info.summary or f"Python client for {document.info.title}",
        license=package.license,
        license_text=package.license_text,
        copyright=package.copyright or ", ".join(name for name, _ in authors if name) or f"The authors of {title}",
        ci=package.ci,
        contact=_contact(document, sink),
        authors=authors,
        keywords=package.keywords,
        urls=tuple(sorted({**_pages(document, sink), **dict(package.urls)}.items())),
        base_error=package.base_error,
        extra_exports=tuple(exports),
        hooks=_hooks(package),
    )


def _check_license(document: Document, package: PackageConfig, sink: DiagnosticSink) -> None:
    """Report a licence that the package doesn't name, or that it has no text of."""
    of_document = document.info.license
    if package.license is not None:
        if package.license_text is None and package.license_file is None and package.license not in LICENSE_TEXTS:
            span = package.license_span if package.has_license or of_document is None else of_document.span
            sink.report(config_catalog.NO_LICENSE_TEXT, span, name=package.license)
    elif of_document is not None and not package.has_license and package.license_file is None:
        name = of_document.identifier or of_document.name
        if name:
            sink.report(config_catalog.NO_LICENSE, of_document.span, name=name)


def _pages(document: Document, sink: DiagnosticSink) -> dict[str, str]:
    """The pages that the document names, by their labels. What is no address on the web is reported."""
    info, contact = document.info, document.info.contact
    named = (
        ("Documentation", document.documentation, document.documentation_span),
        ("Terms of service", info.terms_of_service, info.span),
        ("Contact", contact.url if contact else None, contact.span if contact else info.span),
    )
    found: dict[str, str] = {}
    for label, url, span in named:
        if url and _PAGE.fullmatch(url):
            found[label] = url
        elif url:
            what = label[0].lower() + label[1:]
            sink.report(config_catalog.NO_PAGE, span, what=what, url=url, kind="address that begins with https://")
    return found


def _contact(document: Document, sink: DiagnosticSink) -> tuple[str, str]:
    """Whom to ask about the API. What is no address of mail is reported."""
    contact = document.info.contact
    if contact is None:
        return "", ""
    address = contact.email or ""
    if address and not _MAIL.fullmatch(address):
        sink.report(config_catalog.NO_PAGE, contact.span, what="contact", url=address, kind="address of mail")
        address = ""
    return " ".join((contact.name or "").split()), address


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
