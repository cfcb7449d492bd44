"""Facts about the clients and the package: credentials, defaults, events of streams, exports, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from ...ir.resources import Client, Constant, Credential, Resource
from ...ir.security import Servers, ServerUrl
from ..collector import Collector, listed, quoted
from ..matching.index import Index
from ..matching.pairing import Keyed, keyed, keyed_by
from ..model import Rule
from ..rules import client, document, types
from ..subject import Subject, joined
from .credentials import enough
from .documentation import report_docs
from .methods import changed_headers
from .streams import report_events, setting

_PACKAGE_TEXTS = {
    "title": "title",
    "description": "description",
    "license": "license",
    "license_text": "text of the license",
    "copyright": "copyright",
    "contact": "contact",
    "authors": "authors",
    "keywords": "keywords",
    "urls": "URLs",
    "tagged": "source of the version",
    "ci": "workflows",
}
"""What the package says about itself, and what that is called."""


@attrs.frozen(kw_only=True)
class Clients:
    """Compares what isn't about single methods or types."""

    base: Index
    revision: Index
    collector: Collector

    def compare(self) -> None:
        """Report what differs."""
        known = self.collector.count
        self._credentials()
        self._raw_security()
        self._server_options()
        self._defaults()
        self._streams()
        self._constants()
        self._exports()
        self._names()
        self._documentation()
        if (
            self.collector.count == known
            and self._parts(self.base) != self._parts(self.revision)
            and (set(self.base.resources) == set(self.revision.resources))
        ):
            self.collector.add(types.SPELLING_CHANGED, self._subject(file="_sdk.py"))

    @staticmethod
    def _parts(index: Index) -> tuple[object, ...]:
        return (index.api.client, index.api.package, tuple(index.resources))

    def _subject(self, symbol: str = "client", words: Iterable[str] = (), file: str = "_client.py") -> Subject:
        """`file` is a module at the root of the package."""
        old, new = self.base.api.client, self.revision.api.client
        return Subject(
            symbol=symbol,
            base=old.span,
            revision=new.span,
            files=(f"src/{self.revision.package}/{file}",),
            words=tuple(words),
        )

    def _changed(self, rule: Rule, old: object, new: object, detail: object = "", **facts: object) -> None:
        """A setting that has another value; texts stand between backticks."""
        if old != new:
            subject = self._subject(file="_sdk.py", words=[str(new), str(old)])
            self.collector.add(rule, subject, detail=detail, renamed=(), old=setting(old), new=setting(new), **facts)

    def _credentials(self) -> None:
        options = self._credentials_by_option()
        gone = {_sent_as(one): one for one in options.removed.values()}
        for credential in options.added.values():
            self._new_credential(credential, gone.pop(_sent_as(credential), None))
        for before, after in options.both.values():
            self._credential(before, after)
        for credential in gone.values():
            subject = self._credential_subject(credential, self.base)
            subject = attrs.evolve(subject, base=credential.span, revision=None)
            self.collector.add(client.CREDENTIAL_REMOVED, subject, option=credential.option)
        revised = self.revision.api.client
        if self.base.api.client.schemes or revised.schemes:
            return  # what each operation needs decides
        order = [credential.option for credential in revised.credentials]
        if list(options.both) != [option for option in order if option in options.both]:
            self.collector.add(client.CREDENTIAL_ORDER_CHANGED, self._subject(), new=listed(order))

    def _credentials_by_option(self) -> Keyed[str, Credential]:
        old, new = self.base.api.client, self.revision.api.client
        return keyed_by(lambda credential: credential.option, old.credentials, new.credentials)

    def _constants_by_name(self) -> Keyed[str, Constant]:
        old, new = self.base.api.client, self.revision.api.client
        return keyed_by(lambda constant: constant.name, old.constants, new.constants)

    def _credential_subject(self, credential: Credential, index: Index | None = None) -> Subject:
        symbols = _option_symbols(index or self.revision, credential.option)
        subject = self._subject(symbols[0], [credential.option])
        return attrs.evolve(subject, symbols=symbols, base=None, revision=credential.span)

    def _new_credential(self, credential: Credential, other: Credential | None) -> None:
        subject = self._credential_subject(credential)
        if other is None:
            self.collector.add(client.CREDENTIAL_ADDED, subject, option=credential.option)
            return
        subject = attrs.evolve(subject, base=other.span)
        self.collector.add(
            client.CREDENTIAL_RENAMED, subject, detail=other.option, option=credential.option, old=other.option
        )

    def _credential(self, old: Credential, new: Credential) -> None:
        subject = attrs.evolve(self._credential_subject(new), base=old.span)
        headers = [one.place.replace("`", "") or f"{one.header}: {one.prefix}…" for one in (old, new)]
        if headers[0] != headers[1]:
            self.collector.add(
                client.CREDENTIAL_HEADER_CHANGED, subject, option=new.option, old=headers[0], new=headers[1]
            )
        if old.env != new.env:
            self.collector.add(
                client.CREDENTIAL_ENV_CHANGED, subject, option=new.option, old=setting(old.env), new=setting(new.env)
            )

    def _raw_security(self) -> None:
        """What requests need that no method makes: methods say themselves what they need. Options that are gone are
        told as such."""
        before, after = (enough(index.api.client) for index in (self.base, self.revision))
        known = {credential.option for credential in self.revision.api.client.credentials}
        lost = [given for given in before if set(given) <= known and not any(set(each) <= set(given) for each in after)]
        if any(lost):
            texts = [" or ".join(listed(each) for each in sets if each) for sets in (lost, after)]
            self.collector.add(client.RAW_SECURITY_CHANGED, self._subject(), renamed=(), old=texts[0], new=texts[1])

    def _server_options(self) -> None:
        """The options that choose a server, and their values."""
        old, new = (_server_options(index.api.client.servers) for index in (self.base, self.revision))
        for option in [name for name in new if name not in old]:
            self.collector.add(client.SERVER_OPTION_ADDED, self._option_subject(option), option=option)
        for option in [name for name in old if name not in new]:
            self.collector.add(client.SERVER_OPTION_REMOVED, self._option_subject(option, self.base), option=option)
        for name, (before, after) in keyed(*map(_urls, (self.base, self.revision))).changed.items():
            subject = self._option_subject("environment")
            facts = {"old": f"{setting(before)} in the environment `{name}`", "new": setting(after)}
            self.collector.add(client.BASE_URL_CHANGED, subject, detail=name, renamed=(), **facts)
        for option, values in old.items():
            gone = [value for value in values if new.get(option) and value not in new[option]]
            if gone:
                subject = self._option_subject(option)
                self.collector.add(client.SERVER_VALUE_REMOVED, subject, option=option, values=listed(gone))
            come = [value for value in new.get(option, ()) if values and value not in values]
            if come:
                subject = self._option_subject(option)
                self.collector.add(client.SERVER_VALUE_ADDED, subject, option=option, values=listed(come))

    def _option_subject(self, option: str, index: Index | None = None) -> Subject:
        symbols = _option_symbols(index or self.revision, option)
        return attrs.evolve(self._subject(symbols[0], [option]), symbols=symbols)

    def _defaults(self) -> None:
        old, new = self.base.api.client, self.revision.api.client
        self._changed(client.BASE_URL_CHANGED, old.base_url, new.base_url)
        self._changed(client.BASE_URL_ENV_CHANGED, old.base_url_env, new.base_url_env)
        self._changed(client.LOG_ENV_CHANGED, old.log_env, new.log_env)
        self._changed(client.HTTP_LIBRARY_CHANGED, old.http_library, new.http_library)
        shown = ("annotated" if each.api.has_limits else "none" for each in (self.base, self.revision))
        self._changed(client.LIMITS_SHOWN_CHANGED, *shown)
        for header, how in changed_headers(_headers(old), _headers(new)):
            subject = self._subject(file="_sdk.py", words=[header])
            self.collector.add(client.CLIENT_HEADER_CHANGED, subject, detail=f"{header} {how}", header=header, how=how)
        for what, before, after in (
            ("timeout", old.timeout, new.timeout),
            ("timeout of connecting", old.connect_timeout, new.connect_timeout),
        ):
            self._changed(client.TIMEOUT_CHANGED, f"{before:g}", f"{after:g}", what, what=what)
        self._changed(client.RETRIES_CHANGED, old.max_retries, new.max_retries)
        for what, before, after in (
            ("connections", old.max_connections, new.max_connections),
            ("idle connections", old.max_keepalive_connections, new.max_keepalive_connections),
        ):
            self._changed(client.CONNECTIONS_CHANGED, before, after, what, what=what)
        self._changed(client.IDEMPOTENCY_HEADER_CHANGED, old.idempotency_header, new.idempotency_header)
        empty = ["sent" if each.query_empty else "left out" for each in (old, new)]
        for what, before, after in (("lists", old.query_arrays, new.query_arrays), ("empty texts", *empty)):
            self._changed(client.EXTRA_QUERY_CHANGED, before, after, what, what=what)

    def _streams(self) -> None:
        old, new = self.base.api.client, self.revision.api.client
        subject = self._subject(file="_sdk.py")
        report_events(self.collector, subject, old.stream_events, new.stream_events)
        self._error_statuses(subject)

    def _error_statuses(self, subject: Subject) -> None:
        """By which status an error in a stream becomes an exception."""
        statuses = keyed(dict(self.base.api.client.error_statuses), dict(self.revision.api.client.error_statuses))
        for error, status in statuses.added.items():
            self.collector.add(client.ERROR_STATUS_ADDED, subject, detail=error, error=error, new=status)
        changed = {error: (f"status {was}", f"status {now}") for error, (was, now) in statuses.changed.items()}
        removed = {error: (f"status {was}", "no certain status") for error, was in statuses.removed.items()}
        for error, (was, now) in {**changed, **removed}.items():
            self.collector.add(client.ERROR_STATUS_CHANGED, subject, detail=error, error=error, old=was, new=now)

    def _constants(self) -> None:
        constants = self._constants_by_name()
        for name in constants.added:
            self.collector.add(client.CONSTANT_ADDED, self._constant_subject(name))
        for name in constants.removed:
            self.collector.add(client.CONSTANT_REMOVED, self._constant_subject(name, self.base))
        for name, (old, new) in constants.both.items():
            if old.value != new.value:
                subject = self._constant_subject(name)
                self.collector.add(client.CONSTANT_CHANGED, subject, old=quoted(old.value), new=quoted(new.value))

    def _constant_subject(self, name: str, index: Index | None = None) -> Subject:
        return self._subject(f"{(index or self.revision).package}.{name}", [name], "_constants.py")

    def _exports(self) -> None:
        old, new = self.base.api.package.extra_exports, self.revision.api.package.extra_exports
        exports = keyed_by(lambda export: ".".join((*export.package, export.name)), old, new)
        for rule, names, index in (
            (client.EXPORT_REMOVED, exports.removed, self.base),
            (client.EXPORT_ADDED, exports.added, self.revision),
        ):
            for name in names:
                *package, last = name.split(".")
                file = "/".join((*package, "__init__.py"))
                self.collector.add(rule, self._subject(f"{index.package}.{name}", [last], file))

    def _names(self) -> None:
        old, new = self.base.api.package, self.revision.api.package
        self._changed(client.PACKAGE_RENAMED, old.import_name, new.import_name)
        self._changed(client.DISTRIBUTION_RENAMED, old.distribution, new.distribution)
        self._changed(client.BASE_ERROR_RENAMED, old.base_error, new.base_error)
        for key in ("class_name", "async_class_name"):
            was, now = (getattr(index.api.client, key) for index in (self.base, self.revision))
            if was != now:
                subject = self._subject(f"{new.import_name}.{now}", [now, was])
                subject = attrs.evolve(subject, symbols=(f"{old.import_name}.{was}", subject.symbol))
                self.collector.add(
                    client.CLIENT_RENAMED, subject, detail=was, old=f"{old.import_name}.{was}", key=key, name=was
                )
        self._changed(client.VERSION_CHANGED, old.version, new.version)
        for key, what in _PACKAGE_TEXTS.items():
            if getattr(old, key) != getattr(new, key):
                subject = attrs.evolve(self._subject(), files=("pyproject.toml",))
                self.collector.add(client.PACKAGE_TEXT_CHANGED, subject, detail=what, what=what)

    @staticmethod
    def _listed(other: Index) -> Callable[[Resource], list[str]]:
        """The types that a resource lists in api.md, without those that only one SDK has: those are said to be new."""
        names = {definition.name.name for definition in other.definitions.values()}
        names |= {definition.pointer.rpartition("/")[2] for definition in other.definitions.values()}
        return lambda resource: [name for name in resource.listed_types if name in names]

    def _documentation(self) -> None:
        old, new = self.base.api, self.revision.api
        listed_before, listed_after = self._listed(self.revision), self._listed(self.base)
        docs: list[tuple[Subject, object, object]] = [(self._subject(), old.client.doc, new.client.doc)]
        for was, now in self._credentials_by_option().both.values():
            docs.append((self._credential_subject(now), was.doc, now.doc))
        for name, (was, now) in self._constants_by_name().both.items():
            docs.append((self._constant_subject(name), was.doc, now.doc))
        for path, now in self.revision.resources.items():
            was = self.base.resources.get(path)
            if was is None:  # its methods are told to be new
                continue
            subject = joined(self.base.of_resource(was), self.revision.of_resource(now))
            subject = attrs.evolve(subject, words=(now.class_name,))
            docs.append((subject, (was.doc, listed_before(was)), (now.doc, listed_after(now))))
        for subject, was, now in docs:
            report_docs(self.collector, subject, was, now)
        if old.example != new.example:
            subject = attrs.evolve(self._subject("README.md"), files=("README.md",))
            self.collector.add(document.DOCS_CHANGED, subject)


def _option_symbols(index: Index, option: str) -> tuple[str, ...]:
    """An option of both clients."""
    return tuple(
        f"{index.package}.{name}({option}=)"
        for name in (index.api.client.class_name, index.api.client.async_class_name)
    )


def _sent_as(credential: Credential) -> tuple[str, str, str]:
    return credential.header, credential.prefix, credential.place


def _server_options(servers: Servers | None) -> dict[str, tuple[str, ...]]:
    """The options, each with its values if only some are possible."""
    if servers is None:
        return {}
    found = {variable.option: variable.values for variable in servers.variables}
    names = tuple(environment.name for environment in servers.environments)
    return {**({servers.option: names} if names else {}), **found}


def _urls(index: Index) -> dict[str, str]:
    """The URLs of the servers that users choose by a name; what `{placeholders}` stand for is part of them."""
    servers = index.api.client.servers
    environments = () if servers is None else servers.environments
    return {each.name: _url(each.server) for each in environments}


def _url(server: ServerUrl) -> str:
    defaults = ", ".join(f"{name}={value}" for name, value in server.defaults)
    return f"{server.url} ({defaults})" if defaults else server.url


def _headers(client: Client) -> tuple[tuple[str, str], ...]:
    """The headers that a client sends; one stands for all that say what it runs on."""
    return (*client.headers, *((("X-Stainless-Lang", "python"),) if client.platform_headers else ()))
