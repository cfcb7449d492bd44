"""Names of the clients' options for credentials and servers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.span import Span
from ...document.lock import Section
from ...document.model import SecurityScheme
from ...document.pointers import scheme_pointer
from ...document.reserved import is_option_taken
from . import identifiers as names
from .locked_names import LockedNames, below

SECRET = "secret"
"""The part of a scheme that is its only one: a key or a token."""

_KEY, _TOKEN = "api_key", "auth_token"
_KEY_WORDS = frozenset({"access", "api", "apikey", "auth", "authorization", "bearer", "key", "token", "x"})


class OptionNames:
    """Gives each part of a security scheme an option. The schemes that come first get the names that read best.

    `members` are attributes of the clients: an option of the same name would hide one.
    """

    def __init__(self, members: Iterable[str], locked_names: LockedNames, sink: DiagnosticSink) -> None:
        self._members = frozenset(members) | (names.CLIENT_MEMBERS - names.CREDENTIALS)
        self._locked_names = locked_names
        self._sink = sink
        self._given: dict[str, tuple[str, str]] = {}

    def of_schemes(self, schemes: Sequence[tuple[SecurityScheme, Sequence[str]]]) -> dict[tuple[str, str], str]:
        """Return an option for each part of each scheme, by the name of the scheme and the part."""
        places = {(scheme.name, part): _place(scheme.name, part) for scheme, parts in schemes for part in parts}
        locked = self._locked_names.get_all(Section.CREDENTIALS, places.values(), is_option_taken)
        kept = {key: locked[place] for key, place in places.items() if place in locked}
        free = {key: option for key, option in kept.items() if option not in self._members}
        for (name, part), option in free.items():
            self._given[option] = (name, part)
        found: dict[tuple[str, str], str] = {}
        for scheme, parts in schemes:
            for part in parts:
                key = (scheme.name, part)
                found[key] = free.get(key) or self._chosen(scheme, part, kept.get(key))
                self._locked_names.record(Section.CREDENTIALS, places[key], found[key])
        return found

    def is_free(self, option: str) -> bool:
        """Whether nothing else is called so."""
        return not (option in self._given or option in self._members or is_option_taken(option))

    def take(self, option: str, span: Span) -> None:
        """Keep an option that sdk.yaml chose from others. One that would hide a resource is reported."""
        if option in self._members - names.CLIENT_MEMBERS:
            self._sink.report(catalog.NAME_IN_USE, span, name=option, what="an option of the client")
        self._given[option] = ("", "")

    def of_variable(self, text: str) -> str:
        """Return the option for a server variable, or for the choice of a server."""
        place = below("#/servers", text)
        locked = self._locked_names.get_all(Section.CREDENTIALS, [place], is_option_taken).get(place)
        wanted = names.attribute(text)
        made = self._first_free([*([locked] if locked else []), wanted, f"server_{wanted}"])
        self._given[made] = ("", "")
        self._locked_names.record(Section.CREDENTIALS, place, made)
        return made

    def _chosen(self, scheme: SecurityScheme, part: str, locked: str | None) -> str:
        wanted = _wanted(scheme, part)
        made = self._first_free(wanted)
        known = (
            [locked] if locked else [name for name in wanted if name not in self._given and not is_option_taken(name)]
        )
        if known and known[0] != made and known[0] in self._members:
            self._sink.report(catalog.OPTION_RENAMED, scheme.span, name=scheme.name, option=made, wanted=known[0])
        self._given[made] = (scheme.name, part)
        return made

    def _first_free(self, wanted: list[str]) -> str:
        found = next((name for name in wanted if self.is_free(name)), None)
        number = 2
        while found is None:
            found = f"{wanted[-1]}_{number}" if self.is_free(f"{wanted[-1]}_{number}") else None
            number += 1
        return found


def says_only_key(scheme: str) -> bool:
    """Whether the name of a scheme says no more than `api_key` and `auth_token` do: `ApiKeyAuth`, not `app`."""
    return _KEY_WORDS.issuperset(names.snake(scheme).split("_"))


def _place(scheme: str, part: str) -> str:
    """Where names.lock keeps an option: the pointer of the scheme, and below it the part if it has several."""
    return scheme_pointer(scheme) if part == SECRET else below(scheme_pointer(scheme), part)


def _wanted(scheme: SecurityScheme, part: str) -> list[str]:
    """The names for a part of a scheme, the best one first: `api_key`, `admin`, `admin_key`."""
    own = names.snake(scheme.name.replace("OAuth", "Oauth")) or _TOKEN
    if part != SECRET:
        return [part, f"{own}_{part}"]
    return [_KEY, own, f"{own}_key"] if scheme.kind == "apiKey" else [_TOKEN, own, f"{own}_token"]
