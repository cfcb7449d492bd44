"""The arguments of all commands. Nothing of the stages is imported here: `sdkloom --help` needs none of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn, Protocol

from ..diagnostics.terminal import printable
from ..files.paths import CONFIG_NAME, IGNORE_NAME, LOCK_NAME
from ..source.limits import DEFAULT_LIMITS, parse_limit, shown_size
from ..verify import CHECKS

REPORT_FORMATS = {
    "markdown": "Markdown for a comment",
    "json": "JSON",
    "github": "annotations of GitHub Actions",
    "junit": "JUnit XML",
    "html": "one HTML page",
}
"""The formats of `sdkloom diff` that go into files (or to standard output, as `-`)."""

SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
"""The shells for which there is completion."""

GIT_ARGUMENTS = (1, 7, 9)
"""How many arguments git passes to an external diff: for a path that isn't merged, for a change, for a rename."""

_DESCRIPTION = "Generate a Python SDK from an OpenAPI document (3.0, 3.1 or 3.2)."
_EPILOG = """\
exit codes:
  0    done; with --check: the output is what would be generated
  1    errors in the input, the output could not be written, --check found a difference, or verify a failure;
       warnings, with --fail-on-warning
  2    wrong arguments
  130  stopped by Ctrl-C

settings of a project, in pyproject.toml, instead of arguments:
  [tool.sdkloom]
  spec = "spec/pets.yaml"
  overlays = ["spec/pets.overlay.yaml"]
  config = "spec/sdk.yaml"
  out = "pets-sdk"
  templates = "templates"
  hooks = "hooks"

environment:
  NO_COLOR     no colours
  FORCE_COLOR  colours also when the output is no terminal
"""
_CODES = "exit codes: 0 done, 1 failed, 2 wrong arguments, 130 stopped by Ctrl-C; `sdkloom --help` says more\n"
_INIT = """\
Write sdk.yaml beside SPEC, with what follows from the document in comments, and the schema that tells editors its keys.
"""
_GENERATE = """\
Write the SDK. Only files that an earlier run made are replaced or removed (they are listed in .stats.yml of the
output); nothing is written when there is an error.
"""
_VERIFY = """\
Check what would be generated, independently of the generator: the files as Python, and the types against
datamodel-code-generator, which reads the document by itself. Nothing is written.
"""
_LINT = """\
Print what the generator has to say about a document, and what rules for documents of SDKs find. Nothing is written.
"""
_LINT_EPILOG = """\
examples:
  sdkloom lint                                         the document of the project
  sdkloom lint --write-baseline lint.json              accept what there is now
  sdkloom lint --baseline lint.json --fail-on-warning  fail on what is new
  sdkloom lint --format sarif > lint.sarif             for code scanning
  sdkloom lint --format github                         annotations in GitHub Actions
"""
_GENERATE_EPILOG = """\
examples:
  sdkloom generate                               the document of the project, with the sdk.yaml beside it
  sdkloom generate --check                       has everything been generated?
  sdkloom generate pets.yaml --out pets-sdk      without a config the shape follows from the document
"""
_DIFF = """\
Tell what a change of the spec does: to the wire (old clients and the new server), to type checkers, and to programs.
"""
_DIFF_EPILOG = """\
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


class Parser(argparse.ArgumentParser):
    """A parser whose messages show arguments as what they are, without steering the terminal."""

    def error(self, message: str) -> NoReturn:
        """End the program with the usage and `message`.

        Raises:
            SystemExit: always.
        """
        super().error(printable(message + self._guess(message)))

    def _guess(self, message: str) -> str:
        """What may have been meant by an argument that isn't known."""
        from ..diagnostics.nearest import nearest

        option = re.search(r"^unrecognized arguments: (--?[\w-]+)", message)
        choice = re.search(r": invalid choice: '([^']+)'", message)
        guess = (
            nearest(option[1], self._options()) if option else nearest(choice[1], self._choices()) if choice else None
        )
        return f" (did you mean `{guess}`?)" if guess else ""

    def _options(self) -> list[str]:
        """The options of this command and of those below it."""
        below = [command for choices in self._all_choices() for command in choices if isinstance(command, Parser)]
        return [*self._option_string_actions, *(option for command in below for option in command._options())]

    def _choices(self) -> list[str]:
        return [str(choice) for choices in self._all_choices() for choice in choices]

    def _all_choices(self) -> list[list[object]]:
        """The choices of each argument; of the commands themselves, their names and their parsers."""
        found: list[list[object]] = []
        for action in self._actions:
            choices: Any = action.choices or ()
            found.append([*choices, *(choices.values() if isinstance(choices, dict) else ())])
        return found


class Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print, and end the program.

        Raises:
            SystemExit: always.
        """
        from importlib.metadata import version

        print(f"sdkloom {version('sdkloom')}")
        parser.exit()


_TEMPLATES = "templates that are laid over those that sdkloom came with"
_HOOKS = "hand-written code for the package"
_OF_WORKING_FOLDER = (f"{_TEMPLATES} (default: ./templates)", f"{_HOOKS} (default: `hooks` beside {CONFIG_NAME})")
_OF_SDKLOOM = (f"{_TEMPLATES} (default: none)", f"{_HOOKS} (default: none)")


class Commands(Protocol):
    """What `ArgumentParser.add_subparsers` gives, whose class argparse keeps to itself."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Add a command."""
        ...


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the arguments of `sdkloom` (by default, those of the process); wrong ones end the program with its usage.

    Raises:
        SystemExit: they are wrong, or ask for help.
    """
    options = argument_parser().parse_args(arguments)
    if "validate" in options:
        options.validate(options)
    return options


def argument_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="sdkloom",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="command", title="commands", required=True)
    _add_init(commands)
    _add_generate(commands)
    _add_lint(commands)
    _add_dump(commands)
    _add_diff(commands)
    _add_verify(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of sdk.yaml, for editors", allow_abbrev=False)
    completion = commands.add_parser("completion", help="print a script that completes in a shell", allow_abbrev=False)
    completion.add_argument("shell", choices=SHELLS, help="the shell that is to read it")
    schema.add_argument("--markdown", action="store_true", help="print it to be read: every key, with an example")
    return parser


def _add_init(commands: Commands) -> None:
    parser = commands.add_parser("init", help="begin an sdk.yaml", description=_INIT, epilog=_CODES, allow_abbrev=False)
    _add_inputs(parser, _OF_WORKING_FOLDER)
    _add_messages(parser)


def _add_generate(commands: Commands) -> None:
    parser = commands.add_parser(
        "generate",
        help="write the SDK",
        description=_GENERATE,
        epilog=f"{_GENERATE_EPILOG}\n{_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(validate=partial(_check_generate, parser))
    _add_inputs(parser, _OF_WORKING_FOLDER)
    _add_messages(parser)
    _add_selection(parser)
    parser.add_argument(
        "--out", metavar="FOLDER", help="where the SDK is written (default: a folder with the name of the distribution)"
    )
    parser.add_argument(
        "--strict", action="store_true", help="take faults of the document, for which there are defaults, as errors"
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--check", action="store_true", help="write nothing; show the difference and exit with 1 if there is one"
    )
    kind.add_argument(
        "--suggest",
        action="store_true",
        help=f"write nothing; print lines for sdk.yaml about names that are new since {LOCK_NAME}, or read badly",
    )
    kind.add_argument("--dry-run", action="store_true", help="write nothing; list what would be written and removed")
    kind.add_argument("--watch", action="store_true", help="generate again whenever a file changes; Ctrl-C ends it")
    parser.add_argument(
        "--lock", action="store_true", help=f"begin a {LOCK_NAME} beside SPEC; where there is one, it is always used"
    )


def _add_lint(commands: Commands) -> None:
    parser = commands.add_parser(
        "lint",
        help="tell what makes a document a bad base for an SDK",
        description=_LINT,
        epilog=f"{_LINT_EPILOG}\n{_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(parser, _OF_WORKING_FOLDER)
    _add_selection(parser)
    _add_messages(parser, json=False)
    parser.add_argument("--strict", action="store_true", help="take faults of the document as errors")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="of the output (default: text)"
    )
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as `--format json`")
    parser.add_argument(
        "--ignore", metavar="CODE", action="append", default=[], help="leave a rule out; may be repeated"
    )
    parser.add_argument("--baseline", metavar="FILE", help="what was accepted before: it doesn't count")
    parser.add_argument("--write-baseline", metavar="FILE", help="accept all that is found, but no errors")
    parser.add_argument("--rules", action="store_true", help="print the rules as a Markdown page, and check nothing")


def _add_dump(commands: Commands) -> None:
    parser = commands.add_parser("dump", help="show what a stage makes", epilog=_CODES, allow_abbrev=False)
    parser.add_argument(
        "stage", choices=("document", "ir", "plan"), help="the parsed document, the SDK as data, or the files"
    )
    _add_inputs(parser, _OF_WORKING_FOLDER)
    _add_messages(parser, json=False)
    _add_selection(parser)


def _add_verify(commands: Commands) -> None:
    parser = commands.add_parser(
        "verify", help="check what is generated", description=_VERIFY, epilog=_CODES, allow_abbrev=False
    )
    _add_inputs(parser, _OF_SDKLOOM)
    _add_messages(parser)
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


def _add_inputs(parser: argparse.ArgumentParser, helps: tuple[str, str]) -> None:
    parser.add_argument(
        "spec",
        metavar="SPEC",
        nargs="?",
        help="an OpenAPI document, a folder with one, or `-` for standard input (default: the document in the working "
        "folder, else that in spec/)",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=f"the Python shape of the SDK (default: {CONFIG_NAME} beside SPEC, if it is there)",
    )
    _add_overlay(parser)
    _add_templates(parser, helps)
    _add_limit(parser)


def _add_overlay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overlay",
        metavar="FILE",
        action="append",
        default=[],
        help="changes of the document (OpenAPI Overlay 1.0 or 1.1); may be repeated, and counts in this order",
    )


def _add_templates(parser: argparse.ArgumentParser, helps: tuple[str, str]) -> None:
    parser.add_argument("--templates", metavar="FOLDER", help=helps[0])
    parser.add_argument("--hooks", metavar="FOLDER", help=helps[1])
    parser.add_argument("--no-hooks", dest="hooks", action="store_const", const="", help="use no such folder")


def _add_messages(parser: argparse.ArgumentParser, *, json: bool = True) -> None:
    if json:
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, with the diagnostics, and no text"
        )
    else:
        parser.set_defaults(json=False)
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--fail-on-warning", action="store_true", help="exit with 1 also after warnings")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    what = "a tag, a path (`/pets/*`), an operation id, a method (`pets.list`) or a resource (`pets`); may be repeated"
    for option, text in (("only", f"leave out all but this: {what}"), ("skip", "leave this out, said in the same way")):
        parser.add_argument(
            f"--{option}", dest=f"part_{option}", metavar="WHAT", action="append", default=[], help=text
        )


def _add_limit(parser: argparse.ArgumentParser) -> None:
    limits = DEFAULT_LIMITS
    parser.add_argument(
        "--limit",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        type=_limit,
        help="how much a document may ask for; may be repeated. The names and defaults: "
        f"size={shown_size(limits.size).replace(' ', '')} (one file), "
        f"total={shown_size(limits.total).replace(' ', '')} (with the files that it refers to), "
        f"values={limits.values} (of all files), properties={limits.properties} (of a schema), "
        f"depth={limits.depth} (levels), aliases={limits.aliases} (times its size, with YAML aliases written out)",
    )


def _limit(text: str) -> tuple[str, int]:
    try:
        return parse_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _add_diff(commands: Commands) -> None:
    parser = commands.add_parser(
        "diff",
        help="tell what a change of the spec does",
        description=_DIFF,
        epilog=_DIFF_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(validate=partial(_check_diff, parser))
    parser.add_argument("base", metavar="BASE", nargs="?", help="the state before the change")
    parser.add_argument(
        "revision", metavar="REVISION", nargs="?", help="the state after it (default: the working tree)"
    )
    parser.add_argument(
        "--spec",
        metavar="FILE",
        help="the spec, where only revisions are named (default: as for `generate`)",
    )
    parser.add_argument("--config", metavar="FILE", help="sdk.yaml for both states (default: the one beside each spec)")
    _add_overlay(parser)
    _add_templates(parser, (f"for the code in the page: {_OF_SDKLOOM[0]}", f"for the same: {_OF_SDKLOOM[1]}"))
    _add_limit(parser)
    for name, title in REPORT_FORMATS.items():
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
    shown = parser.add_mutually_exclusive_group()
    full = "show every finding with its id, its places and its verdict"
    shown.add_argument("-v", "--full", "--verbose", action="store_true", help=full)
    shown.add_argument("-q", "--quiet", action="store_true", help="print errors only, and reports that are asked for")


def _check_generate(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program with its usage if the arguments don't fit together."""
    if options.watch and options.spec == "-":
        parser.error("argument --watch: standard input can't be watched")


def _check_diff(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program with its usage if the arguments don't fit together."""
    driven = options.git_driver
    if driven is not None and len(driven) not in GIT_ARGUMENTS:
        parser.error("--git-driver is for git, which passes it 1, 7 or 9 arguments")
    if options.base is None and driven is None and not options.rules:
        parser.error("the following arguments are required: BASE")
