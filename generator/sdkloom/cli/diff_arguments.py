"""The arguments of `sdkloom diff`, apart from what runs it: `sdkloom --help` needs no comparison."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any, Protocol

IGNORE_NAME = "diff-ignore.yaml"

FORMATS = {
    "markdown": "Markdown for a comment",
    "json": "JSON",
    "github": "annotations of GitHub Actions",
    "junit": "JUnit XML",
    "html": "one HTML page",
}
"""The formats that go into files (or to standard output, as `-`)."""

_DESCRIPTION = """\
Tell what a change of the spec does: to the wire (old clients and the new server), to type checkers, and to programs.
"""
_EPILOG = """\
BASE and REVISION are files, folders, revisions of git, or files in revisions:
  sdkloom diff main                                     what has changed since main
  sdkloom diff HEAD~3:spec/anthropic.yaml               the same, with the path of the spec
  sdkloom diff old.yaml new.yaml --fail-on any          two files; exit with 1 if anything breaks
  sdkloom diff main --html report.html --markdown -     a page to read, and a comment for the pull request
  sdkloom diff HEAD :spec/anthropic.yaml                what is staged

exit codes:
  0  compared; nothing that --fail-on asks for
  1  errors in the input, or a finding that --fail-on asks for
  2  wrong arguments
"""


GIT_ARGUMENTS = (1, 7, 9)
"""How many arguments git passes to an external diff: for a path that isn't merged, for a change, for a rename."""


class Commands(Protocol):
    """What `ArgumentParser.add_subparsers` gives, whose class argparse keeps to itself."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser: ...


def add_diff(commands: Commands, usual: str) -> None:
    """Add the command to the parser of `sdkloom`; `usual` is the spec where none is named."""
    parser = commands.add_parser(
        "diff",
        help="tell what a change of the spec does",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(check=partial(_check, parser))
    parser.add_argument("base", metavar="BASE", nargs="?", help="the state before the change")
    parser.add_argument(
        "revision", metavar="REVISION", nargs="?", help="the state after it (default: the working tree)"
    )
    parser.add_argument(
        "--spec", metavar="FILE", default=usual, help="the spec, where only revisions are named (default: %(default)s)"
    )
    parser.add_argument("--config", metavar="FILE", help="sdk.yaml for both states (default: the one beside each spec)")
    parser.add_argument("--templates", metavar="FOLDER", help="templates for the code in the page")
    for name, title in FORMATS.items():
        parser.add_argument(f"--{name}", metavar="FILE", help=f"write the report as {title}; `-` prints it")
    parser.add_argument("--changelog", metavar="FILE", help="put the entry for this change into a changelog")
    parser.add_argument(
        "--ignore", metavar="FILE", help=f"findings that are accepted (default: {IGNORE_NAME} beside the spec)"
    )
    parser.add_argument(
        "--fail-on",
        choices=["wire", "typing", "runtime", "any"],
        action="append",
        default=[],
        help="exit with 1 if something breaks there; may be given several times",
    )
    parser.add_argument("--rules", action="store_true", help="print the rules as a Markdown table, and compare nothing")
    parser.add_argument(
        "--git-driver",
        nargs=argparse.REMAINDER,
        metavar="ARGUMENT",
        help="what git passes to an external diff; the last option, in place of BASE and REVISION",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show harmless changes in full, too")


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program with its usage if the arguments don't fit together."""
    driven = options.git_driver
    if driven is not None and len(driven) not in GIT_ARGUMENTS:
        parser.error("--git-driver is for git, which passes it 1, 7 or 9 arguments")
    if options.base is None and driven is None and not options.rules:
        parser.error("the following arguments are required: BASE")
