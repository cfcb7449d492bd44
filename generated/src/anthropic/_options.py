"""One call, as the client's verbs describe it."""

from __future__ import annotations

from typing import Any, Mapping

from ._lazy import httpx
from ._types import NOT_GIVEN, Body, Headers, NotGiven, Query, RequestFiles
from ._typing import Self


class FinalRequestOptions:
    """What to send and how. `typed`: the result has to be of the declared type, as generated methods promise."""

    __slots__ = (
        "extra_json",
        "files",
        "headers",
        "idempotency_key",
        "json_data",
        "max_retries",
        "method",
        "params",
        "timeout",
        "typed",
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
        idempotency_key: str | None = None,
        json_data: Body | None = None,
        extra_json: Body | None = None,
        typed: bool = False,
    ) -> None:
        self.method = method
        self.url = url
        self.params = params
        self.headers: Headers | None = headers or None
        self.max_retries = max_retries
        self.timeout = timeout
        self.files = files
        self.idempotency_key = idempotency_key
        self.json_data = json_data
        self.extra_json = extra_json
        self.typed = typed

    @classmethod
    def construct(cls, **values: Any) -> Self:
        """Make one from a mapping of options; unknown names are an error."""
        return cls(**values)

    def retries(self, default: int) -> float:
        """How many times to try again."""
        return default if isinstance(self.max_retries, NotGiven) else self.max_retries

    def json_body(self) -> Body | None:
        """The body with the extra members merged into it."""
        if self.extra_json is None:
            return self.json_data
        if self.json_data is None:
            return self.extra_json
        body: Any = self.json_data
        extra: Any = self.extra_json
        if _is_mapping(body) and _is_mapping(extra):
            return {**body, **extra}
        kind = extra.__class__ if _is_mapping(body) else body.__class__
        raise RuntimeError(f"Unexpected JSON data type, {kind.__name__}, cannot merge with `extra_body`")


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)
