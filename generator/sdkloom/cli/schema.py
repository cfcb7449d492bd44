"""`sdkloom schema`: print the JSON Schema of sdk.yaml, for editors, or the keys that it has, for readers."""

from __future__ import annotations

import argparse
import json
from importlib.resources import files

from .exit_codes import OK


def schema_text() -> str:
    """Return the JSON Schema of sdk.yaml as text."""
    return (files("sdkloom.document") / "sdk.schema.json").read_text(encoding="utf-8")


def print_schema(options: argparse.Namespace) -> int:
    """Print the schema, or the reference that is made of it; gives the exit code."""
    text = schema_text()
    if options.markdown:
        from . import config_reference

        text = config_reference.render(json.loads(text))
    print(text, end="")
    return OK
