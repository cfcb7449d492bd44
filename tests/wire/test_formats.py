"""Classes of texts by their formats: what responses have, what is sent, and the way back."""

from __future__ import annotations

import base64
import json
import sys
from datetime import time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pydantic
import pytest
import yaml

from .packages import Package

CASE = Path(__file__).parents[1] / "cases" / "formats"
ID = "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"
SENT: dict[str, Any] = {
    "id": ID,
    "price": "12.30",
    "label": "aGVsbG8=",
    "kept_for": "P1DT2H30M0.5S",
    "opens": "08:30:00",
    "ordered": "2024-02-29",
    "related": [ID],
    "prices": {"net": "1E+2"},
    "amount": "0.1",
    "pages": ["/+8="],
}
READ: dict[str, Any] = {
    "id": UUID(ID),
    "price": Decimal("12.30"),
    "label": b"hello",
    "kept_for": timedelta(days=1, hours=2, minutes=30, milliseconds=500),
    "opens": time(8, 30),
    "ordered": "2024-02-29",
    "related": [UUID(ID)],
    "prices": {"net": Decimal("1E+2")},
    "amount": Decimal("0.1"),
    "pages": [b"\xff\xef"],
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = yaml.safe_load((CASE / "spec.yaml").read_text())
    config = yaml.safe_load((CASE / "sdk.yaml").read_text())
    document["paths"]["/label"] = {
        "get": {
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {"application/json": {"schema": {"type": "string", "format": "byte"}}},
                }
            }
        }
    }
    return Package(tmp_path_factory.mktemp("formats"), document, config)


@pytest.fixture
def order(package: Package) -> Any:
    """A response, read leniently."""
    return package.module.types.Order.construct(**SENT)


def test_responses_have_values_of_the_classes(package: Package, order: Any) -> None:
    client, _ = package.client(httpx.Response(200, json=SENT))
    for read in (order, client.find.send(ID, body_id=ID, price="1", label="")):
        assert {name: getattr(read, name) for name in READ} == READ
        assert [type(getattr(read, name)) for name in READ] == [type(value) for value in READ.values()]


def test_models_are_written_as_they_came(package: Package, order: Any) -> None:
    assert json.loads(order.to_json()) == SENT
    assert order.to_dict(mode="python") == READ
    assert package.module.types.Order(**READ) == order == package.module.types.Order.model_validate(SENT)


def test_arguments_may_be_values_or_texts(package: Package) -> None:
    client, requests = package.client(httpx.Response(200, json=SENT))
    arguments = {**READ, "body_id": READ["id"], "within": timedelta(hours=-1), "x_max": Decimal("2.50")}
    del arguments["id"]
    client.find.send(UUID(ID), **arguments)
    texts = {**SENT, "body_id": ID, "within": "-PT1H", "x_max": "2.50"}
    del texts["id"]
    client.find.send(ID, **texts)
    assert requests[0].url == requests[1].url == f"https://api.case.test/orders/{ID}?within=-PT1H"
    assert requests[0].headers["X-Max"] == requests[1].headers["X-Max"] == "2.50"
    assert json.loads(requests[0].content) == json.loads(requests[1].content) == SENT


def test_models_can_be_sent_back(package: Package, order: Any) -> None:
    client, requests = package.client(httpx.Response(200, json=SENT))
    client.find.send(ID, body_id=ID, price="1", label="", extra_body={"before": order})
    assert json.loads(requests[0].content)["before"] == SENT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "no uuid"),
        ("id", 5),
        ("price", "12,30"),
        ("price", "NaN"),
        ("label", "é"),
        ("kept_for", "P1Y2M"),
        ("kept_for", "P"),
        ("kept_for", "PT"),
        ("kept_for", "P99999999999999D"),
        ("opens", "25:00"),
        ("opens", "noon"),
    ],
)
def test_what_does_not_fit_is_kept_or_refused(name: str, value: Any, package: Package) -> None:
    cls = package.module.types.Order
    kept = cls.construct(**{**SENT, name: value})
    assert getattr(kept, name) == value
    assert json.loads(kept.to_json())[name] == value
    with pytest.raises(ValueError) as caught:
        cls.model_validate({**SENT, name: value})
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PT0S", timedelta()),
        ("PT0.000001S", timedelta(microseconds=1)),
        ("-P1DT1M", -timedelta(days=1, minutes=1)),
        ("P400D", timedelta(days=400)),
        ("PT36H", timedelta(hours=36)),
        ("P2W", timedelta(weeks=2)),
        ("PT1,5H", timedelta(minutes=90)),
        ("PT1.5S", timedelta(seconds=1.5)),
    ],
)
def test_durations(text: str, value: timedelta, package: Package) -> None:
    formats = package.runtime("_structuring.formats")
    assert formats.parse_duration(text) == value
    assert formats.parse_duration(formats.duration_text(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("08:30", time(8, 30)),
        ("08:30:01.25Z", time(8, 30, 1, 250_000, tzinfo=timezone.utc)),
        ("08:30:00-05:00", time(8, 30, tzinfo=timezone(-timedelta(hours=5)))),
    ],
)
def test_times_of_day(text: str, value: time, package: Package) -> None:
    assert package.runtime("_structuring.dates").parse_time(text) == value


@pytest.mark.parametrize("text", ["-_8=", "-_8", "+/8=", "+/8", "+/\n8="])
def test_base64_of_both_alphabets(text: str, package: Package) -> None:
    assert package.runtime("_structuring.formats").parse_bytes(text) == base64.b64decode("+/8=")


def test_a_whole_response_in_base64_stays_a_text(package: Package) -> None:
    client, _ = package.client(httpx.Response(200, json="aGVsbG8="))
    assert client.find.send1() == "aGVsbG8="


def test_other_packages_load_nothing_of_it(tmp_path: Path) -> None:
    plain = Package(tmp_path, yaml.safe_load((CASE / "spec.yaml").read_text()))
    client, requests = plain.client(httpx.Response(200, json=SENT))
    assert client.find.send(ID, body_id=ID, price="1", label="").to_dict(mode="json") == SENT
    assert json.loads(requests[0].content) == {"id": ID, "price": "1", "label": ""}
    assert f"{plain.name}._structuring.formats" not in sys.modules


def test_classes_of_users_may_have_such_fields(package: Package) -> None:
    class Parcel(package.module.BaseModel):
        number: UUID
        weight: Decimal

    parcel = Parcel.model_validate({"number": ID, "weight": "1.5"})
    assert (parcel.number, parcel.weight) == (UUID(ID), Decimal("1.5"))
    assert parcel.to_json(indent=None) == f'{{"number":"{ID}","weight":"1.5"}}'


def test_pydantic_reads_and_writes_them_alike(package: Package) -> None:
    adapter: Any = pydantic.TypeAdapter(package.module.types.Order)
    for read in (adapter.validate_python(SENT), adapter.validate_json(json.dumps(SENT))):
        assert read.to_dict(mode="python") == READ
        assert json.loads(adapter.dump_json(read)) == SENT
    assert adapter.json_schema()["properties"]["id"]["format"] == "uuid"
