"""`sdkloom generate --watch`: generate again whenever something changes that the last run has looked at."""

from __future__ import annotations

import argparse
import copy
import gc
import sys
from collections.abc import Callable

from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import DIM, paint, printable, wants_color
from ..files.watching import stamps, wait_for_change
from .exit_codes import OK
from .generate import Generate


def watch(options: argparse.Namespace, wait: Callable[..., list[str]] = wait_for_change) -> int:
    """Generate until Ctrl-C, which is no error; gives the exit code. Errors in the input end nothing.

    `wait` takes the stamps of files, and gives the paths of those that have changed.
    """
    before: dict[str, tuple[int, int, int] | None] = {}
    try:
        while True:
            command = Generate(copy.copy(options), DiagnosticSink(strict=options.strict))
            command.run()
            after = stamps(command.inputs() - command.outputs())
            # what changed while it was read counts; what is looked at for the first time, or written, is as it is now
            seen = stamps(command.inputs()) | {path: before[path] for path in after if path in before}
            gc.collect()
            _tell(options, f"watching {_files(len(seen))}; Ctrl-C ends it")
            changed = wait(seen)
            before = stamps(seen)
            changed += [path for path in seen if before[path] != seen[path]]  # what came in the meantime is read, too
            _tell(options, f"changed: {', '.join(sorted({*changed}))}")
    except KeyboardInterrupt:
        return OK


def _tell(options: argparse.Namespace, text: str) -> None:
    if not options.quiet:
        print(paint(printable(text), DIM, wants_color(sys.stderr)), file=sys.stderr, flush=True)
    sys.stdout.flush()


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
