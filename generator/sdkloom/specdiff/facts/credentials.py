"""Which credentials are enough for a request."""

from __future__ import annotations

from itertools import product

from ...ir.resources import Client
from ...ir.security import Place, Requirement, Scheme


def enough(client: Client, requirement: Requirement | None = None) -> list[tuple[str, ...]]:
    """Return the options that are enough, in each way that there is: of the first way that is met, the credentials are
    sent. Without a requirement, those for a request that says nothing else."""
    if not client.schemes:
        return [(credential.option,) for credential in client.credentials]
    schemes = {scheme.name: scheme for scheme in client.schemes}
    return [
        tuple(dict.fromkeys(option for way in ways for option in way))
        for alternative in (client.security if requirement is None else requirement) or ((),)
        for ways in product(*(_ways(schemes[name]) for name, _ in alternative))
    ]


def _ways(scheme: Scheme) -> list[tuple[str, ...]]:
    if scheme.place is Place.CONNECTION:
        return [()]
    return [way for way in (scheme.options, *(grant.options for grant in scheme.grants)) if way]
