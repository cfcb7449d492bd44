"""The client and the package, from sdk.yaml and from what the document says about servers and security."""

from __future__ import annotations

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..document.config import ConstantConfig, CredentialConfig, SdkConfig, default_credentials
from ..document.lock import NamesLock, Section
from ..document.model import Document, SecurityScheme, Server
from ..document.pointers import scheme_pointer
from ..document.reserved import is_option_taken
from ..ir.resources import Client, Constant, Credential, ImportedName, Package, StreamEvents
from .names.locked_names import LockedNames

_LOCAL = "http://localhost"


def lower_client(document: Document, config: SdkConfig, locked_names: LockedNames, sink: DiagnosticSink) -> Client:
    """Return the client. What sdk.yaml leaves open follows from the servers and security schemes of the document."""
    client = config.client
    schemes = {scheme.name: scheme for scheme in document.security_schemes}
    wanted = client.credentials or _derived_credentials(document, config, locked_names.lock, sink)
    if config.file is None or not client.credentials:
        _record_options(document, wanted, locked_names)
    credentials = [_credential(credential, schemes, sink) for credential in wanted]
    events = client.stream_events
    return Client(
        class_name=client.class_name,
        async_class_name=client.async_class_name,
        base_url=client.base_url or _base_url(document, sink),
        base_url_env=client.base_url_env,
        log_env=client.log_env,
        credentials=tuple(credential for credential in credentials if credential is not None),
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
        stream_events=StreamEvents(
            items=events.items,
            skipped=events.skipped,
            error=events.error,
            terminal=events.terminal,
            ends=events.ends,
        ),
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
        base_error=package.base_error,
        extra_exports=tuple(exports),
    )


def _record_options(document: Document, derived: tuple[CredentialConfig, ...], locked_names: LockedNames) -> None:
    """Record the options that nobody has chosen, and check those that names.lock has for them."""
    names = dict.fromkeys([credential.scheme.text for credential in derived])  # first who comes first
    names.update(dict.fromkeys(scheme.name for scheme in document.security_schemes))
    locked_names.get_all(Section.CREDENTIALS, map(scheme_pointer, names), is_option_taken)
    for credential in derived:
        locked_names.record(Section.CREDENTIALS, scheme_pointer(credential.scheme.text), credential.option)


def _derived_credentials(
    document: Document, config: SdkConfig, lock: NamesLock, sink: DiagnosticSink
) -> tuple[CredentialConfig, ...]:
    """An option for each scheme that is a header; the others are reported."""
    derived = default_credentials(document, config.package.import_name.upper(), lock)
    known = {credential.scheme.text for credential in derived}
    for scheme in document.security_schemes:
        if scheme.name not in known:
            sink.report(catalog.SCHEME_UNSUPPORTED, scheme.span, name=scheme.name, kind=_kind(scheme))
    return derived


def _kind(scheme: SecurityScheme) -> str:
    return " ".join(part for part in (scheme.kind, scheme.scheme or scheme.location) if part)


def _constant(constant: ConstantConfig) -> Constant:
    value = constant.value
    return Constant(name=constant.name, value=str(value) if isinstance(value, float) else value, doc=constant.doc)


def _credential(
    config: CredentialConfig, schemes: dict[str, SecurityScheme], sink: DiagnosticSink
) -> Credential | None:
    scheme = schemes.get(config.scheme.text)
    if scheme is None:
        hint = did_you_mean(config.scheme.text, schemes)
        sink.report(catalog.NO_SCHEME, config.scheme.span, name=config.scheme.text, hint=hint)
        return None
    if scheme.kind == "apiKey" and scheme.location == "header":
        header, prefix = scheme.parameter_name or "Authorization", ""
    elif scheme.kind in {"oauth2", "openIdConnect"} or (scheme.scheme or "").lower() == "bearer":
        header, prefix = "Authorization", "Bearer "
    else:
        sink.report(catalog.SCHEME_UNSUPPORTED, config.scheme.span, name=scheme.name, kind=_kind(scheme))
        return None
    return Credential(
        option=config.option,
        env=config.env,
        header=header,
        prefix=prefix,
        doc=config.doc or scheme.description,
        span=config.span,
    )


def _base_url(document: Document, sink: DiagnosticSink) -> str:
    """The URL of the first server, with the defaults of its variables (OpenAPI 3.1 §4.8.5, §4.8.6)."""
    url = _expanded(document.servers[0]) if document.servers else ""
    if "://" in url:
        return url
    span = document.servers[0].span if document.servers else document.span
    sink.report(catalog.NO_SERVER, span, fallback=_LOCAL)
    return _LOCAL + ("/" + url.strip("/") if url.strip("/") else "")


def _expanded(server: Server) -> str:
    url = server.url
    for variable in server.variables:
        url = url.replace("{" + variable.name + "}", variable.default)
    return url
