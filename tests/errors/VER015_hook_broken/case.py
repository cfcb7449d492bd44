from __future__ import annotations

from pathlib import Path

from tests.verify.targets import faulty, in_file, read, target, verify

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    good = target("spec/anthropic.yaml", "spec/sdk.yaml")
    fault = in_file("anthropic/types/message.py", "content:", "contents:")
    verify(faulty(good, in_files=fault), "hooks", sink=sink)
    return {"spec/sdk.yaml": read("spec/sdk.yaml")}
