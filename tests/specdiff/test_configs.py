"""Keys of sdk.yaml: whatever changes the package is told, by a rule that says what it is."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Impact, Section
from sdkloom.specdiff.state import SpecState

from ..project import ROOT
from .matrix.configs import DOCUMENT, configs
from .matrix.printed import Printed, printed
from .spec_states import spec_state

CONFIGS = configs()
TEXTS = (
    *("doc", "message", "title", "description", "license", "version", "example"),
    *("authors", "keywords", "urls", "copyright", "ci"),
)
"""Keys of which only texts follow."""
VAGUE = {"other-change", "spelling-changed"}
ELSEWHERE = {
    "scheme": "tests/specdiff/rules/credential-*",
    "part": "as `scheme`",
    "hooks": "the hand-written side isn't part of the spec",
    "license_file": "the text of another file: tests/generator/emit/test_package_files.py",
    "undocumented": "only silences a warning",
    "extra_exports": "tests/specdiff/rules/export-*",
    "vendor_extensions": "only how a document is read",
    "acronyms": "names, as `rename`",
    "accepts": "tests/specdiff/rules/request-type-widened",
    "id": "as the other places of pages",
    "value": "as its list",
    "name": "as its list",
    "of": "as its list",
    "method": "as `arguments`",
    "output": "as `arguments`",
    **dict.fromkeys(
        ["api_md", "args", "async_returns", "handles", "like", "params_link", "requires", "returns_href"],
        "of hand-written methods: tests/specdiff/rules/helper-*, hook-misses-variant",
    ),
}
"""Keys that are tried somewhere else, and why."""


@cache
def _state(config: str) -> SpecState:
    return spec_state({"zoo.json": json.dumps(DOCUMENT), "sdk.json": config}, "zoo.json", "sdk.json")


@cache
def _package(config: str) -> Printed:
    return printed(_state(config).api)


@pytest.mark.parametrize("is_back", [False, True])
@pytest.mark.parametrize("key", CONFIGS)
def test_what_changes_the_package_is_told(key: str, is_back: bool) -> None:
    old, new = map(json.dumps, reversed(CONFIGS[key]) if is_back else CONFIGS[key])
    findings = compare(_state(old), _state(new))
    rules = {found.rule.id for found in findings}
    if key.endswith(TEXTS):
        assert findings
    elif _package(old).code != _package(new).code:
        assert {found.rule.id for found in findings if found.rule.section is not Section.DOCUMENTATION} - VAGUE or (
            key in ("request_arrays", "enums") and not is_back  # what takes more is only spelled differently
        )
    else:
        assert rules <= {"http-library-changed", "body-required", "body-optional"}


@pytest.mark.parametrize("is_back", [False, True])
@pytest.mark.parametrize("key", [key for key in CONFIGS if key.startswith(("formats", "numbers"))])
def test_other_classes_leave_the_wire_as_it_was(key: str, is_back: bool) -> None:
    old, new = map(json.dumps, reversed(CONFIGS[key]) if is_back else CONFIGS[key])
    assert {found.verdict.wire for found in compare(_state(old), _state(new))} == {Impact.OK}


def _keys(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_keys, node))
    if not isinstance(node, dict):
        return set()
    found = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    return found.union(*(_keys(value) for key, value in node.items() if key not in ("examples", "default")))


def test_every_key_is_tried() -> None:
    schema = json.loads((ROOT / "generator/sdkloom/document/sdk.schema.json").read_text(encoding="utf-8"))
    tried = json.dumps(CONFIGS) + json.dumps(list(CONFIGS))
    assert {key for key in _keys(schema) if f'"{key}"' not in tried and key not in ELSEWHERE} == set()
