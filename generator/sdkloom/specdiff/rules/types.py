"""Types, fields of responses, keys of requests, and what a value may be."""

from __future__ import annotations

from .rule import (
    ADDED,
    CHANGED,
    DEPRECATED,
    INTERNAL,
    KEEP,
    REMOVED,
    SAME_ON_THE_WIRE,
    RenameRules,
    by_direction,
    renamed,
    rule,
)

_BY_HAND = "programs that make the object themselves, in tests for example, have to give it"
_REFUSED = "objects that programs make with it themselves, in tests for example, are refused"

TYPE_ADDED = rule("type-added", "ooo", ADDED, "`{symbol}` is new")
TYPE_REMOVED = rule("type-removed", "obb", REMOVED, "`{symbol}` was removed", "keep it for a release, deprecated")
TYPE_RENAMED = renamed("type-renamed", "obb", "`{old}` is now called `{symbol}`")
TYPE_LIKELY_RENAMED = RenameRules(
    lost=rule("type-likely-renamed", "obb", CHANGED, "`{old}` is probably now `{symbol}`", KEEP), kept=TYPE_RENAMED.kept
)
TYPE_MOVED = RenameRules(
    lost=rule("type-moved", "obb", CHANGED, "`{old}` moved to `{symbol}`", KEEP), kept=TYPE_RENAMED.kept
)
TYPE_KIND_CHANGED = rule(
    "type-kind-changed",
    "obb",
    CHANGED,
    "`{symbol}` is {new} now; it was {old}",
    "give the new thing a new name, and deprecate this one",
)
FIELD_ORDER_CHANGED = rule(
    "field-order-changed", "ooo", INTERNAL, "the fields of `{symbol}` have another order; all are passed by name"
)
SPELLING_CHANGED = rule("spelling-changed", "ooo", INTERNAL, "the type of `{symbol}` is spelled in another way")
UNDECLARED_KEYS_CHANGED = rule(
    "undeclared-keys-changed",
    "olo",
    CHANGED,
    "the undeclared keys of `{symbol}` have another type: {new} instead of {old}",
)

# Fields of responses

RESPONSE_FIELD_ADDED = rule("response-field-added", "ooo", ADDED, "`{symbol}` is new")
RESPONSE_FIELD_ADDED_REQUIRED = rule(
    "response-field-added-required", "oll", ADDED, "`{symbol}` is new, and always there", _BY_HAND
)
RESPONSE_FIELD_REMOVED = rule(
    "response-field-removed",
    "bbb",
    REMOVED,
    "`{symbol}` was removed",
    "keep sending it, marked as deprecated, until old clients are gone",
)
RESPONSE_OPTIONAL_FIELD_REMOVED = rule(
    "response-optional-field-removed",
    "obb",
    REMOVED,
    "`{symbol}` was removed; it was optional",
    "mark it as deprecated for a release before it goes",
)
RESPONSE_FIELD_BECAME_OPTIONAL = rule(
    "response-field-became-optional",
    "lbl",
    CHANGED,
    "`{symbol}` can be missing or `null` now: it is `None` then",
    "keep sending it, or give it a default",
)
RESPONSE_FIELD_BECAME_REQUIRED = rule(
    "response-field-became-required", "oll", CHANGED, "`{symbol}` is always there now", _BY_HAND
)
ATTRIBUTE_RENAMED = renamed("attribute-renamed", "obb", "`{old}` is now called `{symbol}`", note=SAME_ON_THE_WIRE)
RESPONSE_FIELD_LIKELY_RENAMED = renamed(
    "response-field-likely-renamed", "bbb", "`{old}` is probably now `{symbol}`", "send both until old clients are gone"
)
RESPONSE_WIRE_NAME_CHANGED = rule(
    "response-wire-name-changed",
    "boo",
    CHANGED,
    "`{symbol}` is read from `{new}` instead of `{old}`",
    "send both until old clients are gone",
)
RESPONSE_DEFAULT_CHANGED = rule(
    "response-default-changed", "ool", CHANGED, "`{symbol}` is {new} when it is missing; it was {old}"
)

# Keys of requests

REQUEST_KEY_ADDED = rule("request-key-added", "ooo", ADDED, "`{symbol}` is new, and optional")
REQUEST_KEY_ADDED_REQUIRED = rule(
    "request-key-added-required",
    "bbo",
    CHANGED,
    "`{symbol}` is new, and required",
    "make it optional, with a default on the server",
)
REQUEST_KEY_REMOVED = rule(
    "request-key-removed",
    "lbo",
    REMOVED,
    "`{symbol}` was removed",
    "let the server ignore it, and mark it as deprecated for a release before it goes",
)
REQUEST_KEY_BECAME_REQUIRED = rule(
    "request-key-became-required",
    "bbo",
    CHANGED,
    "`{symbol}` must be given now",
    "keep it optional, with a default on the server",
)
REQUEST_KEY_BECAME_OPTIONAL = rule("request-key-became-optional", "ooo", CHANGED, "`{symbol}` may be left out now")
REQUEST_KEY_LIKELY_RENAMED = rule(
    "request-key-likely-renamed",
    "bbo",
    CHANGED,
    "`{old}` is probably now `{symbol}`",
    "accept both on the server: dictionaries are sent as they are, so the package can't keep an old key",
)

# What a value may be

TYPE_WIDENED = by_direction(
    "type-widened",
    request=("ooo", CHANGED, "`{symbol}` takes more: {new} instead of {old}"),
    response=(
        "lbl",
        CHANGED,
        "`{symbol}` has a wider type: {new} instead of {old}",
        "programs have to handle the new kinds of values; a new field would leave them alone",
    ),
)
TYPE_NARROWED = by_direction(
    "type-narrowed",
    request=("bbo", CHANGED, "`{symbol}` takes less: {new} instead of {old}", "keep accepting what old clients send"),
    response=(
        "olo",
        CHANGED,
        "`{symbol}` has a narrower type: {new} instead of {old}",
        f"tests of the kinds that are gone are dead code, which strict checkers report; {_REFUSED}",
    ),
)
TYPE_CHANGED = by_direction(
    "type-changed",
    request=(
        "bbl",
        CHANGED,
        "`{symbol}` takes {new} instead of {old}",
        "accept both: a union of the two breaks nobody",
    ),
    response=("bbb", CHANGED, "`{symbol}` is {new} instead of {old}", "add a new field instead"),
)
ENUM_BECAME_CLASS = by_direction(
    "enum-became-class",
    request=(
        "obo",
        CHANGED,
        "`{symbol}` takes the members of an enum class, and for type checkers no plain values",
        "without `param: false` in sdk.yaml requests take both",
    ),
    response=(
        "oll",
        CHANGED,
        "`{symbol}` is an enum class now; its members are equal to the values that were there",
        "`enums: literal` in sdk.yaml keeps what was there",
    ),
)
ENUM_BECAME_LITERAL = by_direction(
    "enum-became-literal",
    request=("obb", CHANGED, "`{symbol}` no longer takes members of an enum class", "programs have to give the values"),
    response=(
        "obb",
        CHANGED,
        "`{symbol}` is no enum class any more: responses have plain values",
        "`enums: class` in sdk.yaml keeps what was there",
    ),
)
ENUM_MEMBER_REMOVED = rule(
    "enum-member-removed", "obb", REMOVED, "`{symbol}` has no member `{name}` any more", "programs can't name it"
)
ENUM_MEMBER_RENAMED = rule(
    "enum-member-renamed",
    "obb",
    CHANGED,
    "the member `{old}` of `{symbol}` is called `{new}` now",
    "keep its name with `x-enum-varnames` in the document",
)
TEXT_CLASS_CHANGED = by_direction(
    "text-class-changed",
    request=(
        "obl",
        CHANGED,
        "`{symbol}` takes {new} instead of {old}; in JSON it is a text as before",
        "programs have to convert what they give",
    ),
    response=(
        "obb",
        CHANGED,
        "`{symbol}` is {new} instead of {old}; in JSON it is a text as before",
        "programs have to convert what they get",
    ),
)
NUMBER_CLASS_CHANGED = by_direction(
    "number-class-changed",
    request=(
        "obb",
        CHANGED,
        "`{symbol}` takes {new} instead of {old}; in JSON it is a number as before",
        "programs have to convert what they give",
    ),
    response=(
        "obb",
        CHANGED,
        "`{symbol}` is {new} instead of {old}; in JSON it is a number as before",
        "programs have to convert what they get",
    ),
)
HELD_CHANGED = by_direction(
    "items-changed",
    request=(
        "olo",
        CHANGED,
        "`{symbol}` takes {new} instead of {old}: a list or dictionary of the one isn't one of the other",
        "checkers refuse variables that are declared with the old type",
    ),
    response=(
        "olo",
        CHANGED,
        "`{symbol}` is {new} instead of {old}: a list or dictionary of the one isn't one of the other",
        "checkers refuse variables that are declared with the old type",
    ),
)
CLASS_CHANGED = by_direction(
    "class-changed",
    request=("ooo", INTERNAL, "the keys of `{symbol}` are those of `{new}` instead of `{old}`"),
    response=(
        "obl",
        CHANGED,
        "`{symbol}` is of the class `{new}` instead of `{old}`; what else differs is told apart",
        "programs that name the old class have to name the new one",
    ),
)
VALUE_ADDED = by_direction(
    "value-added",
    request=("ooo", ADDED, "`{symbol}` takes {value}"),
    response=(
        "olo",
        ADDED,
        "`{symbol}` can be {value}",
        "old clients pass it through; an exhaustive `match` needs a look",
    ),
)
VALUE_REMOVED = by_direction(
    "value-removed",
    request=(
        "bbo",
        REMOVED,
        "`{symbol}` no longer takes {value}",
        "keep accepting it for a release; for a parameter, `deprecated_values` in sdk.yaml warns of it",
    ),
    response=(
        "olo",
        REMOVED,
        "`{symbol}` is never {value} any more",
        f"comparisons with it are dead code, which strict checkers report; {_REFUSED}",
    ),
)
VALUE_LIKELY_RENAMED = by_direction(
    "value-likely-renamed",
    request=(
        "bbo",
        CHANGED,
        "`{symbol}` probably takes {value} in place of {old}",
        "accept both on the server for old clients",
    ),
    response=(
        "lll",
        CHANGED,
        "`{symbol}` is probably {value} where it was {old}",
        "comparisons with the old value are silently false: send the old one to old API versions",
    ),
)
VALUE_RENAMED = RenameRules(
    lost=VALUE_LIKELY_RENAMED.request,
    kept=rule(
        "request-value-renamed-kept",
        "bol",
        DEPRECATED,
        "`{symbol}` takes {value} in place of {old}; the old value still works, and warns",
        "accept both on the server for old clients",
    ),
)
KNOWN_VALUE_ADDED = by_direction(
    "known-value-added",
    request=("ooo", ADDED, "`{symbol}` lists {value}"),
    response=("ooo", ADDED, "`{symbol}` lists {value}"),
)
KNOWN_VALUE_REMOVED = by_direction(
    "known-value-removed",
    request=(
        "loo",
        REMOVED,
        "`{symbol}` no longer lists {value}; any text is still accepted by the type",
        "check whether the server still takes it",
    ),
    response=("ooo", REMOVED, "`{symbol}` no longer lists {value}"),
)
NULL_ADDED = by_direction(
    "null-added",
    request=("ooo", CHANGED, "`{symbol}` may be `None` now"),
    response=(
        "lbl",
        CHANGED,
        "`{symbol}` can be `None` now",
        "programs have to handle `None`; an empty value would leave them alone",
    ),
)
NULL_REMOVED = by_direction(
    "null-removed",
    request=("bbo", CHANGED, "`{symbol}` may not be `None` any more", "keep accepting `null`"),
    response=("olo", CHANGED, "`{symbol}` is never `None` any more", _REFUSED),
)
VARIANT_ADDED = by_direction(
    "variant-added",
    request=("ooo", ADDED, "`{symbol}` takes `{variant}`"),
    response=(
        "olo",
        ADDED,
        "`{symbol}` can be `{variant}`",
        "old clients see an `UnknownVariant`; an exhaustive `match` needs a look",
    ),
)
VARIANT_REMOVED = by_direction(
    "variant-removed",
    request=("bbo", REMOVED, "`{symbol}` no longer takes `{variant}`", "keep accepting it, deprecated, for a release"),
    response=("olo", REMOVED, "`{symbol}` is never `{variant}` any more", _REFUSED),
)
UNION_ORDER_CHANGED = rule(
    "union-order-changed",
    "ool",
    CHANGED,
    "the variants of `{symbol}` have another order: {new} instead of {old}",
    "a value that fits several of them, or none, becomes the first one: give them a property that tells them apart",
)
TAG_CHANGED = rule(
    "union-tag-changed",
    "boo",
    CHANGED,
    "in `{symbol}`, {new} stands for `{variant}` instead of {old}",
    "old clients see an `UnknownVariant`: send the old tag to old API versions",
)
DISCRIMINATOR_CHANGED = rule(
    "discriminator-changed",
    "boo",
    CHANGED,
    "the variants of `{symbol}` are told apart by `{new}` instead of `{old}`",
    "keep sending the old property for old clients",
)
DISCRIMINATOR_CHANGED_KEPT = rule(
    "discriminator-changed-kept",
    "ooo",
    INTERNAL,
    "the variants of `{symbol}` are told apart by `{new}` instead of `{old}`, which still tells them apart",
)
DISCRIMINATOR_ADDED = rule(
    "discriminator-added",
    "ool",
    CHANGED,
    "the variants of `{symbol}` are told apart by `{new}`",
    "values of which the first class that fits was taken may be of another class now",
)
DISCRIMINATOR_REMOVED = rule(
    "discriminator-removed",
    "bol",
    CHANGED,
    "the variants of `{symbol}` have no tag any more (it was `{old}`): the first that fits is taken",
    "keep a property that tells them apart: old clients see an `UnknownVariant` where there is none",
)
