"""The client and the package, from sdk.yaml and from what the document says about servers and security."""

from __future__ import annotations

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..document.config import ConstantConfig, CredentialConfig, SdkConfig, default_credentials
from ..document.lock import NamesLock, Section, scheme_place
from ..document.model import Document, SecurityScheme, Server
from ..document.reserved import is_option_taken
from ..ir.resources import Client, Constant, Credential, ImportedName, Package, StreamEvents
from .names.locked_names import Ledger

_LOCAL = "http://localhost"


def lower_client(document: Document, config: SdkConfig, ledger: Ledger, sink: DiagnosticSink) -> Client:
    given = config.client
    schemes = {scheme.name: scheme for scheme in document.security_schemes}
    wanted = given.credentials or _derived_credentials(document, config, ledger.lock, sink)
    if config.file is None or not given.credentials:
        _note_options(document, wanted, ledger)
    credentials = [_credential(credential, schemes, sink) for credential in wanted]
    events = given.stream_events
    return Client(
        class_name=given.class_name,
        async_class_name=given.async_class_name,
        base_url=given.base_url or _base_url(document, sink),
        base_url_env=given.base_url_env,
        log_env=given.log_env,
        credentials=tuple(credential for credential in credentials if credential is not None),
        headers=given.headers,
        timeout=float(given.timeout),
        connect_timeout=float(given.connect_timeout),
        max_retries=given.max_retries,
        max_connections=given.max_connections,
        max_keepalive_connections=given.max_keepalive_connections,
        idempotency_header=given.idempotency_header,
        error_statuses=given.errors,
        stream_events=StreamEvents(
            items=events.items, skipped=events.skipped, error=events.error, terminal=events.terminal
        ),
        constants=tuple(_constant(constant) for constant in given.constants),
        doc=given.doc,
        span=given.span,
    )


def lower_package(document: Document, config: SdkConfig) -> Package:
    given = config.package
    exports = [
        ImportedName(module=tuple(group.module.split(".")), name=name.text, span=name.span)
        for group in config.extra_exports
        for name in group.names
    ]
    return Package(
        distribution=given.distribution,
        import_name=given.import_name,
        version=given.version,
        title=given.title,
        description=given.description or document.info.summary or f"Python client for {document.info.title}",
        license=given.license,
        base_error=given.base_error,
        extra_exports=tuple(exports),
    )


def _note_options(document: Document, derived: tuple[CredentialConfig, ...], ledger: Ledger) -> None:
    """Enter the options that nobody has chosen, and check those that names.lock had for them."""
    names = dict.fromkeys([credential.scheme.text for credential in derived])  # first who comes first
    names.update(dict.fromkeys(scheme.name for scheme in document.security_schemes))
    ledger.kept(Section.CREDENTIALS, map(scheme_place, names), is_option_taken)
    for credential in derived:
        ledger.give(Section.CREDENTIALS, scheme_place(credential.scheme.text), credential.option)


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


def _credential(given: CredentialConfig, schemes: dict[str, SecurityScheme], sink: DiagnosticSink) -> Credential | None:
    scheme = schemes.get(given.scheme.text)
    if scheme is None:
        hint = did_you_mean(given.scheme.text, schemes)
        sink.report(catalog.NO_SCHEME, given.scheme.span, name=given.scheme.text, hint=hint)
        return None
    if scheme.kind == "apiKey" and scheme.location == "header":
        header, prefix = scheme.parameter_name or "Authorization", ""
    elif scheme.kind in {"oauth2", "openIdConnect"} or (scheme.scheme or "").lower() == "bearer":
        header, prefix = "Authorization", "Bearer "
    else:
        sink.report(catalog.SCHEME_UNSUPPORTED, given.scheme.span, name=scheme.name, kind=_kind(scheme))
        return None
    return Credential(
        option=given.option,
        env=given.env,
        header=header,
        prefix=prefix,
        doc=given.doc or scheme.description,
        span=given.span,
    )


def _base_url(document: Document, sink: DiagnosticSink) -> str:
    """The URL of the first server, its variables at their defaults."""
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
