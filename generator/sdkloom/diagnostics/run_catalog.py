"""The diagnostics of writing, comparing and verifying, in the form of those in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import note as _note
from .rules import warning as _warning

# DIF: comparing two specs

NO_REVISION = _error(
    "DIF001",
    "`{name}` is neither a file, nor a folder, nor a revision of git",
    "give a path, a revision (`main`), or both (`main:spec/anthropic.yaml`)",
)
NOT_IN_REVISION = _error(
    "DIF002", "there is no `{path}` in `{revision}`", "give its path there, from the root of the repository"
)
NO_DOCUMENT = _error("DIF003", "no OpenAPI document stands in `{folder}`", "give the path of the document itself")
SEVERAL_SPECS = _error(
    "DIF004", "several OpenAPI documents stand in `{folder}`: {names}", "give the path of one of them"
)
GIT_FAILED = _error("DIF005", "git can't be asked for `{name}`: {error}", "give paths instead of revisions")
IGNORE_EXPIRED = _warning(
    "DIF006",
    "`{id}` was ignored until {day}; it counts again",
    "look at it again; a new day keeps it ignored",
)
IGNORED_NOTHING = _warning(
    "DIF007", "`{id}` is no finding of this comparison", "remove the entry if its change has landed"
)
ABSENT_IN_ONE = _note(
    "DIF070",
    "sdk.yaml is for both documents, and in `{state}` {first}{more}: that is passed over",
    "an sdk.yaml beside each document says what belongs to it",
)
BAD_DATE = _error("DIF008", "`{day}` is no day of the calendar", "write year, month and day: `2027-01-31`")
CODE_NOT_SHOWN = _warning(
    "DIF009",
    "the report has no generated code, because one of the states can't be printed: {message}",
    "both are printed with the same templates: those that sdkloom came with, or those of `--templates` and `--hooks`",
)

# RUN: what the command line names

URL_GIVEN = _error(
    "RUN001",
    "`{url}` is no file: sdkloom opens no connections",
    "fetch it first: `{command}`",
)
BAD_SETTINGS = _error("RUN002", "pyproject.toml can't be read: {error}")
UNKNOWN_SETTING = _error("RUN003", "`{name}` is no setting of `[tool.sdkloom]`", "it knows {known}")
NO_TEXT = _error("RUN004", "`{name}` of `[tool.sdkloom]` has to be a text", "put it in quotes")
NO_TEXTS = _error("RUN032", "`{name}` of `[tool.sdkloom]` has to be a list of texts", 'write `["{name}.yaml"]`')
WOULD_OVERWRITE = _error("RUN005", "`{path}` is there already: nothing was written", "change that file, or remove it")
OUTSIDE = _error(
    "RUN006", "`{path}` leads out of the folder of pyproject.toml", "give that path on the command line instead"
)

# EMIT: templates and writing

TEMPLATE_SYNTAX = _error("EMIT001", "the template has a syntax error: {error}")
TEMPLATE_MISSING = _error("EMIT002", "the template `{name}` does not exist", "paths are relative to `templates/`")
TEMPLATE_FAILED = _error("EMIT003", "the template failed: {error}")
UNKNOWN_PLACEHOLDER = _error(
    "EMIT004",
    "no nodes are known by the name `[{name}]`",
    "a template's path may hold `[package]` and one name of the table in `emit/plan.py`",
)
OUTPUT_TWICE = _error("EMIT005", "`{path}` is made twice")
NOT_PYTHON = _error("EMIT006", "the generated file is not Python: {message}: `{source}`", "look at its template")
FORMATTER_MISSING = _error("EMIT007", "ruff could not be started: {error}", "install `ruff` beside sdkloom")
FORMATTER_FAILED = _error("EMIT008", "the output can't be formatted: {error}")
TEMPLATES_MISSING = _error(
    "EMIT009",
    "there are no templates in `{folder}`",
    "`--templates` names a folder with `sdk/`, `macros/`, `runtime/` or `hooks/` in it",
)
HOOKS_NOT_USED = _warning(
    "EMIT032",
    "`{folder}` is not used: it may be a part of what is to be judged",
    "`--hooks {folder}` uses it; `--no-hooks` says that it isn't wanted",
)
HOOKS_MISSING = _error("EMIT031", "there is no folder `{folder}`", "`--hooks` names the folder of hand-written code")
NOT_OWNED = _error(
    "EMIT010",
    "`{path}` was not made by the generator, so it is not replaced",
    "move the file away, or restore `.stats.yml`, which lists the files that the generator owns",
)
CANNOT_WRITE = _error("EMIT011", "cannot write `{path}`: {error}", "nothing was changed")
BAD_MANIFEST = _error(
    "EMIT012",
    "the list of owned files is broken: {problem}",
    "restore `.stats.yml` from version control, or delete the folder and generate it again",
)
WRITE_RUNNING = _error("EMIT013", "another run is writing to `{path}`", "wait until it is done")
CANNOT_READ = _error("EMIT014", "cannot read `{path}`: {error}")
LINK_IN_THE_WAY = _error(
    "EMIT015",
    "`{path}` is {what}: nothing is read, written or removed through it",
    "remove it, or give the path that it leads to",
)
FOREIGN_JOURNAL = _error(
    "EMIT016",
    "`{path}` was not left here by an interrupted run of sdkloom: nothing is undone",
    "delete the folder `{folder}`; if you have moved or copied the output, its `old/` has the files of before",
)
INTERRUPTED = _error(
    "EMIT017", "a run that wrote to `{path}` was interrupted", "`sdkloom generate` undoes it and writes anew"
)
NOT_A_TEMPLATE = _error(
    "EMIT020",
    "this can't be a template: {reason}",
    "put a regular file there: no link in a folder of templates is followed",
)
TEMPLATE_REFUSED = _error(
    "EMIT021",
    "the template may not do this: {error}",
    "templates run in jinja's sandbox: they get at what they are given, and at nothing behind it",
)

TEMPLATE_UNUSED = _warning(
    "EMIT030", "`{file}` is not used", "files for the package stand below `sdk/`, with the paths of the output"
)

# VER: sdkloom verify

REFERENCE_MODELS_MISSING = _error(
    "VER001",
    "datamodel-code-generator, which makes the reference models, is not installed",
    "install it with `pip install 'sdkloom[verify]'`",
)
REFERENCE_MODELS_FAILED = _error("VER002", "datamodel-code-generator can't read the document: {error}")
RUNNER_FAILED = _error("VER003", "the check `{check}` can't be made: {error}")
NOT_JOINED = _error("VER004", "there is no reference model for `{pointer}`, of which `{symbol}` was made")
NO_CLASS = _error("VER005", "no class was made of the object `{pointer}`, which a method sends or gets")
KEY_LACKS = _error("VER006", "`{symbol}` lacks `{name}`, which the reference model has, {says}")
KEY_UNKNOWN = _error("VER007", "`{symbol}` is no property of the reference model: it has none called `{name}`")
KEY_REQUIRED = _error("VER008", "`{symbol}` is {ours}; in the reference model `{name}` is {theirs}")
VALIDATED_DIFFERENTLY = _error("VER009", "`{symbol}`, {done}: the {accepts} accepts it; the {refuses} says: {error}")
WRITTEN_DIFFERENTLY = _error("VER010", "`{symbol}` is not the same twice: {one} gives {first}, {two} {second}")
OTHER_VARIANT = _error("VER011", "`{symbol}`: {part} is read as `{ours}`; the reference model reads it as `{theirs}`")
OUTPUT_DIFFERS = _error("VER012", "the output depends on the order of things; with {what}: {error}")
DOES_NOT_COMPILE = _error("VER013", "the generated `{path}` is no Python: line {line}: {error}")
NOT_IMPORTED = _error("VER014", "`{symbol}`{more} can't be imported: {error}")
HOOK_BROKEN = _error("VER015", "the hooked method {symbol}: {problem}")
OTHER_FILES = _warning(
    "VER016",
    "`static` and `payloads` are left out: they need a document of one file, and this one refers to `{file}`",
)
EXAMPLE_TOO_LARGE = _warning(
    "VER020",
    "`{pointer}` is not checked with payloads: the smallest that fits, or all payloads together, would be too large",
)
