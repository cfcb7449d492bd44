"""The types that a resource of sdk.yaml lists."""

from __future__ import annotations

from ...lowering import lower_text


def test_a_renamed_type_is_listed_by_its_new_name_which_may_have_underscores() -> None:
    config = """
    types: {Pet_2024: {rename: Animal_2024}, RequestOwner: {rename: OwnerParams}}
    resources:
      pets: {types: [Pet_2024, RequestOwner], methods: {add: {endpoint: post /pets}}}
    """
    spec = """
    paths:
      /pets:
        post:
          requestBody:
            content: {application/json: {schema: {properties: {o: {$ref: "#/components/schemas/RequestOwner"}}}}}
          responses:
            "200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Pet_2024"}}}}
    components:
      schemas:
        Pet_2024: {properties: {name: {type: string}}}
        RequestOwner: {properties: {name: {type: string}}}
    """
    api = lower_text(spec, config).ok
    assert api.resources[0].listed_types == ("Animal_2024", "OwnerParams")
    assert {"Animal_2024", "OwnerParams"} <= {name.name for package in api.type_packages for name in package.exports}
