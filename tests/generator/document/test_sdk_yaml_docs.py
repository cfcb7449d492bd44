"""What the documentation shows of sdk.yaml is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_read import parse_config

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("from-other-generators.md", "sdk-yaml.md")
BLOCKS = [
    pytest.param(block, id=f"{page}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.M | re.S))
]


@pytest.mark.parametrize("block", BLOCKS)
def test_block(block: str) -> None:
    sink = DiagnosticSink()
    assert parse_config("sdk.yaml", block, sink) is not None, sink.diagnostics
