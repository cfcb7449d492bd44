from __future__ import annotations

from pathlib import Path

from tests.verify.targets import ROOT, faulty, in_file, verify

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit.template_folder import Layer
from sdkloom.pipeline import Pipeline

HERE = Path(__file__).parent


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    texts = {name: (HERE / name).read_text("utf-8") for name in ("spec.yaml", "sdk.yaml")}
    good = Pipeline(
        spec="spec.yaml",
        config="sdk.yaml",
        read=texts.__getitem__,
        templates=ROOT / "templates",
        over=(Layer(HERE / "templates"),),
        sink=DiagnosticSink(),
    ).target()
    assert good is not None
    verify(faulty(good, in_files=in_file("case/types/note.py", "text:", "texts:")), "hooks", sink=sink)
    return texts
