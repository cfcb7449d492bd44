from __future__ import annotations

import shutil
from pathlib import Path

from tests.errors.stages import TEMPLATES
from tests.errors.states import DOCUMENT

from sdkloom.cli.arguments import parse
from sdkloom.cli.diff import Diff
from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    """A fragment of a method that the revision doesn't have any more."""
    templates = scratch / "templates"
    shutil.copytree(TEMPLATES, templates)
    fragment = templates / "hooks" / "pets" / "resources" / "pets.py" / "watch.py.jinja"
    fragment.parent.mkdir(parents=True)
    fragment.write_text("return None\n")
    spec = scratch / "pets.yaml"
    spec.write_text(DOCUMENT)
    arguments = ["diff", str(spec), str(spec), "--html", str(scratch / "page.html"), "--templates", str(templates)]
    Diff(parse(arguments), sink).run()
    return {}
