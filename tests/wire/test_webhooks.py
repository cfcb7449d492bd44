"""What the API sends by itself has parsers that take body and headers (OpenAPI 3.1 §4.8.1, §4.8.18)."""

from __future__ import annotations

import ast
import datetime
from pathlib import Path
from typing import Any

import pytest

from .packages import TEMPLATES, Package, operation

TEXT = {"type": "string"}


def request(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


CALLBACKS = {"onData": {"{$request.query.url}": {"post": request(thing(at={"type": "string", "format": "date-time"}))}}}
DOCUMENT: dict[str, Any] = {
    **operation(callbacks=CALLBACKS),
    "webhooks": {
        "newPet": {"post": request({"$ref": "#/components/schemas/Pet"})},
        "pet.gone": {"post": request(thing(kind={"const": "gone"}, id=TEXT))},
        "ping": {"get": {"responses": {}}},
    },
    "components": {"schemas": {"Pet": thing(kind={"const": "new"}, name=TEXT)}},
}
NEW, GONE = b'{"kind": "new", "name": "Rex"}', b'{"kind": "gone", "id": "7"}'
SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("package"), DOCUMENT)


def test_bodies_become_models(package: Package) -> None:
    webhooks = package.runtime("webhooks")
    assert repr(webhooks.new_pet.parse(NEW, {}, secret=None)) == "Pet(kind='new', name='Rex')"
    assert repr(webhooks.pet_gone.parse(GONE.decode(), {}, secret=None)) == "PetGoneWebhook(kind='gone', id='7')"
    assert webhooks.on_data.parse(b'{"at": "2024-01-01T00:00:00Z"}', {}, secret=None).at.year == 2024
    assert [type(webhooks.any_webhook.parse(body, {}, secret=None)).__name__ for body in (NEW, GONE)] == [
        "Pet",
        "PetGoneWebhook",
    ]
    assert package.codes == ["LOW034"]


def test_what_is_no_json_is_an_error(package: Package) -> None:
    with pytest.raises(package.runtime("_webhooks").WebhookError, match="not valid JSON"):
        package.runtime("webhooks").new_pet.parse(b"{", {}, secret=None)


def test_signatures_are_those_of_standard_webhooks(package: Package) -> None:
    standard: Any = pytest.importorskip("standardwebhooks.webhooks")
    now = datetime.datetime.now(datetime.timezone.utc)
    signature = standard.Webhook(SECRET).sign("msg_1", now, NEW.decode())
    headers = {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": str(int(now.timestamp())),
        "Webhook-Signature": f"v1,AAAA {signature}",
    }
    new_pet, error = package.runtime("webhooks").new_pet, package.runtime("_webhooks").WebhookError
    assert new_pet.parse(NEW, headers, secret=SECRET).name == "Rex"
    changes = [{"Webhook-Id": "msg_2"}, {"Webhook-Timestamp": "1"}, {"Webhook-Signature": "x"}]
    for wrong in ({}, *({**headers, **change} for change in changes)):
        with pytest.raises(error, match="can't be trusted"):
            new_pet.parse(NEW, wrong, secret=SECRET)
    with pytest.raises(error, match="can't be trusted"):
        new_pet.parse(GONE, headers, secret=SECRET)


def test_only_documents_with_webhooks_have_the_module(tmp_path: Path, package: Package) -> None:
    assert 'webhooks = ["standardwebhooks' in package.files["pyproject.toml"]
    assert "# Webhooks" in package.files["api.md"]
    assert 'webhooks.py">new_pet.parse</a>(body, headers, \\*, secret) -> ' in package.files["api.md"]
    files = Package(tmp_path, operation()).files
    assert not [path for path in files if "webhooks" in path]
    assert "standardwebhooks" not in files["pyproject.toml"]
    assert "Webhooks" not in files["api.md"]


def test_checkers_see_no_import_that_needs_the_extra() -> None:
    tree = ast.parse((TEMPLATES / "runtime/_webhooks.py").read_text("utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [name for name in imported if name.startswith("standardwebhooks")]
