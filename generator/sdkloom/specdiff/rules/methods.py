"""Methods and their parameters."""

from __future__ import annotations

from .rule import ADDED, CHANGED, DEPRECATED, INTERNAL, REMOVED, SAME_ON_THE_WIRE, renamed, rule

METHOD_ADDED = rule("method-added", "ooo", ADDED, "`{symbol}` is new ({endpoint})")
METHOD_REMOVED = rule(
    "method-removed",
    "bbb",
    REMOVED,
    "`{symbol}` was removed: the API has no `{endpoint}` any more",
    "mark it as deprecated for a release before it goes",
)
METHOD_REMOVED_DEPRECATED = rule(
    "deprecated-method-removed",
    "bbb",
    REMOVED,
    "`{symbol}`, which was deprecated, was removed: the API has no `{endpoint}` any more",
)
METHOD_DROPPED = rule(
    "method-dropped",
    "obb",
    REMOVED,
    "`{symbol}` was removed, though the API still has `{endpoint}`",
    "`skip` in sdk.yaml leaves it out",
)
GONE = (METHOD_REMOVED, METHOD_REMOVED_DEPRECATED, METHOD_DROPPED)
"""All that is said of a method that went."""

METHOD_RENAMED = renamed("method-renamed", "obb", "`{old}` is now called `{symbol}`")
METHOD_LIKELY_RENAMED = renamed(
    "method-likely-renamed",
    "bbb",
    "`{old}` ({old_endpoint}) is probably now `{symbol}` ({endpoint})",
    "keep serving the old endpoint for old clients",
)
RESOURCE_RENAMED = renamed("resource-renamed", "obb", "`{old}` is now called `{symbol}`", kept_typing="l")
ENDPOINT_MOVED = rule(
    "endpoint-moved",
    "boo",
    CHANGED,
    "`{symbol}` is sent to `{endpoint}` instead of `{old_endpoint}`",
    "keep serving the old endpoint until old clients are gone",
)
METHOD_HEADER_CHANGED = rule(
    "method-header-changed",
    "loo",
    CHANGED,
    "`{symbol}` sends the header `{header}` {how}",
    "check that the server still takes what old clients send",
)
UNASKED_CHANGED = rule(
    "sent-unasked-changed",
    "loo",
    CHANGED,
    "by itself, `{symbol}` sends `{name}` {how}",
    "check that the server still takes what old clients send",
)
BODY_KIND_CHANGED = rule(
    "body-kind-changed",
    "boo",
    CHANGED,
    "`{symbol}` sends its body as {new} instead of {old}",
    "keep accepting the old form for old clients",
)
BODY_CHOSEN = rule(
    "body-kind-chosen",
    "ooo",
    CHANGED,
    "`{symbol}` sends its body as {new} instead of {old}; the API still takes what old clients send",
)
BODY_CHOSEN_ANEW = rule(
    "body-kind-chosen-anew",
    "obb",
    CHANGED,
    "`{symbol}` sends its body as {new} instead of {old}, by other parameters; the API still takes the old form",
    "programs have to give what the new form asks for",
)
BODY_GIVEN_OTHERWISE = rule(
    "body-given-otherwise",
    "obb",
    CHANGED,
    "`{symbol}` takes its body {new} instead of {old}",
    "programs have to give it by other arguments",
)
BODY_OPTIONAL = rule("body-optional", "ooo", CHANGED, "`{symbol}` may be called without a body")
BODY_REQUIRED = rule(
    "body-required",
    "boo",
    CHANGED,
    "`{symbol}` needs a body now",
    "old clients call it without one: keep accepting that",
)
RESPONSE_KIND_CHANGED = rule(
    "response-kind-changed", "bbb", CHANGED, "`{symbol}` gives {new} instead of {old}", "offer it as a new endpoint"
)
RESPONSE_CHOSEN = rule(
    "response-kind-chosen",
    "obb",
    CHANGED,
    "`{symbol}` gives {new} instead of {old}; the API still sends old clients what they ask for",
    "programs have to read the new form",
)
STREAMING_ADDED = rule(
    "streaming-added",
    "olo",
    ADDED,
    "`{symbol}` can stream: it gains overloads for `{param}=`",
    "a call that passes a `bool` whose value checkers don't know may give a stream now",
)
STREAMING_REMOVED = rule(
    "streaming-removed",
    "bbb",
    REMOVED,
    "`{symbol}` can't stream any more: it loses the overloads for `{param}=`",
    "keep the events for old clients",
)
STREAM_FORMAT_CHANGED = rule(
    "stream-format-changed",
    "bll",
    CHANGED,
    "`{symbol}` streams {new} instead of {old}",
    "offer it as a new endpoint: old clients can't read it; only streams of lines have an `http_response`",
)
PAGES_ADDED = rule(
    "pages-added",
    "obb",
    CHANGED,
    "`{symbol}` gives pages now, `{new}`: iterating over one gives the items, and its list is called `{attribute}`",
    "`page: false` at the method in sdk.yaml keeps the response as it was",
)
PAGES_REMOVED = rule(
    "pages-removed",
    "obb",
    CHANGED,
    "`{symbol}` no longer gives pages, but the plain response; it gave `{old}`",
    "name the pages at the method in sdk.yaml: `page: …`",
)
PAGE_CLASS_CHANGED = rule("page-class-changed", "obo", CHANGED, "`{symbol}` gives `{new}` instead of `{old}`")
PAGES_CHANGED = rule(
    "pages-changed",
    "loo",
    CHANGED,
    "`{symbol}` asks for pages in another way: {how}",
    "keep the old way working for old clients",
)
DEPRECATED_VALUES_CHANGED = rule(
    "deprecated-values-changed", "ool", DEPRECATED, "`{symbol}` {how}", "programs that turn warnings into errors stop"
)
MARKED_DEPRECATED = rule(
    "deprecated", "ooo", DEPRECATED, "`{symbol}` is deprecated", "tell in its description what to use"
)
NO_LONGER_DEPRECATED = rule("undeprecated", "ooo", CHANGED, "`{symbol}` is no longer deprecated")
HELPER_ADDED = rule("helper-added", "ooo", ADDED, "`{symbol}` is new (hand-written, like `{like}`)")
HELPER_REMOVED = rule("helper-removed", "obb", REMOVED, "`{symbol}` was removed", "keep it for a release, deprecated")
HELPER_CHANGED = rule(
    "helper-changed", "obb", CHANGED, "`{symbol}` {how}", "add a new method instead, and deprecate this one"
)
HOOK_MISSES_VARIANT = rule(
    "hook-misses-variant",
    "ool",
    CHANGED,
    "`{symbol}` (hand-written) doesn't know `{variant}`, a new variant of `{union}`",
    "see what it makes of one, then add `{tag}` to its `handles` in sdk.yaml",
)

# Parameters of methods

PARAMETER_ADDED = rule("parameter-added", "ooo", ADDED, "`{symbol}` is new, and optional")
PARAMETER_KEYWORD_ONLY = rule(
    "parameter-keyword-only",
    "obb",
    CHANGED,
    "`{symbol}` can only be given by name",
    "`path_parameters` in sdk.yaml says which may be given by position",
)
PARAMETER_POSITIONAL = rule("parameter-positional", "ooo", CHANGED, "`{symbol}` may be given by position too")
PARAMETER_ADDED_REQUIRED = rule(
    "parameter-added-required",
    "bbb",
    CHANGED,
    "`{symbol}` is new, and required: every call has to give it",
    "make it optional, with a default on the server",
)
PARAMETER_REMOVED = rule(
    "parameter-removed",
    "lbb",
    REMOVED,
    "`{symbol}` was removed",
    "let the server ignore it, and mark it as deprecated for a release before it goes",
)
PARAMETER_BECAME_REQUIRED = rule(
    "parameter-became-required",
    "bbb",
    CHANGED,
    "`{symbol}` must be given now",
    "keep it optional, with a default on the server",
)
PARAMETER_BECAME_OPTIONAL = rule("parameter-became-optional", "ooo", CHANGED, "`{symbol}` may be left out now")
PARAMETER_RENAMED = renamed("parameter-renamed", "obb", "`{old}` is now called `{symbol}`", note=SAME_ON_THE_WIRE)
PARAMETER_LIKELY_RENAMED = renamed(
    "parameter-likely-renamed",
    "bbb",
    "`{old}` is probably now `{symbol}`",
    "accept both on the server",
    remedy_if_kept="accept both on the server for old clients",
)
PARAMETER_WIRE_NAME_CHANGED = rule(
    "parameter-wire-name-changed",
    "boo",
    CHANGED,
    "`{symbol}` is sent as `{new}` instead of `{old}`",
    "accept both on the server for old clients",
)
PARAMETER_BECAME_LIST = rule(
    "parameter-became-list",
    "obl",
    CHANGED,
    "`{symbol}` takes {new} instead of {old}; one value is sent as it was",
    "programs have to pass a list",
)
PARAMETER_MOVED = rule(
    "parameter-moved",
    "boo",
    CHANGED,
    "`{symbol}` goes into the {new} instead of the {old}",
    "accept both on the server for old clients",
)
PARAMETER_ORDER_CHANGED = rule(
    "parameter-order-changed",
    "ooo",
    INTERNAL,
    "the keyword-only parameters of `{symbol}` have another order",
    "nothing to do: nobody can pass them by position",
)
POSITIONAL_ORDER_CHANGED = rule(
    "positional-order-changed",
    "obb",
    CHANGED,
    "the positional parameters of `{symbol}` have another order: {new} instead of {old}",
    "keep the order of the placeholders in the path",
)
PARAMETER_STYLE_CHANGED = rule(
    "parameter-style-changed",
    "boo",
    CHANGED,
    "`{symbol}` is written in another way: {new} instead of {old}",
    "accept both on the server for old clients",
)
