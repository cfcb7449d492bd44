"""Credentials and requirements: what the document asks for, what the clients take for it, and how it is sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..document.config import CredentialConfig, MethodConfig, Name, SdkConfig
from ..document.config import Requirement as ConfiguredRequirement
from ..document.model import Document, Operation, ParameterIn, SecurityRequirement, SecurityScheme
from ..ir.resources import Credential
from ..ir.security import Alternative, Grant, Place, Requirement, Scheme
from .methods.resources import walk_configs
from .methods.sent_by_client import Place as ParameterPlace
from .methods.sent_by_client import place_of
from .names.options import SECRET, OptionNames, says_only_key
from .own_schemes import with_own_schemes

Endpoint = tuple[str, str]
"""The verb (in lower case) and the path of an operation."""

_PREFIX = re.compile(r"\brequired prefix ['\"`]([A-Za-z][\w-]*)['\"`]")
_GRANTS = {"clientCredentials": "client_credentials", "password": "password"}
_CLIENT = ("client_id", "client_secret")
_LOGIN = ("username", "password")


@attrs.frozen(kw_only=True)
class Security:
    """The options of the clients, how they are sent, and what each operation needs."""

    credentials: tuple[Credential, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    """Empty in the plain case: each credential is a header, and every operation asks for any one of them."""
    default: Requirement = ()
    by_endpoint: Mapping[Endpoint, Requirement] = attrs.field(factory=dict[Endpoint, Requirement])
    """Of operations that need something else than the default."""
    filled: Mapping[Endpoint, frozenset[ParameterPlace]] = attrs.field(
        factory=dict[Endpoint, frozenset[ParameterPlace]]
    )
    """Where keys are sent: a parameter there is none of the method."""


def lower_security(
    document: Document,
    operations: Sequence[Operation],
    config: SdkConfig,
    options: OptionNames,
    sink: DiagnosticSink,
) -> Security:
    """Return the credentials of the clients and what `operations` need."""
    described = with_own_schemes(document, operations, config)
    lowering = _Lowering(described.document, described.operations, described.config, options, sink)
    lowering.prefixes = described.prefixes
    return lowering.security()


class _Lowering:
    def __init__(
        self,
        document: Document,
        operations: Sequence[Operation],
        config: SdkConfig,
        options: OptionNames,
        sink: DiagnosticSink,
    ) -> None:
        self._document = document
        self._config = config
        self._options = options
        self._sink = sink
        self.prefixes: Mapping[str, str] = {}
        """What stands before a secret, by scheme, where sdk.yaml says it."""
        self._declared = {scheme.name: scheme for scheme in document.security_schemes}
        self._usable = {name: scheme for name, scheme in self._declared.items() if _place_of(scheme) is not None}
        wanted = config.client.security
        self._root = self._requirement(document.security) if wanted is None else self._wanted(wanted)
        self._needs = {(operation.method.lower(), operation.path): self._of(operation) for operation in operations}
        for _, resource in walk_configs(config.resources):
            for method in resource.methods:
                if (
                    isinstance(method, MethodConfig)
                    and method.security is not None
                    and _endpoint(method) in self._needs
                ):
                    self._needs[_endpoint(method)] = self._wanted(method.security)

    def security(self) -> Security:
        configured = self._configured()
        derived = self._derived(configured)
        credentials = [*configured, *derived]
        schemes = [self._scheme(name, credentials) for name in _names(credentials)]
        schemes += [self._scheme(name, []) for name in self._by_connection()]
        ranks = {scheme.name: rank for rank, scheme in enumerate(schemes)}
        needs = {endpoint: _offered(need, ranks, bool(configured)) for endpoint, need in self._needs.items()}
        default = self._default(_offered(self._root, ranks, bool(configured)), needs, schemes, bool(configured))
        if not self._asks_for_something:
            needs = dict.fromkeys(needs, default)
        by_endpoint = {endpoint: need for endpoint, need in needs.items() if need != default}
        made = tuple(self._credential(one, schemes) for one in credentials)
        filled = {endpoint: _filled(need, schemes) for endpoint, need in needs.items()}
        if not by_endpoint and _is_plain(made, schemes, default):
            return Security(credentials=made, filled=filled)
        return Security(
            credentials=made, schemes=tuple(schemes), default=default, by_endpoint=by_endpoint, filled=filled
        )

    @property
    def _asks_for_something(self) -> bool:
        return any(any(need) for need in (self._root, *self._needs.values()))

    def _of(self, operation: Operation) -> Requirement:
        return self._root if operation.security is None else self._requirement(operation.security)

    def _wanted(self, given: ConfiguredRequirement) -> Requirement:
        """What sdk.yaml asks for."""
        for name in [name for alternative in given for name, _ in alternative]:
            if name.text not in self._declared:
                hint = did_you_mean(name.text, self._declared)
                self._sink.report(catalog.NO_SCHEME, name.span, name=name.text, hint=hint)
        return self._requirement(
            SecurityRequirement(schemes=tuple((name.text, scopes) for name, scopes in alternative))
            for alternative in given
        )

    def _requirement(self, given: Iterable[SecurityRequirement]) -> Requirement:
        """The alternatives that can be met. Those with an unknown scheme are left out, as was said when reading."""
        found: list[Alternative] = []
        for requirement in given:
            if all(name in self._usable for name, _ in requirement.schemes):
                needed = [(name, self._scopes(name, scopes)) for name, scopes in requirement.schemes]
                # a mapping in the document: its order means nothing
                found.append(tuple(sorted(needed, key=lambda each: (not says_only_key(each[0]), each))))
        return tuple(dict.fromkeys(found))

    def _scopes(self, name: str, scopes: tuple[str, ...]) -> tuple[str, ...]:
        """Scopes matter only where tokens are fetched."""
        return scopes if _grants_of(self._usable[name]) else ()

    def _configured(self) -> list[CredentialConfig]:
        """What sdk.yaml says, as far as it can be done."""
        found: list[CredentialConfig] = []
        for credential in self._config.client.credentials:
            self._options.take(credential.option, credential.span)
            scheme = self._declared.get(credential.scheme.text)
            if scheme is None:
                hint = did_you_mean(credential.scheme.text, self._declared)
                self._sink.report(catalog.NO_SCHEME, credential.scheme.span, name=credential.scheme.text, hint=hint)
            elif scheme.name not in self._usable or not _parts(scheme):
                self._report_unsupported(scheme, credential)
            else:
                part = credential.part or _part_of(credential.option, scheme)
                if part not in (*_parts(scheme), *_client_of(scheme)):
                    parts = ", ".join(f"`{each}`" for each in _parts(scheme))
                    self._sink.report(
                        catalog.CREDENTIAL_PART,
                        credential.span,
                        option=credential.option,
                        name=scheme.name,
                        parts=parts,
                    )
                    continue
                found.append(attrs.evolve(credential, part=part))
        self._check_parts(found)
        return found

    def _check_parts(self, found: list[CredentialConfig]) -> None:
        for name in _names(found):
            mine = [credential for credential in found if credential.scheme.text == name]
            given = {credential.part for credential in mine}
            missing = [part for part in _needed_parts(self._usable[name], given) if part not in given]
            if missing:
                self._sink.report(catalog.CREDENTIAL_PART_MISSING, mine[0].span, name=name, part=missing[0])

    def _derived(self, configured: Sequence[CredentialConfig]) -> list[CredentialConfig]:
        """Options for the schemes that sdk.yaml is silent about: all that are asked for, those that most need first.

        If sdk.yaml lists any, only for operations that couldn't be called otherwise.
        """
        known = {*_names(configured), *self._by_connection()}
        counts = Counter(name for need in self._needs.values() for name in _schemes_of(need))
        asked = {*counts, *_schemes_of(self._root)}
        if configured:
            open_ = [need for need in self._needs.values() if need and not _is_met(need, known)]
            asked = {name for need in open_ for name in _schemes_of(need)} - known
        elif not self._asks_for_something:
            asked = set(self._usable)
            if any(_parts(scheme) for scheme in self._usable.values()):
                self._sink.report(catalog.SECURITY_NOWHERE, self._document.span)
        order = {name: rank for rank, name in enumerate(_schemes_of(self._root))}
        schemes = [scheme for name, scheme in self._usable.items() if name in asked]
        schemes.sort(
            key=lambda scheme: (
                -counts[scheme.name],
                order.get(scheme.name, len(order)),
                scheme.location == "cookie",  # a session of browsers, where there is something else
                scheme.name,
            )
        )
        self._report_rest(asked | known)
        firsts = [(scheme, [part for part in _parts(scheme) if part not in _extras(scheme)]) for scheme in schemes]
        options = self._options.of_schemes([*firsts, *((scheme, _extras(scheme)) for scheme in schemes)])
        prefix = self._config.package.import_name.upper()
        return [
            CredentialConfig(
                option=options[scheme.name, part],
                env=f"{prefix}_{options[scheme.name, part].upper()}",
                scheme=Name(text=scheme.name, span=scheme.span),
                part=part,
                span=scheme.span,
            )
            for scheme in schemes
            for part in _parts(scheme)
        ]

    def _report_rest(self, known: set[str]) -> None:
        for name, scheme in self._declared.items():
            if name not in self._usable and name not in _names(self._config.client.credentials):
                self._report_unsupported(scheme)
            elif name not in self._usable:
                continue
            elif name not in known and not self._config.client.credentials:
                self._sink.report(catalog.SCHEME_UNUSED, scheme.span, name=name)
            elif name in known and any(flow.kind in _GRANTS and not flow.token_url for flow in scheme.flows):
                self._sink.report(catalog.NO_TOKEN_URL, scheme.span, name=name)

    def _report_unsupported(self, scheme: SecurityScheme, credential: CredentialConfig | None = None) -> None:
        kind = " ".join(part for part in (scheme.kind, scheme.scheme or scheme.location) if part)
        span = credential.scheme.span if credential else scheme.span
        self._sink.report(catalog.SCHEME_UNSUPPORTED, span, name=scheme.name, kind=kind)

    def _default(
        self, root: Requirement, needs: Mapping[Endpoint, Requirement], schemes: list[Scheme], is_configured: bool
    ) -> Requirement:
        """What requests need that no method makes: the root's, else what most operations need."""
        if root:
            return root
        if not self._asks_for_something:
            every: Requirement = tuple(((scheme.name, ()),) for scheme in schemes if scheme.options)
            return every if is_configured or not every else (*every, ())
        counts = Counter(need for need in needs.values() if any(need))
        return max(counts, key=lambda need: (counts[need], need)) if counts else ()

    def _by_connection(self) -> list[str]:
        """The schemes for which requests carry nothing."""
        used = {name for need in (self._root, *self._needs.values()) for name in _schemes_of(need)}
        return sorted(name for name in used if _place_of(self._usable[name]) is Place.CONNECTION)

    def _scheme(self, name: str, credentials: Sequence[CredentialConfig]) -> Scheme:
        scheme = self._usable[name]
        place = _place_of(scheme) or Place.HEADER
        option = {one.part: one.option for one in credentials if one.scheme.text == name}
        parameter, prefix = "", ""
        if place in (Place.HEADER, Place.QUERY, Place.COOKIE):
            parameter, prefix = scheme.parameter_name or "", self.prefixes.get(name) or _described_prefix(scheme)
            if scheme.kind != "apiKey":
                parameter, prefix = "Authorization", _prefix(scheme)
        own = _LOGIN if place in (Place.BASIC, Place.DIGEST) else (SECRET,)
        return Scheme(
            name=name,
            place=place,
            parameter=parameter,
            prefix=prefix,
            options=tuple(option[part] for part in own if part in option),
            grants=tuple(_grants(scheme, option)),
        )

    def _credential(self, config: CredentialConfig, schemes: Iterable[Scheme]) -> Credential:
        scheme = next(one for one in schemes if one.name == config.scheme.text)
        is_header = scheme.place is Place.HEADER and config.part == SECRET
        return Credential(
            option=config.option,
            env=config.env,
            header=scheme.parameter if is_header else "",
            prefix=scheme.prefix if is_header else "",
            place="" if is_header else _place_text(scheme, config.part or ""),
            doc=config.doc or self._usable[scheme.name].description,
            span=config.span,
        )


def _endpoint(method: MethodConfig) -> Endpoint:
    return method.verb, method.path


def _place_of(scheme: SecurityScheme) -> Place | None:
    """How a scheme is sent; `None` for one that OpenAPI doesn't know."""
    if scheme.kind == "apiKey":
        return {"header": Place.HEADER, "query": Place.QUERY, "cookie": Place.COOKIE}.get(scheme.location or "")
    if scheme.kind == "http":
        return {"basic": Place.BASIC, "digest": Place.DIGEST}.get((scheme.scheme or "").lower(), Place.HEADER)
    if scheme.kind == "mutualTLS":
        return Place.CONNECTION
    return Place.HEADER if scheme.kind in ("oauth2", "openIdConnect") else None


def _described_prefix(scheme: SecurityScheme) -> str:
    """What the description of a key in `Authorization` wants in front of it: `required prefix "Token"`, as Django REST
    framework's documents say it."""
    if scheme.location != "header" or (scheme.parameter_name or "").lower() != "authorization":
        return ""
    found = _PREFIX.search(scheme.description or "")
    return f"{found[1]} " if found else ""


def _prefix(scheme: SecurityScheme) -> str:
    """`Bearer `, or another scheme as the document writes it (RFC 9110 §11.1)."""
    written = scheme.scheme or "Bearer"
    return "Bearer " if scheme.kind != "http" or written.lower() == "bearer" else f"{written} "


def _grants_of(scheme: SecurityScheme) -> list[str]:
    return [flow.kind for flow in scheme.flows if flow.kind in _GRANTS and flow.token_url]


def _parts(scheme: SecurityScheme) -> tuple[str, ...]:
    """What a scheme needs options for. A token can always be given instead of being fetched."""
    place = _place_of(scheme)
    if place is Place.CONNECTION:
        return ()
    if place in (Place.BASIC, Place.DIGEST):
        return _LOGIN
    kinds = _grants_of(scheme)
    login = _LOGIN if "password" in kinds else ()
    return (SECRET, *(_CLIENT if kinds else ()), *login)


def _extras(scheme: SecurityScheme) -> tuple[str, ...]:
    """Parts that the scheme can do without: their options get the names that others leave."""
    return _CLIENT if _grants_of(scheme) == ["password"] else ()


def _client_of(scheme: SecurityScheme) -> tuple[str, ...]:
    return _CLIENT if _grants_of(scheme) else ()


def _part_of(option: str, scheme: SecurityScheme) -> str:
    """The part that an option of sdk.yaml is, if its name or the scheme tells."""
    parts = _parts(scheme)
    return option if option in parts else SECRET if SECRET in parts else ""


def _needed_parts(scheme: SecurityScheme, given: Iterable[str | None]) -> tuple[str, ...]:
    """The parts without which those that are given are of no use."""
    given = set(given)
    if SECRET not in _parts(scheme):
        return _parts(scheme)
    needed = _CLIENT if given & {"client_secret"} else ()
    return (*needed, *(_LOGIN if given & set(_LOGIN) else ()))


def _grants(scheme: SecurityScheme, option: Mapping[str | None, str]) -> Iterable[Grant]:
    client = tuple(option[part] for part in _CLIENT if part in option)
    for flow in scheme.flows:
        needed = _CLIENT if flow.kind == "clientCredentials" else _LOGIN
        if flow.kind in _GRANTS and flow.token_url and all(part in option for part in needed):
            yield Grant(
                kind=_GRANTS[flow.kind],
                url=flow.token_url,
                refresh_url=flow.refresh_url,
                options=tuple(option[part] for part in needed),
                client=client if len(client) == len(_CLIENT) else (),
            )


def _place_text(scheme: Scheme, part: str) -> str:
    if scheme.place is Place.QUERY:
        return f"the query parameter `{scheme.parameter}`"
    if scheme.place is Place.COOKIE:
        return f"the cookie `{scheme.parameter}`"
    if scheme.place in (Place.BASIC, Place.DIGEST):
        return f"the {part} of HTTP {scheme.place.value.capitalize()} authentication"
    return f"the {part.replace('_', ' ')} that a token is fetched with"


def _names(credentials: Iterable[CredentialConfig]) -> list[str]:
    return list(dict.fromkeys(credential.scheme.text for credential in credentials))


def _schemes_of(requirement: Requirement) -> list[str]:
    return list(dict.fromkeys(name for alternative in requirement for name, _ in alternative))


def _filled(requirement: Requirement, schemes: Iterable[Scheme]) -> frozenset[ParameterPlace]:
    names = set(_schemes_of(requirement))
    used = [scheme for scheme in schemes if scheme.name in names and scheme.parameter]
    return frozenset(place_of(ParameterIn(scheme.place.value), scheme.parameter) for scheme in used)


def _is_met(requirement: Requirement, known: set[str]) -> bool:
    return any(all(name in known for name, _ in alternative) for alternative in requirement)


def _offered(requirement: Requirement, ranks: Mapping[str, int], is_configured: bool) -> Requirement:
    """Without alternatives that sdk.yaml has no options for, and in the order of sdk.yaml."""
    if not is_configured:
        return requirement
    found = [each for each in requirement if all(name in ranks for name, _ in each)]
    found.sort(key=lambda each: [ranks[name] for name, _ in each])
    return tuple(found)


def _is_plain(credentials: Sequence[Credential], schemes: Sequence[Scheme], default: Requirement) -> bool:
    """Whether each credential is a header, and the first one that is set is all that any operation needs."""
    if any(not credential.header for credential in credentials) or any(scheme.grants for scheme in schemes):
        return False
    return default == tuple(((scheme.name, ()),) for scheme in schemes)
