"""Where old names end up in the IR. What they do is tested in `tests/sdk`, complaints in `tests/errors`."""

from __future__ import annotations

import pytest

from sdkloom.ir.definitions import Model, TypePackage
from sdkloom.lower.names.symbols import Symbol, parse_symbol

from ...lowering import Lowered, lower_text

SPEC = """
paths:
  /pets:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: {name: {type: string}, kind: {type: string, enum: [cat, dog]}}
      responses:
        "200": {description: The pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, tag: {type: string}}}
"""

CONFIG = """
resources:
  pets:
    types: [Pet]
    methods:
      create: {endpoint: post /pets}
deprecated_names:
"""


def with_names(*lines: str) -> Lowered:
    return lower_text(SPEC, CONFIG + "\n".join(f"  {line}" for line in lines))


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("client.pets", Symbol(("client", "pets"))),
        ("client.pets.create(name=)", Symbol(("client", "pets", "create"), "name")),
        ('client.pets.create(kind="a)=(\\"b")', Symbol(("client", "pets", "create"), "kind", 'a)=("b')),
        ("client.pets.create(size=1)", Symbol(("client", "pets", "create"), "size", 1)),
        ('client.pets.create(kind="")', Symbol(("client", "pets", "create"), "kind", "")),
        ('pets.types.Pet["a.b"]', Symbol(("pets", "types", "Pet"), key="a.b")),
        ("pets", None),
        ("pets.types.", None),
        ("pets.types.Pet[name]", None),
        ("pets.types._Pet", None),
        ("client.pets.create()", None),
        ("client.pets.create(kind='cat')", None),
        ("client.pets.create(kind=[])", None),
        ("client.pets.create(name=).x", None),
    ],
)
def test_symbols_are_read_as_they_are_written(text: str, symbol: Symbol | None) -> None:
    assert parse_symbol(text) == symbol
    if symbol is not None:
        assert str(symbol) == text


def test_an_old_type_has_a_module_and_a_place_in_its_package() -> None:
    api = with_names("pets.types.Animal: pets.types.Pet").ok
    (old,) = [old for module in api.type_modules for old in module.old_types]
    assert (old.name.module, old.of.name, old.path, old.of_path) == (
        "animal",
        "Pet",
        "pets.types.Animal",
        "pets.types.Pet",
    )
    assert [package.old_exports for package in api.type_packages] == [(old.name,)]
    assert all("Animal" not in module.exports for module in api.type_modules)


def test_packages_that_are_no_more_come_back_for_their_old_types() -> None:
    lowered = with_names(
        "pets.types.zoo.Animal: pets.types.Pet", "pets.types.zoo.animal_list.Item: pets.types.Pet"
    )  # the second line tells that `zoo` was a package
    modules = {(module.package, module.name): module for module in lowered.ok.type_modules if module.old_types}
    assert set(modules) == {(("types", "zoo"), "animal"), (("types", "zoo"), "animal_list")}
    zoo = next(package for package in lowered.ok.type_packages if package.path == ("types", "zoo"))
    assert isinstance(zoo, TypePackage)
    assert [name.name for name in zoo.old_exports] == ["Animal"]


def test_owners_may_be_named_as_they_were_or_as_they_are() -> None:
    lowered = with_names(
        "client.animals: client.pets",
        "client.animals.make: client.pets.create",
        "client.animals.make(title=): client.pets.create(name=)",
        'client.pets.make(title="x"): client.pets.create(kind="cat")',
    )
    assert lowered.codes == ["LOW054"]  # the value belongs to another parameter
    lowered = with_names(
        "client.animals: client.pets",
        "client.animals.make: client.pets.create",
        "client.animals.make(sort=): client.pets.create(kind=)",
        'client.pets.make(sort="kitten"): client.pets.create(kind="cat")',
        "pets.types.Animal: pets.types.Pet",
        "pets.types.Animal.title: pets.types.Pet.name",
        "pets.types.Pet.label: pets.types.Pet.tag",
    )
    method = lowered.method("pets.create")
    assert [(old.name, old.of) for old in method.old_names] == [("sort", "kind")]
    assert [(old.param, old.value, old.of) for old in method.old_values] == [("kind", "kitten", "cat")]
    assert [(old.name, old.of) for old in lowered.resource("pets").old_methods] == [("make", "create")]
    assert [(old.name, old.of) for old in lowered.ok.client.old_resources] == [("animals", ("pets",))]
    (pet,) = lowered.type_module("pet").definitions
    assert isinstance(pet, Model)
    assert [(old.name, old.of) for old in pet.old_names] == [("label", "tag"), ("title", "name")]


def test_the_same_may_be_said_of_the_parameter_and_of_its_key() -> None:
    param, key = "client.pets.create(title=): client.pets.create(name=)", "pets.types.PetCreateParams"
    same = f'{key}["title"]: {key}["name"]'
    one, other, both = (with_names(*lines).ok for lines in ((param,), (same,), (param, same)))
    assert one.resources == other.resources == both.resources
    assert one.type_modules == other.type_modules == both.type_modules
    assert with_names(param, f'{key}["title"]: {key}["kind"]').codes == ["LOW052"]


def test_the_order_of_the_lines_has_no_meaning() -> None:
    lines = (
        "client.pets.create(a=): client.pets.create(name=)",
        "client.pets.create(b=): client.pets.create(kind=)",
        "client.pets.add: client.pets.create",
        "client.pets.make: client.pets.create",
    )
    assert with_names(*lines).ok == with_names(*reversed(lines)).ok


def test_nothing_is_left_of_lines_with_mistakes() -> None:
    lowered = with_names("pets.types.Animal: pets.types.Pet", "client.animals: client.zoo")
    assert lowered.api is None
    assert lowered.codes == ["LOW051"]
