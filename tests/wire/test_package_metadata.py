"""What sdk.yaml says about the package stands in its metadata."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

import pytest

from sdkloom import DiagnosticSink, generate

from .packages import TEMPLATES, operation

toml: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
SPEC = json.dumps({"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, **operation()})


def project(package: dict[str, Any]) -> dict[str, Any] | None:
    texts = {"spec.json": SPEC, "sdk.yaml": json.dumps({"package": package})}
    files = generate("spec.json", "sdk.yaml", read=texts.__getitem__, sink=DiagnosticSink(), templates=TEMPLATES)
    return None if files is None else toml.loads(files["pyproject.toml"])["project"]


def test_authors_keywords_and_pages() -> None:
    found = project(
        {
            "authors": ["Ada Lovelace <ada@pets.test>", "<team@pets.test>", 'Bob "B" \\'],
            "keywords": ["pets", "cats & dogs"],
            "urls": {"Repository": "https://pets.test/code", "Changes": "https://pets.test/changes?a=1#b"},
        }
    )
    assert found is not None
    assert found["authors"] == [
        {"name": "Ada Lovelace", "email": "ada@pets.test"},
        {"email": "team@pets.test"},
        {"name": 'Bob "B" \\'},
    ]
    assert found["keywords"] == ["pets", "cats & dogs"]
    assert found["urls"] == {"Changes": "https://pets.test/changes?a=1#b", "Repository": "https://pets.test/code"}


def test_none_are_needed() -> None:
    found = project({})
    assert found is not None
    assert not {"authors", "keywords", "urls"} & set(found)


@pytest.mark.parametrize(
    "package",
    [
        {"authors": ["Ada <ada>"]},
        {"authors": ["Ada <a@b> <c@d>"]},
        {"authors": [""]},
        {"urls": {"Home": "javascript:alert(1)"}},
        {"urls": {"Home": "https://pets.test/a b"}},
        {"keywords": [""]},
    ],
)
def test_what_is_no_author_or_page_is_refused(package: dict[str, Any]) -> None:
    assert project(package) is None
