"""Bodies that an operation takes in several media types: what a caller gives decides which of them is sent."""

from __future__ import annotations

from typing import Callable, Collection, NamedTuple

from .body import Content
from .json import encode_json
from .members import given_members, is_file, items_of


class Format(NamedTuple):
    """One media type: its encoder, the names of its members, if they are known, and which of them it must have.

    `no_files` are members that have no files here, but in another format.
    """

    encoder: Callable[[object], Content]
    members: Collection[str]
    required: Collection[str] = ()
    no_files: Collection[str] = ()


class Alternatives:
    """The first format that has a place for every member that was given is sent."""

    def __init__(self, *formats: Format) -> None:
        self._formats = formats

    def __call__(self, body: object) -> Content:
        """Return the body in the first format that fits.

        Raises:
            TypeError: if there is none.
        """
        given = dict(given_members(body))
        known = {name for one in self._formats for name in one.members}
        nothing = {name for name, value in given.items() if value is None and self._is_part_only(name)}
        names = given.keys() & known - nothing  # `extra_body` may add others
        files = {name for name, value in given.items() if any(map(is_file, items_of(value)))}
        fitting = [
            one for one in self._formats if names.issubset(one.members or names) and files.isdisjoint(one.no_files)
        ]
        if not fitting:
            raise TypeError(f"These arguments can't be sent together: {_listed(names)}")
        for one in fitting:
            if names.issuperset(one.required):
                return one.encoder({name: value for name, value in given.items() if name not in nothing})
        raise TypeError(f"Missing required arguments: {_listed(set(fitting[0].required) - names)}")

    def _is_part_only(self, name: str) -> bool:
        """Whether only forms have the member: no part is what `None` means there."""
        return not any(name in one.members for one in self._formats if isinstance(one.encoder, Json))


class Json:
    """Writes JSON of a certain media type. `None` is `null`."""

    def __init__(self, media_type: str = "application/json", files_in: str | None = None) -> None:
        self._media_type = media_type
        self._files_in = files_in

    def __call__(self, body: object) -> Content:
        """Return the body as JSON."""
        return Content(encode_json(body, self._files_in), content_type=self._media_type)


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
