from __future__ import annotations

import fcntl
from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import write


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    staging = scratch / "out" / ".sdkloom-staging"
    staging.mkdir(parents=True)
    with (staging / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write({"README.md": "generated\n"}, scratch / "out", sink)
    return {}
