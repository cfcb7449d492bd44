"""`stream` follows the spec without hand work, and says so when it can't."""

from __future__ import annotations

import ast

import pytest

from sdkloom import DiagnosticSink, generate
from sdkloom.diagnostics import listing

from ...project import ROOT, SpecTexts, spec_texts

MESSAGES = ("src/anthropic/resources/messages.py", "src/anthropic/resources/beta/prompt_caching/messages.py")


def run(texts: SpecTexts) -> tuple[dict[str, str] | None, str]:
    files = {"spec/anthropic.yaml": texts.spec, "spec/sdk.yaml": texts.config}
    sink = DiagnosticSink()
    made = generate(*files, read=files.__getitem__, sink=sink, templates=ROOT / "templates")
    return made, listing.render(sink.diagnostics, files, color=False)


def stream_methods(text: str) -> list[ast.FunctionDef]:
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    return [node for cls in classes for node in cls.body if isinstance(node, ast.FunctionDef) and node.name == "stream"]


def test_new_parameter_of_create_reaches_stream() -> None:
    spec, config = spec_texts()
    new = (
        "                effort:\n                  type: integer\n                  description: How hard to think.\n"
    )
    place = "                stop_sequences: &stop_sequences\n"
    made, _ = run(SpecTexts(spec.replace(place, new + place, 1), config))
    assert made is not None and spec.count(place) == 1
    methods = stream_methods(made[MESSAGES[0]])
    assert len(methods) == 2  # sync and async
    for method in methods:
        (argument,) = [argument for argument in method.args.kwonlyargs if argument.arg == "effort"]
        assert argument.annotation is not None and ast.unparse(argument.annotation) == "int | NotGiven"
        (body,) = [
            keyword.value for keyword in ast.walk(method) if isinstance(keyword, ast.keyword) and keyword.arg == "body"
        ]
        assert "'effort': effort" in ast.unparse(body) and "'stream': True" in ast.unparse(body)
        assert "Arguments and errors are those of `create`." in (ast.get_docstring(method) or "")


@pytest.mark.parametrize("path", MESSAGES)
def test_stream_is_create_without_stream(path: str) -> None:
    made, _ = run(spec_texts())
    assert made is not None
    tree = ast.parse(made[path])
    for cls in [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Messages")]:
        methods = [node for node in cls.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        create = [node for node in methods if node.name == "create"][-1]
        (stream,) = [node for node in methods if node.name == "stream"]
        wanted = {arg.arg: arg.annotation and ast.unparse(arg.annotation) for arg in create.args.kwonlyargs}
        del wanted["stream"]
        assert {arg.arg: arg.annotation and ast.unparse(arg.annotation) for arg in stream.args.kwonlyargs} == wanted


def test_renamed_parameter_is_a_located_error() -> None:
    spec, config = spec_texts()
    renamed = spec.replace("                model: &model\n", "                model_name: &model\n")
    renamed = renamed.replace("                model: *model\n", "                model_name: *model\n")
    renamed = renamed.replace("[max_tokens, messages, model]", "[max_tokens, messages, model_name]")
    made, said = run(SpecTexts(renamed, config))
    assert made is None
    line = next(at for at, text in enumerate(config.splitlines(), 1) if "requires: [RawMessageStreamEvent" in text)
    assert f"spec/sdk.yaml:{line}:" in said
    assert "hook `stream` relies on the parameter `model`, which doesn't exist" in said
    assert "requires: [RawMessageStreamEvent, Message.content, model]" in said


def test_renamed_field_is_a_located_error() -> None:
    spec, config = spec_texts()
    made, said = run(SpecTexts(spec.replace("Message.content", "Message.parts"), config.replace(".content", ".parts")))
    assert made is None and "hook `stream` relies on `Message.parts`, which doesn't exist" in said
    assert "requires: [RawMessageStreamEvent, Message.parts, model]" in said
