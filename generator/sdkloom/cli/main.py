"""The entry of the command line: arguments in, one command run, its exit code out."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence

from ..diagnostics.model import DiagnosticSink
from .arguments import argument_parser, parse
from .exit_codes import FAILED, OK, STOPPED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command (by default, what the arguments of the process say); gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what its encoding lacks is shown as an escape
            stream.reconfigure(errors="backslashreplace")
    options = parse(arguments)
    gc.disable()  # nodes and IR live until the end: collecting would only walk them
    try:
        return run(options, DiagnosticSink(strict=getattr(options, "strict", False)))
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    finally:
        if arguments is None:  # the process ends: what is left is the system's to take back
            gc.freeze()
        gc.enable()


def run(options: argparse.Namespace, sink: DiagnosticSink) -> int:
    """Run one command and print what the sink then holds; gives the exit code.

    Each command is imported on first need, with the stages that it runs: `sdkloom --help` needs none of them.
    """
    if options.command == "generate":
        if options.watch:
            from .watch import watch

            return watch(options)
        from .generate import Generate

        return Generate(options, sink).run()
    if options.command == "init":
        from .init import Init

        return Init(options, sink).run()
    if options.command == "schema":
        from .schema import print_schema

        return print_schema(options)
    if options.command == "completion":
        from .completion import print_script

        return print_script(argument_parser(), options.shell)
    if options.command == "verify":
        from .verify import Verify

        return Verify(options, sink).run()
    if options.command == "lint":
        from .lint import Lint

        return Lint(options, sink).run()
    if options.command == "dump":
        from .dump import Dump

        return Dump(options, sink).run()
    if options.rules:
        from ..specdiff.report import rule_table

        print(rule_table.render(), end="")
        return OK
    if options.git_driver is not None:
        from .git_driver import GitDriver

        return GitDriver(options, sink).run()
    from .diff import Diff

    return Diff(options, sink).run()
