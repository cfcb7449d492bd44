"""Limits in annotations: pydantic reads them, and the package does what it does without them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pydantic
import pytest
import yaml

from .packages import Package

CASE = Path(__file__).parents[1] / "cases" / "limits"
SENT: dict[str, Any] = {
    "note": "a note",
    "count": 2,
    "share": 0.5,
    "lines": [{"item": "pen"}],
    "names": {"a": "b"},
    "zip": "12345",
    "with_default": 7,
    "codes": ["ab", None],
    "grid": [[1.5]],
    "shares": {"a": 0.5},
    "zips": ["12345"],
}
BEYOND: dict[str, Any] = {
    "note": "",
    "count": -1,
    "share": 1.0,
    "lines": [],
    "names": dict.fromkeys("abcde", "x"),
    "zip": "1",
    "with_default": 0,
    "codes": ["a", "B"],
    "grid": [[1.0], [-1.0]],
    "shares": {"a": 1.5},
    "zips": ["1"],
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = yaml.safe_load((CASE / "spec.yaml").read_text())
    return Package(tmp_path_factory.mktemp("limits"), document, yaml.safe_load((CASE / "sdk.yaml").read_text()))


@pytest.mark.parametrize("payload", [SENT, BEYOND], ids=["within", "beyond"])
@pytest.mark.parametrize("strict", [False, True])
def test_the_package_checks_no_limits(package: Package, payload: dict[str, Any], strict: bool) -> None:
    client, requests = package.client(httpx.Response(200, json=payload), _strict_response_validation=strict)
    order = client.find.send(**{**payload, "lines": list(payload["lines"])}, limit=1000, tags=("a", "b"))
    assert json.loads(order.to_json()) == payload == json.loads(requests[0].content)
    assert str(requests[0].url).partition("?")[2] == "limit=1000&tags=a&tags=b"
    assert package.module.types.Order(**payload) == order and type(order.share) is float
    assert package.module.types.Order(note="").with_default == 3


def test_pydantic_reads_them(package: Package) -> None:
    adapter = pydantic.TypeAdapter(package.module.types.Order)
    assert json.loads(adapter.validate_python(SENT).to_json()) == SENT
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python(BEYOND)
    assert {error["loc"][0] for error in caught.value.errors()} == BEYOND.keys()
    assert adapter.json_schema()["properties"]["note"]["maxLength"] == 200


def test_signatures_have_them(package: Package) -> None:
    (annotation,) = [
        line for line in package.files[f"src/{package.name}/types/find_send_params.py"].splitlines() if "limit:" in line
    ]
    assert annotation.strip() == "limit: Annotated[int, Ge(1), Le(100)]"


def test_a_package_without_them_needs_nothing(tmp_path: Path) -> None:
    files = Package(tmp_path, yaml.safe_load((CASE / "spec.yaml").read_text())).files
    assert not any("annotated_types" in text for text in files.values())
    assert "annotated-types" not in files["pyproject.toml"]
