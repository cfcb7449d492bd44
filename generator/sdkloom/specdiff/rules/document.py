"""What stands in the document and not in the SDK: limits, formats, errors, headers, security, documentation."""

from __future__ import annotations

from .rule import (
    ADDED,
    CHANGED,
    DEPRECATED,
    DOCUMENTATION,
    INTERNAL,
    REMOVED,
    by_direction,
    rule,
)

_OLD_SENDERS = "old clients may still send such values"

# Limits of values

LIMIT_NARROWED = by_direction(
    "limit-narrowed",
    request=("boo", CHANGED, "`{symbol}` takes less: {what}", "keep accepting what old clients send"),
    response=("ooo", INTERNAL, "`{symbol}` stays within closer limits: {what}"),
)
LIMIT_WIDENED = by_direction(
    "limit-widened",
    request=("ooo", CHANGED, "`{symbol}` takes more: {what}"),
    response=(
        "ool",
        CHANGED,
        "`{symbol}` can go beyond its earlier limits: {what}",
        "programs that rely on the limit, such as columns of a database, need a look",
    ),
)
FORMAT_CHANGED = by_direction(
    "format-changed",
    request=("loo", CHANGED, "the format of `{symbol}` changed: {what}", _OLD_SENDERS),
    response=(
        "lol",
        CHANGED,
        "the format of `{symbol}` changed: {what}",
        "programs that parse the text need a look",
    ),
)
KEYS_CLOSED = by_direction(
    "keys-closed",
    request=(
        "loo",
        CHANGED,
        "`{symbol}` no longer takes undeclared keys",
        "requests with `extra_body` or additional keys may be refused",
    ),
    response=("ooo", INTERNAL, "`{symbol}` no longer has undeclared keys"),
)
KEYS_OPENED = by_direction(
    "keys-opened",
    request=("ooo", CHANGED, "`{symbol}` takes undeclared keys now"),
    response=("ooo", INTERNAL, "`{symbol}` may have undeclared keys"),
)
REQUEST_DEFAULT_CHANGED = rule(
    "request-default-changed",
    "loo",
    CHANGED,
    "where `{symbol}` is left out, the server takes {new}; it was {old}",
    "programs that leave it out get other results",
)
CONDITION_CHANGED = by_direction(
    "condition-changed",
    request=(
        "boo",
        CHANGED,
        "`{symbol}` has other conditions ({what}), which no Python type can express",
        _OLD_SENDERS,
    ),
    response=("ooo", INTERNAL, "`{symbol}` has other conditions ({what}), which no Python type can express"),
)

RESPONSE_KINDS_CHANGED = rule(
    "response-kinds-changed",
    "lol",
    CHANGED,
    "`{symbol}` can be {what} in JSON",
    "old clients don't expect such values, and keep them as they come",
)
RESPONSE_DEFAULT_DOCUMENTED = rule(
    "response-default-documented",
    "ooo",
    INTERNAL,
    "the document gives `{symbol}` the default {new} instead of {old}; responses say what it is",
)
RESPONSE_ABSENCE_CHANGED = rule(
    "response-absence-changed", "ooo", CHANGED, "`{symbol}` {how}; in Python it is `None` where there is nothing"
)
VALUE_DEPRECATED = rule(
    "value-deprecated",
    "ooo",
    DEPRECATED,
    "the value {value} of `{symbol}` is deprecated",
    "tell in its description what to use",
)
VALUE_UNDEPRECATED = rule(
    "value-undeprecated", "ooo", CHANGED, "the value {value} of `{symbol}` is no longer deprecated"
)

# Components that nothing refers to

COMPONENT_ADDED = rule("component-added", "ooo", INTERNAL, "`{symbol}` is new in the document; nothing refers to it")
COMPONENT_REMOVED = rule(
    "component-removed", "loo", INTERNAL, "`{symbol}` is no longer in the document; nothing referred to it"
)
COMPONENT_CHANGED = rule(
    "component-changed",
    "loo",
    INTERNAL,
    "`{symbol}` changed, and nothing refers to it",
    "events and messages that no endpoint names are often described so",
)

# Requests and responses

REQUEST_MEDIA_ADDED = rule("request-media-added", "ooo", INTERNAL, "{endpoint} takes bodies of type `{media}`")
REQUEST_MEDIA_REMOVED = rule(
    "request-media-removed",
    "loo",
    CHANGED,
    "{endpoint} no longer takes bodies of type `{media}`",
    "clients in other languages may send it",
)
RESPONSE_MEDIA_ADDED = rule("response-media-added", "ooo", INTERNAL, "{endpoint} can respond with `{media}`")
RESPONSE_MEDIA_REMOVED = rule(
    "response-media-removed",
    "loo",
    CHANGED,
    "{endpoint} no longer responds with `{media}`",
    "clients in other languages may ask for it",
)
STATUS_ADDED = rule(
    "status-added",
    "lol",
    CHANGED,
    "{endpoint} can succeed with status {status}",
    "programs that compare `status_code` need a look",
)
STATUS_REMOVED = rule("status-removed", "ooo", CHANGED, "{endpoint} no longer succeeds with status {status}")
ERROR_ADDED = rule("error-added", "ool", CHANGED, "{endpoint} can fail with status {status}")
ERROR_REMOVED = rule("error-removed", "ooo", CHANGED, "{endpoint} no longer documents a failure with status {status}")
ERROR_CHANGED = rule(
    "error-changed",
    "lol",
    CHANGED,
    "failures of {endpoint} with status {status} have another body",
    "programs that read `error.body` need a look",
)
ERROR_NOTED = rule(
    "error-noted",
    "ooo",
    INTERNAL,
    "bodies of failures of {endpoint} with status {status} changed; what programs read of them is as it was",
)
RESPONSE_HEADER_ADDED = rule(
    "response-header-added", "ooo", ADDED, "responses of {endpoint} have the header `{header}`"
)
RESPONSE_HEADER_REMOVED = rule(
    "response-header-removed",
    "lol",
    REMOVED,
    "responses of {endpoint} no longer have the header `{header}`",
    "programs that read it from a raw response need a look",
)
RESPONSE_HEADER_CHANGED = rule(
    "response-header-changed",
    "lol",
    CHANGED,
    "the header `{header}` in responses of {endpoint} {how}",
    "programs that read it from a raw response need a look",
)
RESPONSE_HEADER_NOTED = rule(
    "response-header-noted", "ooo", CHANGED, "the header `{header}` in responses of {endpoint} {how}"
)
OTHER_METHOD_ADDED = rule("endpoint-added-unused", "ooo", INTERNAL, "the API has {endpoint}; sdk.yaml skips it")
OTHER_METHOD_REMOVED = rule(
    "endpoint-removed-unused",
    "boo",
    INTERNAL,
    "the API has no {endpoint} any more; the package never had a method for it",
    "clients in other languages, and calls of `client.post` by hand, are touched",
)
OTHER_METHOD_CHANGED = rule(
    "endpoint-changed-unused", "loo", INTERNAL, "{endpoint} changed; the package has no method for it"
)
WEBHOOK_ADDED = rule("webhook-added", "ooo", ADDED, "`{symbol}` is a new webhook")
WEBHOOK_REMOVED = rule(
    "webhook-removed",
    "lbb",
    REMOVED,
    "the API no longer sends `{symbol}`",
    "send it, marked as deprecated, until nobody waits for it",
)
WEBHOOK_CHANGED = rule(
    "webhook-changed",
    "loo",
    INTERNAL,
    "what the API sends as the webhook `{symbol}` changed",
)
CALLBACK_CHANGED = rule("callback-changed", "loo", INTERNAL, "the callback `{name}` of {endpoint} was {how}")

# Security and servers

SECURITY_TIGHTENED = rule(
    "security-tightened", "bol", CHANGED, "{what} needs {new} now", "requests without it are refused: announce it first"
)
SECURITY_LOOSENED = rule("security-loosened", "ooo", CHANGED, "{what} accepts {new}, too")
SECURITY_CHANGED = rule(
    "security-changed", "lol", CHANGED, "{what} needs {new} instead of {old}", "accept both until old clients are gone"
)
SECURITY_REPLACED = rule(
    "security-replaced",
    "bob",
    CHANGED,
    "{what} needs {new}; clients send {old}",
    "accept both until old clients are gone",
)
SCHEME_CHANGED = rule(
    "security-scheme-changed",
    "lol",
    CHANGED,
    "the credentials `{symbol}` {how}",
    "programs that fetch tokens need a look",
)
SCHEME_NOTED = rule("security-scheme-noted", "ooo", INTERNAL, "the document {how} the credentials `{symbol}`")
SERVERS_CHANGED = rule("servers-changed", "loo", INTERNAL, "{what} has other servers: {new} instead of {old}")

# Documentation

API_VERSION_CHANGED = rule("api-version-changed", "ooo", INTERNAL, "the version of the API is {new}; it was {old}")
OPENAPI_VERSION_CHANGED = rule(
    "openapi-version-changed", "ooo", INTERNAL, "the document is written in OpenAPI {new}; it was {old}"
)
DOCS_CHANGED = rule("docs-changed", "ooo", DOCUMENTATION, "the documentation of `{symbol}` changed")
DOCS_OF_DOCUMENT_CHANGED = rule(
    "document-docs-changed", "ooo", INTERNAL, "{what} changed in the document; no program sees it"
)
EXTENSION_CHANGED = rule(
    "extension-changed",
    "ooo",
    INTERNAL,
    "the extension `{name}` of `{symbol}` changed; what the package makes of it is told apart",
)
EXTENSION_DEPRECATED = rule(
    "extension-deprecated", "ooo", DEPRECATED, "`{name}`, which tells what is deprecated, {how} `{symbol}`"
)
OTHER_TEXT_CHANGE = rule(
    "other-text-change",
    "ooo",
    INTERNAL,
    "only texts, examples, the order of entries or marks that say nothing here changed",
)
OTHER_CHANGE = rule(
    "other-change",
    "loo",
    INTERNAL,
    "the document changed at `{symbol}` in a way that no rule describes",
    "compare the two texts",
)
