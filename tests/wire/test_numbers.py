"""Numbers of JSON as decimals: no digit is lost on the way in or out."""

from __future__ import annotations

import copy
import json
import pickle
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pydantic
import pytest
import yaml

from .packages import Package

CASE = Path(__file__).parents[1] / "cases" / "numbers"
LONG = "12345678901234567890.123456789"
SENT = (
    f'{{"price":1.10,"weight":2.50,"tax":0.1,"discount":{LONG},"prices":{{"net":5,"gross":1.0E+2}},"amount":"1.10",'
    f'"count":3,"parts":[{{"share":0.30}}],"anything":{{"ratio":{LONG},"half":0.5}},"new":7.00}}'
)
READ: dict[str, Any] = {
    "price": Decimal("1.10"),
    "weight": 2.5,
    "tax": Decimal("0.1"),
    "discount": Decimal(LONG),
    "prices": {"net": Decimal(5), "gross": Decimal("1.0E+2")},
    "amount": "1.10",
    "count": 3,
    "parts": [{"share": Decimal("0.30")}],
    "anything": {"ratio": float(LONG), "half": 0.5},
    "new": 7.0,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = yaml.safe_load((CASE / "spec.yaml").read_text())
    number = {"type": "number"}
    responses: dict[str, Any] = {
        "json": {"content": {"application/json": {"schema": number}}},
        "text": {"content": {"text/plain": {"schema": number}}},
        "headers": {"headers": {"X-Rate": {"schema": number}}, "content": {"application/json": {"schema": {}}}},
        "lines": {"content": {"application/jsonl": {"itemSchema": {"$ref": "#/components/schemas/Part"}}}},
        "events": {"content": {"text/event-stream": {"itemSchema": {"$ref": "#/components/schemas/Part"}}}},
    }
    for name, response in responses.items():
        document["paths"][f"/{name}"] = {"get": {"responses": {"200": {"description": "ok", **response}}}}
    form = {"type": "object", "properties": {"price": number, "prices": {"type": "array", "items": number}}}
    for name, media in (("form", "application/x-www-form-urlencoded"), ("parts", "multipart/form-data")):
        post = {"requestBody": {"content": {media: {"schema": form}}}, "responses": {"204": {"description": "ok"}}}
        document["paths"][f"/{name}"] = {"post": post}
    document["openapi"] = "3.2.0"
    return Package(tmp_path_factory.mktemp("numbers"), document, yaml.safe_load((CASE / "sdk.yaml").read_text()))


@pytest.fixture
def offer(package: Package) -> Any:
    return find(package, SENT).send(0.5, price=1, weight=1)


def test_responses_have_all_digits(package: Package, offer: Any) -> None:
    assert offer.to_dict() == READ
    decimals = {name for name, value in offer.to_dict().items() if isinstance(value, Decimal)}
    assert decimals == {"price", "tax", "discount", "count"}
    assert type(offer.anything["half"]) is float and isinstance(offer.anything["ratio"], float)
    assert [str(value) for value in (offer.price, offer.discount, offer.parts[0].share)] == ["1.10", LONG, "0.30"]


def test_they_are_written_as_they_came(package: Package, offer: Any) -> None:
    assert offer.to_json(indent=None) == SENT
    assert json.loads(offer.to_json()) == json.loads(SENT)
    indented = offer.to_json(indent=2)
    assert f'"discount": {LONG},\n  "prices": {{\n    "net": 5,' in indented
    odd = offer.model_copy(update={"anything": {1: Decimal("2.50"), "no": float("nan")}})
    assert '"anything":{"1":2.50,"no":null}' in odd.to_json(indent=None)


def test_dictionaries_of_json_have_floats_that_know_their_digits(package: Package, offer: Any) -> None:
    plain = offer.to_dict(mode="json")
    assert plain == json.loads(SENT) == json.loads(json.dumps(plain))
    assert isinstance(plain["price"], float) and str(plain["price"]) == "1.10"
    construct = package.module.types.Offer.construct
    for again in (pickle.loads(pickle.dumps(plain)), copy.deepcopy(plain)):
        assert construct(**again) == offer
        assert construct(**again).to_json(indent=None) == offer.to_json(indent=None)


def test_copies_have_all_digits(offer: Any) -> None:
    for again in (pickle.loads(pickle.dumps(offer)), copy.deepcopy(offer), copy.copy(offer)):
        assert again == offer and again.to_json() == offer.to_json()


def test_requests_send_numbers_with_their_digits(package: Package, offer: Any) -> None:
    client, requests = package.client(httpx.Response(200, json={}))
    client.find.send(
        Decimal("0.50"),
        most=Decimal(LONG),
        steps=[Decimal("1.0"), 2, 3.5],
        x_max=Decimal("7.00"),
        price=Decimal("1.10"),
        weight=2,
        discount=Decimal("1E+3"),
        prices={"net": Decimal(LONG), "gross": 0.1},
        amount=Decimal(-5),
        parts=[{"share": Decimal("0.30")}, *offer.parts],
        anything=offer.anything,
        extra_body={"model": offer, "plain": offer.to_dict(mode="json")},
    )
    (request,) = requests
    assert str(request.url) == f"https://api.case.test/offers/0.50?most={LONG}&steps=1.0&steps=2&steps=3.5"
    assert request.headers["X-Max"] == "7.00"
    body = request.content.decode()
    assert body.startswith(
        f'{{"price":1.10,"weight":2,"discount":1E+3,"prices":{{"net":{LONG},"gross":0.1}},"amount":-5,'
        f'"parts":[{{"share":0.30}},{{"share":0.30}}],"anything":{{"ratio":{LONG},"half":0.5}}'
    )
    assert f'"model":{SENT}' in body and f'"plain":{SENT}' in body


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_json_lacks_is_refused(text: str, package: Package, offer: Any) -> None:
    client, requests = package.client(httpx.Response(200, json={}))
    with pytest.raises(ValueError, match=rf"^parts\[0\].share: {text} is no JSON number$"):
        client.find.send(1, price=1, weight=1, parts=[{"share": Decimal(text)}])
    with pytest.raises(ValueError, match="no JSON number"):
        client.find.send(1, most=Decimal(text), price=1, weight=1)
    assert requests == []
    assert '"price":null' in offer.model_copy(update={"price": Decimal(text)}).to_json(indent=None)


def test_forms_have_numbers_as_text(package: Package) -> None:
    client, requests = package.client()
    client.find.send6(price=Decimal("1.10"), prices=[Decimal("2.0"), 3])
    client.find.send7(price=Decimal("1.10"), prices=[Decimal("2.0"), 3])
    assert requests[0].content == b"price=1.10&prices=2.0&prices=3"
    assert b'name="price"\r\n\r\n1.10\r\n' in requests[1].content
    assert b'name="prices"\r\n\r\n2.0\r\n' in requests[1].content


def find(package: Package, text: str, media_type: str = "application/json", **headers: str) -> Any:
    """The methods, of a client that gets this response."""
    response = httpx.Response(200, text=text, headers={"content-type": media_type, **headers})
    return package.client(response)[0].find


def test_whole_responses_headers_and_streams(package: Package) -> None:
    assert repr(find(package, "1.10").send1()) == "Decimal('1.10')"
    assert repr(find(package, "1.10", "text/plain").send2()) == "Decimal('1.10')"
    raw = find(package, "1.10", **{"X-Rate": LONG}).with_raw_response.send3()
    assert raw.parse_headers(package.module.types.FindSend3Headers).x_rate == Decimal(LONG)
    part = f'{{"share": {LONG}}}'
    assert [each.share for each in find(package, f"{part}\n", "application/jsonl").send4()] == [Decimal(LONG)]
    events = find(package, f"data: {part}\n\n", "text/event-stream").send5()
    assert [each.share for each in events] == [Decimal(LONG)]


@pytest.mark.parametrize("value", ["1.10", "x", True, [1], None])
def test_what_is_no_number_is_kept_or_refused(value: Any, package: Package) -> None:
    cls = package.module.types.Part
    kept = cls.construct(share=value)
    assert kept.share is value or kept.share == value
    assert json.loads(kept.to_json()) == {"share": value}
    with pytest.raises(ValueError, match="share"):
        cls.model_validate({"share": value})


def test_constructors_take_numbers_of_any_kind(package: Package) -> None:
    offer = package.module.types.Offer
    made = offer(price=5, weight=2.5, discount=0.1, amount=1.5, count=2.5)
    assert (made.price, made.weight, made.discount) == (Decimal(5), 2.5, Decimal("0.1"))
    assert (made.amount, made.count, made.tax) == (Decimal("1.5"), Decimal("2.5"), Decimal("0.19"))
    assert made.to_json(indent=None) == '{"price":5,"weight":2.5,"discount":0.1,"amount":1.5,"count":2.5}'


def test_huge_exponents_are_no_trap(package: Package) -> None:
    loads = package.runtime("_responses.json").loads
    part = package.module.types.Part.construct(**loads(b'{"share": 1e999999999}'))
    assert isinstance(part.share, float)
    assert part.to_json(indent=None) == '{"share":1e999999999}'
    assert package.module.types.Part.construct(**loads(b'{"share": 1e400}')).share == Decimal("1E+400")


def test_pydantic_reads_and_writes_them(package: Package) -> None:
    adapter: Any = pydantic.TypeAdapter(package.module.types.Part)
    part = adapter.validate_json('{"share": 1.5}')
    assert part.share == Decimal("1.5")
    assert json.loads(adapter.dump_json(part)) == {"share": 1.5}


@pytest.mark.parametrize("is_fast", [False, True])
def test_long_texts_are_read_and_written_alike(is_fast: bool, package: Package, monkeypatch: Any) -> None:
    fast = package.runtime("_structuring.fast_json")
    if not is_fast:
        monkeypatch.setattr(fast, "decoder", lambda: None)
        monkeypatch.setattr(package.runtime("_structuring.json_writers"), "fast_encoder", lambda: None)
    text = '{"price":1.10,"weight":1,"parts":[' + ",".join([f'{{"share":{LONG}}}'] * 200) + '],"anything":1.50}'
    for _ in range(2):
        offer = find(package, text).send(0, price=1, weight=1)
        assert str(offer.price) == "1.10" and {part.share for part in offer.parts} == {Decimal(LONG)}
        assert offer.to_json(indent=None) == offer.to_json(indent=None) == text.replace('"weight":1,', '"weight":1.0,')


def test_other_packages_load_nothing_of_it(tmp_path: Path) -> None:
    plain = Package(tmp_path, yaml.safe_load((CASE / "spec.yaml").read_text()))
    client, requests = plain.client(httpx.Response(200, text=SENT, headers={"content-type": "application/json"}))
    assert type(client.find.send(1, price=1.5, weight=1).price) is float
    assert json.loads(requests[0].content) == {"price": 1.5, "weight": 1}
    assert f"{plain.name}._structuring.numbers" not in sys.modules


@pytest.mark.parametrize("indent", [None, 0, 2, 12])
@pytest.mark.parametrize("ensure_ascii", [False, True])
def test_the_encoder_writes_what_the_standard_library_writes(
    indent: int | None, ensure_ascii: bool, package: Package
) -> None:
    value: Any = {
        "a": [1, -2.5, "é\n\u2028", None, True, {}, [], [[]]],
        1: (),
        2.5: {"b": False},
        None: "",
        False: "\ud800",
    }
    encoder = package.runtime("_structuring.numbers").NumberEncoder
    assert encoder(indent=indent, ensure_ascii=ensure_ascii).encode(value) == json.dumps(
        value, indent=indent, ensure_ascii=ensure_ascii
    )


@pytest.mark.parametrize("value", [float("inf"), {(): 1}, {1}])
def test_the_encoder_refuses_what_the_standard_library_refuses(value: Any, package: Package) -> None:
    encoder = package.runtime("_structuring.numbers").NumberEncoder
    for write in (encoder().encode, json.JSONEncoder(allow_nan=False).encode):
        with pytest.raises((ValueError, TypeError)):
            write([value])
    looped: list[Any] = []
    looped.append({"a": looped})
    with pytest.raises(ValueError, match="Circular"):
        encoder().encode(looped)
