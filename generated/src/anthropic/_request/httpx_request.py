"""Requests as httpx takes them, which keep their secrets to themselves: `repr` and pickles don't show them.

The classes have no base here: `request_classes` makes them subclasses of those of the library that a client works with.
"""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from typing import Any, Callable, Dict, KeysView, Tuple, Type

from .._lazy import TYPE_CHECKING, httpx
from .._typing import Self, override
from .http_library import based_on, library_of, url_of
from .redaction import redacted_headers, redacted_url, without_secret_values

if TYPE_CHECKING:
    _Request = httpx.Request
    _Headers = httpx.Headers
else:
    _Request = _Headers = object


class Request(_Request):
    """A request. Copies are whole, so that it can be sent again; pickles carry no secrets."""

    @override
    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {redacted_url(self.url)!r})>"

    @override
    def __getstate__(self) -> Dict[str, Any]:
        state = super().__getstate__()
        url = url_of(library_of(self), redacted_url(self.url))
        return {**state, "headers": redacted_headers(self.headers), "url": url}

    @override
    def __reduce__(self) -> Tuple[Callable[[str], object], Tuple[str], Dict[str, Any]]:
        return _blank_request, (library_of(self).__name__,), self.__getstate__()

    def __copy__(self) -> Self:
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def __deepcopy__(self, memo: Dict[int, Any]) -> Self:
        made = self.__copy__()
        made.headers = deepcopy(self.headers, memo)
        return made


def _blank_request(library: str) -> Request:
    """A request without attributes, which a pickle then fills."""
    request, _ = request_classes(import_module(library))
    return request.__new__(request)


class RequestHeaders(_Headers):
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
    def copy(self) -> Self:
        return type(self)(self)

    @override
    def __repr__(self) -> str:
        return repr(without_secret_values(self))

    def _found(self) -> Dict[str, str]:
        values = self._values
        if values is None:
            self._values = values = dict(self.items())
        return values


def request_classes(library: Any) -> Tuple[Type[Request], Type[RequestHeaders]]:
    """Return the classes of requests and of their headers for a library: the module httpx, or httpx2."""
    return based_on(Request, library.Request), based_on(RequestHeaders, library.Headers)
