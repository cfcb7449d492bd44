"""The lists of reserved names are those of the runtime."""

from __future__ import annotations

import inspect
from pathlib import Path

import attrs
import pytest
import yaml

from anthropic import Anthropic, BaseModel
from anthropic._structuring.model_meta import PydanticNames
from sdkloom.document import reserved
from sdkloom.document.config import SdkConfig
from sdkloom.lower.names import identifiers as names
from sdkloom.python.packages import RUNTIME_EXPORTS

from ...documents import parsed

SDK = yaml.safe_load((Path(__file__).resolve().parents[4] / "spec" / "sdk.yaml").read_text("utf-8"))


def public(value: object) -> set[str]:
    return {name for name in dir(value) if not name.startswith("_")}


def test_fields_hide_nothing_of_a_model() -> None:
    may_be_hidden = {name for name, value in vars(PydanticNames).items() if hasattr(value, "__set__")}
    members = public(BaseModel) | public(type(BaseModel)) - {"mro"} | {"_request_id"}
    assert members - may_be_hidden == names.MODEL_MEMBERS
    assert {"dict", "json", "copy", "schema"} < may_be_hidden


def test_resources_hide_nothing_of_a_client() -> None:
    own = {*SDK["resources"], *(constant["name"] for constant in SDK["client"]["constants"])}
    assert public(Anthropic(api_key="key")) - own | {"self"} == names.CLIENT_MEMBERS


def test_methods_hide_nothing_of_a_resource() -> None:
    messages = SDK["resources"]["messages"]
    own = {*messages["methods"], *messages.get("resources", ())}
    assert public(Anthropic(api_key="key").messages) - own | {"self"} == names.RESOURCE_MEMBERS


def test_public_names_are_those_of_every_package() -> None:
    exported = {name for found in RUNTIME_EXPORTS.values() for name in found if name[:2] != name[:2].lower()}
    constants = {name for name in exported if name.isupper()}
    assert exported - constants | {"Client", "AsyncClient"} == reserved.PUBLIC_NAMES


def test_options_are_those_of_the_client() -> None:
    taken = {*inspect.signature(Anthropic.__init__).parameters, *inspect.signature(Anthropic.copy).parameters}
    assert {name for name in taken if not name.startswith("_")} - names.CREDENTIALS == reserved.CLIENT_OPTIONS


@pytest.mark.parametrize(
    ("title", "package", "client", "error"),
    [
        ("Calendar", "api_calendar", "ApiCalendar", "ApiCalendarError"),
        ("httpx", "api_httpx", "ApiHttpx", "ApiHttpxError"),
        ("None", "none", "NoneClient", "NoneClientError"),
        ("Stream", "stream", "StreamClient", "StreamClientError"),
        ("Conflict", "conflict", "ConflictClient", "ConflictClientError"),
        ("Pets", "pets", "Pets", "PetsError"),
    ],
)
def test_derived_names_are_free(title: str, package: str, client: str, error: str) -> None:
    document = parsed("paths: {}\n")
    config = SdkConfig.default_for(attrs.evolve(document, info=attrs.evolve(document.info, title=title)))
    found = config.package.import_name, config.client.class_name, config.package.base_error
    assert found == (package, client, error)
