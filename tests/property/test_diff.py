"""Single edits of documents: the comparison has something to say about whatever changes the package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.ir.api import Api
from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.rules import document
from sdkloom.specdiff.state import SpecState

from ..project import spec_texts
from ..specdiff import edits
from ..specdiff.spec_states import pipeline, read, spec_state

RULES = Path(__file__).parents[1] / "specdiff" / "rules"
CASES = sorted(path.parent.name for path in RULES.glob("*/base.yaml"))
CATCH_ALL = {document.OTHER_CHANGE.id, document.OTHER_TEXT_CHANGE.id}


@attrs.frozen
class Sample:
    """A document, what can be done to it, and the state of the spec that it makes."""

    tree: Any
    config: str | None
    edits: list[edits.Edit]
    state: SpecState

    @classmethod
    def of(cls, spec: str, config: str | None) -> Sample:
        tree = read(spec)
        return cls(tree, config, edits.edits(tree), spec_state(_texts(tree, config), "spec.json", _path(config)))

    def edited(self, edit: edits.Edit) -> SpecState | None:
        """The state after an edit; `None` if that makes no valid document."""
        sink = DiagnosticSink()
        texts = _texts(edit.apply(self.tree), self.config)
        return pipeline("spec.json", _path(self.config), texts.__getitem__, sink).spec_state()


def _texts(tree: Any, config: str | None) -> dict[str, str]:
    return {"spec.json": json.dumps(tree), "sdk.yaml": config or ""}


def _path(config: str | None) -> str | None:
    return None if config is None else "sdk.yaml"


@cache
def case(name: str) -> Sample:
    config = RULES / name / "base.sdk.yaml"
    spec = (RULES / name / "base.yaml").read_text(encoding="utf-8")
    return Sample.of(spec, config.read_text(encoding="utf-8") if config.exists() else None)


@cache
def own() -> Sample:
    return Sample.of(*spec_texts())


def without_provenance(api: Api) -> Api:
    return attrs.evolve(api, provenance=attrs.evolve(api.provenance, spec_hash="", config_hash=""))


def check(sample: Sample, edit: edits.Edit) -> None:
    """What is printed is a function of the `Api`: where that is the same, so is the package."""
    revision = sample.edited(edit)
    if revision is None:
        return
    for base, other in ((sample.state, revision), (revision, sample.state)):
        found = compare(base, other)
        assert len({finding.id for finding in found}) == len(found)
        for finding in found:
            texts = (finding.message, finding.hint or "")
            assert not any(mark in text for text in texts for mark in ("``", "Span(", "Scalar(", "TypeName("))
        if without_provenance(base.api) != without_provenance(other.api):
            assert {finding.rule.id for finding in found} - CATCH_ALL, (edit.what, edit.path)


@given(st.sampled_from(CASES), st.data())
def test_edits_of_small_documents(name: str, data: st.DataObject) -> None:
    sample = case(name)
    check(sample, data.draw(st.sampled_from(sample.edits)))


@settings(max_examples=25)
@given(st.data())
def test_edits_of_the_spec(data: st.DataObject) -> None:
    check(own(), data.draw(st.sampled_from(own().edits)))


@pytest.mark.parametrize("name", ["response-value-added", "request-variant-added", "streaming-removed"])
def test_every_edit_of_one_document(name: str) -> None:
    sample = case(name)
    for edit in sample.edits:
        check(sample, edit)
