"""The tests of packages pass out of the box, without a server, and notice what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..packages import run_tests
from ..project import ROOT, sdkloom
from .service.app import app

SERVICE = json.dumps({**app.openapi(), "info": {"title": "Served", "version": "1"}})
DOCUMENTS = {
    "petstore": (ROOT / "tests/specdiff/corpus/petstore.yaml").read_text(encoding="utf-8"),
    "service": SERVICE,
    "todo": (ROOT / "tests/wire/documents/typespec_todo.yaml").read_text(encoding="utf-8"),
}


def generated(text: str, folder: Path) -> Path:
    (folder / "openapi.yaml").write_text(text, encoding="utf-8")
    sdkloom(folder, "generate", "openapi.yaml", "--out", "sdk")
    return folder / "sdk"


def outcome(package: Path) -> str:
    return re.sub(r" in .*", "", run_tests(package).stdout.splitlines()[-1])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_they_pass(name: str, tmp_path: Path) -> None:
    assert re.fullmatch(r"\d+ passed", outcome(generated(DOCUMENTS[name], tmp_path)))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("resources/pet.py", '"/pet/findByStatus"', '"/pet/find"'),
        ("types/store/order.py", "quantity: Optional[int]", "quantity: Optional[bool]"),
    ],
)
def test_they_notice_what_is_wrong(path: str, old: str, new: str, tmp_path: Path) -> None:
    package = generated(DOCUMENTS["petstore"], tmp_path)
    file = package / "src" / "petstore" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert "failed" in outcome(package)
