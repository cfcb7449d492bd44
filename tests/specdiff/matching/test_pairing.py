"""What is in both of two collections: by key, or by similarity."""

from __future__ import annotations

import random

from sdkloom.ir.definitions import Alias
from sdkloom.ir.types import LiteralType, TypeName
from sdkloom.specdiff.matching import similarity
from sdkloom.specdiff.matching.pairing import keyed, keyed_by, paired
from sdkloom.specdiff.matching.similarity import ENOUGH


def same_end(one: str, other: str) -> float:
    """Words are similar that end alike."""
    return ENOUGH if one[-3:] == other[-3:] else 0.0


def test_mappings_are_compared_by_key() -> None:
    found = keyed({"a": 1, "b": 2, "c": 3}, {"d": 4, "c": 5, "b": 2})
    assert found.removed == {"a": 1}
    assert found.added == {"d": 4}
    assert list(found.both.items()) == [("b", (2, 2)), ("c", (3, 5))]
    assert found.changed == {"c": (3, 5)}


def test_the_last_of_one_key_counts() -> None:
    found = keyed_by(str.lower, ["A", "a", "b"], ["B", "c"])
    assert found.removed == {"a": "a"}
    assert found.added == {"c": "c"}
    assert found.both == {"b": ("b", "B")}


def test_keys_come_before_similarity() -> None:
    found = paired(["One", "begin", "gone"], ["one", "margin", "come"], [str, str.lower], same_end)
    assert found.certain == [("One", "one")]
    assert found.similar == [("begin", "margin")]
    assert (found.removed, found.added) == (["gone"], ["come"])


def test_several_of_one_key_are_paired_in_order() -> None:
    found = paired(["a1", "a2", "b1"], ["a3", "b2", "b3"], [lambda text: text[0]], same_end)
    assert found.certain == [("a1", "a3"), ("b1", "b2")]
    assert (found.removed, found.added) == (["a2"], ["b3"])


def test_what_may_not_be_similar_is_left_out() -> None:
    found = paired(["begin", "gone"], ["margin"], [str], same_end, lambda text: text != "margin")
    assert found.similar == []
    assert (found.removed, found.added) == (["begin", "gone"], [])


def alias(name: str, chance: random.Random) -> Alias:
    """A name for a few of the same eight values."""
    values = chance.sample("abcdefgh", chance.randint(1, 7))
    return Alias(name=TypeName(package=("types",), module="pets", name=name), type=LiteralType(tuple(values)))


def test_no_likely_rename_is_passed_over() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        old = [alias(f"Animal{number}", chance) for number in range(30)]
        new = [alias(f"Beast{number}", chance) for number in range(30)]
        all_pairs = similarity.pairs(old, new, similarity.of_definitions)
        assert all_pairs
        assert similarity.definitions(old, new) == all_pairs


def test_what_is_enough_is_scored_in_full() -> None:
    chance = random.Random(7)
    names = ["".join(chance.choices("abcd_", k=chance.randint(0, 12))) for _ in range(60)]
    for one in names:
        for other in names:
            score = similarity.of_names(one, other)
            assert similarity.of_names(one, other, score) == score
            assert similarity.of_names(one, other, score + 0.1) in (score, 0.0)


def test_only_what_is_of_one_kind_is_similar() -> None:
    found = paired(["begin", "Begin"], ["margin", "Margin"], [str], same_end, kind=str.istitle)
    assert found.similar == [("begin", "margin"), ("Begin", "Margin")]
    assert paired(["begin"], ["Margin"], [str], same_end, kind=str.istitle).similar == []
