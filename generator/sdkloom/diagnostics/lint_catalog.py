"""The rules of `sdkloom lint`: each with a fix (its hint) and a reason. `docs/lint-rules.md` is made of them."""

from __future__ import annotations

import attrs

from .model import Rule
from .rules import error as _error
from .rules import note as _note
from .rules import warning as _warning


@attrs.frozen(kw_only=True)
class Advice:
    """A rule of lint, and why it is one."""

    rule: Rule
    reason: str


# Names

NO_OPERATION_ID = Advice(
    rule=_warning("LNT001", "`{endpoint}` has no `operationId`", "give it one that says what it does: `listPets`"),
    reason="The name of its method follows from the path alone then, and changes with the path.",
)
NAMED_BY_POSITION = Advice(
    rule=_warning(
        "LNT002",
        "this variant of a union has no name: it becomes `{name}`",
        "give it a `title`, or move it to `components.schemas`",
    ),
    reason="A numbered type says nothing to readers, and is called otherwise when a variant before it comes or goes.",
)
SCHEMAS_COLLIDE = Advice(
    rule=_warning("LNT003", "`{name}` and `{other}` are the same name in Python, `{symbol}`", "rename one of the two"),
    reason="One of the types gets a number, or another ending, that nobody expects.",
)
PROPERTIES_COLLIDE = Advice(
    rule=_warning("LNT004", "`{name}` and `{other}` are the same name in Python, `{symbol}`", "rename one of the two"),
    reason="The attributes keep the spelling of the wire, or get numbers, beside others that are in snake case.",
)
PARAMETERS_COLLIDE = Advice(
    rule=_warning(
        "LNT005",
        "the parameters `{name}` ({place}) and `{other}` ({other_place}) of `{endpoint}` are the same name in Python",
        "rename one of the two",
    ),
    reason="An argument gets a number, and callers can't tell which is which.",
)
PATH_PARAMETERS_DIFFER = Advice(
    rule=_note(
        "LNT006",
        "`{{{name}}}` is called `{{{other}}}` in `{path}`: it is the same thing",
        "call it the same in all paths",
    ),
    reason="Methods of one resource take the same id under different names.",
)
ENUM_REPEATED = Advice(
    rule=_note(
        "LNT007",
        "these {count} values of `enum` stand in {times} places",
        "move them to `components.schemas`, and refer to them",
    ),
    reason="Without a name each place has a `Literal` of its own, and programs have no type to name.",
)

# Responses

NO_ERRORS = Advice(
    rule=_warning(
        "LNT010", "`{endpoint}` documents no error", "describe `4XX` or `default`, with the schema of the body"
    ),
    reason="Callers don't know what a failure looks like, and errors have no typed body.",
)
HARDLY_ANY_ERRORS = Advice(
    rule=_warning(
        "LNT011",
        "{count} of {all} operations document no error",
        "describe the error of the API once in `components.responses`, and refer to it as `default`",
    ),
    reason="Callers don't know what a failure looks like, and errors have no typed body.",
)
NO_SUCCESS = Advice(
    rule=_warning(
        "LNT012", "`{endpoint}` documents no success", "describe `200`, `201`, `204` or what it responds with"
    ),
    reason="The method returns `object`: nothing is known of what comes back.",
)
NO_SCHEMA = Advice(
    rule=_warning("LNT013", "the response {status} of `{endpoint}` has no schema for its JSON", "give it a `schema`"),
    reason="The method returns `object`, and completion and checkers can't help.",
)
ANY_OBJECT = Advice(
    rule=_note(
        "LNT014",
        "the response {status} of `{endpoint}` is any object",
        "list its `properties`, or say with `additionalProperties` what the values are",
    ),
    reason="The method returns a dictionary of anything, and completion and checkers can't help.",
)
UNBOUNDED_LIST = Advice(
    rule=_note(
        "LNT015",
        "`{endpoint}` gives a whole list: nothing bounds it, and no parameter asks for a part",
        "give it pages (a `limit` and a `cursor`), or `maxItems` if it stays short",
    ),
    reason="Pages that come later change what the method returns, which breaks every caller.",
)

# Requests

BODY_OF_GET = Advice(
    rule=_warning("LNT020", "`{endpoint}` has a request body", "use query parameters, or `post`"),
    reason="Proxies and servers may drop or refuse the body of a GET or HEAD (RFC 9110 §9.3.1).",
)

# Schemas

UNTOLD_VARIANTS = Advice(
    rule=_note(
        "LNT030",
        "nothing tells the {count} objects of this union apart",
        "give each a required property with a `const` of its own, and name that in a `discriminator`",
    ),
    reason="A response is tried against one variant after the other: two that both fit are confused.",
)
FORMAT_MISSING = Advice(
    rule=_note(
        "LNT031",
        "the example of `{name}` is {what}, and there is no `format`",
        "write `format: {format}`, if it always is",
    ),
    reason="Users get a text, and have to parse what the SDK could give them as an object.",
)
UNUSED_SCHEMA = Advice(
    rule=_note("LNT032", "no operation uses the schema `{name}`", "refer to it, or remove it"),
    reason="It has no place in the SDK: what was meant to use it may have been forgotten.",
)

# Documentation

NO_DESCRIPTION = Advice(
    rule=_note("LNT040", "`{endpoint}` has neither `summary` nor `description`", "say in a sentence what it does"),
    reason="The method has no docstring.",
)

# Baselines

BAD_BASELINE = _error("LNT008", "this is no baseline: {problem}", "`--write-baseline` writes one")
BASELINE_OBSOLETE = _note(
    "LNT009",
    "{count} of the findings that this baseline accepts are gone",
    "`--write-baseline` takes them out: what comes back is new then",
)
