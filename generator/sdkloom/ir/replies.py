"""Responses for tests without a server."""

from __future__ import annotations

import attrs

from .json_like import JsonLike


@attrs.frozen(kw_only=True)
class Reply:
    """One response: `value` is what its JSON says, `text` what a body of another kind holds."""

    status: int = 200
    media_type: str = ""
    value: JsonLike = None
    text: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class Replies:
    """What the tests of a method get: a response, and a stream, if it can be asked for one."""

    plain: Reply = Reply()
    stream: Reply | None = None
