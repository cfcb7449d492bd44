"""The hashes in `.stats.yml`: the same input gives the same hash, in every version of Python."""

from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import ClientConfig, PackageConfig, SdkConfig
from sdkloom.document.model import Bounds, Document, Info, JsonObject, NamedSchema, Schema
from sdkloom.ir.api import Provenance
from sdkloom.lower.provenance import provenance, with_hashes
from sdkloom.pipeline import Pipeline

# Equal to the defaults of their fields, but other objects. (What is written as a literal may be the same object.)
EQUAL_SCHEMA = Schema(bounds=Bounds(), extensions=JsonObject())
EQUAL_CLIENT = ClientConfig(class_name="Pets", async_class_name="AsyncPets", max_connections=int("1000"))

DEFAULT_CLIENT = ClientConfig(class_name="Pets", async_class_name="AsyncPets")


def hashes(schema: Schema, client: ClientConfig) -> Provenance:
    named = NamedSchema(name="Pet", schema=schema, file="pets.yaml")
    document = Document(file="pets.yaml", version="3.1.0", info=Info(title="Pets", version="1"), schemas=(named,))
    package = PackageConfig(distribution="pets", import_name="pets", title="Pets", base_error="PetsError")
    config = SdkConfig(package=package, client=client)
    return with_hashes(provenance(document, config), document, config)


def test_values_that_equal_the_defaults_do_not_count() -> None:
    assert EQUAL_SCHEMA.bounds is not Schema().bounds
    assert EQUAL_CLIENT.max_connections is not DEFAULT_CLIENT.max_connections
    assert hashes(EQUAL_SCHEMA, EQUAL_CLIENT) == hashes(Schema(), DEFAULT_CLIENT)


def test_the_order_of_mappings_means_nothing() -> None:
    """Scopes of a flow, and the schemes that a requirement needs together."""
    text = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
security: [{Key: [], Login: [read]}]
paths: {/pets: {get: {security: [{SECOND}], responses: {"204": {description: x}}}}}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Key}
    Login: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://pets.test/token", scopes: {SCOPES}}}}
"""
    made: list[object] = []
    for second, scopes in (
        ("Key: [], Login: [read]", "read: R, write: W"),
        ("Login: [read], Key: []", "write: W, read: R"),
    ):
        spec = text.replace("SECOND", second).replace("SCOPES", scopes)
        sink = DiagnosticSink()
        run = Pipeline(spec="pets.yaml", config=None, read=lambda path: spec, templates=Path(), sink=sink)  # noqa: B023
        made.append(run.api())
    assert made[0] is not None and made[0] == made[1]


def test_other_values_count() -> None:
    usual = hashes(Schema(), DEFAULT_CLIENT)
    other_spec = hashes(Schema(bounds=Bounds(minimum=1)), DEFAULT_CLIENT)
    other_config = hashes(Schema(), ClientConfig(class_name="Pets", async_class_name="AsyncPets", max_connections=2))
    assert other_spec.spec_hash != usual.spec_hash
    assert other_config.config_hash != usual.config_hash
