"""Credentials that sdk.yaml describes itself, as security schemes that the document could have declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from ..document.config import CredentialConfig, Name, SdkConfig
from ..document.model import Document, Operation, SecurityRequirement, SecurityScheme


@attrs.frozen(kw_only=True)
class Described:
    """A document, its operations and sdk.yaml, in which every credential has a scheme."""

    document: Document
    operations: tuple[Operation, ...]
    config: SdkConfig
    prefixes: dict[str, str]
    """What is sent before the secret, by the name of the scheme."""


def with_own_schemes(document: Document, operations: Sequence[Operation], config: SdkConfig) -> Described:
    """Return all three as if the document declared the schemes that sdk.yaml describes.

    Whatever needs something can be called with one of them too.
    """
    taken = {scheme.name for scheme in document.security_schemes}
    names: dict[str, str] = {}
    for credential in config.client.credentials:
        if credential.place is not None:
            names[credential.option] = _free(credential.option, taken)
            taken.add(names[credential.option])
    own = [credential for credential in config.client.credentials if credential.option in names]
    if not own:
        return Described(document=document, operations=tuple(operations), config=config, prefixes={})
    alternatives = [SecurityRequirement(schemes=((names[each.option], ()),), span=each.span) for each in own]
    schemes = tuple(_scheme(each, names[each.option]) for each in own)
    credentials = tuple(
        attrs.evolve(each, scheme=Name(text=names[each.option], span=each.span)) if each.option in names else each
        for each in config.client.credentials
    )
    return Described(
        document=attrs.evolve(
            document,
            security_schemes=(*document.security_schemes, *schemes),
            security=_widened(document.security, alternatives),
        ),
        operations=tuple(
            each if each.security is None else attrs.evolve(each, security=_widened(each.security, alternatives))
            for each in operations
        ),
        config=attrs.evolve(config, client=attrs.evolve(config.client, credentials=credentials)),
        prefixes={names[each.option]: each.prefix for each in own if each.prefix},
    )


def _free(option: str, taken: Iterable[str]) -> str:
    """The name of a scheme that no other has."""
    while option in taken:
        option += "_"
    return option


def _scheme(credential: CredentialConfig, name: str) -> SecurityScheme:
    return SecurityScheme(
        name=name,
        kind="apiKey",
        location=credential.place,
        parameter_name=credential.parameter,
        description=credential.doc,
        span=credential.span,
    )


def _widened(
    security: tuple[SecurityRequirement, ...], alternatives: Sequence[SecurityRequirement]
) -> tuple[SecurityRequirement, ...]:
    """The requirements with more alternatives; none where nothing is needed."""
    return (*security, *alternatives) if any(each.schemes for each in security) else security
