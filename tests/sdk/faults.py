"""The catalogue of faults: what the server does, and what a caller should see.

Used by the tests, and by benchmarks/faults.py, which prints it as a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from .fault_server import (
    ALL_EVENTS,
    BODY,
    EVENTS,
    Response,
    body_for,
    close,
    dribble,
    good,
    half,
    head,
    packed,
    reset,
    respond,
    send,
    stream,
    then,
    wait,
)

CONNECTION = "APIConnectionError"
TIMEOUT = "APITimeoutError"
INVALID = "APIResponseValidationError"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`expected` is the class of the exception for a plain call, `in_stream` for `create(stream=True)`, `in_helper` for
    `stream()`; `None`: the call ends well. `attempts` is how many requests a client makes that may retry once."""

    name: str
    responses: tuple[Response, ...]
    expected: str | None
    in_stream: str | None
    in_helper: str | None = "as in_stream"
    attempts: int = 1
    stream_attempts: int = 1
    cause: str | None = None
    """The class of the `__cause__` of a plain call's exception."""
    slow: bool = False
    """Ends by a timeout of the client."""
    deadline: bool = False
    """Only a limit for the whole call ends it."""

    def wanted(self, mode: str) -> tuple[str | None, int]:
        """The class and the number of requests for `plain`, `raw`, `stream` or `helper`."""
        if mode in ("plain", "raw"):
            return self.expected, self.attempts
        if mode == "helper" and self.in_helper != "as in_stream":
            return self.in_helper, self.stream_attempts
        return self.in_stream, self.stream_attempts


_SSE = head(content_type="text/event-stream", transfer_encoding="chunked")
_DEEP = b"[" * 100_000
_BAD_EVENT = b"event: message_start\ndata: {not json\n\n"
_LATIN = ALL_EVENTS.replace(b"Hel", b"H\xe9l")


def _rate_limited(**headers: str) -> tuple[Response, ...]:
    return (respond(b'{"type":"error"}', "429 Too Many Requests", **headers),)


FAULTS = [
    Fault(
        name="reset before the headers",
        responses=(reset,),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        stream_attempts=2,
        cause="ReadError",
    ),
    Fault(
        name="closed before the headers",
        responses=(close,),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        stream_attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="not HTTP at all",
        responses=(then(send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), close),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        stream_attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="reset in the body",
        responses=(half(reset),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        cause="ReadError",
    ),
    Fault(
        name="closed in the body",
        responses=(half(close),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="closed in the headers",
        responses=(then(send(b"HTTP/1.1 200 OK\r\ncontent-"), close),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        stream_attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="bad chunking",
        responses=(then(send(_SSE + b"5\r\nhello\r\nzz\r\n"), close),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="no response",
        responses=(wait,),
        expected=TIMEOUT,
        in_stream=TIMEOUT,
        attempts=2,
        stream_attempts=2,
        cause="ReadTimeout",
        slow=True,
    ),
    Fault(
        name="stalls in the body",
        responses=(half(wait),),
        expected=TIMEOUT,
        in_stream=TIMEOUT,
        attempts=2,
        cause="ReadTimeout",
        slow=True,
    ),
    Fault(
        name="truncated gzip",
        responses=(body_for(packed(BODY)[:60], packed(ALL_EVENTS)[:60], content_encoding="gzip"),),
        expected=INVALID,
        in_stream=None,
        in_helper=CONNECTION,
        cause="JSONDecodeError",
    ),
    Fault(
        name="broken gzip",
        responses=(body_for(b"\x1f\x8b" + BODY, b"\x1f\x8b" + ALL_EVENTS, content_encoding="gzip"),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        cause="DecodingError",
    ),
    Fault(
        name="malformed JSON",
        responses=(body_for(BODY[:50], _BAD_EVENT),),
        expected=INVALID,
        in_stream=INVALID,
        cause="JSONDecodeError",
    ),
    Fault(
        name="empty body",
        responses=(body_for(b"", b""),),
        expected=INVALID,
        in_stream=None,
        in_helper=CONNECTION,
        cause="JSONDecodeError",
    ),
    Fault(
        name="not UTF-8",
        responses=(body_for(b'{"id":"\xe9"}', _LATIN),),
        expected=INVALID,
        in_stream=None,  # event streams replace such bytes, says the standard
        cause="UnicodeDecodeError",
    ),
    Fault(
        name="absurdly deep JSON",
        responses=(body_for(_DEEP, b"event: message_start\ndata: " + _DEEP + b"\n\n"),),
        expected=INVALID,
        in_stream=INVALID,
        cause="ValueError",
    ),
    Fault(
        name="a web page instead",
        responses=(respond(b"<html>Please log in</html>", content_type="text/html"),),
        expected=INVALID,
        in_stream=INVALID,
        cause="JSONDecodeError",
    ),
    Fault(
        name="the other kind of response",
        responses=(lambda c: (respond() if c.request and c.request.wants_stream else stream())(c),),
        expected=INVALID,
        in_stream=INVALID,
        cause="JSONDecodeError",
    ),
    Fault(
        name="stream without its end",
        responses=(stream(EVENTS[:4]),),
        expected=INVALID,
        in_stream=None,
        in_helper=CONNECTION,
        cause="JSONDecodeError",
    ),
    Fault(
        name="redirect loop",
        responses=(respond(b"", "307 Temporary Redirect", location="/v1/messages"),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=21,
        stream_attempts=21,
        cause="TooManyRedirects",
    ),
    Fault(
        name="redirect to nowhere",
        responses=(respond(b"", "307 Temporary Redirect", location="http://127.0.0.1:port/"),),
        expected=CONNECTION,
        in_stream=CONNECTION,
        attempts=2,
        stream_attempts=2,
        cause="RemoteProtocolError",
    ),
    Fault(
        name="redirect without a place",
        responses=(respond(b"", "307 Temporary Redirect"),),
        expected="APIStatusError",
        in_stream="APIStatusError",
    ),
    *(
        Fault(
            name=f"Retry-After: {value}",
            responses=_rate_limited(retry_after=value),
            expected="RateLimitError",
            in_stream="RateLimitError",
            attempts=2,
            stream_attempts=2,
        )
        for value in ("Fri, 31 Dec 99999 23:59:59 GMT", "-5", "nan", "inf", "1e400", "99999999999999999999", "soon")
    ),
    Fault(
        name="error status, body cut off",
        responses=(then(send(head("500 Oops", content_length="1000") + b"half"), reset),),
        expected=CONNECTION,
        in_stream="InternalServerError",
        attempts=2,
        stream_attempts=2,
        cause="ReadError",
    ),
    Fault(
        name="error status, then a good response",
        responses=(respond(b"{}", "529 Overloaded", retry_after_ms="1"), good),
        expected=None,
        in_stream=None,
        attempts=2,
        stream_attempts=2,
    ),
    Fault(
        name="headers that dribble in",
        responses=(dribble(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 10_000),),
        expected=TIMEOUT,
        in_stream=TIMEOUT,
        cause="DeadlineExceeded",
        deadline=True,
    ),
    Fault(
        name="a body that dribbles in",
        responses=(then(send(head(content_length="100000", content_type="application/json")), dribble(b" ")),),
        expected=TIMEOUT,
        in_stream=INVALID,
        cause="DeadlineExceeded",
        deadline=True,
    ),
    Fault(
        name="a stream that dribbles in",
        responses=(then(send(_SSE), dribble(b"1\r\n:\r\n")),),
        expected=TIMEOUT,
        in_stream=TIMEOUT,
        cause="DeadlineExceeded",
        deadline=True,
    ),
]
