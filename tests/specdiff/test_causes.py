"""Which findings are folded into which, and what is said of them together."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from sdkloom.specdiff.areas import lone_resources
from sdkloom.specdiff.causes import without_missing_causes
from sdkloom.specdiff.changes import Change, changes_of, joined_lines
from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.digest import lines_of
from sdkloom.specdiff.model import Finding
from sdkloom.specdiff.state import SpecState

from .spec_states import spec_state

CORPUS = sorted(path.name for path in (Path(__file__).parent / "corpus").glob("*.yaml"))

SPEC = """\
openapi: 3.1.0
info: {title: Zoo, version: "1.0"}
servers: [{url: "https://zoo.example"}]
paths:
  /animals:
    get:
      operationId: list_animals
      responses: {"200": {description: All., content: {application/json: {schema: @Animals}}}}
  /beta/animals:
    get:
      operationId: list_beta_animals
      responses: {"200": {description: All., content: {application/json: {schema: @BetaAnimals}}}}
#paths
components:
  schemas:
    Animals: {type: object, properties: {kind: @Kind, first: @Animal}}
    BetaAnimals: {type: object, properties: {kind: @BetaKind, last: @Animal}}
    Kind: {type: string, enum: [cat, dog]}
    BetaKind: {type: string, enum: [cat, dog]}
    Animal:
      oneOf: [@Cat, @Dog]
    Cat: {type: object, required: [type], properties: {type: {const: cat}}}
    Dog: {type: object, required: [type], properties: {type: {const: dog}, name: {type: string}}}
#schemas
"""

KEEPERS = """\
  /keepers:
    get:
      operationId: list_keepers
      responses: {"200": {description: All., content: {application/json: {schema: @Keepers}}}}
    post:
      operationId: create_keeper
      responses: {"200": {description: One., content: {application/json: {schema: @Keeper}}}}
"""
KEEPER_TYPES = """\
    Keepers: {type: object, properties: {data: {type: array, items: @Keeper}}}
    Keeper: {type: object, properties: {address: @Address}}
    Address: {type: object, properties: {city: {type: string}}}
"""
WITH_KEEPERS = SPEC.replace("#paths\n", KEEPERS).replace("#schemas\n", KEEPER_TYPES)


def state(text: str, config: str | None = None) -> SpecState:
    """`@Kind` stands for a reference."""
    texts = {"spec.yaml": re.sub(r"@(\w+)", r'{$ref: "#/components/schemas/\1"}', text), "sdk.yaml": config or ""}
    return spec_state(texts, config=config and "sdk.yaml")


def found(base: str, revision: str) -> tuple[Finding, ...]:
    return compare(state(base), state(revision))


def only(base: str, revision: str, rule: str) -> Change:
    """The one change of a rule."""
    (change,) = [each for each in changes_of(found(base, revision)) if each.finding.rule.id == rule]
    return change


def folded(change: Change) -> set[tuple[str, str]]:
    return {(each.rule.id, each.symbols[0]) for each in change.folded}


def told(base: str, revision: str) -> list[str]:
    states = (state(base), state(revision))
    return [
        line.text for line in lines_of(changes_of(compare(*states)), lone_resources(*(each.api for each in states)))
    ]


def test_types_come_with_their_method() -> None:
    findings = found(SPEC, WITH_KEEPERS)
    by_id = {each.id: each for each in findings}
    causes = {each.symbols[0]: by_id[each.cause].symbols[0] for each in findings if each.cause}
    assert causes == {
        "zoo.types.Keeper": "client.keepers.list",
        "zoo.types.Keepers": "client.keepers.list",
        "zoo.types.Address": "client.keepers.list",
    }
    assert told(SPEC, WITH_KEEPERS) == ["`client.keepers`: new, 2 methods"]


def test_types_go_with_their_method() -> None:
    assert {each.rule.id for each in found(WITH_KEEPERS, SPEC) if not each.cause} == {"method-removed"}
    assert told(WITH_KEEPERS, SPEC) == ["`client.keepers`: removed, 2 methods"]


def test_types_go_with_their_field() -> None:
    base = SPEC.replace("{type: string}}}", "{type: string}, keeper: @Keeper}}")
    base = base.replace("#schemas\n", KEEPER_TYPES)
    revision = base.replace(", keeper: @Keeper", "")
    change = only(base, revision, "response-optional-field-removed")
    assert ("type-removed", "zoo.types.Keeper") in folded(change)


def test_values_and_twins_are_one() -> None:
    change = only(SPEC, SPEC.replace("[cat, dog]}", "[cat, dog, owl, elk]}"), "response-value-added")
    assert change.finding.message == '`zoo.types.Kind` can be `"elk"` and `"owl"`'
    assert change.finding.symbols == ("zoo.types.Kind", "zoo.types.beta.BetaKind")
    assert len(change.folded) == 3


def test_twins_that_say_something_else_are_two() -> None:
    revision = SPEC.replace(
        "    Kind: {type: string, enum: [cat, dog]}", "    Kind: {type: string, enum: [cat, dog, owl]}"
    )
    revision = revision.replace(
        "BetaKind: {type: string, enum: [cat, dog]}", "BetaKind: {type: string, enum: [cat, dog, elk]}"
    )
    changes = [each for each in changes_of(found(SPEC, revision)) if each.finding.rule.id == "response-value-added"]
    assert [each.folded for each in changes] == [(), ()]


def test_a_variant_brings_its_types() -> None:
    revision = SPEC.replace("@Dog]", "@Dog, @Owl]")
    owl = "    Owl: {type: object, required: [type], properties: {type: {const: owl}, wing: @Wing}}\n"
    revision = revision.replace("#schemas\n", owl + "    Wing: {type: object, properties: {span: {type: integer}}}\n")
    change = only(SPEC, revision, "response-variant-added")
    assert folded(change) >= {("type-added", "zoo.types.Owl"), ("type-added", "zoo.types.Wing")}


def test_a_title_renames_the_package() -> None:
    (change,) = changes_of(found(SPEC, SPEC.replace("title: Zoo", "title: Wild Park")))
    assert change.finding.rule.id == "package-renamed"
    assert {each.rule.id for each in change.others} >= {"client-renamed", "base-error-renamed", "distribution-renamed"}
    assert change.finding.base is not None and change.finding.revision is not None
    left = compare(state(SPEC), state(SPEC.replace("title: Zoo", "title: Wild Park"), change.finding.suggestion))
    assert {each.verdict.worst.value for each in left} <= {"ok"}


def test_calls_by_hand_need_what_the_operations_need() -> None:
    schemes = "  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}\n"
    base = SPEC.replace("components:\n", f"components:\n{schemes}").replace(
        "    get:\n", "    get:\n      security: [{key: []}]\n"
    )
    revision = base.replace("{key: []}", "{token: []}")
    config = "client: {credentials: [{option: api_key, scheme: key}, {option: token, scheme: token}]}"
    (change,) = changes_of(compare(state(base, config), state(revision, config)))
    assert change.finding.rule.id == "security-replaced"
    assert ("raw-security-changed", "client") in folded(change)


def test_texts_stand_with_what_else_changed_there() -> None:
    base = SPEC.replace("Kind: {type", "Kind: {description: What it is., type")
    revision = base.replace("What it is.", "Which kind it is.").replace("[cat, dog]}", "[cat]}")
    change = only(base, revision, "response-value-removed")
    assert "docs-changed" in {each.rule.id for each in change.folded}


def test_a_property_is_a_parameter_here_and_an_attribute_there() -> None:
    body = "{content: {application/json: {schema: @Dog}}}"
    post = (
        f"    post: {{operationId: create_animal, requestBody: {body}, responses: {{'204': {{description: Done.}}}}}}\n"
    )
    base = SPEC.replace("  /beta/animals:", f"{post}  /beta/animals:")
    revision = base.replace("name: {type: string}}", "name: {type: string}, age: {type: integer}}")
    (change,) = changes_of(found(base, revision))
    assert folded(change) == {("response-field-added", "zoo.types.Dog.age")}
    assert told(base, revision) == [f"{change.finding.message} (also `zoo.types.Dog.age`)"]
    (back,) = changes_of(found(revision, base))
    assert {each.rule.id for each in back.folded} == {"response-optional-field-removed"}


def test_new_fields_of_several_types_take_one_line() -> None:
    revision = SPEC.replace("{type: {const: cat}}", "{type: {const: cat}, age: {type: integer}}")
    revision = revision.replace("{type: {const: dog}, ", "{type: {const: dog}, age: {type: integer}, ")
    assert told(SPEC, revision) == ["new field `age` in `zoo.types.Cat` and `zoo.types.Dog`"]


def test_an_ignored_cause_leaves_an_heir() -> None:
    findings = found(SPEC, SPEC.replace("[cat, dog]}", "[cat, dog, owl, elk]}"))
    (cause,) = [each for each in findings if not each.cause]
    left = without_missing_causes([each for each in findings if each is not cause])
    (heir,) = [each for each in left if not each.cause]
    assert {each.cause for each in left if each is not heir} == {heir.id}


@pytest.mark.parametrize(("base", "revision"), list(itertools.permutations(CORPUS, 2)))
def test_no_finding_is_worse_than_its_cause(base: str, revision: str) -> None:
    texts = [(Path(__file__).parent / "corpus" / name).read_text(encoding="utf-8") for name in (base, revision)]
    findings = compare(*(spec_state({"spec.yaml": text}) for text in texts))
    by_id = {each.id: each for each in findings}
    for each in findings:
        if each.cause:
            assert by_id[each.cause].verdict.covers(each.verdict)
            assert not by_id[each.cause].cause
    changes = changes_of(findings)
    assert sorted(each.id for change in changes for each in (change.finding, *change.folded)) == sorted(by_id)


def test_lines_for_sdk_yaml_are_joined_by_their_keys() -> None:
    texts = ["a:\n  b:\n    c: 1\n", "a:\n  b:\n    d: 2\n  e: 3\n", "f: 4\n"]
    assert joined_lines(texts) == "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nf: 4\n"
