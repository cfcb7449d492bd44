"""The lists of reserved names are those of the runtime."""

from __future__ import annotations

from anthropic import Anthropic, BaseModel
from sdkloom.lower import names


def public(value: object) -> set[str]:
    return {name for name in dir(value) if not name.startswith("_")}


def test_fields_hide_nothing_of_a_model() -> None:
    assert public(BaseModel) | public(type(BaseModel)) - {"mro"} == names.MODEL_MEMBERS


def test_resources_hide_nothing_of_a_client() -> None:
    own = {"messages", "beta", "HUMAN_PROMPT", "AI_PROMPT"}
    assert public(Anthropic(api_key="key")) - own == names.CLIENT_MEMBERS


def test_methods_hide_nothing_of_a_resource() -> None:
    assert public(Anthropic(api_key="key").messages) - {"create", "stream"} == names.RESOURCE_MEMBERS
