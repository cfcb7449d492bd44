"""`docs/config.md` has every key of sdk.yaml; every example of the schema is valid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from sdkloom.cli.config_reference import Section, sections
from sdkloom.cli.main import main
from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_check import SCHEMA_FILE
from sdkloom.document.config_read import parse_config

PAGE = (Path(__file__).parents[2] / "docs" / "config.md").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))


def keys(schema: Any, place: str = "#") -> Iterator[tuple[str, Any]]:
    """Every key that a mapping of sdk.yaml may have, wherever the schema says so, with what it says."""
    if isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            yield f"{place}/{name}", one
        for name, one in schema.items():
            yield from keys(one, f"{place}/{name}")


KEYS = dict(keys(SCHEMA))


@pytest.mark.parametrize("place", KEYS)
def test_examples(place: str) -> None:
    examples = KEYS[place].get("examples", [])
    assert examples, f"give {place} in sdk.schema.json `examples`, then `sdkloom schema --markdown > docs/config.md`"
    validator = Draft202012Validator({**KEYS[place], "$defs": SCHEMA["$defs"]})
    for example in examples:
        assert [error.message for error in validator.iter_errors(example)] == []


def test_every_key_is_on_the_page() -> None:
    found = [name for section in sections(SCHEMA).values() for name in section.schema["properties"]]
    assert len(found) == len(KEYS)
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == found


def test_the_page_is_as_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--markdown"]) == 0
    assert capsys.readouterr().out == PAGE


def test_links_lead_to_headings() -> None:
    headings = {re.sub(r"[^\w -]", "", line).replace(" ", "-").lower() for line in re.findall(r"^## (.*)", PAGE, re.M)}
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) <= headings


CURSOR = {"kind": "cursor", "param": "after", "next": "next_cursor"}
HAND_WRITTEN = {"like": "create", "returns": "lib.helpers.Helper", "async_returns": "lib.helpers.AsyncHelper"}
AROUND: dict[str, Any] = {
    "methods.NAME": {"pages": {"CursorPage": CURSOR}},
    "resources.NAME.methods.NAME.api_md": {"resources": {"name": {"methods": {"name": HAND_WRITTEN}}}},
}
"""What an example needs besides the keys that are required."""


def beside(place: str, key: str, value: Any) -> dict[str, Any]:
    """What stands beside a key, besides what is always required."""
    if place == "client.credentials[]":  # there is one way in which it is sent
        way = {"prefix": "header"}.get(key, key if key in ("header", "query", "cookie") else "scheme")
        return {way: "X-Api-Key"}
    if place == "pages.NAME":
        kind = re.search("Only for the kind `(.*?)`", value["description"])
        found = CURSOR if kind is None else {**CURSOR, "kind": kind[1]}
        return found if found["kind"] != "item" else {"kind": "item", "param": "after"}  # no `next`
    return {}


def merged(old: Any, new: Any) -> Any:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}


@pytest.mark.parametrize("section", [one for one in sections(SCHEMA).values() if one.place], ids=lambda one: one.title)
def test_examples_work_in_place(section: Section) -> None:
    """Each one in a file, at the place that its heading names."""
    properties = section.schema["properties"]
    needed = [*section.schema.get("required", ())]
    for name in properties:
        required = {key: properties[key]["examples"][0] for key in needed}
        example = properties[name]["examples"][0]
        found: Any = {**required, **beside(section.place, name, properties[name]), name: example}
        for word in reversed(section.place.split(".")):
            key = "Name" if word == "NAME" and section.place in ("aliases.NAME", "pages.NAME") else word.lower()
            found = {key.removesuffix("[]"): [found] if key.endswith("[]") else found}
        sink = DiagnosticSink()
        text = yaml.safe_dump(merged(AROUND.get(section.place, {}), found))
        assert parse_config("sdk.yaml", text, sink) is not None, sink.diagnostics
