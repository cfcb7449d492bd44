"""What arrives decides what a method gives: status, media type, body (OpenAPI 3.1 §4.8.16, §4.8.17)."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..generator.lowering import lower_text
from .packages import Package

REPORT = {"type": "object", "required": ["rows"], "properties": {"rows": {"type": "integer"}}}
JOB = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
JSON = "application/json"


def body(media_type: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": "x", "content": {media_type: {} if schema is None else {"schema": schema}}}


EMPTY = {"description": "x"}
RESPONSES: dict[str, dict[str, Any]] = {
    "/optional": {"200": body(JSON, REPORT), "204": EMPTY},
    "/not_modified": {"200": body(JSON, REPORT), "304": EMPTY},
    "/two": {"200": body(JSON, REPORT), "202": body(JSON, JOB)},
    "/accepted": {"200": body(JSON, REPORT), "202": EMPTY},
    "/media": {
        "200": {
            "description": "x",
            "content": {
                JSON: {"schema": REPORT},
                "text/csv": {"schema": {"type": "string"}},
                "image/png": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
    "/twins": {"200": {"description": "x", "content": {t: {"schema": REPORT} for t in ("application/xml", JSON)}}},
    "/range": {"2XX": body(JSON, REPORT), "default": body(JSON, JOB)},
    "/text": {"200": body("text/plain", {"type": "string"}), "204": EMPTY},
    "/number": {"200": body("text/plain", {"type": "integer"})},
    "/xml": {"200": body("application/xml", REPORT)},
    "/any": {"200": body("*/*", REPORT)},
    "/any_text": {"200": body("*/*", {"type": "string"})},
    "/free": {"200": body(JSON, {"type": "object"})},
    "/unsaid": {"200": body(JSON)},
    "/vendor": {"200": body("application/vnd.pets+json", REPORT)},
    "/file": {"200": body(JSON, {"type": "string", "format": "binary"})},
    "/level": {"200": body("text/plain", {"enum": [1, 2]})},
    "/flag": {"200": body("text/plain", {"const": True})},
    "/null": {"200": body(JSON, {"type": "null"})},
    "/two_or_null": {"200": body(JSON, REPORT), "202": body(JSON, {"const": None})},
}
NAMES = {path: f"send{number or ''}" for number, path in enumerate(RESPONSES)}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = {"paths": {path: {"get": {"responses": responses}} for path, responses in RESPONSES.items()}}
    return Package(tmp_path_factory.mktemp("package"), document)


def call(package: Package, path: str, status: int, media_type: str = "", data: bytes = b"") -> Any:
    response = httpx.Response(status, headers={"Content-Type": media_type} if media_type else {}, content=data)
    client, _ = package.client(response, max_retries=0)
    return getattr(client.find, NAMES[path])()


def annotation(package: Package, path: str) -> str:
    client, _ = package.client()
    return str(inspect.signature(getattr(client.find, NAMES[path])).return_annotation)


ROWS, ID = b'{"rows": 2}', b'{"id": "j"}'


@pytest.mark.parametrize(
    ("path", "status", "media_type", "data", "shown"),
    [
        ("/optional", 200, JSON, ROWS, "FindSendResponse(rows=2)"),
        ("/optional", 204, "", b"", "None"),
        ("/optional", 205, "", b"", "None"),
        ("/range", 204, JSON, b"", "None"),
        ("/not_modified", 304, "", b"", "None"),
        ("/two", 200, JSON, ROWS, "FindSend2Response(rows=2)"),
        ("/two", 202, JSON, ID, "FindSend2AcceptedResponse(id='j')"),
        ("/two", 204, "", b"", "None"),
        ("/accepted", 202, "", b"", "None"),
        ("/accepted", 202, "text/plain", b"soon", "None"),
        ("/media", 200, JSON, ROWS, "FindSend4Response(rows=2)"),
        ("/media", 200, "application/json; charset=utf-8", ROWS, "FindSend4Response(rows=2)"),
        ("/media", 200, "text/csv", b"a,b", "'a,b'"),
        ("/media", 200, "text/plain", b"a,b", "'a,b'"),
        ("/media", 200, "image/png", b"\x89", r"b'\x89'"),
        ("/range", 201, JSON, ROWS, "FindSend6Response(rows=2)"),
        ("/text", 200, "text/plain", b"hi", "'hi'"),
        ("/text", 204, "", b"", "None"),
        ("/number", 200, "text/plain", b"5", "5"),
        ("/level", 200, "text/plain", b"2", "2"),
        ("/flag", 200, "text/plain", b"true", "True"),
        ("/null", 200, JSON, b"null", "None"),
        ("/two_or_null", 200, JSON, ROWS, "FindSend19Response(rows=2)"),
        ("/two_or_null", 202, JSON, b"null", "None"),
        ("/xml", 200, "application/xml", b"<a/>", "'<a/>'"),
        ("/any", 200, JSON, ROWS, "FindSend10Response(rows=2)"),
        ("/any_text", 200, "text/plain", b"hi", "'hi'"),
        ("/free", 200, JSON, ROWS, "{'rows': 2}"),
        ("/unsaid", 200, JSON, b"[1]", "[1]"),
        ("/vendor", 200, "application/vnd.pets+json", ROWS, "FindSend14Response(rows=2)"),
    ],
)
def test_what_arrives_decides(
    package: Package, path: str, status: int, media_type: str, data: bytes, shown: str
) -> None:
    assert repr(call(package, path, status, media_type, data)) == shown


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/optional", "Optional[FindSendResponse]"),
        ("/two", "Union[FindSend2Response, FindSend2AcceptedResponse]"),
        ("/accepted", "Optional[FindSend3Response]"),
        ("/null", "None"),
        ("/two_or_null", "Optional[FindSend19Response]"),
        ("/media", "Union[FindSend4Response, bytes, str]"),
        ("/twins", "FindSend5Response"),
        ("/range", "FindSend6Response"),
        ("/text", "Optional[str]"),
        ("/number", "int"),
        ("/xml", "str"),
        ("/any_text", "str"),
        ("/free", "Dict[str, object]"),
        ("/unsaid", "object"),
        ("/file", "BinaryAPIResponse"),
    ],
)
def test_the_annotation_says_so(package: Package, path: str, text: str) -> None:
    assert annotation(package, path) == text


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/optional", JSON),
        ("/media", f"{JSON}, image/png, text/csv"),
        ("/twins", JSON),
        ("/xml", "application/xml"),
        ("/null", JSON),
        ("/vendor", "application/vnd.pets+json"),
    ],
)
def test_accept_is_what_the_responses_declare(package: Package, path: str, accept: str) -> None:
    client, requests = package.client(httpx.Response(204))
    getattr(client.find, NAMES[path])()
    assert requests[-1].headers["Accept"] == accept


def test_a_stream_beside_bytes_is_a_stream_in_raw_responses_too(tmp_path: Path) -> None:
    content = {"audio/mpeg": {}, "text/event-stream": {"schema": JOB}}
    flag = {"type": "object", "properties": {"stream": {"type": "boolean"}}}
    post = {
        "requestBody": {"content": {JSON: {"schema": flag}}},
        "responses": {"200": {"description": "x", "content": content}},
    }
    package = Package(tmp_path, {"paths": {"/speech": {"post": post}}})
    class_ = getattr(package.module, f"Async{package.name.capitalize()}")

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text='data: {"id": "1"}\n\n', headers={"content-type": "text/event-stream"})

    async def call() -> list[str]:
        async with class_(http_client=httpx.AsyncClient(transport=httpx.MockTransport(handle))) as client:
            raw = await client.find.with_raw_response.send(stream=True)
            async with client.find.with_streaming_response.send(stream=True) as streamed:
                streams = [raw.parse(), await streamed.parse()]
                return [job.id for stream in streams async for job in stream]

    assert asyncio.run(call()) == ["1", "1"]
    raw = package.client(handle(httpx.Request("POST", "/")))[0].find.with_raw_response.send(stream=True)
    assert [job.id for job in raw.parse()] == ["1"]


def test_304_that_nobody_declared_is_an_error(package: Package) -> None:
    with pytest.raises(package.module.APIStatusError):
        call(package, "/optional", 304)


def test_raw_responses_parse_by_what_arrived(package: Package) -> None:
    response = httpx.Response(202, headers={"Content-Type": JSON}, content=ID)
    client, _ = package.client(response)
    assert getattr(client.find.with_raw_response, NAMES["/two"])().parse().id == "j"


def test_packages_without_choices_have_no_module_for_them(tmp_path: Path) -> None:
    document = {"paths": {"/a": {"get": {"responses": RESPONSES["/optional"]}}}}
    files = Package(tmp_path, document).files
    assert not [path for path in files if path.endswith("negotiated.py")]


HEADERS = {
    "X-Size": {"schema": {"type": "integer"}},
    "X-Tags": {"schema": {"type": "array", "items": {"type": "string"}}},
    "X-Seen": {"schema": {"type": "string", "format": "date-time"}},
    "X-Plain": {"schema": {"type": "boolean"}},
    "X-Level": {"schema": {"type": "integer", "enum": [1, 2]}},
    "X-Flag": {"schema": {"const": True}},
    "X-Color": {"schema": {"enum": ["red", "1"]}},
    "Content-Type": {"schema": {"type": "string"}},
}
LIMITS = {
    "X-RateLimit-Limit": {"schema": {"type": "integer"}},
    "X-RateLimit-Reset": {"schema": {"type": "integer"}},
}
VERBS = {
    "/thing": {
        "head": {"responses": {"200": {"description": "x", "headers": HEADERS}}},
        "options": {"responses": {"204": {"description": "x"}}},
        "trace": {"responses": {"200": body("message/http")}},
    }
}


@pytest.fixture(scope="module")
def verbs(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("verbs"), {"paths": VERBS})


def test_head_gives_the_headers_that_are_declared(verbs: Package) -> None:
    headers = {"x-size": "12", "X-Tags": "a, b", "x-seen": "2024-01-01T00:00:00Z", "x-plain": "maybe", "x-other": "1"}
    headers |= {"x-level": "2", "x-flag": "true", "x-color": "1"}
    client, requests = verbs.client(httpx.Response(200, headers=headers))
    found = client.find.send()
    assert (requests[-1].method, requests[-1].url.path) == ("HEAD", "/v1/thing")
    assert (found.x_size, found.x_tags, found.x_seen.year, found.x_plain) == (12, ["a", "b"], 2024, "maybe")
    assert (found.x_level, found.x_flag, found.x_color) == (2, True, "1")
    assert type(found.x_level) is int and type(found.x_flag) is bool and type(found.x_color) is str
    assert "content_type" not in type(found).model_fields
    assert client.find.with_raw_response.send().headers["x-other"] == "1"


BESIDE_BODIES = {
    "/thing": {
        "get": {"responses": {"200": {**body("application/json"), "headers": HEADERS}}},
        "put": {
            "responses": {"204": {"description": "x", "headers": {"X-Request-Id": {"schema": {"type": "string"}}}}}
        },
    },
    "/limits": {
        verb: {"responses": {"204": {"description": "x", "headers": LIMITS}}} for verb in ("get", "put", "delete")
    },
}


def test_raw_responses_give_the_headers_that_are_declared_beside_a_body(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": BESIDE_BODIES})
    response = httpx.Response(200, json={}, headers={"X-SIZE": "12", "x-tags": "a, b", "x-plain": "true"})
    client, _ = package.client(response)
    raw = client.find.with_raw_response.send()
    headers = raw.parse_headers(package.module.types.FindSendHeaders)
    assert (headers.x_size, headers.x_tags, headers.x_plain, headers.x_seen) == (12, ["a", "b"], True, None)
    with client.find.with_streaming_response.send() as unread:
        assert unread.parse_headers(package.module.types.FindSendHeaders).x_size == 12
    assert "FindSendHeaders" in client.find.send.__doc__


def test_headers_are_read_in_the_style_simple_and_as_json(tmp_path: Path) -> None:
    size = {"type": "object", "properties": {"w": {"type": "integer"}, "unit": {"type": "string"}}}
    number_or_null = {"type": ["integer", "null"]}
    schemas: dict[str, Any] = {
        "X-Pairs": size,
        "X-Exploded": size,
        "X-Half": size,
        "X-Free": {"type": "object", "additionalProperties": {"type": "integer"}},
        "X-Either": {"type": ["integer", "boolean"]},
        "X-Text": {"type": ["integer", "string"]},
        "X-Null": number_or_null,
    }
    declared: dict[str, Any] = {name: {"schema": schema} for name, schema in schemas.items()}
    declared["X-Json"] = {"content": {JSON: {"schema": size}}}
    declared["X-Jsons"] = {"content": {JSON: {"schema": {"type": "array", "items": size}}}}
    response = {"description": "x", "headers": declared}
    package = Package(tmp_path, {"paths": {"/thing": {"head": {"responses": {"200": response}}}}})
    sent = {
        "X-Pairs": "w,1,unit,a=b",
        "X-Exploded": "w=1, unit=cm",
        "X-Half": "w,1,unit",
        "X-Free": "a=1,b=2",
        "X-Either": "true",
        "X-Text": "1",
        "X-Null": "7",
        "X-Json": '{"w": 1, "unit": "a,b"}',
        "X-Jsons": '[{"w": 1}, {"w": 2}]',
    }
    found = package.client(httpx.Response(200, headers=sent))[0].find.send()
    assert found.x_pairs.to_dict() == {"w": 1, "unit": "a=b"}
    assert found.x_exploded.to_dict() == {"w": 1, "unit": "cm"}
    assert found.x_half == "w,1,unit"
    assert found.x_free == {"a": 1, "b": 2}
    assert (found.x_either, found.x_text, found.x_null) == (True, "1", 7)
    assert found.x_json.to_dict() == {"w": 1, "unit": "a,b"}
    assert [item.w for item in found.x_jsons] == [1, 2]


def test_headers_that_operations_have_in_common_are_one_model(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": BESIDE_BODIES})
    found = sorted(name for name in package.module.types.__all__ if name.endswith("Headers"))
    assert found == ["FindSendHeaders", "RateLimitHeaders"], "texts need no model"
    client, _ = package.client(httpx.Response(204, headers={"X-RateLimit-Limit": "5", "X-RateLimit-Reset": "soon"}))
    limits = client.find.with_raw_response.send4().parse_headers(package.module.types.RateLimitHeaders)
    assert (limits.x_rate_limit_limit, limits.x_rate_limit_reset) == (5, "soon")


def test_options_and_trace_have_methods(verbs: Package) -> None:
    client, requests = verbs.client(httpx.Response(204, headers={"Allow": "GET"}))
    assert client.find.send1()["allow"] == "GET"
    client.find.send2()
    assert [request.method for request in requests] == ["OPTIONS", "TRACE"]


def test_asynchronous_clients_have_them_too(verbs: Package) -> None:
    response = httpx.Response(200, headers={"x-size": "12"})
    class_ = getattr(verbs.module, f"Async{verbs.name.capitalize()}")

    async def call() -> Any:
        async with class_(http_client=httpx.AsyncClient(transport=httpx.MockTransport(lambda _: response))) as client:
            return await client.find.send()

    assert asyncio.run(call()).x_size == 12


def test_the_other_methods_keep_their_names_beside_head() -> None:
    lowered = lower_text(
        """
        paths:
          /health:
            get: {operationId: health, responses: {"204": {description: x}}}
            head: {operationId: health, responses: {"204": {description: x}}}
        """
    )
    assert [method.name for method in lowered.resource("health").methods] == ["retrieve", "head"]


def test_models_of_many_fields_are_read_by_functions_that_checkers_can_follow(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(230)]
    schema = {"type": "object", "required": ["f0"], "properties": {name: {"type": "integer"} for name in names}}
    package = Package(tmp_path, {"paths": {"/big": {"get": {"responses": {"200": body(JSON, schema)}}}}})
    (text,) = [text for path, text in package.files.items() if "_converters/" in path and "f229" in text]
    conditions = [function.count(" in data:") for function in text.split("\ndef ")]
    assert max(conditions) <= 100
    assert sum(conditions) == len(names) - 1
    client, _ = package.client(httpx.Response(200, json={"f0": 1, "f120": 2, "f229": 3, "more": 4}))
    found = client.find.send()
    assert (found.f0, found.f1, found.f120, found.f229, found.more) == (1, None, 2, 3, 4)


def test_headers_of_one_name_that_hold_other_values_have_models_of_their_own(tmp_path: Path) -> None:
    def declared(schema: dict[str, Any]) -> dict[str, Any]:
        headers = {"X-Left": {"schema": schema}}
        return {verb: {"responses": {"204": {"description": "x", "headers": headers}}} for verb in ("get", "put")}

    links = {"type": "string", "format": "link"}  # a format that Python has no class for: texts as any
    paths = {"/a": declared({"type": "integer"}), "/b": declared({"type": "boolean"}), "/c": declared(links)}
    package = Package(tmp_path, {"paths": paths})
    types = package.module.types
    client, _ = package.client(httpx.Response(204, headers={"X-Left": "1"}))
    raw = client.find.with_raw_response.send()
    assert raw.parse_headers(types.ResponseHeaders).x_left == 1
    client, _ = package.client(httpx.Response(204, headers={"X-Left": "true"}))
    assert client.find.with_raw_response.send3().parse_headers(types.ResponseHeaders2).x_left is True
    assert not hasattr(types, "ResponseHeaders3")
