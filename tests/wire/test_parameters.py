"""Parameters are written in the style that the document says (OpenAPI 3.1 §4.8.12.3)."""

from __future__ import annotations

import datetime
import enum
from pathlib import Path
from typing import Any

import httpx
import pytest

from .packages import Package, operation

TEXTS = {"type": "array", "items": {"type": "string"}}
NUMBERS = {"type": "object", "additionalProperties": {"type": "integer"}}
ANYTHING: dict[str, Any] = {}
RED = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}


def query(name: str, schema: dict[str, Any] = ANYTHING, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


PARAMETERS: list[dict[str, Any]] = [
    query("form"),
    query("commas", explode=False),
    query("blanks", style="spaceDelimited", explode=False),
    query("pipes", style="pipeDelimited", explode=False),
    query("deep", style="deepObject", explode=True),
    query("reserved", allowReserved=True),
    query("flag", TEXTS, allowEmptyValue=True),
    query("list[]", TEXTS),
    {"name": "filter", "in": "query", "content": {"application/json": {"schema": {}}}},
    {"name": "X-Plain", "in": "header", "schema": {"type": "string", "nullable": True}},
    {"name": "X-Any", "in": "header", "schema": {}},
    {"name": "X-Exploded", "in": "header", "explode": True, "schema": NUMBERS},
    {"name": "session", "in": "cookie", "schema": {}},
    {"name": "seen", "in": "cookie", "explode": False, "schema": {}},
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("package"), {"openapi": "3.0.3", **operation(*PARAMETERS)})


def sent(package: Package, **arguments: Any) -> httpx.Request:
    client, requests = package.client()
    client.find.send(**arguments)
    return requests[-1]


class Colour(enum.Enum):
    BLUE = "blue"


NOON = datetime.datetime(2024, 2, 3, 12, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"form": ""}, "form="),
        ({"form": "a b&c=d+é"}, "form=a%20b%26c%3Dd%2B%C3%A9"),
        ({"form": RED}, "form=blue&form=black&form=brown"),
        ({"form": RGB}, "R=100&G=200&B=150"),
        ({"form": True}, "form=true"),
        ({"form": 1.5}, "form=1.5"),
        ({"form": NOON}, "form=2024-02-03T12%3A00%3A00Z"),
        ({"form": [NOON.date()]}, "form=2024-02-03"),
        ({"form": Colour.BLUE}, "form=blue"),
        ({"form": [Colour.BLUE, None]}, "form=blue"),
        ({"form": [{"a": [1]}]}, "form=%7B%22a%22%3A%5B1%5D%7D"),
        ({"form": {"a": None, "b": 1}}, "b=1"),
        ({"form": {"a": [1, None, 2], "b": []}}, "a=1&a=2"),
        ({"form": {"a": [[1]], "b": {"c": 2}}}, "a=%5B%5B1%5D%5D&b=%7B%22c%22%3A2%7D"),
        ({"form": []}, ""),
        ({"form": None}, ""),
        ({"form": None, "commas": "x"}, "commas=x"),
        ({"commas": RED}, "commas=blue,black,brown"),
        ({"commas": ["a,b", "c"]}, "commas=a%2Cb,c"),
        ({"commas": RGB}, "commas=R,100,G,200,B,150"),
        ({"blanks": RED}, "blanks=blue%20black%20brown"),
        ({"pipes": RED}, "pipes=blue%7Cblack%7Cbrown"),
        ({"pipes": RGB}, "pipes=R%7C100%7CG%7C200%7CB%7C150"),
        ({"deep": RGB}, "deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150"),
        ({"deep": {"a": {"b": [1, 2]}}}, "deep%5Ba%5D%5Bb%5D%5B0%5D=1&deep%5Ba%5D%5Bb%5D%5B1%5D=2"),
        ({"reserved": "a/b?c:d@e,f;g=h"}, "reserved=a/b?c:d@e,f;g=h"),
        ({"reserved": "a&b#c+d%20 "}, "reserved=a%26b%23c%2Bd%2520%20"),
        ({"flag": []}, "flag="),
        ({"list": ["a"]}, "list%5B%5D=a"),
        ({"filter": {"a": [None, "é"]}}, "filter=%7B%22a%22%3A%5Bnull%2C%22%C3%A9%22%5D%7D"),
        ({"filter": None}, "filter=null"),
    ],
)
def test_query(package: Package, arguments: dict[str, Any], expected: str) -> None:
    assert sent(package, **arguments).url.query.decode() == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"x_plain": "a b"}, {"x-plain": "a b"}),
        ({"x_plain": ""}, {"x-plain": ""}),
        ({"x_plain": None}, {}),
        ({"x_any": 5}, {"x-any": "5"}),
        ({"x_any": False}, {"x-any": "false"}),
        ({"x_any": NOON}, {"x-any": "2024-02-03T12:00:00Z"}),
        ({"x_any": RED}, {"x-any": "blue,black,brown"}),
        ({"x_any": ['"a,b"', 'W/"c"']}, {"x-any": '"a,b",W/"c"'}),
        ({"x_any": RGB}, {"x-any": "R,100,G,200,B,150"}),
        ({"x_any": []}, {}),
        ({"x_exploded": RGB}, {"x-exploded": "R=100,G=200,B=150"}),
        ({"session": "a=b"}, {"cookie": "session=a=b"}),
        ({"session": "a; b%é"}, {"cookie": "session=a%3B%20b%25%C3%A9"}),
        ({"session": [1, 2], "seen": [3, 4]}, {"cookie": "session=1; session=2; seen=3,4"}),
        ({"session": None}, {}),
    ],
)
def test_headers_and_cookies(package: Package, arguments: dict[str, Any], expected: dict[str, str]) -> None:
    headers = sent(package, **arguments).headers
    assert {name: value for name, value in headers.items() if name in {"x-plain", "x-any", "x-exploded", "cookie"}} == (
        expected
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"blanks": ["a b", "c"]}, "'blanks' has ' ' in it"),
        ({"pipes": ["a|b", "c"]}, "'pipes' has '|' in it"),
        ({"x_any": ["a,b", "c"]}, "'X-Any' has a comma"),
        ({"form": float("nan")}, "nan is no JSON number"),
        ({"form": "\ud800"}, "half of a surrogate pair"),
    ],
)
def test_what_a_style_cannot_hold_is_refused(package: Package, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("|", r"\|")):
        sent(package, **arguments)


def test_absent_null_and_empty_are_three_things(package: Package) -> None:
    client, requests = package.client(default_query={"form": "client"}, default_headers={"X-Plain": "client"})
    for arguments in ({}, {"form": None, "x_plain": None}, {"form": "", "x_plain": ""}):
        client.find.send(**arguments)
    queries = [request.url.query.decode() for request in requests]
    assert queries == ["form=client", "", "form="]
    assert [request.headers.get("X-Plain") for request in requests] == ["client", None, ""]


def test_extra_query_and_headers_win(package: Package) -> None:
    extra = {"form": "mine", "more": True}
    request = sent(package, form=RED, commas=RED, x_any=1, extra_query=extra, extra_headers={"x-any": "mine"})
    assert request.url.query == b"form=mine&commas=blue,black,brown&more=true"
    assert request.headers["X-Any"] == "mine"


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "a/b c", "a%2Fb%20c"),
        ("simple", False, "..", "%2E%2E"),
        ("simple", False, RED, "blue,black,brown"),
        ("simple", False, RGB, "R,100,G,200,B,150"),
        ("simple", True, RGB, "R=100,G=200,B=150"),
        ("label", False, 5, ".5"),
        ("label", False, "a.b", ".a%2Eb"),
        ("label", False, RED, ".blue,black,brown"),
        ("label", True, RED, ".blue.black.brown"),
        ("label", False, RGB, ".R,100,G,200,B,150"),
        ("label", True, RGB, ".R=100.G=200.B=150"),
        ("matrix", False, "", ";it"),
        ("matrix", False, NOON.date(), ";it=2024-02-03"),
        ("matrix", False, RED, ";it=blue,black,brown"),
        ("matrix", True, RED, ";it=blue;it=black;it=brown"),
        ("matrix", False, RGB, ";it=R,100,G,200,B,150"),
        ("matrix", True, RGB, ";R=100;G=200;B=150"),
        ("json", False, {"a": "b/c"}, "%7B%22a%22%3A%22b%2Fc%22%7D"),
    ],
)
def test_path(package: Package, style: str, explode: bool, value: object, expected: str) -> None:
    encoders = package.runtime("_request.parameters")
    styles = {"it": encoders.Style(style, explode=explode)}
    assert encoders.encode_path("/a/{it}/b", {"it": value}, styles) == f"/a/{expected}/b"


@pytest.mark.parametrize("value", ["", None, []])
def test_an_empty_path_is_refused(package: Package, value: object) -> None:
    with pytest.raises(ValueError, match="Expected a non-empty value for `it`"):
        package.runtime("_request.parameters").encode_path("/a/{it}", {"it": value})


def test_methods_with_styles_in_the_path(tmp_path: Path) -> None:
    path = {"in": "path", "required": True}
    ids = {"name": "ids", **path, "style": "matrix", "explode": True, "schema": TEXTS}
    day = {"name": "day", **path, "schema": {"type": "string", "format": "date"}}
    package = Package(tmp_path, operation(ids, day, path="/a/{ids}/{day}"))
    client, requests = package.client()
    client.find.send(["x", "y"], NOON.date())
    assert str(requests[-1].url) == "https://api.wire.test/v1/a/;ids=x;ids=y/2024-02-03"


def test_a_package_without_such_parameters_has_no_encoders(tmp_path: Path) -> None:
    header = {"name": "X-Plain", "in": "header", "schema": {"type": "string"}}
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}
    package = Package(tmp_path, operation(header, number, path="/a/{number}"))
    assert not [path for path in package.files if path.endswith("_request/parameters.py")]
    assert "styles" not in package.files[f"src/{package.name}/resources/find.py"]


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/x-www-form-urlencoded", "a=1&a=2&b=x%20y"),
        ("application/json", "%7B%22a%22%3A%5B1%2C2%5D%2C%22b%22%3A%22x%20y%22%7D"),
    ],
)
def test_the_query_as_a_whole(tmp_path: Path, media_type: str, expected: str) -> None:
    whole = {"name": "selector", "in": "querystring", "content": {media_type: {"schema": {"type": "object"}}}}
    client, requests = Package(tmp_path, {"openapi": "3.2.0", **operation(whole)}).client()
    client.find.send(selector={"a": [1, 2], "b": "x y"})
    assert requests[-1].url.query.decode() == expected


def test_cookies_of_the_client_are_sent_too(package: Package) -> None:
    client, requests = package.client(cookies={"stored": "1", "seen": "2"})
    client.find.send()
    client.find.send(session="a", seen=[3, 4])
    assert [request.headers["Cookie"] for request in requests] == ["stored=1; seen=2", "session=a; seen=3,4; stored=1"]


@pytest.mark.parametrize(
    ("path", "place", "codes", "expected"),
    [
        ("/a?text={text}&fixed=1", "path", [], "text=1%262&fixed=1"),
        ("/a?text={text}&fixed=1", "query", [], "fixed=1&text=1%262"),
        ("/a?q={text}", "query", [], "q=1%262"),
        ("/a?q=is:{text}", "query", [], "q=is:1%262"),
        ("/a?q={text}", "", ["DOC030"], "q=1%262"),
    ],
)
def test_a_query_in_the_path_is_filled_in(
    tmp_path: Path, path: str, place: str, codes: list[str], expected: str
) -> None:
    parameter = {"name": "text", "in": place, "required": True, "schema": {"type": "string"}}
    package = Package(tmp_path, operation(*([parameter] if place else []), path=path))
    assert package.codes == codes
    client, requests = package.client()
    client.find.send(text="1&2")
    assert requests[-1].url.query.decode() == expected
