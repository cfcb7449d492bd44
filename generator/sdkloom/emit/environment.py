"""The jinja environment: strict, and without anything that lets a template decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import jinja2

from ..ir.definitions import Alias, Model, Params, TaggedUnion
from ..python import docstrings, literals, modes, texts
from ..python.converters import ModelHooks
from ..python.signatures import Overload


def environment(templates: Path) -> jinja2.Environment:
    """An environment over the whole of `templates/`, so that pages, macros and fragments name each other by path."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    known = cast("dict[str, Any]", made.globals)
    known.clear()
    known.update(OVERLOADS=(Overload.WHOLE, Overload.STREAMED, Overload.EITHER), MODES=modes.MODES)
    made.filters["literal"] = literals.literal
    made.filters["wrapped"] = literals.wrapped_string
    made.filters["names"] = literals.names_list
    made.filters["mapping"] = literals.mapping
    made.filters["set_literal"] = literals.set_literal
    made.filters["toml"] = literals.toml_string
    made.filters["yaml"] = literals.yaml_string
    made.filters["one_line"] = texts.one_line
    made.filters["markdown"] = texts.markdown
    made.filters["docstring"] = docstrings.docstring
    made.tests["model_hooks"] = lambda value: isinstance(value, ModelHooks)
    made.tests["model"] = lambda value: isinstance(value, Model)
    made.tests["params"] = lambda value: isinstance(value, Params)
    made.tests["tagged_union"] = lambda value: isinstance(value, TaggedUnion)
    made.tests["alias"] = lambda value: isinstance(value, Alias)
    return made
