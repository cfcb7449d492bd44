"""`import anthropic` stays cheap: what it loads is counted, not timed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"anyio", "asyncio", "attr", "attrs", "cattr", "cattrs", "httpcore", "httpx", "jiter", "sniffio", "ssl"}

BUDGETS = {
    "import anthropic": 6,
    "from anthropic import types": 8,
    "from anthropic import Anthropic": 45,
    "from anthropic.types import Message": 20,
    "from anthropic.types import MessageParam, MessageCreateParams": 30,
}
"""Statement → how many modules of the package it may load."""


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `statement`, and not without it."""
    show = "print(json.dumps(sorted(set(sys.modules) - before)))"
    code = f"import json, sys; before = set(sys.modules); {statement}; {show}"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return set(json.loads(out))


@pytest.mark.parametrize("statement", BUDGETS)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    assert {name.partition(".")[0] for name in loaded_by(statement)} & HEAVY == set()


@pytest.mark.parametrize(("statement", "budget"), BUDGETS.items())
def test_few_modules_of_the_package_are_loaded(statement: str, budget: int) -> None:
    own = {name for name in loaded_by(statement) if name.partition(".")[0] == "anthropic"}
    assert "anthropic" in own
    assert len(own) <= budget, sorted(own)
