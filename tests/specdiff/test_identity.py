"""What means the same has no findings: a document and itself, with its keys in another order, in another layout."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.state import SpecState
from sdkloom.verify.order import shuffled_text

from ..project import ROOT, spec_texts
from .spec_states import letters, spec_state

CORPUS = Path(__file__).parent / "corpus"
DOCUMENTS = sorted(path.name for path in CORPUS.glob("*.yaml"))
OWN = "anthropic.yaml"


def spec_states(name: str, seed: int) -> tuple[SpecState, SpecState]:
    """A document, and the same as JSON with shuffled keys."""
    chance = random.Random(seed)
    if name == OWN:
        texts = {name: spec_texts().spec, "sdk.yaml": spec_texts().config}
    else:
        texts = {name: (CORPUS / name).read_text(encoding="utf-8")}
    config = "sdk.yaml" if "sdk.yaml" in texts else None
    again = {path: shuffled_text(path, text, chance) for path, text in texts.items()}
    return spec_state(texts, name, config), spec_state(again, name, config)


@pytest.mark.parametrize("name", [*DOCUMENTS, OWN])
def test_identity(name: str) -> None:
    one, again = spec_states(name, 1)
    for pair in ((one, one), (one, again), (again, one)):
        assert [(finding.rule.id, finding.message) for finding in compare(*pair)] == []


def text_of_all() -> str:
    """The findings between two documents that have nothing in common, both ways."""
    one, other = (spec_states(name, 0)[0] for name in ("museum.yaml", "petstore.yaml"))
    found = [*compare(one, other), *compare(other, one)]
    return "\n".join(f"{one.id} {letters(one)} {one.message} {one.symbols} {one.suggestion}" for one in found)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_hash_seeds_do_not_matter(seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import text_of_all; print(text_of_all())"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert len(run.stdout.splitlines()) > 100
    assert run.stdout == text_of_all() + "\n"


def test_components_in_another_file() -> None:
    """Those that a type comes from, those that only a condition refers to, and those that nothing refers to."""

    def texts(file: str) -> tuple[str, str]:
        def ref(name: str) -> dict[str, str]:
            return {"$ref": f"{file}#/components/schemas/{name}"}

        values = {"anyOf": [ref("Text"), {"type": "array", "items": {}}, {"title": "Anything"}]}
        schemas = {
            "Pet": {"type": "object", "properties": {"a": values}, "not": ref("No")},
            "Text": {"type": "string", "pattern": "^a"},
            "No": {"required": ["b"]},
            "Lone": {"type": "string"},
        }
        body = {"content": {"application/json": {"schema": ref("Pet")}}}
        operation = {"requestBody": body, "responses": {"204": {"description": "Done."}}}
        whole = {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/pets": {"post": operation}},
        }
        inner = json.dumps({"components": {"schemas": schemas}}).replace(file, "")
        aside = {name: ref(name) for name in schemas} if file else schemas
        return json.dumps({**whole, "components": {"schemas": aside}}), inner

    one, _ = texts("")
    other, aside = texts("aside.json")
    states = spec_state({"zoo.json": one}, "zoo.json"), spec_state({"zoo.json": other, "aside.json": aside}, "zoo.json")
    assert compare(*states) == ()
    assert compare(*reversed(states)) == ()
