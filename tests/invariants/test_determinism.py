"""The output depends on what the spec means: not on hash seeds, nor on the order of keys that have no order."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..project import ROOT, SpecTexts, generate, owned_files, spec_texts

LOCK = "spec/names.lock"

# Below these keys the order is the order of the Python code: fields, resources, methods, listed values.
ORDERED = {"properties", "resources", "methods", "values", "headers", "errors"}
VERBATIM = {"arguments", "examples"}
"""Printed as it stands: the README's call, and arguments of request tests."""


def shuffled(value: Any, chance: random.Random, parent: str = "") -> Any:
    if parent in VERBATIM:
        return value
    if isinstance(value, Mapping):
        keys = list(value)
        if parent not in ORDERED:
            chance.shuffle(keys)
        return {key: shuffled(value[key], chance, key) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    return value


def dumped(text: str, chance: random.Random) -> str:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(shuffled(yaml.safe_load(text), chance), Dumper=Dumper, sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("seed", ["0", "1", "4242", "random"])
def test_hash_seeds_do_not_matter(tmp_path: Path, seed: str) -> None:
    assert owned_files(generate(tmp_path, spec_texts(), seed)) == owned_files(ROOT / "generated")
    assert (tmp_path / LOCK).read_bytes() == (ROOT / LOCK).read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_key_order_does_not_matter(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = SpecTexts(*(dumped(text, chance) for text in spec_texts()))
    assert texts.spec != spec_texts().spec
    assert owned_files(generate(tmp_path, texts)) == owned_files(ROOT / "generated")
    assert (tmp_path / LOCK).read_bytes() == (ROOT / LOCK).read_bytes()
