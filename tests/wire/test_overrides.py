"""What sdk.yaml says instead of the document about queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .packages import Package, operation

LIST = {"type": "array", "items": {"type": "integer"}}


def query(package: Package, **arguments: Any) -> str:
    client, requests = package.client()
    client.find.send(**arguments)
    return requests[-1].url.query.decode()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("form", "ids=1&ids=2"),
        ("comma", "ids=1,2"),
        ("brackets", "ids%5B%5D=1&ids%5B%5D=2"),
        ("indices", "ids%5B0%5D=1&ids%5B1%5D=2"),
        ("spaceDelimited", "ids=1%202"),
        ("pipeDelimited", "ids=1%7C2"),
        ("json", "ids=%5B1%2C2%5D"),
    ],
)
def test_words(tmp_path: Path, word: str, expected: str) -> None:
    ids = {"name": "ids", "in": "query", "explode": False, "schema": LIST}
    assert query(Package(tmp_path, operation(ids), {"styles": {"ids": word}}), ids=[1, 2]) == expected


def test_the_method_wins_and_the_star_leaves_what_the_document_says(tmp_path: Path) -> None:
    named = [{"name": name, "in": "query", "schema": LIST} for name in ("a", "b", "c")]
    pipes = {"name": "d", "in": "query", "style": "pipeDelimited", "explode": False, "schema": LIST}
    methods = {"send": {"endpoint": "get /find", "styles": {"b": "indices"}}}
    config = {"styles": {"*": "comma", "a": "brackets", "b": "json"}, "resources": {"find": {"methods": methods}}}
    package = Package(tmp_path, operation(*named, pipes), config)
    assert query(package, a=[1], b=[1], c=[1, 2], d=[1, 2]) == "a%5B%5D=1&b%5B0%5D=1&c=1,2&d=1%7C2"


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, "a=1&a=2&b="),
        ({"arrays": "comma"}, "a=1%2C2&b="),
        ({"arrays": "brackets", "empty": False}, "a%5B%5D=1&a%5B%5D=2"),
    ],
)
def test_extra_query(tmp_path: Path, config: dict[str, Any], expected: str) -> None:
    package = Package(tmp_path, operation(), {"client": {"extra_query": config}})
    assert query(package, extra_query={"a": [1, 2], "b": "", "c": None}) == expected
