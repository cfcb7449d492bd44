"""For whole documents: every operation is called, and an independent reader finds every request right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from ..project import sdkloom
from .judge import Judge
from .recorder import sent_by

HERE = Path(__file__).parent
DOCUMENTS = (
    *sorted(path for path in (HERE / "documents").iterdir() if path.suffix != ".md"),
    *(HERE.parent / "specdiff" / "corpus" / name for name in ("museum.yaml", "petstore.yaml")),
)
LEFT_OUT: dict[str, dict[str, str]] = {}
"""Operations without a method, with the reason; the generator says so too."""


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_request_is_as_the_document_says(path: Path, tmp_path: Path) -> None:
    sdkloom(tmp_path, "generate", str(path), "--out", "out")
    judge = Judge(yaml.safe_load(path.read_text(encoding="utf-8")))
    requests = sent_by(tmp_path / "out")
    faults = sorted({f"{seen.method} {seen.target}: {fault}" for seen in requests for fault in judge.faults(seen)})
    assert not faults, "\n".join([f"{len(faults)} of {len(requests)} requests", *faults])
    found = [judge.operation(seen) for seen in requests]
    called = Counter(operation.name for operation in found if operation is not None)
    expected = {operation.name for operation in judge.operations} - set(LEFT_OUT.get(path.stem, {}))
    assert set(called) == expected
    assert min(called.values()) >= 2, "each method is called by both clients"
