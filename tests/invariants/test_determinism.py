"""The output depends on what the spec means: not on hash seeds, nor on the order of keys that have no order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from sdkloom.verify.order import shuffled_text

from ..project import ROOT, SpecTexts, generate, owned_files, spec_texts

LOCK = "spec/names.lock"


@pytest.mark.parametrize("seed", ["0", "1", "4242", "random"])
def test_hash_seeds_do_not_matter(tmp_path: Path, seed: str) -> None:
    assert owned_files(generate(tmp_path, spec_texts(), seed)) == owned_files(ROOT / "generated")
    assert (tmp_path / LOCK).read_bytes() == (ROOT / LOCK).read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_key_order_does_not_matter(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    before = spec_texts()
    texts = SpecTexts(
        shuffled_text("anthropic.yaml", before.spec, chance), shuffled_text("sdk.yaml", before.config, chance)
    )
    for one, two in zip(before, texts):
        old, new = yaml.safe_load(one), yaml.safe_load(two)
        assert old == new and list(old) != list(new)
    assert owned_files(generate(tmp_path, texts)) == owned_files(ROOT / "generated")
    assert (tmp_path / LOCK).read_bytes() == (ROOT / LOCK).read_bytes()
