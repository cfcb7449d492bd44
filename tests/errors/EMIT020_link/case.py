from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit.template_folder import TemplateFolder


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    (scratch / "templates" / "sdk").mkdir(parents=True)
    (scratch / "secret.txt").write_text("secret")
    (scratch / "templates" / "sdk" / "notes.txt").symlink_to("../../secret.txt")
    (scratch / "templates" / "runtime").symlink_to("..")
    TemplateFolder.of(scratch / "templates", sink)
    return {}
