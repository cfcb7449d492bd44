"""What a document says stands in the generated files as text: it is no code, no markup, and nothing is unseen."""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sdkloom.emit.begun import BEGUN
from sdkloom.python import texts
from sdkloom.python.docstrings import docstring, method_docstring
from sdkloom.python.literals import string, toml_string, wrapped_string, yaml_string

from .generated import NOTHING, Generated, document, sdk

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CONTROLS = "\x00\x07\x0b\x0c\x1b\x1c\x7f\x85\x9b"
UNSEEN = CONTROLS + "\xad\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2066\u2069\ufeff\U000e0041"
HARMFUL = (
    'end"""\nimport os\nos.system("true")\n"""',
    "end'''\nimport os\n'''",
    UNSEEN + "\ud800",
    "\\",
    '\\"""',
    "# Heading\n\n```sh\nrm\n```\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) --> ]]>",
    "{{ 7 * 7 }} {% raw %} {x!r} %s",
)
FILE_NAMES = (
    *[f"pets{end}import os; os.system('true'){end}#.json" for end in "\n\r\x0b\x0c\x1c\x85\u2028\u2029"],
    "pets --><img src=x onerror=alert(1)><!-- .json",
    "-*- coding: utf-7 -*- +AAo-import os.json",
    "encoding=latin-1 # noqa # type: ignore.json",
    "a\"b'c`d\\.json",
    "\x1b[31m\u202e\ud800.json",
)
ANY_TEXT = st.text(st.characters() | st.sampled_from(UNSEEN + "\ud800\udfff\"'\\\n\t `<>#[]()-_*|&:="))


def unseen(text: str) -> list[str]:
    """The characters that can't be seen, but for line breaks."""
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [char for char in text if unicodedata.category(char) in kinds and char not in "\n\u0600\u06dd\u070f\u08e2"]


def nasty(text: str) -> Generated:
    """The SDK of a document that has `text` wherever one can stand."""
    flat = text.replace("{", "(").replace("}", ")")
    schema: dict[str, Any] = {
        "title": text,
        "description": text,
        "type": "object",
        "required": ["name " + text],
        "properties": {
            "name " + text: {"type": "string", "enum": [text, "b"], "description": text, "default": text},
            "kind": {"const": text, "description": text},
        },
    }
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "example": {text: text}}}
    parameters = [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "enum": [text]},
            "description": text,
        },
        {"name": "page " + text, "in": "query", "schema": {"type": "string"}, "description": text},
    ]
    operation: dict[str, Any] = {
        "operationId": "make " + text,
        "tags": ["pets"],
        "summary": text,
        "description": text,
        "parameters": parameters,
        "requestBody": {"description": text, "content": media},
        "responses": {"200": {"description": text, "content": media}},
    }
    scheme = {"type": "apiKey", "in": "header", "name": "X-Key", "description": text}
    spec = document(
        info={"title": "Pets " + text, "version": text, "summary": text, "description": text},
        tags=[{"name": "pets", "description": text}],
        paths={f"/pets/{flat}/{{id}}": {"post": operation}},
        components={"schemas": {"Pet": schema}, "securitySchemes": {"key": scheme}},
    )
    return sdk(spec)


def calls(source: str) -> list[str]:
    """The functions that a module calls by a dotted name."""
    found = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(function) for function in found if isinstance(function, ast.Attribute)]


@pytest.mark.parametrize("text", HARMFUL)
def test_a_document_of_harmful_texts(text: str) -> None:
    made = nasty(text)
    assert made.files, made.diagnostics
    own = {path: source for path, source in made.files.items() if not path.startswith("src/") or "/types/" in path}
    for path, source in made.files.items():
        if path.endswith(".py"):
            assert "os.system" not in calls(source), path
    assert {path: unseen(source) for path, source in own.items() if unseen(source)} == {}
    assert tomllib.loads(made.files["pyproject.toml"])["project"]["readme"] == "README.md"
    assert sorted(yaml.safe_load(made.files[".stats.yml"])["files"]) == sorted(set(made.files) - BEGUN)
    for page in (made.files["README.md"], made.files["api.md"]):
        assert not re.search(r"<img|<script|^# Heading|^```sh\nrm|\]\(javascript", page, re.MULTILINE)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_names_of_files(name: str) -> None:
    files = sdk(document(), {"package": {"distribution": "pets"}}, name, "sdk " + name).files
    for path, source in files.items():
        first = source.encode().splitlines()[:1]
        if path.endswith((".py", ".toml", ".yml")) and first and b"Generated" in first[0]:
            assert first[0].startswith(b"# Generated by sdkloom from ") and first[0].endswith(b", not this file.")
            assert not re.search(rb"coding[:=]|type: ignore|noqa$|# noqa", first[0])
            assert not unseen(first[0].decode())
    comment, _, rest = files["README.md"].partition("-->")
    assert comment.endswith(", not this file. ") and rest.startswith("\n\n# ")
    stats = yaml.safe_load(files[".stats.yml"])
    shown = name.rpartition("/")[2].replace("\ud800", "\ufffd")
    assert (stats["spec"], stats["config"]) == (shown, ("sdk " + name).rpartition("/")[2].replace("\ud800", "\ufffd"))


def test_paths_in_attributes() -> None:
    path = '/x"><img src=x onerror=alert(1)>`&lt;\\'
    page = sdk(document(paths={path: {"get": {"tags": ["t"], "responses": NOTHING}}})).files["api.md"]
    assert '<code title="get /x&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#96;&amp;lt;\\">' in page


def test_texts_of_the_config_in_the_pages() -> None:
    config = {
        "package": {
            "distribution": "pets",
            "title": "<b>Pets</b>",
            "description": "A `client` for [pets](https://pets.test).\n# All of them",
        }
    }
    page = sdk(document(), config).files["README.md"]
    assert "# &lt;b&gt;Pets&lt;/b&gt;\n" in page
    assert "A `client` for \\[pets\\]\\(https\\://pets.test). \\# All of them. Python 3.10 or newer.\n" in page


@given(ANY_TEXT)
@example('"""')
@example(UNSEEN)
def test_python_strings(text: str) -> None:
    for written in (string(text), wrapped_string(text, 20)):
        assert ast.literal_eval(written) == text
        assert not unseen(written)


@given(ANY_TEXT)
@example(UNSEEN)
def test_docstrings(text: str) -> None:
    for written in (docstring(text), method_docstring(text, [("a", text)], returns=text, raises=[("E", text)])):
        assert isinstance(ast.literal_eval(f"(\n{written})"), str)
        assert not unseen(written)


@given(ANY_TEXT)
@example(UNSEEN)
def test_strings_of_toml_and_yaml(text: str) -> None:
    expected = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert tomllib.loads(f"a = {toml_string(text)}") == {"a": expected}
    assert yaml.safe_load(yaml_string(text)) == expected
    assert not unseen(toml_string(text)) and not unseen(yaml_string(text))


@given(ANY_TEXT)
@example("1. one\n2. two")
@example("``a` <b>`")
def test_markdown(text: str) -> None:
    written = texts.markdown(text)
    assert not unseen(written) and "\n" not in written
    outside = re.sub(r"\\[!-/:-@\[-`{-~]|(?<!`)`[^`<>&]+`(?!`)", "", written)
    assert not re.search(r"[<>*\[\]`|~]", outside)
    assert not re.match(r"[#>+=-]|\d+[.)]\s", written)


def test_texts_that_are_shown_as_they_are() -> None:
    assert texts.markdown("Cats & dogs: snake_case, `client.pets`, 日本語, سلام, é") == (
        "Cats & dogs: snake_case, `client.pets`, 日本語, سلام, é"
    )
    assert docstring("日本語 سلام é 😀") == '"""日本語 سلام é 😀"""'
    assert texts.file_name("my pets-2.0_final (é).yaml") == "my pets-2.0_final (é).yaml"


def test_escapes_in_a_docstring_are_those_of_the_text() -> None:
    assert docstring("👨\u200d👩 \u202e \x1b") == '"""👨\\u200d👩 \\u202e \\\\x1b"""'
