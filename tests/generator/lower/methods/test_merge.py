"""sdk.yaml adds to the resources that are inferred: what it names changes, all the rest stays."""

from __future__ import annotations

import attrs

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import SdkConfig
from sdkloom.document.config_read import parse_config
from sdkloom.document.parse import parse_document
from sdkloom.ir.walk import all_resources
from tests.generator.lowering import HEAD, lower_text

SPEC = """
paths:
  /pets:
    get: {tags: [pets], responses: {"204": {description: Pets.}}}
    post: {tags: [pets], responses: {"204": {description: A pet.}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {tags: [pets], responses: {"204": {description: A pet.}}}
  /toys:
    get: {tags: [toys], responses: {"204": {description: Toys.}}}
"""


def calls(config: str | None) -> dict[str, str]:
    """The symbol of every method and what it calls, in order."""
    lowered = lower_text(SPEC, config)
    assert not lowered.codes
    return {
        f"{resource.dotted}.{method.name}": f"{method.verb} {method.path}"
        for resource in all_resources(lowered.ok.resources)
        for method in resource.methods
    }


def methods(spec: str, config: str) -> dict[str, str]:
    """The symbol of every method of a document and its path."""
    found = all_resources(lower_text(spec, config).ok.resources)
    return {f"{resource.dotted}.{method.name}": method.path for resource in found for method in resource.methods}


INFERRED = {
    "pets.create": "post /pets",
    "pets.retrieve": "get /pets/{id}",
    "pets.list": "get /pets",
    "toys.list": "get /toys",
}


def test_nothing_configured() -> None:
    assert calls("") == calls(None) == INFERRED


def test_a_file_that_says_nothing_is_no_file() -> None:
    sink = DiagnosticSink()
    document = parse_document("spec.yaml", {"spec.yaml": HEAD + SPEC}.__getitem__, sink)
    assert document is not None
    found = parse_config("sdk.yaml", "{}", sink, document)
    assert found is not None
    assert attrs.evolve(found, file=None) == SdkConfig.default_for(document)


def test_named_method_moves_alone() -> None:
    found = calls("resources: {zoo: {methods: {all: get /pets}}}\n")
    assert found == {"zoo.all": "get /pets", **{key: INFERRED[key] for key in INFERRED if key != "pets.list"}}


def test_options_of_an_inferred_method() -> None:
    config = "resources: {pets: {methods: {retrieve: {doc: Look at one.}}}}\n"
    assert list(calls(config)) == ["pets.retrieve", "pets.create", "pets.list", "toys.list"]
    assert lower_text(SPEC, config).method("pets.retrieve").doc == "Look at one."


def test_renamed_resource_and_method() -> None:
    found = calls("resources: {pets: {rename: animals, methods: {list: {rename: every}}}}\n")
    assert found == {
        "animals.every": "get /pets",
        "animals.create": "post /pets",
        "animals.retrieve": "get /pets/{id}",
        "toys.list": "get /toys",
    }


def test_resource_without_operations_is_gone() -> None:
    found = calls("resources: {pets: {methods: {toys: get /toys}}}\n")
    assert list(found) == ["pets.toys", "pets.create", "pets.retrieve", "pets.list"]


def test_renamed_to_a_resource_that_is_inferred() -> None:
    found = calls("resources: {toys: {rename: pets, methods: {list: {rename: toys}}}}\n")
    assert list(found) == ["pets.toys", "pets.create", "pets.retrieve", "pets.list"]


def test_name_of_another_operation() -> None:
    lowered = lower_text(SPEC, "resources: {pets: {methods: {list: get /toys}}}\n")
    assert lowered.codes == ["LOW141"]
    assert lowered.method("pets.list").path == "/toys"
    assert lowered.method("pets.get_pets").path == "/pets"


def test_both_under_names_of_each_other() -> None:
    found = calls("resources: {pets: {methods: {list: 'get /pets/{id}', retrieve: get /pets}}}\n")
    assert found["pets.list"] == "get /pets/{id}"
    assert found["pets.retrieve"] == "get /pets"
    assert len(found) == len(INFERRED)


def test_hand_written_method_like_an_inferred_one() -> None:
    config = "resources: {pets: {methods: {watch: {like: list, returns: lib.Watch, async_returns: lib.AsyncWatch}}}}\n"
    resource = lower_text(SPEC, config).resource("pets")
    assert [hook.like for hook in resource.hooked] == ["list"]


def test_skipped_operations() -> None:
    found = calls("skip: ['/pets/*', get /toys]\n")
    assert list(found) == ["pets.create", "pets.list"]


def test_skipped_operations_leave_their_names() -> None:
    spec = """
    paths:
      /v1/pets: {get: {responses: {"204": {description: Pets.}}}}
      /v2/pets: {get: {responses: {"204": {description: Pets.}}}}
    """
    assert methods(spec, "") == {"v1.pets.list": "/v1/pets", "pets.list": "/v2/pets"}
    assert methods(spec, "skip: ['/v2/*']\n") == {"pets.list": "/v1/pets"}
    both = "skip: ['/v2/*']\nresources: {v1: {resources: {pets: {methods: {list: {doc: Old ones.}}}}}}\n"
    assert methods(spec, both) == {"v1.pets.list": "/v1/pets"}


def test_skipped_but_listed() -> None:
    found = calls("skip: ['*']\nresources: {pets: {methods: {list: {doc: All of them.}}}}\n")
    assert found == {"pets.list": "get /pets"}


def test_methods_of_the_client() -> None:
    spec = """
    paths:
      /sendPhoto:
        post: {operationId: sendPhoto, responses: {"204": {description: Sent.}}}
      /sendText:
        post:
          operationId: sendText
          parameters: [{name: to, in: query, schema: {type: string}}]
          responses: {"204": {description: Sent.}}
    """
    config = """
    parameters: {to: {rename: recipient}}
    methods:
      photo: post /sendPhoto
      send_text: {rename: text, doc: A text.}
    """
    lowered = lower_text(spec, config)
    assert not lowered.codes
    client = lowered.resource()
    assert [(method.name, method.path) for method in client.methods] == [("photo", "/sendPhoto"), ("text", "/sendText")]
    assert client.methods[1].params[0].name == "recipient"


def test_nested_resources() -> None:
    spec = """
    paths:
      /pets/{id}/toys:
        parameters: [{name: id, in: path, required: true, schema: {type: string}}]
        get: {responses: {"204": {description: Toys.}}}
        post: {responses: {"204": {description: A toy.}}}
      /pets:
        get: {responses: {"204": {description: Pets.}}}
    """
    config = "resources: {pets: {resources: {toys: {rename: things, methods: {add: 'post /pets/{id}/toys'}}}}}\n"
    found = [
        f"{resource.dotted}.{method.name}"
        for resource in all_resources(lower_text(spec, config).ok.resources)
        for method in resource.methods
    ]
    assert found == ["pets.list", "pets.things.add", "pets.things.list"]
