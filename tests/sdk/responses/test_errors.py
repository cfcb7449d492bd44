"""The exception family: classes, attributes, texts, pickles."""

from __future__ import annotations

import copy
import pickle
import traceback
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import _exceptions

from ..faces import KEY, Face, Recorder

CLASSES = {
    400: anthropic.BadRequestError,
    401: anthropic.AuthenticationError,
    403: anthropic.PermissionDeniedError,
    404: anthropic.NotFoundError,
    409: anthropic.ConflictError,
    422: anthropic.UnprocessableEntityError,
    429: anthropic.RateLimitError,
    500: anthropic.InternalServerError,
    503: anthropic.InternalServerError,
    529: anthropic.InternalServerError,
    402: anthropic.APIStatusError,
    413: anthropic.APIStatusError,
    418: anthropic.APIStatusError,
    301: anthropic.APIStatusError,
}


def failure(face: Face, response: httpx.Response, **arguments: Any) -> anthropic.APIStatusError:
    with pytest.raises(anthropic.APIStatusError) as caught:
        face.create(face.client(Recorder(response), max_retries=0), **arguments)
    return caught.value


@pytest.mark.parametrize("status", CLASSES)
def test_classes_by_status(face: Face, status: int) -> None:
    headers = {"request-id": "req_9"}
    error = failure(face, httpx.Response(status, json={"error": {"type": "x"}}, headers=headers))
    assert type(error) is CLASSES[status]
    assert isinstance(error, anthropic.APIError) and isinstance(error, anthropic.AnthropicError)
    assert error.status_code == status == error.response.status_code
    assert error.request_id == "req_9"
    assert error.body == {"error": {"type": "x"}}
    assert str(error) == error.message == f"Error code: {status} - {{'error': {{'type': 'x'}}}}"
    assert error.request is error.response.request
    assert error.__cause__ is None and (error.__context__ is None or error.__suppress_context__)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("content", "message", "body"),
    [
        (b"  plain text \n", "plain text", "plain text"),
        (b"", "Error code: 500", ""),
        (b"null", "Error code: 500 - None", None),
        (b"\xff\xfe\xfa", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"),
    ],
)
def test_texts(face: Face, content: bytes, message: str, body: object, stream: bool) -> None:
    error = failure(face, httpx.Response(500, content=content), stream=stream)
    assert (str(error), error.body) == (message, body)


@pytest.mark.parametrize("charset", ["hex", "zlib", "idna", "rot13", "nonsense"])
def test_a_charset_that_is_none(face: Face, charset: str) -> None:
    headers = {"content-type": f"text/plain; charset={charset}"}
    assert failure(face, httpx.Response(502, content=b"bad\xff", headers=headers)).message == "bad\ufffd"


def test_an_absurdly_deep_body(face: Face) -> None:
    error = failure(face, httpx.Response(400, content=b"[" * 100_000))
    assert isinstance(error, anthropic.BadRequestError) and error.body == "[" * 100_000


def test_a_body_that_nobody_can_read_any_more(face: Face) -> None:
    def hook(response: httpx.Response) -> None:
        response.close()
        response.raise_for_status()

    async def ahook(response: httpx.Response) -> None:
        await response.aclose()
        response.raise_for_status()

    class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            yield b"never read"

        async def __aiter__(self) -> Any:
            yield b"never read"

    server = Recorder(httpx.Response(500, stream=Body()))
    http_client = face.http_client(server, event_hooks={"response": [ahook if face.is_async else hook]})
    with pytest.raises(anthropic.InternalServerError) as caught:
        face.create(face.client_class(api_key=KEY, http_client=http_client, max_retries=0))
    assert (str(caught.value), caught.value.body) == ("Error code: 500", None)


def test_class_attributes() -> None:
    assert anthropic.RateLimitError.status_code == 429
    assert anthropic.BadRequestError.status_code == 400
    assert "status_code" not in vars(anthropic.InternalServerError)


def test_constructors() -> None:
    request = httpx.Request("GET", "http://h/")
    response = httpx.Response(200, request=request)
    assert str(anthropic.APIConnectionError(request=request)) == "Connection error."
    assert str(anthropic.APITimeoutError(request)) == "Request timed out."
    assert str(anthropic.APIError("m", request, body={})) == "m"
    invalid = anthropic.APIResponseValidationError(response, None)
    assert str(invalid) == "Data returned by API invalid for expected schema."
    assert invalid.status_code == 200 and invalid.response is response
    assert anthropic.APITimeoutError.__mro__[1] is anthropic.APIConnectionError


def test_names_in_tracebacks() -> None:
    assert anthropic.RateLimitError.__module__ == anthropic.Anthropic.__module__ == "anthropic"
    error = anthropic.APITimeoutError(httpx.Request("GET", "http://h/"))
    assert traceback.format_exception_only(error) == ["anthropic.APITimeoutError: Request timed out.\n"]
    assert _exceptions.AnthropicError is anthropic.AnthropicError
    with pytest.raises(AttributeError):
        _ = _exceptions.nothing


def raised(face: Face) -> list[anthropic.APIError]:
    """One of each kind, as calls raise them."""
    errors: list[anthropic.APIError] = [failure(face, httpx.Response(429, json={"a": [1]}), stream=True)]
    for response in (httpx.ReadTimeout("x"), httpx.ConnectError("x"), httpx.Response(200, content=b"{")):
        with pytest.raises(anthropic.APIError) as caught:
            face.create(face.client(Recorder(response), max_retries=0))
        errors.append(caught.value)
    return errors


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_and_copies(face: Face, protocol: int) -> None:
    for error in raised(face):
        for twin in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
            assert type(twin) is type(error)
            assert (str(twin), twin.args, twin.message, twin.body) == (
                str(error),
                error.args,
                error.message,
                error.body,
            )
            assert twin.request.url == error.request.url and twin.request.method == "POST"
            if isinstance(error, anthropic.APIStatusError):
                assert twin.status_code == 429 and twin.request_id == error.request_id
                assert twin.response.json() == {"a": [1]}
                assert twin.response.request.url == error.request.url
        data = pickle.dumps(error, protocol)
        assert KEY.encode() not in data


def test_subclasses_of_users_can_be_pickled_too() -> None:
    error = Mine("text", httpx.Request("GET", "http://h/"), body=None)
    error.more = [1, 2]
    twin = pickle.loads(pickle.dumps(error))
    assert type(twin) is Mine and twin.more == [1, 2] and str(twin) == "text"


class Mine(anthropic.APIError):
    more: list[int]


def test_strict_validation(face: Face) -> None:
    server = Recorder({"id": 5})
    with pytest.raises(anthropic.APIResponseValidationError) as caught:
        face.create(face.client(server, _strict_response_validation=True))
    assert caught.value.body == {"id": 5}
    assert "id" in str(caught.value) and isinstance(caught.value.__cause__, ValueError)
    assert face.create(face.client(server)).id == 5


def test_request_ids(face: Face) -> None:
    client = face.client(Recorder())
    assert face.create(client)._request_id == "req_1"
    with pytest.raises(anthropic.APIResponseValidationError) as caught:
        face.create(face.client(Recorder(httpx.Response(200, content=b"{", headers={"x-request-id": "r2"}))))
    assert caught.value.request_id == "r2"
