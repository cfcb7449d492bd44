"""Unions: names, tags, variants."""

from __future__ import annotations

from ...lowering import request, response

CATS_AND_DOGS = """
        Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
        Dog: {type: object, required: [kind], properties: {kind: {const: dog}, tricks: {type: integer}}}
"""


def test_a_discriminator_with_literals() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = tagged kind {cat: Cat, dog: Dog}"]


def test_an_explicit_mapping() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator:
            propertyName: kind
            mapping: {feline: "#/components/schemas/Cat", kitten: "#/components/schemas/Cat", canine: Dog}
        Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
        """
    )
    assert lowered.module("pet") == ["Pet = explicit kind {feline|kitten: Cat, canine: Dog}"]


def test_the_names_of_schemas_are_tags_where_nothing_else_is_said() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind}
        Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
        """
    )
    assert lowered.module("pet") == ["Pet = explicit kind {Cat: Cat, Dog: Dog}"]


def test_tags_are_inferred_from_required_literals() -> None:
    lowered = response(
        """
        Pet: {anyOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = tagged kind {cat: Cat, dog: Dog}"]
    assert lowered.codes == []


def test_nothing_is_inferred_from_an_optional_or_shared_literal() -> None:
    lowered = response(
        """
        Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}
        Cat: {type: object, required: [a], properties: {a: {const: x}, kind: {const: cat}}}
        Dog: {type: object, required: [a], properties: {a: {const: x}, kind: {const: dog}}}
        """
    )
    assert lowered.module("pet") == ["Pet = Union[Cat, Dog]"]


def test_integers_are_tags_too() -> None:
    lowered = response(
        """
        Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}
        Cat: {type: object, required: [type], properties: {type: {const: 1}}}
        Dog: {type: object, required: [type], properties: {type: {enum: [2, 3]}}}
        """
    )
    assert lowered.module("pet") == ["Pet = tagged type {1: Cat, 2|3: Dog}"]


def test_a_union_of_unions_is_flattened_for_decoding() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Furry"}, {$ref: "#/components/schemas/Fish"}]
          discriminator: {propertyName: kind}
        Furry:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind}
        Fish: {type: object, required: [kind], properties: {kind: {const: fish}}}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = tagged kind {cat: Cat, dog: Dog, fish: Fish}"]


def test_a_nullable_variant_makes_the_references_optional() -> None:
    lowered = response(
        """
        Pet: {type: object, required: [x], properties: {x: {$ref: "#/components/schemas/Any"}}}
        Any: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {type: "null"}]}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("any") == ["Any = tagged kind {cat: Cat, dog: Dog}"]
    assert lowered.module("pet") == ["model Pet", "  x?: Optional[Any]"]


def test_inline_unions_of_answers_get_the_name_of_the_property() -> None:
    lowered = response(
        """
        Pet:
          type: object
          required: [guests, owner]
          properties:
            guests: {type: array, items: {oneOf: [{$ref: "#/components/schemas/Cat"},
              {$ref: "#/components/schemas/Dog"}]}}
            owner:
              oneOf:
                - {title: Person, type: object, required: [t], properties: {t: {const: p}}}
                - {type: object, required: [t], properties: {t: {const: shelter}}}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == [
        "model Pet",
        "  guests: List[Guest]",
        "  owner: Owner",
        "Guest = tagged kind {cat: Cat, dog: Dog}",
        "model OwnerPerson",
        "  t: Literal['p']",
        "model OwnerShelter",
        "  t: Literal['shelter']",
        "Owner = tagged t {p: OwnerPerson, shelter: OwnerShelter}",
    ]


def test_inline_unions_of_requests_have_a_name_if_named_objects_are_among_their_variants() -> None:
    lowered = request(
        """
        Pet:
          type: object
          required: [plain, declared, inline]
          properties:
            plain: {type: array, items: {anyOf: [{$ref: "#/components/schemas/Cat"},
              {$ref: "#/components/schemas/Dog"}]}}
            declared:
              oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
              discriminator: {propertyName: kind}
            inline: {anyOf: [{type: string}, {type: object, properties: {a: {type: string}}}]}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet_param") == [
        "params PetParam",
        "  plain: Iterable[Plain]",
        "  declared: Declared",
        "  inline: Union[str, Inline]",
        "Plain = Union[CatParam, DogParam]",
        "Declared = Union[CatParam, DogParam]",
        "params Inline",
        "  a?: str",
    ]


def test_a_union_of_objects_in_a_body_gets_a_name() -> None:
    body = '{oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}'
    lowered = request(CATS_AND_DOGS, body)
    assert lowered.module("pet_create_params") == [
        "params PetCreateParams",
        "  pet: Pet",
        "Pet = Union[CatParam, DogParam]",
    ]


def test_variants_without_title_or_tag_are_told_apart_by_what_they_require() -> None:
    lowered = response(
        """
        Pet:
          oneOf:
            - {type: object, required: [file_id], properties: {file_id: {type: string}}}
            - {type: object, required: [url], properties: {url: {type: string}}}
        """
    )
    assert lowered.module("pet")[-1] == "Pet = Union[PetFileId, PetUrl]"


def test_variants_without_any_difference_are_counted() -> None:
    lowered = response(
        """
        Pet:
          oneOf:
            - {type: object, properties: {a: {type: string}}}
            - {type: object, properties: {a: {type: integer}}}
        """
    )
    assert lowered.module("pet")[-1] == "Pet = Union[PetVariant1, PetVariant2]"
    assert lowered.codes == []


def test_a_discriminator_that_does_not_tell_the_variants_apart() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {type: string}]
          discriminator: {propertyName: kind}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = Union[Cat, str]"]
    assert lowered.codes == ["LOW024"]


def test_where_mapping_and_literals_contradict_each_other_both_tags_are_known() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind, mapping: {cat: Cat, hound: Dog}}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = explicit kind {cat: Cat, dog|hound: Dog}"]
    assert lowered.codes == ["LOW090"]


def test_literals_win_over_a_mapping_that_mixes_them_up() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind, mapping: {cat: Dog, dog: Cat}}
        """
        + CATS_AND_DOGS
    )
    assert lowered.module("pet") == ["Pet = tagged kind {cat: Cat, dog: Dog}"]
    assert lowered.codes == ["LOW090", "LOW090"]


def test_the_keys_of_a_mapping_may_stand_for_numbers() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
          discriminator: {propertyName: kind, mapping: {"1": Cat, "2": Dog}}
        Cat: {type: object, required: [kind], properties: {kind: {const: 1}}}
        Dog: {type: object, required: [kind], properties: {kind: {const: 2}}}
        """
    )
    assert lowered.module("pet") == ["Pet = tagged kind {1: Cat, 2: Dog}"]
    assert lowered.codes == []


def test_a_mapping_may_name_what_stands_for_a_variant_or_holds_it() -> None:
    lowered = response(
        """
        Pet:
          oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Canine"}]
          discriminator: {propertyName: kind, mapping: {cat: Tom, dog: Canine, wolf: Wolf}}
        Tom: {$ref: "#/components/schemas/Cat"}
        Canine:
          oneOf: [{$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Wolf"}]
          discriminator: {propertyName: kind}
        Wolf: {type: object, required: [kind], properties: {kind: {const: wolf}}}
        """
        + CATS_AND_DOGS
    )
    assert [code for code in lowered.codes if code.startswith("LOW09")] == []
