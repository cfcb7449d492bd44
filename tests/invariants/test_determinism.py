"""The output depends on what the spec means: not on hash seeds, nor on the order of keys that have no order."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .output import owned_files

ROOT = Path(__file__).resolve().parents[2]

# Below these keys the order is the order of the Python code: fields, resources, methods, listed values.
ORDERED = {"properties", "resources", "methods", "values", "headers", "errors"}
VERBATIM = {"arguments", "examples"}
"""Printed as it stands: the README's call, and arguments of request tests."""


def generate(folder: Path, spec: str, config: str, seed: str = "0") -> dict[str, str]:
    """Run the generator on these two texts, in a process of its own, as if `folder` were the project."""
    (folder / "spec").mkdir()
    (folder / "spec" / "anthropic.yaml").write_text(spec, encoding="utf-8")
    (folder / "spec" / "sdk.yaml").write_text(config, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "sdkloom", "generate", "spec/anthropic.yaml", "--config", "spec/sdk.yaml"],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return owned_files(folder / "generated")


def texts() -> tuple[str, str]:
    return tuple((ROOT / "spec" / name).read_text(encoding="utf-8") for name in ("anthropic.yaml", "sdk.yaml"))


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
    assert generate(tmp_path, *texts(), seed=seed) == owned_files(ROOT / "generated")


@pytest.mark.parametrize("seed", range(3))
def test_key_order_does_not_matter(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    spec, config = (dumped(text, chance) for text in texts())
    assert spec != texts()[0]
    assert generate(tmp_path, spec, config) == owned_files(ROOT / "generated")
