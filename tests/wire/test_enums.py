"""Enum classes: responses have members, requests take members and plain values, and JSON is as it was."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..servers import LoopbackServer, running
from .packages import Package

CASE = Path(__file__).parents[1] / "cases" / "enum_classes"
SENT: dict[str, Any] = {
    "kind": "big",
    "level": -3,
    "color": 'dark "red"',
    "colors": ["red", "", "unheard_of"],
    "by_name": {"a": "+1", "b": "unheard_of"},
    "sizes": ["s", "m"],
    "known_or_any": "a",
    "maybe": "yes",
}


class Server(LoopbackServer):
    """Responds with the same JSON to everything, and keeps the requests: path, headers, body."""

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.requests: list[tuple[str, dict[str, str], str]] = []
        self.response: Any = SENT


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.server.requests.append((self.path, {key.lower(): text for key, text in self.headers.items()}, body))
        payload = json.dumps(self.server.response).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = yaml.safe_load((CASE / "spec.yaml").read_text())
    return Package(tmp_path_factory.mktemp("enums"), document, yaml.safe_load((CASE / "sdk.yaml").read_text()))


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as server:
        yield server


@pytest.fixture
def types(package: Package) -> Any:
    return package.module.types


def _client(package: Package, server: Server, **options: Any) -> Any:
    return package.class_(base_url=server.url, max_retries=0, **options)


def test_responses_have_members(package: Package, server: Server, types: Any) -> None:
    thing = _client(package, server).find.send("red")
    assert thing.kind is types.ThingKind.BIG and thing.level is types.Level.BELOW
    assert thing.color is types.Color.DARK_RED
    assert thing.sizes == [types.ThingSize.S, types.ThingSize.M]
    assert [type(color) for color in thing.colors] == [types.Color, types.Color, str]
    assert thing.by_name == {"a": types.Color.PLUS_1, "b": "unheard_of"}
    assert thing.maybe == "yes" and type(thing.maybe) is str  # the one that sdk.yaml keeps a literal


@pytest.mark.parametrize("odd", ["unheard_of", 5, True, None, [], {}, 1.5])
def test_unknown_values_are_kept(package: Package, server: Server, odd: Any) -> None:
    server.response = {**SENT, "color": odd, "level": odd}
    thing = _client(package, server).find.send("red")
    assert (thing.color, thing.level) == (odd, odd) and type(thing.level) is type(odd)
    assert json.loads(thing.to_json()) == server.response


@pytest.mark.parametrize(("name", "odd"), [("color", "unheard_of"), ("level", 5), ("level", True), ("color", 1)])
def test_strict_readers_complain(package: Package, server: Server, types: Any, name: str, odd: Any) -> None:
    server.response = {**SENT, name: odd, "colors": [], "by_name": {}}
    with pytest.raises(package.module.APIResponseValidationError, match="expected"):
        _client(package, server, _strict_response_validation=True).find.send("red")
    with pytest.raises(ValueError, match=f"{name}.*expected"):
        types.Thing.model_validate(server.response)


def test_strict_readers_and_constructors_take_values_and_members(types: Any) -> None:
    known = {**SENT, "colors": ["red"], "by_name": {"a": "+1"}}
    read = types.Thing.model_validate(known)
    made = types.Thing(**{**known, "kind": types.ThingKind.BIG, "color": types.Color.DARK_RED})
    assert read == made == types.Thing.construct(**known)
    assert type(made.level) is types.Level and made.colors == [types.Color.RED]


def test_json_is_as_it_came(package: Package, server: Server) -> None:
    thing = _client(package, server).find.send("red")
    assert json.loads(thing.to_json()) == json.loads(thing.model_dump_json(exclude_unset=True)) == SENT
    assert thing.to_dict(mode="json") == SENT == thing.to_dict(mode="python")
    assert {type(value) for value in thing.to_dict(mode="json").values()} == {str, int, list, dict}
    assert json.dumps({"color": thing.color, "level": thing.level}) == json.dumps({"color": 'dark "red"', "level": -3})


def test_members_and_values_are_sent_alike(package: Package, server: Server, types: Any) -> None:
    client, color, level = _client(package, server), types.Color, types.Level
    params = types.find_send_params
    client.find.send(
        color.DARK_RED,
        order=params.Order.DESC,
        levels=[level.LOW, level.BELOW],
        kinds=[params.Kind.BIG, params.Kind.SMALL],
        x_color=color.RED,
        x_level=level.HIGH,
        mood=params.Mood.GOOD,
    )
    client.find.send(
        'dark "red"', order="desc", levels=[1, -3], kinds=["big", "small"], x_color="red", x_level=2, mood="good"
    )
    assert server.requests[0] == server.requests[1]
    path, headers, _ = server.requests[0]
    assert path == "/things/dark%20%22red%22?order=desc&levels=1&levels=-3&kinds=big,small"
    assert (headers["x-color"], headers["x-level"], headers["cookie"]) == ("red", "2", "mood=good")


def test_bodies(package: Package, server: Server, types: Any) -> None:
    client, color, level = _client(package, server), types.Color, types.Level
    server.response = "none"
    read = client.find.send1(
        color.RED, kind=types.ThingKind.BIG, color=color.EMPTY, level=level.LOW, by_name={"a": color.RED}, sizes=["s"]
    )
    assert read is color.NONE
    client.find.send1("red", kind="big", color="", level=1, by_name={"a": "red"}, sizes=["s"])
    assert server.requests[0] == server.requests[1]
    assert server.requests[0][2] == '{"kind":"big","color":"","level":1,"by_name":{"a":"red"},"sizes":["s"]}'
    client.find.send2(color=color.DARK_RED, level=level.BELOW)
    client.find.send2(color='dark "red"', level=-3)
    assert server.requests[2] == server.requests[3] and server.requests[2][2] == "color=dark%20%22red%22&level=-3"


def test_a_response_can_be_sent_back(package: Package, server: Server) -> None:
    client = _client(package, server)
    thing = client.find.send("red")
    client.find.send(thing.color, x_color=thing.color, x_level=thing.level)
    assert server.requests[1][0] == "/things/dark%20%22red%22"


def test_members_print_as_their_values(types: Any) -> None:
    color, level = types.Color, types.Level
    assert (str(color.RED), f"{color.RED}", f"{color.RED:>5}") == ("red", "red", "  red")
    assert (str(level.LOW), f"{level.LOW}", f"{level.LOW:03}") == ("1", "1", "001")
    assert color("red") is color.RED and level(1) is level.LOW and color.RED == "red" and level.HIGH > level.LOW
    assert repr(color.RED) == "<Color.RED: 'red'>" and hash(color.RED) == hash("red")
    assert pickle.loads(pickle.dumps(color.RED)) is color.RED is copy.deepcopy(color.RED)
    assert [member.value for member in color][-3:] == ["2nd", "none", "title"]


def test_defaults_are_members(types: Any) -> None:
    read = types.Thing.construct(**SENT)
    assert read.with_default is types.ThingWithDefault.X and read.default_color is types.Color.RED
    assert read.default_level is types.Level.HIGH and read.default_or_null is types.ThingDefaultOrNull.W
    assert read.wrong_default is None
    assert json.loads(read.to_json()) == SENT  # what was read of a default isn't sent
    nulls = dict.fromkeys(("with_default", "default_or_null", "default_color"))
    read = types.Thing.construct(**SENT, **nulls)
    assert (read.with_default, read.default_or_null, read.default_color) == ("x", None, "red")


def test_alternatives_that_are_values_are_an_enumeration(package: Package, server: Server, types: Any) -> None:
    assert [(member.name, member.value) for member in types.Wind] == [("CALM", 0), ("FULL_STORM", 12)]
    assert [member.name for member in types.ThingWeather] == ["SUNNY", "RAIN"]
    server.response = {**SENT, "wind": 12, "weather": "sun"}
    thing = _client(package, server).find.send("red")
    assert thing.wind is types.Wind.FULL_STORM and thing.weather is types.ThingWeather.SUNNY
    server.response = {**SENT, "weather": None}
    assert _client(package, server).find.send("red").weather is None


def test_a_package_without_enum_classes_has_nothing_of_them(tmp_path: Path) -> None:
    document = yaml.safe_load((CASE / "spec.yaml").read_text())
    files = Package(tmp_path, document).files
    assert not any("_enums" in path for path in files) and not any("StrEnum" in text for text in files.values())
