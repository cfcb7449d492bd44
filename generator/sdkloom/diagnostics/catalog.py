"""Every diagnostic: its code, severity, wording and hint. Texts are snapshot-tested in `tests/errors/`.

`sink.report(catalog.DUPLICATE_KEY, span, key="paths")`: the keywords fill the braces of wording and hint.
Codes are grouped by stage and never reused.
"""

from __future__ import annotations

from .model import Rule, Severity

CATALOG: dict[str, Rule] = {}
"""Every rule by its code."""


def _rule(severity: Severity, code: str, wording: str, hint: str | None) -> Rule:
    if code in CATALOG:
        raise ValueError(f"diagnostic code {code} is defined twice")
    rule = CATALOG[code] = Rule(code=code, severity=severity, wording=wording, hint=hint)
    return rule


def _error(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.ERROR, code, wording, hint)


def _warning(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.WARNING, code, wording, hint)


def _note(code: str, wording: str, hint: str | None = None) -> Rule:
    return _rule(Severity.NOTE, code, wording, hint)


# CFG: sdk.yaml

# DOC: the OpenAPI document

# EMIT: templates and writing

# HOOK: hooked methods and fragments

# LOW: lowering

# SRC: YAML and JSON text

SYNTAX = _error("SRC001", "{problem}")
DUPLICATE_KEY = _error("SRC002", "key `{key}` is given twice", "keep one of the two")
FOREIGN_TAG = _error("SRC003", "tag `{tag}` is not part of JSON or of YAML's core schema", "remove the tag")
TAG_MISMATCH = _error("SRC004", "`{text}` is not a `{tag}`", "remove the tag or correct the value")
SEVERAL_DOCUMENTS = _error("SRC005", "a second document starts here", "a file holds one document: remove this `---`")
EMPTY_FILE = _error("SRC006", "the file is empty")
KEY_NOT_TEXT = _error("SRC007", "key `{key}` is {kind}, not a text", 'put it in quotes: `"{key}"`')
KEY_IS_COLLECTION = _error("SRC008", "{kind} can't be a key", "put a text that begins with `{{` or `[` in quotes")
MERGE_NEEDS_MAPPING = _error("SRC009", "`<<` takes a mapping or a list of mappings", "give it an alias: `<<: *name`")
CYCLIC_ALIAS = _error("SRC010", "alias `*{name}` stands inside its own anchor", "use a `$ref` for recursive schemas")
UNDEFINED_ALIAS = _error(
    "SRC011", "there is no anchor `&{name}` before this alias", "anchors stand before their aliases"
)
ALIAS_BOMB = _error(
    "SRC012",
    "aliases make the document too large: more than {times} times its own size",
    "use `$ref` instead of aliases",
)
TOO_DEEP = _error("SRC013", "nested more than {limit} levels deep", "move the inner parts to `components`")
CONTROL_CHARACTER = _error(
    "SRC014", "character {char} is not allowed in YAML", "write it as an escape in double quotes"
)
NOT_UTF8 = _error("SRC015", "byte {byte} is not valid {encoding}", "save the file as UTF-8")
NUMBER_TOO_LONG = _error("SRC016", "the number has too many digits", "put it in quotes if it is a text")
