"""Requests as httpx takes them, which keep their secrets to themselves: `repr` and pickles don't show them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Dict, KeysView

import httpx

from .._typing import Self, override
from .redaction import redacted_headers, redacted_url, without_secret_values


class Request(httpx.Request):
    """A request. Copies are whole, so that it can be sent again; pickles carry no secrets."""

    @override
    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {redacted_url(self.url)!r})>"

    @override
    def __getstate__(self) -> Dict[str, Any]:
        state = super().__getstate__()
        return {**state, "headers": redacted_headers(self.headers), "url": httpx.URL(redacted_url(self.url))}

    def __copy__(self) -> Self:
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def __deepcopy__(self, memo: Dict[int, Any]) -> Self:
        made = self.__copy__()
        made.headers = deepcopy(self.headers, memo)
        return made


class RequestHeaders(httpx.Headers):
    """Headers whose `repr` doesn't show secrets, and whose values are found faster.

    httpx turns the headers of each request into a dict to look for cookies, and searches its list once per header.
    """

    _values: Dict[str, str] | None = None

    @override
    def __getitem__(self, key: str) -> str:
        return (self._values or self._found())[key.lower()]

    @override
    def keys(self) -> KeysView[str]:
        return self._found().keys()

    @override
    def __setitem__(self, key: str, value: str) -> None:
        self._values = None
        super().__setitem__(key, value)

    @override
    def __delitem__(self, key: str) -> None:
        self._values = None
        super().__delitem__(key)

    @override
    def update(self, *args: Any, **kwargs: Any) -> None:
        super().update(*args, **kwargs)
        self._values = None

    @override
    def copy(self) -> RequestHeaders:
        return RequestHeaders(self)

    @override
    def __repr__(self) -> str:
        return repr(without_secret_values(self))

    def _found(self) -> Dict[str, str]:
        values = self._values
        if values is None:
            self._values = values = dict(self.items())
        return values
