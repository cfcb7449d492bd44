"""The real spec, and that its order where order has no meaning doesn't matter."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_read import parse_config
from sdkloom.document.parse import parse_document
from sdkloom.lower import lower
from sdkloom.pipeline import Pipeline

from ..lowering import Lowered

SPEC = Path(__file__).resolve().parents[3] / "spec"
FIRST = SPEC.parent / "tests" / "specdiff" / "history" / "start"
"""The spec as it was at first: what it becomes stays the same, however the API grows."""


def lower_real(spec: str, folder: Path = SPEC) -> Lowered:
    sink = DiagnosticSink()
    document = parse_document("spec/anthropic.yaml", lambda path: spec, sink)
    config = parse_config("spec/sdk.yaml", (folder / "sdk.yaml").read_text("utf-8"), sink)
    assert document is not None and config is not None, sink.diagnostics
    return Lowered(lower(document, config, sink), sink)


@pytest.fixture(scope="module")
def real() -> Lowered:
    return lower_real((SPEC / "anthropic.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def first() -> Lowered:
    return lower_real((FIRST / "anthropic.yaml").read_text("utf-8"), FIRST)


def test_there_is_nothing_to_complain_about(real: Lowered) -> None:
    assert real.codes == []


def test_models(first: Lowered) -> None:
    assert first.module("message") == [
        "model Message",
        "  id: str",
        "  content: List[ContentBlock]",
        "  model: Model",
        "  role: Literal['assistant']",
        "  stop_reason?: Optional[Literal['end_turn', 'max_tokens', 'stop_sequence', 'tool_use']]",
        "  stop_sequence?: Optional[str]",
        "  type: Literal['message']",
        "  usage: Usage",
    ]
    assert first.module("raw_content_block_delta_event")[-1] == (
        "Delta = tagged type {text_delta: TextDelta, input_json_delta: InputJSONDelta}"
    )
    assert first.module("input_json_delta")[-1] == "InputJsonDelta = InputJSONDelta"
    assert first.type_module("input_json_delta").exports == ("InputJSONDelta",)


def test_params(first: Lowered) -> None:
    blocks = "TextBlockParam, ImageBlockParam, ToolUseBlockParam, ToolResultBlockParam, ContentBlock"
    assert first.module("message_param") == [
        "params MessageParam",
        f"  content: Union[str, Iterable[Union[{blocks}]]]",
        "  role: Literal['user', 'assistant']",
    ]
    assert first.module("tool_param") == [
        "params ToolParam",
        "  input_schema: InputSchema",
        "  name: str",
        "  description?: str",
        "params InputSchemaTyped",
        "  type: Literal['object']",
        "  properties?: Optional[object]",
        "InputSchema = Union[InputSchemaTyped, Dict[object]]",
    ]
    assert first.module("image_block_param")[3:5] == ["params Source", "  data: Base64Type"]


def test_exports_of_the_method_parameters(first: Lowered) -> None:
    modules = [module for module in first.ok.type_modules if module.name == "message_create_params"]
    assert [module.package for module in modules] == [("types",), ("types", "beta", "prompt_caching")]
    for module in modules:
        assert module.exports == (
            "MessageCreateParamsBase",
            "Metadata",
            "ToolChoice",
            "ToolChoiceToolChoiceAuto",
            "ToolChoiceToolChoiceAny",
            "ToolChoiceToolChoiceTool",
            "MessageCreateParamsNonStreaming",
            "MessageCreateParamsStreaming",
        )


def test_method(first: Lowered) -> None:
    method = first.method("beta.prompt_caching.messages.create")
    assert (method.verb, method.path) == ("post", "/v1/messages?beta=prompt_caching")
    assert method.headers == (("anthropic-beta", "prompt-caching-2024-07-31"),)
    assert first.signature("beta.prompt_caching.messages.create") == (
        "(body max_tokens: int, body messages: Iterable[PromptCachingBetaMessageParam], body model: ModelParam, "
        "body metadata?: Metadata, body stop_sequences?: List[str], "
        "body system?: Union[str, Iterable[PromptCachingBetaTextBlockParam]], body temperature?: float, "
        "body tool_choice?: ToolChoice, body tools?: Iterable[PromptCachingBetaToolParam], body top_k?: int, "
        "body top_p?: float) -> PromptCachingBetaMessage"
    )
    assert method.streaming is not None and method.streaming_position == 5


def test_packages_export_their_types(first: Lowered) -> None:
    exports = {package.path: [name.name for name in package.exports] for package in first.ok.type_packages}
    assert list(exports) == [("types",), ("types", "beta"), ("types", "beta", "prompt_caching")]
    assert {"Message", "MessageParam", "MessageCreateParams", "ToolParam"} <= set(exports["types",])
    assert exports["types", "beta"] == []
    assert len(exports["types", "beta", "prompt_caching"]) == 12
    assert all(names == sorted(names) for names in exports.values())


def shuffled(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """`document` with the entries of its mappings of paths and components in another order."""
    dice = random.Random(seed)

    def mix(mapping: dict[str, Any]) -> dict[str, Any]:
        return dict(dice.sample(sorted(mapping.items()), len(mapping)))

    components = {kind: mix(entries) for kind, entries in document["components"].items()}
    keys = {**document, "paths": mix(document["paths"]), "components": mix(components)}
    return mix(keys)


@pytest.mark.parametrize("seed", range(4))
def test_order_of_paths_and_components_has_no_meaning(real: Lowered, seed: int) -> None:
    document: dict[str, Any] = yaml.safe_load((SPEC / "anthropic.yaml").read_text("utf-8"))
    other = lower_real(json.dumps(shuffled(document, seed), default=str))
    assert other.ok == real.ok


def test_the_spec_hash_knows_meaning() -> None:
    text = (SPEC / "anthropic.yaml").read_text("utf-8")
    assert _hash("# a comment\n" + text) == _hash(text)
    assert _hash(text.replace("title: Anthropic API", "title: Another API")) != _hash(text)


def _hash(spec: str) -> str:
    texts = {"anthropic.yaml": spec, "sdk.yaml": (SPEC / "sdk.yaml").read_text("utf-8")}
    pipeline = Pipeline(
        spec="anthropic.yaml",
        config="sdk.yaml",
        read=texts.__getitem__,
        templates=SPEC.parent / "templates",
        sink=DiagnosticSink(),
    )
    api = pipeline.api()
    assert api is not None
    return api.provenance.spec_hash
