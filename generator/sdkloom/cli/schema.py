"""`sdkloom schema`: print the JSON Schema of sdk.yaml, for editors."""

from __future__ import annotations

from importlib.resources import files

from .exit_codes import OK


def schema_text() -> str:
    """Return the JSON Schema of sdk.yaml as text."""
    return (files("sdkloom.document") / "sdk.schema.json").read_text(encoding="utf-8")


def print_schema() -> int:
    """Print the schema; gives the exit code."""
    print(schema_text(), end="")
    return OK
