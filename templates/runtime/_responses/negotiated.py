"""Responses that may have one of several types: their status and their media type decide."""

from __future__ import annotations

from typing import Any, List, Tuple

from .._lazy import httpx
from .._typing import override
from .parse import is_json_type, media_type_of, parse_body

Case = Tuple[str, str, Any]
"""Status (`200`, `2XX`, `default`), media type (empty where there is no body), type."""


class Negotiated:
    """A `cast_to` that decides when the response is there.

    Negotiated(("200", "application/json", Report), ("200", "text/csv", str), ("202", "", None))
    """

    def __init__(self, *cases: Case) -> None:
        self._cases = cases

    @override
    def __repr__(self) -> str:
        return f"Negotiated({', '.join(map(repr, self._cases))})"

    def parse_response(self, response: httpx.Response, *, strict: bool, expects_json: bool) -> Any:
        """Return the body as the type that is declared for what arrived.

        Raises:
            APIResponseValidationError: if the body isn't JSON where it should be, or, if `strict`, not as declared.
        """
        _, media_type, cast_to = self._chosen(response)
        if not media_type:
            return None
        is_json = cast_to is not str and cast_to is not bytes
        return parse_body(response, cast_to, strict=strict, expects_json=expects_json and is_json)

    def _chosen(self, response: httpx.Response) -> Case:
        cases = _of_status(self._cases, response.status_code)
        if len(cases) > 1 or not response.content:
            empty = [case for case in cases if not case[1]]
            if empty and not response.content:
                return empty[0]
            cases = [case for case in cases if case[1]] or cases
        kind = media_type_of(response)
        return min(cases, key=lambda case: _distance(case[1], kind))


def _of_status(cases: Tuple[Case, ...], status: int) -> List[Case]:
    """The cases of a status, else of its range, else `default`; all of them if it isn't declared."""
    for wanted in (str(status), f"{status // 100}XX", "default"):
        found = [case for case in cases if case[0] == wanted]
        if found:
            return found
    return list(cases)


def _distance(declared: str, received: str) -> int:
    """How badly a declared media type fits the received one. RFC 9110 §12.5.1 ranks ranges in this order."""
    declared = declared.partition(";")[0].strip().lower()
    if declared == received:
        return 0
    if is_json_type(declared) and is_json_type(received):
        return 1
    if declared.endswith("/*") and received.startswith(declared[:-1]):
        return 2
    if declared.partition("/")[0] == received.partition("/")[0] == "text":
        return 3
    return 4 if declared == "*/*" else 5
