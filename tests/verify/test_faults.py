"""Faults that are put in on purpose: each is caught, and by the checks that ought to catch it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.ir.definitions import Definition, Model, TaggedUnion, Variant
from sdkloom.ir.resources import Resource
from sdkloom.ir.types import LiteralType, Primitive, Scalar

from .targets import Files, faulty, in_file, target, verify, with_definition, with_field

COMPARED = ("static", "payloads")


def swap_tags(definition: Definition) -> Definition:
    assert isinstance(definition, TaggedUnion)
    one, two = definition.variants
    return attrs.evolve(
        definition, variants=(Variant(tags=two.tags, type=one.type), Variant(tags=one.tags, type=two.type))
    )


def drop_parameter(api: Any) -> Any:
    resource: Resource = api.resources[0]
    methods = [
        attrs.evolve(method, params=method.params[1:]) if method.name == "create" else method
        for method in resource.methods
    ]
    return attrs.evolve(api, resources=(attrs.evolve(resource, methods=tuple(methods)),))


def without(files: Files, ending: str) -> Files:
    return {path: text for path, text in files.items() if not path.endswith(ending)}


@pytest.mark.parametrize(
    ("fault", "caught", "words"),
    [
        (with_field("Cat", "lives", lambda field: None), COMPARED, "`pets.types.Cat` lacks `lives`"),
        (
            with_field("Cat", "lives", lambda field: attrs.evolve(field, required=False)),
            COMPARED,
            "`pets.types.Cat.lives` is optional; in the reference model `lives` is required",
        ),
        (
            with_field("Dog", "chases", lambda field: attrs.evolve(field, required=True)),
            COMPARED,
            "`pets.types.Dog.chases` is required; in the reference model `chases` is optional",
        ),
        (
            with_field("Owner", "born", lambda field: attrs.evolve(field, wire_name="birth")),
            COMPARED,
            "`pets.types.Owner.born` is no property of the reference model",
        ),
        (
            with_field("HomeParam", "street", lambda field: attrs.evolve(field, wire_name="road", name="road")),
            ("static",),
            '`pets.types.HomeParam["road"]` is no property of the reference model',
        ),
        (
            with_field("HomeParam", "street", lambda field: attrs.evolve(field, required=False)),
            ("static",),
            '`pets.types.HomeParam["street"]` is optional',
        ),
        (drop_parameter, ("static",), "`client.pets.create` lacks `name`"),
        (
            with_field("Cat", "lives", lambda field: attrs.evolve(field, type=Scalar(Primitive.STR))),
            ("payloads",),
            "lives: expected a string, got an integer",
        ),
        (
            with_field("Owner", "role", lambda field: attrs.evolve(field, type=LiteralType(("keeper",)))),
            ("payloads",),
            "role: expected 'keeper'",
        ),
        (with_definition("Pet", swap_tags), ("payloads",), "validation gives"),
        (with_definition("Parcel", swap_tags), ("payloads",), "`pets.types.Parcel`: it is read as `pets.types."),
        (
            with_definition("Cat", lambda each: attrs.evolve(each, pointer="#/components/schemas/Lion")),
            COMPARED,
            "no reference model for `#/components/schemas/Lion`",
        ),
    ],
)
def test_faults_in_the_data(fault: Callable[[Any], Any], caught: tuple[str, ...], words: str) -> None:
    sink = DiagnosticSink()
    outcomes = verify(faulty(target(), in_api=fault), *COMPARED, sink=sink)
    assert tuple(check for check in COMPARED if outcomes[check].failures) == caught
    assert any(words in each.message for each in sink.diagnostics), [each.message for each in sink.diagnostics]
    assert all(str(each.span).startswith("tests/verify/pets.yaml:") for each in sink.diagnostics)


@pytest.mark.parametrize(
    ("fault", "caught", "words"),
    [
        (in_file("_converters/pet.py", '"cat": Cat', '"cat": Dog'), "payloads", "validation gives"),
        (
            in_file("_converters/cat.py", 'model.lives = data["lives"]', "model.lives = 9"),
            "payloads",
            "the converter 9",
        ),
        (in_file("types/cat.py", "lives: int", "lives: bool"), "payloads", "expected a boolean"),
        (in_file("types/cat.py", "class Cat", "class class Cat"), "compile", "types/cat.py` is no Python: line"),
        (in_file("types/cat.py", "lives: int", 'lives: "\\d"'), "compile", "is no Python"),
        (in_file("types/cat.py", "class Cat", "class Kitten"), "imports", "`pets.types.cat.Cat` (and 1 more) can't"),
        (lambda files: without(files, "types/dog.py"), "imports", "No module named 'pets.types.dog'"),
        (in_file("pets/_files.py", "\nimport io\n", "\nimport nothing_like_this\n"), "imports", "nothing_like_this"),
    ],
)
def test_faults_in_the_files(fault: Callable[[Files], Files], caught: str, words: str) -> None:
    sink = DiagnosticSink()
    outcome = verify(faulty(target(), in_files=fault), caught, sink=sink)[caught]
    assert outcome.failures
    assert any(words in each.message for each in sink.diagnostics), [each.message for each in sink.diagnostics]


def test_a_package_that_does_not_run_is_a_failure() -> None:
    sink = DiagnosticSink()
    broken = faulty(
        target(),
        in_files=in_file(
            "_structuring/structure.py", "from typing import", "import nothing_like_this\nfrom typing import"
        ),
    )
    outcome = verify(broken, "payloads", sink=sink)["payloads"]
    assert outcome.failures
    assert "the check `payloads` can't be made: ModuleNotFoundError" in sink.diagnostics[0].message


def test_a_type_that_is_missing() -> None:
    """A model that nothing of the rest of the output needs any more."""

    def drop(api: Any) -> Any:
        modules = tuple(module for module in api.type_modules if module.name not in ("small", "large"))
        return attrs.evolve(api, type_modules=modules)

    sink = DiagnosticSink()
    assert verify(faulty(target(), in_api=drop, show=False), "static", sink=sink)["static"].failures == 2
    assert "no class was made of the object `#/components/schemas/Large`" in sink.diagnostics[0].message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("def stream(", "def streams(", "has no method `stream`"),
        ("top_k: int | NotGiven = NOT_GIVEN,\n        top_p", "top_p", "it lacks the parameter `top_k`"),
        (") -> MessageStreamManager:", ") -> str:", "it is declared to return `str`, not `MessageStreamManager`"),
    ],
)
def test_faults_in_hooked_methods(old: str, new: str, words: str) -> None:
    """The parameter is taken from every method; the hooked ones must have what the SDK as data says."""
    good = target("spec/anthropic.yaml", "spec/sdk.yaml")
    sink = DiagnosticSink()
    broken = faulty(good, in_files=in_file("anthropic/resources/messages.py", old, new))
    assert verify(broken, "hooks", sink=sink)["hooks"].failures
    messages = [each.message for each in sink.diagnostics]
    assert any(words in message for message in messages), messages


def test_what_a_hook_relies_on() -> None:
    good = target("spec/anthropic.yaml", "spec/sdk.yaml")
    sink = DiagnosticSink()
    fault = in_file("anthropic/types/message.py", "content:", "contents:")
    assert verify(faulty(good, in_files=fault), "hooks", sink=sink)["hooks"].failures
    assert any("it relies on `Message.content`" in each.message for each in sink.diagnostics)


def test_output_that_depends_on_the_order_of_keys() -> None:
    sink = DiagnosticSink()
    fault = in_file("types/cat.py", "lives: int", "lives: object")
    outcome = verify(faulty(target(), in_files=fault), "order", sink=sink)["order"]
    assert outcome.failures
    assert "`src/pets/types/cat.py`: `lives: object` became `lives: int`" in sink.diagnostics[0].message


def test_a_model_is_a_model() -> None:
    """The names that the faults above are put into are what they are taken for."""
    found = {each.name.name: each for module in target().api.type_modules for each in module.definitions}
    assert isinstance(found["Cat"], Model) and isinstance(found["Pet"], TaggedUnion)
    assert isinstance(found["Parcel"], TaggedUnion) and found["Parcel"].explicit
