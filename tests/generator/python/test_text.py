"""The small pieces of Python text: imports, docstrings, literals, annotations."""

from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdkloom.ir.resources import JsonMapping
from sdkloom.ir.types import (
    Base64Type,
    DictType,
    FileType,
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)
from sdkloom.python.annotations import Annotations
from sdkloom.python.docstrings import docstring, filled, method_docstring, wrap
from sdkloom.python.imports import Imports, When
from sdkloom.python.literals import literal, names_list, string, toml_string, wrapped_string

STR = Scalar(Primitive.STR)
MESSAGE = TypeName(package=("types",), module="message", name="Message")
BETA_MESSAGE = TypeName(package=("types", "beta"), module="message", name="Message")


def test_imports_are_grouped_and_sorted() -> None:
    imports = Imports(("resources", "beta"))
    for module, name in [
        ("._types", "NotGiven"),
        ("._types", "NOT_GIVEN"),
        ("._types", "file_parts"),
        (".types.message", "Message"),
        (".resources.beta.item10", "Item10"),
        (".resources.beta.item9", "Item9"),
        (".resources.other", "Other"),
        ("typing", "Union"),
        ("typing", "Any"),
        ("typing_extensions", "Required"),
    ]:
        imports.use(module, name)
    imports.module("httpx")
    assert imports.block() == "\n".join(
        [
            "from __future__ import annotations",
            "",
            "from typing import Any, Union",
            "",
            "import httpx",
            "from typing_extensions import Required",
            "",
            "from ..._types import NOT_GIVEN, NotGiven, file_parts",
            "from ...types.message import Message",
            "from ..other import Other",
            "from .item9 import Item9",
            "from .item10 import Item10",
        ]
    )


def test_a_second_class_of_the_same_name_is_imported_under_another() -> None:
    imports = Imports(("resources",))
    assert imports.type(MESSAGE) == "Message"
    assert imports.type(BETA_MESSAGE) == "TypesBetaMessage"
    assert imports.type(BETA_MESSAGE) == "TypesBetaMessage"
    assert "from ..types.beta.message import Message as TypesBetaMessage" in imports.block()


def test_names_that_the_file_defines_are_left_to_it() -> None:
    imports = Imports(("types",), {"List", "str", "date"})
    assert imports.typing("List") == "typing.List"
    assert imports.typing("Dict") == "Dict"
    assert imports.use("builtins", "str") == "builtins.str"
    assert imports.use("builtins", "int") == "int"
    assert imports.use("datetime", "date") == "datetime.date"


def test_checkers_only_and_late_imports() -> None:
    imports = Imports(("types",))
    imports.use(".types.message", "Message", When.TYPING)
    assert imports.late_module(TypeName(package=("types",), module="tree", name="Tree")) == "tree.Tree"
    assert imports.block().endswith("if TYPE_CHECKING:\n    from .message import Message")
    assert "from .._lazy import TYPE_CHECKING" in imports.block()
    assert imports.late_block() == "from . import tree"
    imports.use(".types.message", "Message")
    assert "if TYPE_CHECKING" not in imports.block()


@pytest.mark.parametrize(
    ("type", "text"),
    [
        (Scalar(Primitive.OBJECT), "object"),
        (Scalar(Primitive.NONE), "None"),
        (Scalar(Primitive.DATETIME), "datetime"),
        (LiteralType(("a", 1, True)), 'Literal["a", 1, True]'),
        (ListType(STR), "List[str]"),
        (IterableType(NamedType(MESSAGE)), "Iterable[Message]"),
        (DictType(Scalar(Primitive.FLOAT)), "Dict[str, float]"),
        (OptionalType(STR), "Optional[str]"),
        (OptionalType(UnionType((STR, Scalar(Primitive.INT)))), "Union[str, int, None]"),
        (UnionType((STR, ListType(NamedType(MESSAGE)))), "Union[str, List[Message]]"),
        (Base64Type(), "Union[str, Base64FileInput]"),
        (FileType(), "FileTypes"),
    ],
)
def test_annotations(type: TypeExpr, text: str) -> None:
    imports = Imports(("types",))
    assert Annotations(imports, imports.type).text(type) == text
    ast.parse(text)


@given(st.text())
def test_strings_mean_what_they_say(value: str) -> None:
    assert ast.literal_eval(string(value)) == value
    assert ast.literal_eval(wrapped_string(value, 20)) == value


def test_strings_prefer_double_quotes() -> None:
    assert string("it's") == '"it\'s"'
    assert string('say "hi"') == "'say \"hi\"'"
    assert string("\n\nHuman:") == '"\\n\\nHuman:"'


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_toml_strings_stay_on_one_line(value: str) -> None:
    text = toml_string(value)
    assert text.startswith('"') and text.endswith('"') and "\n" not in text


def test_json_literals() -> None:
    value = JsonMapping((("a", (1, 2.5, None)), ("b", JsonMapping((("c", True),)))))
    assert literal(value) == '{"a": [1, 2.5, None], "b": {"c": True}}'


def test_long_lists_of_names_stand_one_per_line() -> None:
    assert names_list(["A", "B"]) == '["A", "B"]'
    assert names_list([f"Name{index}" for index in range(20)]).endswith(",]")


@given(st.text())
def test_docstrings_are_always_python(text: str) -> None:
    for source in (docstring(text, 0), method_docstring(text, [("a", text)], returns=text)):
        tree = ast.parse(f"def f():\n        {source}\n" if "\n        " in source else source)
        assert tree.body


@given(st.text())
def test_wrapped_lines_have_no_trailing_blanks(text: str) -> None:
    assert all(line == line.rstrip(" ") for line in wrap(text, 80))


def test_paragraphs_are_filled_and_the_rest_is_left_alone() -> None:
    text = "one\ntwo\n\n- first item which is long\n  and goes on\n- second\n\n| a |\n|---|\n\n```\ncode   stays\n```"
    assert list(wrap(text, 24)) == [
        "one two",
        "",
        "- first item which is",
        "  long and goes on",
        "- second",
        "",
        "| a |",
        "|---|",
        "",
        "```",
        "code   stays",
        "```",
    ]


def test_a_quote_at_the_end_and_backslashes() -> None:
    assert ast.literal_eval(docstring('say "hi"')) == 'say "hi"'
    assert ast.literal_eval(docstring("C:\\new")) == "C:\\new"
    assert ast.literal_eval(docstring('""" x')) == '""" x'


@pytest.mark.parametrize("text", ['"', '""', 'say """', '\\"', '\\\\"""', '""""""', '"""\\'])
def test_any_end_of_a_line(text: str) -> None:
    assert ast.literal_eval(docstring(text)) == text


def test_documented_arguments() -> None:
    assert method_docstring("Do it.", [("a", "First."), ("b", ""), ("c", "Third.\n\nMore.")], returns="It.") == (
        '"""Do it.\n'
        "\n"
        "        Args:\n"
        "            a: First.\n"
        "\n"
        "            c: Third.\n"
        "\n"
        "                More.\n"
        "\n"
        "        Returns:\n"
        "            It.\n"
        '        """'
    )


def test_a_method_says_what_it_raises() -> None:
    text = method_docstring("Do it.", [], raises=[("acme.APIError", "Why."), ("ValueError", "`a` is empty.")])
    assert text == (
        '"""Do it.\n'
        "\n"
        "        Raises:\n"
        "            acme.APIError: Why.\n"
        "            ValueError: `a` is empty.\n"
        '        """'
    )


@given(st.text("ab \u00a0-", max_size=80), st.integers(5, 30), st.integers(0, 4), st.integers(0, 4))
def test_paragraphs_are_filled_as_textwrap_does_it(text: str, width: int, first: int, rest: int) -> None:
    margins = (" " * first, " " * rest)
    wrapper = textwrap.TextWrapper(width, *margins, break_long_words=False, break_on_hyphens=False)
    assert filled(text, width, *margins) == wrapper.wrap(text)
