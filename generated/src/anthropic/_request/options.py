"""One call, as the client's verbs describe it."""

from __future__ import annotations

import math
from typing import Any, Callable, Mapping, Sequence

from .._lazy import httpx
from .._public import PACKAGE
from .._types import NOT_GIVEN, Body, Headers, NotGiven, Query, RequestFiles
from .._typing import Self
from .http_library import classes


class FinalRequestOptions:
    """What to send and how.

    `encoder`: what makes the body of `json_data`, where neither JSON nor the content type says how.
    `files_in`: the type that says where a JSON body may hold paths, if it may.
    `errors`: the types of the bodies of errors, by status.
    `not_modified`: status 304 is no error.
    `expects_json`: a response that isn't JSON is an error, since generated methods promise the declared type.
    `security`: what the request needs, if that is something else than what the client says.
    `server`: the URL of the operation's own server.
    """

    __slots__ = (
        "encoder",
        "errors",
        "extra_json",
        "files",
        "files_in",
        "headers",
        "idempotency_key",
        "json_data",
        "max_retries",
        "method",
        "not_modified",
        "params",
        "security",
        "server",
        "timeout",
        "expects_json",
        "url",
    )

    def __init__(
        self,
        *,
        method: str,
        url: str,
        params: Query | None = None,
        headers: Headers | NotGiven | None = None,
        max_retries: int | NotGiven = NOT_GIVEN,
        timeout: float | httpx.Timeout | None | NotGiven = NOT_GIVEN,
        files: RequestFiles | None = None,
        files_in: str | None = None,
        idempotency_key: str | None = None,
        json_data: Body | None = None,
        extra_json: Body | None = None,
        encoder: Callable[[object], object] | None = None,
        expects_json: bool = False,
        errors: Any = None,
        not_modified: bool = False,
        security: Sequence[Mapping[str, Sequence[str]]] | None = None,
        server: str | None = None,
    ) -> None:
        self.method = method
        self.url = url
        self.params = params
        self.headers: Headers | None = headers or None
        self.max_retries = max_retries
        self.timeout = timeout
        self.files = files
        self.files_in = files_in
        self.idempotency_key = idempotency_key
        self.json_data = json_data
        self.extra_json = extra_json
        self.encoder = encoder
        self.expects_json = expects_json
        self.errors = errors
        self.not_modified = not_modified
        self.security = security
        self.server = server

    @classmethod
    def construct(cls, **values: Any) -> Self:
        """Make one from options by name. An unknown name is a `TypeError`."""
        return cls(**values)

    def retries(self, default: int) -> float:
        """Return how many times to try again; `default` is what the client says."""
        if isinstance(self.max_retries, NotGiven):
            return default
        check_retries(self.max_retries)
        return self.max_retries

    def time_limit(self, default: float | httpx.Timeout | None) -> float | httpx.Timeout | None:
        """Return how long to wait, in seconds or step by step; `default` is what the client says."""
        if isinstance(self.timeout, NotGiven):
            return default
        check_timeout(self.timeout)
        return self.timeout

    def json_body(self) -> Body | None:
        """Return the body with the extra members merged into it.

        Raises:
            RuntimeError: if there are extra members, but the body is no mapping.
        """
        if self.extra_json is None:
            return self.json_data
        if self.json_data is None or isinstance(self.json_data, NotGiven):
            return self.extra_json
        body: Any = self.json_data
        extra: Any = self.extra_json
        if _is_mapping(body) and _is_mapping(extra):
            return {**body, **extra}
        kind = extra.__class__ if _is_mapping(body) else body.__class__
        raise RuntimeError(f"Unexpected JSON data type, {kind.__name__}, cannot merge with `extra_body`")


def check_retries(max_retries: object) -> None:
    """Refuse a number of retries that isn't one.

    Raises:
        TypeError: if it is no number.
        ValueError: if it is negative or has a fraction.
    """
    if max_retries is None:
        raise TypeError(
            "max_retries cannot be None. If you want to disable retries, pass `0`; if you want unlimited retries, pass "
            f"`math.inf` or a very high number; if you want the default behavior, pass `{PACKAGE}.DEFAULT_MAX_RETRIES`"
        )
    number = check_number("max_retries", max_retries)
    if number < 0 or (number != math.inf and number != int(number)):
        raise ValueError(f"max_retries must be a whole number from 0 on, or `math.inf`, not {number}.")


def check_timeout(timeout: object) -> None:
    """Refuse a timeout that isn't one.

    Raises:
        TypeError: if a limit is neither a number nor `None`.
        ValueError: if a limit is negative.
    """
    limits: Any = timeout
    if isinstance(timeout, classes("Timeout")):
        limits = limits.as_dict().values()
    elif not isinstance(timeout, tuple):
        limits = (timeout,)
    for limit in limits:
        if limit is not None and check_number("timeout", limit) < 0:
            raise ValueError(f"timeout must not be negative, but is {limit}.")


def check_number(name: str, value: Any) -> float:
    """Return the value, if it is a number. `name` is what the message calls it.

    Raises:
        TypeError: if it is of another type; `bool` is one of those.
        ValueError: if it is "not a number".
    """
    if isinstance(value, bool) or not (isinstance(value, float) or hasattr(value, "__index__")):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}.")
    number: float = value
    if math.isnan(number):
        raise ValueError(f"{name} must be a number, not {number}.")
    return number


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


RAW_RESPONSE_HEADER = "X-Stainless-Raw-Response"
"""Asks for a wrapper instead of the parsed response: `true` with the body read, `stream` without. It is sent with the
headers of the platform only."""


def raw_mode(options: FinalRequestOptions) -> str | None:
    """Return `true`, `stream` or `None`: whether the caller wants a response wrapper, and which."""
    mode = options.headers.get(RAW_RESPONSE_HEADER) if options.headers else None
    return mode if isinstance(mode, str) else None
