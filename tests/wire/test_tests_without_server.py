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
    "bodies": """\
openapi: 3.1.0
info: {title: Pictures, version: "1"}
servers: [{url: "https://pictures.test"}]
paths:
  /edits:
    post:
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Links"}}
          multipart/form-data: {schema: {$ref: "#/components/schemas/Form"}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Edit"}}}}}
components:
  schemas:
    Edit: {type: object, properties: {id: {type: string}}}
    Links:
      type: object
      required: [prompt, links]
      properties: {prompt: {type: string}, links: {type: array, items: {type: string}}}
    Form:
      type: object
      required: [prompt, picture]
      properties: {prompt: {type: string}, picture: {type: string, format: binary}}
""",
    "odd": """\
openapi: 3.0.3
info: {title: Odd, version: "1"}
servers: [{url: "https://odd.test"}]
paths:
  /<upload url>/{id}/größe:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {"*/*": {schema: {$ref: "#/components/schemas/Parts"}}}}}
  /find?by={text}&sort=up:
    get:
      parameters: [{name: text, in: query, schema: {type: string, example: a&b}}]
      responses: {"200": {description: ok, content: {"*/*": {schema: {$ref: "#/components/schemas/Parts"}}}}}
  /parts/{filter}:
    get:
      parameters: [{name: filter, in: path, required: true, schema: {type: object, properties: {by: {type: string}}}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: "null"}}}}}
  /parts:
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {properties: {a: {type: string}}}}}}
      responses: {"200": {description: ok, content: {"*/*": {schema: {$ref: "#/components/schemas/Parts"}}}}}
    get:
      responses:
        "200":
          description: ok
          content: {text/event-stream: {schema: {$ref: "#/components/schemas/Parts"}}}
components:
  schemas:
    Parts:
      type: object
      required: [made, parts, end]
      properties:
        end: {$ref: "#/components/schemas/Null"}
        size: {oneOf: [{enum: [s, m]}, {$ref: "#/components/schemas/Null"}]}
        made: {type: string, format: date, example: "2015-10-11Z"}
        parts: {type: array, items: {oneOf: [{$ref: "#/components/schemas/Bolt"}, {$ref: "#/components/schemas/Nut"}]}}
    "Null": {enum: [null]}
    Part: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Bolt: {allOf: [{$ref: "#/components/schemas/Part"}, {required: [length], properties: {length: {type: integer}}}]}
    Nut: {allOf: [{$ref: "#/components/schemas/Part"}, {properties: {width: {type: integer}}}]}
""",
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
