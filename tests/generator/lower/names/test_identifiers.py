"""Identifiers from the names of a document."""

from __future__ import annotations

import pytest

from sdkloom.ir.definitions import is_key
from sdkloom.lower.names import identifiers as names

from ...lowering import lower_text, response


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Message", "message"),
        ("InputJSONDelta", "input_json_delta"),
        ("PromptCachingBetaToolParam", "prompt_caching_beta_tool_param"),
        ("userIDs", "user_ids"),
        ("createdAt", "created_at"),
        ("HTTPServer2Config", "http_server2_config"),
        ("foo--bar.baz", "foo_bar_baz"),
        ("X-Api-Key", "x_api_key"),
        ("_links", "links"),
        ("2fa", "n2fa"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("StartTime<", "start_time_lt"),
        ("größe", "größe"),
        ("ﬁle", "file"),
        ("<location>", "location"),
        ("<a> <b>", "lt_a_gt_lt_b_gt"),
    ],
)
def test_snake(text: str, expected: str) -> None:
    assert names.snake(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pet", "Pet"),
        ("prompt_caching", "PromptCaching"),
        ("InputJSONDelta", "InputJSONDelta"),
        ("pet.food-bowl", "PetFoodBowl"),
        ("3DSecure", "N3DSecure"),
        ("File (Mini)", "FileMini"),
        ("None", "None_"),
    ],
)
def test_type_name(text: str, expected: str) -> None:
    assert names.type_name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("messages", "message"),
        ("Categories", "Category"),
        ("status", "status"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("responses", "response"),
        ("databases", "database"),
        ("analysis", "analysis"),
        ("people", "person"),
        ("petChildren", "petChild"),
        ("ContainerRegistries", "ContainerRegistry"),
        ("cookies", "cookie"),
        ("ActionMovies", "ActionMovie"),
        ("time_series", "time_series"),
        ("timeseries", "timeseries"),
        ("caches", "cache"),
        ("batches", "batch"),
        ("analyses", "analysis"),
        ("bookshelves", "bookshelf"),
        ("abuses", "abuse"),
        ("busAPIs", "busAPI"),
        ("skus", "sku"),
        ("heroes", "hero"),
        ("alias", "alias"),
        ("analytics", "analytics"),
        ("s", "s"),
    ],
)
def test_singular(text: str, expected: str) -> None:
    assert names.singular(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("class", "class_"), ("self", "self"), ("timeout", "timeout_"), ("*", "asterisk"), ("Import", "import_")],
)
def test_attribute(text: str, expected: str) -> None:
    assert names.attribute(text, frozenset({"timeout"})) == expected


def test_attributes_that_collide_keep_their_spelling() -> None:
    assert names.attributes(["mixedCase", "mixed_case"]) == {"mixedCase": "mixedCase", "mixed_case": "mixed_case"}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["ﬁ", "fi"], ["fi_2", "fi"]),
        (["@id", "id"], ["at_id", "id"]),
        (["$type", "type", "Type"], ["dollar_type", "type", "Type"]),
        (["max-age", "max_age", "max.age"], ["max_age_2", "max_age", "max_age_3"]),
        (["status[]", "status", "status_list"], ["status_2", "status", "status_list"]),
        (["", "empty"], ["empty_2", "empty"]),
        (["_x", "x"], ["x_2", "x"]),
    ],
)
def test_texts_that_would_get_the_same_name_get_two(texts: list[str], found: list[str]) -> None:
    assert names.attributes(texts) == dict(zip(texts, found))


@pytest.mark.parametrize(("key", "plain"), [("a", True), ("_id", True), ("größe", True), ("ﬁ", False), ("from", False)])
def test_keys_that_a_class_can_declare(key: str, plain: bool) -> None:
    assert is_key(key) is plain


def test_numerals_that_python_does_not_take_are_left_out() -> None:
    assert names.attribute("𐄇x") == "x"
    assert names.pascal("größe ² 𐄇") == "Größe2"


def test_fields_are_snake_cased_and_know_their_wire_names() -> None:
    lowered = response(
        """
        Pet:
          type: object
          required: [class]
          properties:
            class: {type: string}
            createdAt: {type: string}
            to_dict: {type: boolean}
            self: {type: string}
        """
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  class_ (class): str",
        "  created_at? (createdAt): Optional[str]",
        "  to_dict_? (to_dict): Optional[bool]",
        "  self?: Optional[str]",
    ]


def test_a_schema_called_like_the_request_form_of_another_one() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        one: {$ref: "#/components/schemas/Text"}
                        two: {$ref: "#/components/schemas/TextParam"}
              responses:
                "200":
                  description: Both.
                  content:
                    application/json:
                      schema:
                        type: array
                        items: {$ref: "#/components/schemas/Text"}
        components:
          schemas:
            Text: {type: object, properties: {a: {type: string}}}
            TextParam: {type: object, properties: {b: {type: string}}}
        """
    )
    assert lowered.module_names() == ["pet_create_params", "text", "text_param", "text_request"]
    assert lowered.module("text_request") == ["params TextRequest", "  a?: str"]


def test_rename_in_the_config() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            get:
              responses:
                "200":
                  description: Pets.
                  content: {application/json: {schema: {$ref: "#/components/schemas/cat-food"}}}
        components:
          schemas:
            cat-food: {type: object, properties: {dry: {type: boolean}}}
        """,
        """
        types: {cat-food: {rename: Kibble}}
        resources: {pets: {methods: {list: {endpoint: get /pets}}}}
        """,
    )
    assert lowered.signature("pets.list") == "() -> Kibble"
    assert lowered.module("kibble") == ["model Kibble", "  dry?: Optional[bool]"]
