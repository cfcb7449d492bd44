"""Facts about the clients and the package: credentials, defaults, events of streams, exports, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from ...ir.resources import Credential, Resource
from ...ir.symbols import resource_symbol
from ..collector import Collector, Subject, listed, quoted
from ..matching.index import Index
from ..model import Rule
from ..rules import client, document, types
from .methods import changed_headers


@attrs.frozen(kw_only=True)
class Clients:
    """Compares what is not about single methods or types."""

    base: Index
    revision: Index
    collector: Collector

    def compare(self) -> None:
        known = self.collector.count
        self._credentials()
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
            self.collector.add(rule, subject, detail=detail, renamed=(), old=_setting(old), new=_setting(new), **facts)

    def _credentials(self) -> None:
        old = {credential.option: credential for credential in self.base.api.client.credentials}
        new = {credential.option: credential for credential in self.revision.api.client.credentials}
        gone = {(one.header, one.prefix): one for option, one in old.items() if option not in new}
        for option, credential in new.items():
            before = old.get(option)
            if before is None:
                other = gone.pop((credential.header, credential.prefix), None)
                self._new_credential(credential, other)
            else:
                self._credential(before, credential)
        for credential in gone.values():
            subject = attrs.evolve(self._credential_subject(credential), base=credential.span, revision=None)
            self.collector.add(client.CREDENTIAL_REMOVED, subject, option=credential.option)
        kept_old, kept_new = [o for o in old if o in new], [o for o in new if o in old]
        if kept_old != kept_new:
            self.collector.add(client.CREDENTIAL_ORDER_CHANGED, self._subject(), new=listed(new))

    def _credential_subject(self, credential: Credential) -> Subject:
        names = (self.revision.api.client.class_name, self.revision.api.client.async_class_name)
        symbols = tuple(f"{self.revision.package}.{name}({credential.option}=)" for name in names)
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
        headers = [f"{one.header}: {one.prefix}…" for one in (old, new)]
        if headers[0] != headers[1]:
            self.collector.add(
                client.CREDENTIAL_HEADER_CHANGED, subject, option=new.option, old=headers[0], new=headers[1]
            )
        if old.env != new.env:
            self.collector.add(
                client.CREDENTIAL_ENV_CHANGED, subject, option=new.option, old=_setting(old.env), new=_setting(new.env)
            )

    def _defaults(self) -> None:
        old, new = self.base.api.client, self.revision.api.client
        self._changed(client.BASE_URL_CHANGED, old.base_url, new.base_url)
        self._changed(client.BASE_URL_ENV_CHANGED, old.base_url_env, new.base_url_env)
        self._changed(client.LOG_ENV_CHANGED, old.log_env, new.log_env)
        for header, how in changed_headers(old.headers, new.headers):
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

    def _streams(self) -> None:
        old, new = self.base.api.client, self.revision.api.client
        subject = self._subject(file="_sdk.py")
        before, after = old.stream_events, new.stream_events
        for event in after.items:
            if event not in before.items:
                self.collector.add(client.STREAM_EVENT_ADDED, subject, detail=event, event=event)
        for event in before.items:
            if event not in after.items:
                self.collector.add(client.STREAM_EVENT_REMOVED, subject, detail=event, event=event)
        for rule, was, now in (
            (client.STREAM_END_CHANGED, before.terminal, after.terminal),
            (client.STREAM_SKIPPED_CHANGED, before.skipped, after.skipped),
        ):
            if set(was) != set(now):
                texts = [listed(names, joint="or") for names in (was, now)]
                self.collector.add(rule, subject, detail=" ".join(now), old=texts[0], new=texts[1])
        self._changed(client.STREAM_ERROR_CHANGED, before.error, after.error)
        statuses, new_statuses = dict(old.error_statuses), dict(new.error_statuses)
        for error in sorted({*statuses, *new_statuses}):
            was, now = statuses.get(error), new_statuses.get(error)
            if was is None and now is not None:
                self.collector.add(client.ERROR_STATUS_ADDED, subject, detail=error, error=error, new=now)
            elif was != now:
                texts = [f"status {status}" if status else "no certain status" for status in (was, now)]
                self.collector.add(
                    client.ERROR_STATUS_CHANGED, subject, detail=error, error=error, old=texts[0], new=texts[1]
                )

    def _constants(self) -> None:
        old = {constant.name: constant for constant in self.base.api.client.constants}
        new = {constant.name: constant for constant in self.revision.api.client.constants}
        for name in sorted({*old, *new}):
            subject = self._subject(f"{self.revision.package}.{name}", [name], "_constants.py")
            if name not in old:
                self.collector.add(client.CONSTANT_ADDED, subject)
            elif name not in new:
                self.collector.add(client.CONSTANT_REMOVED, subject)
            elif old[name].value != new[name].value:
                self.collector.add(
                    client.CONSTANT_CHANGED, subject, old=quoted(old[name].value), new=quoted(new[name].value)
                )

    def _exports(self) -> None:
        old = {export.name for export in self.base.api.package.extra_exports}
        new = {export.name for export in self.revision.api.package.extra_exports}
        for rule, names in ((client.EXPORT_REMOVED, old - new), (client.EXPORT_ADDED, new - old)):
            for name in sorted(names):
                self.collector.add(rule, self._subject(f"{self.revision.package}.{name}", [name], "__init__.py"))

    def _names(self) -> None:
        old, new = self.base.api.package, self.revision.api.package
        self._changed(client.PACKAGE_RENAMED, old.import_name, new.import_name)
        self._changed(client.DISTRIBUTION_RENAMED, old.distribution, new.distribution)
        self._changed(client.BASE_ERROR_RENAMED, old.base_error, new.base_error)
        for was, now in (
            (self.base.api.client.class_name, self.revision.api.client.class_name),
            (self.base.api.client.async_class_name, self.revision.api.client.async_class_name),
        ):
            if was != now:
                subject = self._subject(f"{new.import_name}.{now}", [now, was])
                subject = attrs.evolve(subject, symbols=(f"{old.import_name}.{was}", subject.symbol))
                self.collector.add(client.CLIENT_RENAMED, subject, detail=was, old=f"{old.import_name}.{was}")
        self._changed(client.VERSION_CHANGED, old.version, new.version)
        for what in ("title", "description", "license"):
            if getattr(old, what) != getattr(new, what):
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
        before = {credential.option: credential.doc for credential in old.client.credentials}
        for credential in new.client.credentials:
            doc = before.get(credential.option, credential.doc)
            docs.append((self._credential_subject(credential), doc, credential.doc))
        constants = {constant.name: constant.doc for constant in old.client.constants}
        for constant in new.client.constants:
            subject = self._subject(f"{self.revision.package}.{constant.name}", [constant.name], "_constants.py")
            docs.append((subject, constants.get(constant.name, constant.doc), constant.doc))
        for path, resource in self.revision.resources.items():
            other = self.base.resources.get(path, resource)
            subject = self._subject(resource_symbol(path), [resource.class_name])
            subject = attrs.evolve(subject, base=other.span, files=(self.revision.resource_file(resource),))
            subject = attrs.evolve(subject, revision=resource.span)
            docs.append((subject, (other.doc, listed_before(other)), (resource.doc, listed_after(resource))))
        for subject, was, now in docs:
            if was != now:
                self.collector.add(document.DOCS_CHANGED, subject)
        if old.example != new.example:
            subject = attrs.evolve(self._subject("README.md"), files=("README.md",))
            self.collector.add(document.DOCS_CHANGED, subject)


def _setting(value: object) -> str:
    """A value in a message: numbers and versions as they are, texts between backticks."""
    if value is None:
        return "nothing"
    return str(value) if str(value).replace(".", "").isdigit() else f"`{value}`"
