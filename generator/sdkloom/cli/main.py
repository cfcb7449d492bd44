"""The command line: arguments, reading, writing, messages, exit codes."""

from __future__ import annotations

import argparse
import difflib
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..diagnostics import catalog, listing
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import DIM, GREEN, RED, Progress, paint, painted_diff, wants_color
from ..files.inputs import Reader
from ..files.paths import CONFIG_NAME, LOCK_NAME, place, shown, templates_folder
from ..verify import CHECKS
from .diff_arguments import add_diff

if TYPE_CHECKING:
    from ..emit.write import Changes, Companion
    from ..ir.api import Api
    from ..pipeline import Pipeline

OK = 0
FAILED = 1
USAGE = 2

DEFAULT_SPEC = "spec/anthropic.yaml"
DEFAULT_OUT = "generated"

_DESCRIPTION = "Generate a Python SDK from an OpenAPI document (3.0, 3.1 or 3.2)."
_EPILOG = """\
exit codes:
  0  done; with --check: the output is what would be generated
  1  errors in the input, the output could not be written, --check found a difference, or verify a failure
  2  wrong arguments

environment:
  NO_COLOR     no colours
  FORCE_COLOR  colours also when the output is no terminal
"""
_GENERATE = """\
Write the SDK. Only files that an earlier run made are replaced or removed (they are listed in .stats.yml of the
output); nothing is written when there is an error.
"""
_VERIFY = """\
Check what would be generated, independently of the generator: the files as Python, and the types against
datamodel-code-generator, which reads the document by itself. Nothing is written.
"""
_EXAMPLES = """\
examples:
  sdkloom generate                               spec/anthropic.yaml and spec/sdk.yaml → generated/
  sdkloom generate --check                       has everything been generated?
  sdkloom generate pets.yaml --out pets-sdk      without a config the shape follows from the document
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = parse(arguments)
    gc.disable()  # nodes and IR live until the end: collecting would only walk them
    try:
        return run(options, DiagnosticSink())
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    finally:
        gc.enable()


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments; wrong ones end the program with its usage."""
    options = _parser().parse_args(arguments)
    if options.command == "diff":
        options.check(options)
    return options


def run(options: argparse.Namespace, sink: DiagnosticSink) -> int:
    """Run one command and print what the sink then holds; the exit code."""
    if options.command == "diff" and options.rules:
        from ..specdiff.report.rule_table import render

        print(render(), end="")
        return OK
    if options.command == "diff" and options.git_driver is not None:
        from .git_driver import GitDriver

        return GitDriver(options, sink).run()
    if options.command == "diff":
        from .diff import Diff

        return Diff(options, sink).run()
    return _Run(options, sink).run()


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="sdkloom", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=raw, allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", metavar="command", title="commands", required=True)
    generate = commands.add_parser(
        "generate",
        help="write the SDK",
        description=_GENERATE,
        epilog=_EXAMPLES,
        formatter_class=raw,
        allow_abbrev=False,
    )
    _add_inputs(generate)
    generate.add_argument(
        "--out", metavar="FOLDER", default=DEFAULT_OUT, help="where the SDK is written (default: %(default)s)"
    )
    kind = generate.add_mutually_exclusive_group()
    kind.add_argument(
        "--check", action="store_true", help="write nothing; show the difference and exit with 1 if there is one"
    )
    kind.add_argument("--dry-run", action="store_true", help="write nothing; list what would be written and removed")
    generate.add_argument(
        "--lock", action="store_true", help=f"begin a {LOCK_NAME} beside SPEC; where there is one, it is always used"
    )
    dump = commands.add_parser("dump", help="show what a stage makes", allow_abbrev=False)
    dump.add_argument(
        "stage", choices=("document", "ir", "plan"), help="the parsed document, the SDK as data, or the files"
    )
    _add_inputs(dump)
    add_diff(commands, DEFAULT_SPEC)
    _add_verify(commands.add_parser("verify", help="check what is generated", description=_VERIFY, allow_abbrev=False))
    return parser


def _add_verify(parser: argparse.ArgumentParser) -> None:
    _add_inputs(parser)
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of the payloads (default: %(default)s)")
    parser.add_argument(
        "--examples", metavar="N", type=int, default=6, help="payloads per schema (default: %(default)s)"
    )
    parser.add_argument(
        "--only",
        metavar="CHECK",
        action="append",
        default=[],
        choices=CHECKS,
        help=f"may be repeated: {', '.join(CHECKS)}",
    )
    parser.add_argument("--explain", action="store_true", help="print the table of known differences and stop")


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "spec", metavar="SPEC", nargs="?", default=DEFAULT_SPEC, help="OpenAPI document (default: %(default)s)"
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=f"the Python shape of the SDK (default: {CONFIG_NAME} beside SPEC, if it is there)",
    )
    parser.add_argument(
        "--templates", metavar="FOLDER", help="templates (default: ./templates, else those that sdkloom came with)"
    )


@attrs.define
class _Run:
    """One command with its inputs."""

    options: argparse.Namespace
    sink: DiagnosticSink
    reader: Reader = attrs.field(init=False)
    progress: Progress = attrs.field(factory=Progress)

    def __attrs_post_init__(self) -> None:
        self.reader = Reader(lambda path: Path(path).read_bytes(), self.sink)

    def run(self) -> int:
        templates = templates_folder(self.options.templates)
        if not (templates / "sdk").is_dir():
            self.sink.report(catalog.TEMPLATES_MISSING, place(templates), folder=shown(templates))
            return self._finish(None)
        commands = {"dump": self._dump, "generate": self._generate, "verify": self._verify}
        return self._finish(commands[self.options.command](templates))

    def _finish(self, code: int | None) -> int:
        """Print all diagnostics; the exit code follows their severity."""
        self.progress.clear()
        self._read_templates()
        text = listing.render(self.sink.diagnostics, self.reader.texts, color=wants_color(sys.stderr))
        print(text, file=sys.stderr, end="")
        return FAILED if code is None or self.sink.has_errors else code

    def _read_templates(self) -> None:
        """The texts of templates that messages point at."""
        templates = templates_folder(self.options.templates)
        for diagnostic in self.sink.diagnostics:
            name = diagnostic.span.file
            path = templates / name.removeprefix("templates/")
            if name.startswith("templates/") and name not in self.reader.texts and path.is_file():
                self.reader.texts[name] = path.read_text(encoding="utf-8", errors="replace")

    def _pipeline(self, templates: Path) -> Pipeline | None:
        from ..pipeline import Pipeline

        spec = shown(Path(self.options.spec))
        config = self.options.config
        if config is None:
            beside = Path(self.options.spec).parent / CONFIG_NAME
            config = str(beside) if beside.is_file() else None
        config = None if config is None else shown(Path(config))
        lock = shown(self._lock_path) if self._lock_path.is_file() else None
        if not all(self._readable(path) for path in (config, lock) if path is not None):
            return None
        return Pipeline(
            spec=spec,
            config=config,
            lock=lock,
            read=self.reader,
            templates=templates,
            sink=self.sink,
            announce=self.progress.announce,
        )

    @property
    def _lock_path(self) -> Path:
        return Path(self.options.spec).parent / LOCK_NAME

    def _lock(self, api: Api) -> Companion | None:
        """What names.lock shall be, if there is one or shall be one."""
        from ..emit.write import Companion
        from ..pipeline import names_lock

        if not self.options.lock and not self._lock_path.is_file():
            return None
        return Companion(path=self._lock_path, text=names_lock(api))

    def _readable(self, path: str) -> bool:
        try:
            self.reader(path)
        except OSError as error:
            self.sink.report(catalog.CANNOT_READ, place(Path(path)), path=path, error=error.strerror or error)
            return False
        return True

    def _dump(self, templates: Path) -> int | None:
        pipeline = self._pipeline(templates)
        if pipeline is None:
            return None
        stages = {"document": pipeline.document, "ir": pipeline.api, "plan": pipeline.plan}
        found = stages[self.options.stage]()
        if found is None:
            return None
        from .dump import lines

        self.progress.clear()
        print("\n".join(lines(found)))
        return OK

    def _verify(self, templates: Path) -> int | None:
        from ..verify.command import Options, explanation, verify

        if self.options.explain:
            print("\n".join(explanation()))
            return OK
        pipeline = self._pipeline(templates)
        target = pipeline.target() if pipeline is not None else None
        if target is None:
            return None
        given = self.options
        options = Options(seed=given.seed, examples=given.examples, only=tuple(given.only))
        outcomes = verify(target, options, self.sink, self.progress.announce)
        self.progress.clear()
        print("\n".join(outcome.line for outcome in outcomes))
        return OK

    def _generate(self, templates: Path) -> int | None:
        pipeline = self._pipeline(templates)
        api = pipeline.api() if pipeline is not None else None
        files = pipeline.print(api) if pipeline is not None and api is not None else None
        if files is None or api is None:
            return None
        from ..emit.write import compare, write

        out = Path(self.options.out)
        self.progress.announce(f"writing {shown(out)}")
        only_look = self.options.check or self.options.dry_run
        lock = self._lock(api)
        stale = lock if lock is not None and lock.is_stale else None
        changes = compare(files, out, self.sink) if only_look else write(files, out, self.sink, lock)
        if changes is None:
            return None
        self.progress.clear()
        if self.options.check:
            return self._show_difference(files, changes, out, stale)
        self._show_changes(changes, len(files), out, stale)
        return OK

    def _show_difference(self, files: dict[str, str], changes: Changes, out: Path, lock: Companion | None) -> int:
        from ..emit.write import current_text

        color = wants_color(sys.stdout)
        for path in sorted([*changes.added, *changes.changed, *changes.removed]):
            old, new = current_text(out, path).splitlines(), files.get(path, "").splitlines()
            name = f"{shown(out)}/{path}"
            before = "/dev/null" if path in changes.added else name
            after = "/dev/null" if path in changes.removed else f"{name} (generated)"
            print(painted_diff(difflib.unified_diff(old, new, before, after, lineterm=""), color))
        if lock is not None:
            old, new, name = (lock.old_text or "").splitlines(), lock.text.splitlines(), shown(lock.path)
            print(painted_diff(difflib.unified_diff(old, new, name, f"{name} (generated)", lineterm=""), color))
        count = len(changes.added) + len(changes.changed) + len(changes.removed) + (lock is not None)
        if count:
            print(
                f"{shown(out)}: {_files(count)} differ{'s' if count == 1 else ''}; `sdkloom generate` writes them",
                file=sys.stderr,
            )
            return FAILED
        print(f"{shown(out)}: {_files(len(files))}, all as generated", file=sys.stderr)
        return OK

    def _show_changes(self, changes: Changes, total: int, out: Path, lock: Companion | None) -> None:
        color = wants_color(sys.stdout)
        listed = [(path, "+", GREEN) for path in changes.added] + [(path, "~", "33") for path in changes.changed]
        listed += [(path, "-", RED) for path in changes.removed]
        if self.options.dry_run or len(listed) <= 20:
            for path, mark, style in sorted(listed):
                print(f"{paint(mark, style, color)} {shown(out)}/{path}")
        if lock is not None:
            mark, style = ("~", "33") if shown(lock.path) in self.reader.texts else ("+", GREEN)
            print(f"{paint(mark, style, color)} {shown(lock.path)}")
        written, removed = len(changes.added) + len(changes.changed), len(changes.removed)
        words = f"{written} written, {removed} removed, {total - written} unchanged"
        if self.options.dry_run:
            words = f"{written} to write, {removed} to remove, {total - written} unchanged"
        seconds = paint(f"({self.progress.seconds:.2f} s)", DIM, color)
        print(f"{shown(out)}: {_files(total)}: {words} {seconds}")


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
