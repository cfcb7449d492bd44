"""What a document costs grows as the document does. Calls are counted, not time: the same in every run.

A schema that is looked at by every operation, or a page that walks over all types, shows as a count that grows faster.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import SdkConfig
from sdkloom.document.lock import NO_LOCK
from sdkloom.document.model import Document
from sdkloom.document.parse import parse_document
from sdkloom.emit import render as rendering
from sdkloom.emit.template_folder import TemplateFolder
from sdkloom.ir.api import Api
from sdkloom.lower import lower
from sdkloom.lower.methods.lists import Lists
from sdkloom.lower.provenance import with_hashes
from sdkloom.python.docstrings import wrap
from sdkloom.source.limits import DEFAULT_LIMITS

from ..verify.targets import ROOT

COPIES = (4, 12)
MOST = 1.05
"""The exponent: 12 copies may cost 3.2 times what 4 copies cost."""


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation(name: str, response: dict[str, Any], **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": response}}
    return {"operationId": name, "tags": [name], "responses": {"200": {"description": "x", "content": content}}, **more}


def copy(number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The paths and the schemas of one part of the API: a list, an object with a parent, and a union."""
    text = {"type": "string"}
    pet, owner, page = f"Pet{number}", f"Owner{number}", f"Pets{number}"
    cursor = {"name": "cursor", "in": "query", "schema": text}
    body = {"content": {"application/json": {"schema": ref(pet)}}}
    schemas = {
        pet: {
            "type": "object",
            "description": "A pet. " * 9,
            "required": ["id", "kind"],
            "properties": {
                "id": text,
                "kind": {"enum": ["cat", "dog"]},
                "owner": ref(owner),
                "home": {"oneOf": [ref(owner), {"type": "array", "items": text}]},
                "size": {"type": "object", "properties": {"unit": text}},
            },
        },
        owner: {
            "type": "object",
            "properties": {"pets": {"type": "array", "items": ref(pet)}, "shared": ref("Shared")},
        },
        page: {"type": "object", "properties": {"data": {"type": "array", "items": ref(pet)}, "next_cursor": text}},
    }
    paths = {
        f"/pets{number}": {
            "get": operation(f"list{number}", ref(page), parameters=[cursor]),
            "post": operation(f"create{number}", ref(pet), requestBody=body),
        },
        f"/owners{number}": {"get": operation(f"owner{number}", ref(owner))},
    }
    return paths, schemas


def document(copies: int) -> str:
    parts = [copy(number) for number in range(copies)]
    shared = {"Shared": {"type": "object", "properties": {"id": {"type": "string"}}}}
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: item for paths, _ in parts for path, item in paths.items()},
        "components": {"schemas": shared | {name: schema for _, schemas in parts for name, schema in schemas.items()}},
    }
    return json.dumps(whole)


def parsed(copies: int) -> Document:
    text = document(copies)
    found = parse_document("pets.json", lambda path: text, DiagnosticSink(), DEFAULT_LIMITS)
    assert found is not None
    return found


def lowered(document: Document) -> Api:
    api = lower(document, SdkConfig.default_for(document), DiagnosticSink(), NO_LOCK)
    assert api is not None
    return attrs.evolve(api, provenance=with_hashes(api.provenance, document, SdkConfig.default_for(document)))


def printed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "format_python", lambda files, generated, sink: None)
    wrap.cache_clear()  # what an earlier run was told isn't known
    assert rendering.render(api, TemplateFolder.of(ROOT / "templates", DiagnosticSink()), DiagnosticSink())


def calls(run: Callable[[], object]) -> Counter[str]:
    """How often each function is called: Python's own by name, those in C together."""
    found: Counter[str] = Counter()

    def count(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            found[f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"] += 1
        elif event == "c_call":
            found["in C"] += 1

    gc.collect()  # what others left to be finalized isn't counted
    gc.disable()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
        gc.enable()
    return found


def grown(counts: list[Counter[str]], small: int) -> list[str]:
    """The functions whose calls grow faster than the document, but for those that are called so rarely that it can't
    matter."""
    most = (COPIES[1] / COPIES[0]) ** MOST
    few, many = counts
    return [f"{name}: {few[name]} → {many[name]}" for name in many if many[name] > max(most * few[name], small)]


def test_calls_grow_as_the_document_does(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [parsed(copies) for copies in COPIES]
    apis = [lowered(document) for document in documents]
    printed(apis[0], monkeypatch)  # what is only done once in a process is done now
    runs: dict[str, list[Callable[[], object]]] = {
        "document": [lambda copies=copies: parsed(copies) for copies in COPIES],
        "lower": [lambda document=document: lowered(document) for document in documents],
        "print": [lambda api=api: printed(api, monkeypatch) for api in apis],
    }
    found = {name: grown([calls(run) for run in pair], small=1_000) for name, pair in runs.items()}
    assert found == {"document": [], "lower": [], "print": []}


def test_a_response_that_operations_share_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: Counter[tuple[str, ...]] = Counter()
    places = Lists._places  # pyright: ignore[reportPrivateUsage]

    def counted(self: Lists, schema: Any, path: tuple[str, ...]) -> Any:
        walked[path] += 1
        return places(self, schema, path)

    text = document(3).replace("#/components/schemas/Owner1", "#/components/schemas/Pets0")
    monkeypatch.setattr(Lists, "_places", counted)
    found = parse_document("pets.json", lambda path: text, DiagnosticSink(), DEFAULT_LIMITS)
    assert found is not None
    lowered(found)
    assert walked[()] == 8  # nine operations, two of which give the same
