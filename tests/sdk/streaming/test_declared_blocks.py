"""The stream helper in a package whose document declares what later versions of the API stream."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from sdkloom import DiagnosticSink, generate
from sdkloom.emit.template_folder import Layer

from ..streams import MESSAGE_STOP, block_start, block_stop, delta, json_delta, message_start, text_delta

ROOT = Path(__file__).resolve().parents[3]
NAME = "later_messages"
CACHING = "/v1/messages?beta=prompt_caching"

NEW_BLOCKS = {
    "thinking": {"thinking": {"type": "string"}, "signature": {"type": "string"}},
    "server_tool_use": {"id": {"type": "string"}, "name": {"type": "string"}, "input": {"type": "object"}},
    "compaction": {"content": {"type": ["string", "null"]}},
}
NEW_DELTAS = {
    "thinking_delta": {"thinking": {"type": "string"}},
    "signature_delta": {"signature": {"type": "string"}},
    "citations_delta": {"citation": {"type": "object", "additionalProperties": True}},
    "compaction_delta": {"content": {"type": "string"}},
}
EVENTS = [
    message_start(),
    block_start(0, {"type": "thinking", "thinking": "", "signature": ""}),
    delta(0, {"type": "thinking_delta", "thinking": "Grass "}),
    delta(0, {"type": "thinking_delta", "thinking": "grows."}),
    delta(0, {"type": "signature_delta", "signature": "EqQB"}),
    block_stop(0),
    block_start(1, {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {}}),
    json_delta('{"query": "gr', 1),
    json_delta('ass"}', 1),
    block_stop(1),
    block_start(2, {"type": "text", "text": "", "citations": None}),
    text_delta("Green", 2),
    delta(2, {"type": "citations_delta", "citation": {"cited_text": "Grass is green."}}),
    text_delta(".", 2),
    block_stop(2),
    block_start(3, {"type": "compaction", "content": None}),
    delta(3, {"type": "compaction_delta", "content": "sum"}),
    delta(3, {"type": "compaction_delta", "content": "mary"}),
    delta(3, {"type": "riddle_delta", "word": 1}),
    block_stop(3),
    {
        "type": "message_delta",
        "delta": {"stop_reason": "end_turn", "stop_sequence": None, "container": {"id": "c_1"}},
        "usage": {"output_tokens": 9, "server_tool_use": {"web_search_requests": 1}},
    },
    MESSAGE_STOP,
]


def class_name(kind: str) -> str:
    return "".join(word.title() for word in kind.split("_"))


def document() -> str:
    """spec/anthropic.yaml with more kinds of blocks and deltas, as JSON."""
    root: Any = yaml.safe_load((ROOT / "spec" / "anthropic.yaml").read_text("utf-8"))
    schemas = root["components"]["schemas"]
    unions = (
        (schemas["ContentBlock"], NEW_BLOCKS, "Block"),
        (schemas["RawContentBlockStartEvent"]["properties"]["content_block"], NEW_BLOCKS, "Block"),
        (schemas["RawContentBlockDeltaEvent"]["properties"]["delta"], NEW_DELTAS, ""),
    )
    for union, kinds, suffix in unions:
        for kind, properties in kinds.items():
            name = class_name(kind) + suffix
            required = [*properties, "type"]
            schemas[name] = {
                "type": "object",
                "required": required,
                "properties": {**properties, "type": {"const": kind}},
            }
            union["oneOf"].append({"$ref": f"#/components/schemas/{name}"})
            union["discriminator"]["mapping"][kind] = f"#/components/schemas/{name}"
    schemas["TextBlock"]["properties"]["citations"] = {"type": ["array", "null"], "items": {"type": "object"}}
    schemas["Message"]["properties"]["container"] = {"type": ["object", "null"], "additionalProperties": True}
    del root["paths"][CACHING]
    return json.dumps(root)


def config() -> str:
    root: Any = yaml.safe_load((ROOT / "spec" / "sdk.yaml").read_text("utf-8"))
    root["package"].update(distribution=NAME, import_name=NAME, hooks=["message_stream", NAME])
    del root["resources"]["beta"], root["extra_exports"], root["readme"]
    messages = root["resources"]["messages"]
    del messages["types"], messages["methods"]["stream"]["handles"]
    return json.dumps(root)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("later")
    templates = folder / "templates"
    known, hooks = ROOT / "templates" / "hooks", templates / "hooks"
    shutil.copytree(known / "anthropic_2026" / "lib", hooks / NAME / "lib")
    shutil.copytree(known / "anthropic" / "resources" / "messages.py", hooks / NAME / "resources" / "messages.py")
    texts = {"spec.json": document(), "sdk.yaml": config()}
    sink = DiagnosticSink()
    over = (Layer(templates),)
    files = generate(
        "spec.json", "sdk.yaml", read=texts.__getitem__, sink=sink, templates=ROOT / "templates", over=over
    )
    assert files is not None, [diagnostic.message for diagnostic in sink.diagnostics]
    for path, text in files.items():
        if path.startswith("src/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder / "src"))
    return importlib.import_module(NAME)


def message_of(later: Any) -> Any:
    body = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in EVENTS)
    kind = {"content-type": "text/event-stream"}
    transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=kind, text=body))
    client = later.Anthropic(api_key="k", http_client=httpx.Client(transport=transport))
    return client.messages.stream(max_tokens=9, messages=[], model="claude")


def test_all_that_is_streamed_is_in_the_message(later: Any) -> None:
    with message_of(later) as stream:
        kinds = [event.type for event in stream]
        message = stream.get_final_message()
    thinking, tool, text, compaction = message.content
    assert [type(block).__name__ for block in message.content] == [
        "ThinkingBlock",
        "ServerToolUseBlock",
        "TextBlock",
        "CompactionBlock",
    ]
    assert (thinking.thinking, thinking.signature) == ("Grass grows.", "EqQB")
    assert tool.input == {"query": "grass"}
    assert (text.text, text.citations) == ("Green.", [{"cited_text": "Grass is green."}])
    assert compaction.content == "summary"
    assert message.container == {"id": "c_1"}
    assert message.usage.output_tokens == 9
    assert message.usage.to_dict()["server_tool_use"] == {"web_search_requests": 1}
    assert kinds.count("text") == 2 and kinds.count("input_json") == 2


def test_what_has_no_place_is_left_over(later: Any) -> None:
    with message_of(later) as stream:
        assert "".join(stream.text_stream) == "Green."
        (event,) = stream.leftover_events
    assert event.delta.to_dict() == {"type": "riddle_delta", "word": 1}
