from __future__ import annotations

import os
from pathlib import Path

from tests.errors.states import DOCUMENT

from sdkloom.cli.arguments import parse
from sdkloom.cli.diff import Diff
from sdkloom.diagnostics.model import DiagnosticSink

CONFIG = "types:\n  Pet: Animal\n  Owner: Keeper\n"
PET = "components: {schemas: {Pet: {type: object}, Owner: {type: object}}}\n"


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    texts = {"old.yaml": DOCUMENT, "new.yaml": DOCUMENT + PET, "sdk.yaml": CONFIG}
    for name, text in texts.items():
        (scratch / name).write_text(text)
    before = Path.cwd()
    os.chdir(scratch)
    try:
        Diff(parse(["diff", "old.yaml", "new.yaml", "--config", "sdk.yaml"]), sink).run()
    finally:
        os.chdir(before)
    return texts
