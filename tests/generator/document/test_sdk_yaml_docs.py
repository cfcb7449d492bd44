"""What docs/sdk-yaml.md shows is valid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_read import parse_config

TEXT = (Path(__file__).parents[3] / "docs/sdk-yaml.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_block(block: str) -> None:
    sink = DiagnosticSink()
    assert parse_config("sdk.yaml", block, sink) is not None, sink.diagnostics
