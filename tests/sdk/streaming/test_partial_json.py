"""The incremental JSON parser against an independent one: `jiter` in partial mode, prefix by prefix."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterable
from typing import Any

import jiter
import pytest

from anthropic.lib.streaming import _partial_json
from anthropic.lib.streaming._partial_json import PartialJSON

NOTHING = "nothing yet"

LETTERS = ["a", "b", '"', "\\", "/", "\n", "\t", "é", "\u2028", "😀", "\x7f", " ", "{", "}", "[", "]", ":", ",", "0"]
SCALARS = [True, False, None, 0, -1, 12, 10**20, 1.5, -0.25, 1e30, 2e-7, -0.0]
LAYOUTS: list[dict[str, Any]] = [
    {},
    {"separators": (",", ":")},
    {"indent": 2},
    {"separators": (" ,\r\n", "\t: ")},
    {"ensure_ascii": False},
]


class Root:
    """The one place where the parser's value is kept."""

    def __init__(self) -> None:
        self.value: Any = NOTHING
        self.parser = PartialJSON(self.assign)

    def assign(self, value: Any) -> None:
        self.value = value


def snapshots(pieces: Iterable[str], *, hold: bool = True) -> list[str]:
    """What is known after each piece, as text. `hold` keeps every snapshot and checks at the end that none changed."""
    root = Root()
    shown: list[str] = []
    held: list[Any] = []
    for piece in pieces:
        root.parser.feed(piece)
        shown.append(repr(root.value))
        if hold:
            held.append(root.value)
    assert [repr(value) for value in held] == shown[: len(held)]
    return shown


def by_jiter(text: str) -> str:
    return repr(jiter.from_json(text.encode(), partial_mode=True))


def some_text(rng: random.Random) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(0, 8)))


def some_value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.random()
    if depth > 4 or kind < 0.35:
        return rng.choice([*SCALARS, *(some_text(rng) for _ in range(6))])
    if kind < 0.65:
        return [some_value(rng, depth + 1) for _ in range(rng.randint(0, 4))]
    return {some_text(rng): some_value(rng, depth + 1) for _ in range(rng.randint(0, 4))}


def documents(seed: int, prefixes: int) -> list[str]:
    """JSON objects in many layouts, with that many prefixes in all."""
    rng = random.Random(seed)
    found: list[str] = []
    while prefixes > 0:
        value = {some_text(rng): some_value(rng) for _ in range(rng.randint(1, 4))}
        found.append(json.dumps(value, **rng.choice(LAYOUTS)))
        prefixes -= len(found[-1])
    return found


@pytest.mark.parametrize("hold", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_every_prefix(seed: int, hold: bool) -> None:
    """More than 30,000 prefixes, fed character by character, with and without somebody who holds the snapshots."""
    for text in documents(seed, 8_000):
        shown = snapshots(text, hold=hold)
        for end in range(1, len(text) + 1):
            assert shown[end - 1] == by_jiter(text[:end]), text[:end]


@pytest.mark.parametrize("seed", range(4, 8))
def test_any_pieces(seed: int) -> None:
    rng = random.Random(seed)
    for text in documents(seed, 8_000):
        ends = sorted({rng.randint(1, len(text)) for _ in range(len(text) // 4)} | {1, len(text)})
        pieces = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        assert snapshots(pieces) == [by_jiter(text[:end]) for end in ends]


CASES = {
    '{"loc': {},
    '{"location"': {},
    '{"location": "San Fra': {},
    '{"location": "San Francisco"': {"location": "San Francisco"},
    '{"location": "San Francisco", "n": 1': {"location": "San Francisco", "n": 1},
    '{"location": "San Francisco", "n": 12}': {"location": "San Francisco", "n": 12},
    '{"a": -': {},
    '{"a": -0': {"a": 0},
    '{"a": 1.': {},
    '{"a": 1.5e': {},
    '{"a": 1.5e3': {"a": 1500.0},
    '{"a": 1e400': {"a": float("inf")},
    '{"a": t': {},
    '{"a": true': {"a": True},
    '{"a": nul': {},
    '{"a": Infinity, "b": -Infinity': {"a": float("inf"), "b": float("-inf")},
    '{"a": [': {"a": []},
    '{"a": [1, "x': {"a": [1]},
    '{"a": [{"b": "c': {"a": [{}]},
    '{"a": 1, "a": 2': {"a": 2},
    '{"a": 5, "a": 1.': {"a": 5},
    '{"a": {"b": 1}, "a": "x': {"a": {"b": 1}},
    '{"a": "\\ud83d': {},
    '{"a": "\\ud83d\\ude00"': {"a": "😀"},
    '{"a": "\\u00': {},
    '{"a": "\\': {},
    '{"": ""': {"": ""},
    "[": [],
    "[1": [1],
    "[1,": [1],
    "[[[": [[[]]],
    '"abc"': "abc",
    "12": 12,
    "null": None,
    "\t\n\r {": {},
}


@pytest.mark.parametrize("text", CASES)
def test_cases(text: str) -> None:
    for pieces in ([text], list(text)):
        assert snapshots(pieces)[-1] == repr(CASES[text]) == by_jiter(text)


@pytest.mark.parametrize("text", ["", " ", '"abc', "tru", "-", "1."])
def test_nothing_yet_is_no_error(text: str) -> None:
    """jiter refuses these. A value that has only begun is not malformed."""
    assert snapshots([text])[-1] == repr(NOTHING)


def test_lone_surrogate() -> None:
    """jiter refuses it, Python's own parser and this one keep it."""
    text = '{"a": "\\ud83d"}'
    assert snapshots(text)[-1] == repr(json.loads(text))


MALFORMED = [
    "x",
    "{1",
    "{,",
    "[,",
    "[1,]",
    '{"a" 1',
    '{"a"x',
    '{"a":}',
    '{"a": 1,}',
    '{"a": 01',
    '{"a": .5',
    '{"a": +1',
    '{"a": tx',
    '{"a": nulx',
    '{"a": "\n',
    '{"a": "\x1f"',
    '{"a": "\\q',
    '{"a": "\\u12G',
    "[Nax",
    "\ufeff{}",
    "\x0b{}",
    "\u00a0{}",
    "'a'",
    "[1.x",
]
# jiter stops here without a word and leaves out the rest.
CUT_BY_JITER = ["{} x", "{}}", "[1 2", "[1x", '{"a": 1 "b"', '{"a": [1, 2}', "1 2", "[]]"]


@pytest.mark.parametrize("text", [*MALFORMED, *CUT_BY_JITER])
def test_malformed(text: str) -> None:
    for pieces in ([text], list(text)):
        with pytest.raises(ValueError, match="malformed JSON: unexpected"):
            snapshots([*pieces, " "])


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed_for_jiter_too(text: str) -> None:
    with pytest.raises(ValueError):
        jiter.from_json(text.encode() + b" ", partial_mode=True)


def test_nesting() -> None:
    deep = "[" * 201
    assert snapshots([deep])[-1] == repr(jiter.from_json(deep.encode(), partial_mode=True))
    with pytest.raises(ValueError, match="201 levels"):
        snapshots(["[" * 202])


def test_number_of_absurd_length() -> None:
    with pytest.raises(ValueError):
        snapshots(["[" + "1" * 5000 + "]"])


def test_no_character_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work stays linear: what the patterns look at is the new piece and at most the start of one token."""
    looked_at: list[int] = []

    def counting(match: Any) -> Any:
        def count(text: str, at: int = 0) -> Any:
            looked_at.append(len(text) - at)
            return match(text, at)

        return count

    monkeypatch.setattr(_partial_json, "_token", counting(_partial_json._token))
    monkeypatch.setattr(_partial_json, "_inside", counting(_partial_json._inside))
    pieces = ['{"items": ["', *["some words, \\u00e9 and more " for _ in range(5_000)], '", 1, 2, 3]}']
    assert snapshots(pieces, hold=False)
    assert max(looked_at) <= 40 and len(looked_at) < 2.2 * len(pieces) + 20


def test_unheld_snapshots_are_not_copied() -> None:
    """A container is copied before a change only if somebody else holds it."""
    root = Root()
    root.parser.feed('{"items": [1')
    first = id(root.value["items"])
    for number in range(100):
        root.parser.feed(f", {number}")
        assert id(root.value["items"]) == first
    held = root.value["items"]
    before = copy.copy(held)
    root.parser.feed(', {"a": [')
    assert root.value["items"] is not held and held == before and root.value["items"][-1] == {"a": []}
    inner = root.value["items"][-1]["a"]
    root.parser.feed("1]}]}")
    assert inner == [] and root.value["items"][-1] == {"a": [1]}


def test_parts_that_are_complete_are_shared() -> None:
    root = Root()
    root.parser.feed('{"a": {"x": 1}, "b": [')
    held = root.value
    root.parser.feed("1]}")
    assert held == {"a": {"x": 1}, "b": []} and root.value["a"] is held["a"]
