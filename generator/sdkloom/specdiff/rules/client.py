"""The client, the package, and the events of streams."""

from __future__ import annotations

from .rule import ADDED, CHANGED, DEPRECATED, INTERNAL, KEEP, REMOVED, rule

_BOTH_VARIABLES = "export both variables until everybody has moved"

# Credentials

CREDENTIAL_ADDED = rule("credential-added", "ooo", ADDED, "the clients take `{option}=`")
CREDENTIAL_REMOVED = rule(
    "credential-removed",
    "obb",
    REMOVED,
    "the clients no longer take `{option}=`",
    "keep the scheme until everybody has other credentials",
)
CREDENTIAL_RENAMED = rule(
    "credential-renamed",
    "obb",
    CHANGED,
    "the clients take `{option}=` instead of `{old}=`",
    "keep the option's name in sdk.yaml",
)
CREDENTIAL_HEADER_CHANGED = rule(
    "credential-header-changed",
    "boo",
    CHANGED,
    "`{option}` is sent as `{new}` instead of `{old}`",
    "accept both on the server for old clients",
)
CREDENTIAL_ENV_CHANGED = rule(
    "credential-env-changed", "oob", CHANGED, "`{option}` is read from {new} instead of {old}", _BOTH_VARIABLES
)
CREDENTIAL_ORDER_CHANGED = rule(
    "credential-order-changed",
    "ool",
    CHANGED,
    "where several credentials are set, another one is sent: the order is {new}",
    "only programs that set more than one are touched",
)

RAW_SECURITY_CHANGED = rule(
    "raw-security-changed",
    "oob",
    CHANGED,
    "requests that no method makes, such as those of `client.post`, need {new} now; {old} was enough",
    "`security` of `client` in sdk.yaml says what they need",
)

# Options that choose a server

SERVER_OPTION_ADDED = rule(
    "server-option-added", "ooo", ADDED, "the clients take `{option}=`, which chooses the server"
)
SERVER_OPTION_REMOVED = rule(
    "server-option-removed", "obb", REMOVED, "the clients no longer take `{option}=`", "name the server in sdk.yaml"
)
SERVER_VALUE_ADDED = rule("server-value-added", "ooo", ADDED, "`{option}` may be {values}")
SERVER_VALUE_REMOVED = rule(
    "server-value-removed", "obb", REMOVED, "`{option}` may no longer be {values}", "name the server in sdk.yaml"
)

# What the clients do unless they are told otherwise

BASE_URL_CHANGED = rule(
    "base-url-changed",
    "lol",
    CHANGED,
    "requests go to {new} instead of {old}",
    "keep the old address alive for old clients; firewalls and proxies may have to learn the new one",
)
BASE_URL_ENV_CHANGED = rule(
    "base-url-env-changed",
    "oob",
    CHANGED,
    "the base URL is read from {new} instead of {old}",
    _BOTH_VARIABLES,
    keeping="client:\n  base_url_env: {old}\n",
)
LOG_ENV_CHANGED = rule(
    "log-env-changed",
    "ool",
    CHANGED,
    "the log level is read from {new} instead of {old}",
    keeping="client:\n  log_env: {old}\n",
)
HTTP_LIBRARY_CHANGED = rule(
    "http-library-changed",
    "obb",
    CHANGED,
    "the clients are built on {new} instead of {old}",
    "timeouts, exceptions and responses are those of the new one, unless `http_client` is of the old one",
)
LIMITS_SHOWN_CHANGED = rule(
    "limits-shown-changed",
    "ooo",
    CHANGED,
    "`limits` in sdk.yaml is {new} instead of {old}: type checkers and the package itself don't look at them",
)
CLIENT_HEADER_CHANGED = rule(
    "client-header-changed",
    "loo",
    CHANGED,
    "every request sends the header `{header}` {how}",
    "check that the server still takes what old clients send",
)
TIMEOUT_CHANGED = rule(
    "timeout-changed",
    "ool",
    CHANGED,
    "the {what} is {new} s by default; it was {old} s",
    "pass the old value to be safe",
)
RETRIES_CHANGED = rule(
    "retries-changed",
    "ool",
    CHANGED,
    "failed requests are sent again up to {new} times by default; it was {old}",
    "pass `max_retries` to be safe",
)
CONNECTIONS_CHANGED = rule("connections-changed", "ool", CHANGED, "the pool keeps up to {new} {what}; it was {old}")
IDEMPOTENCY_HEADER_CHANGED = rule(
    "idempotency-header-changed",
    "loo",
    CHANGED,
    "the key by which the server knows a repeated request is sent as {new} instead of {old}",
    "a server that reads only one of them runs repeated requests twice",
)

EXTRA_QUERY_CHANGED = rule(
    "extra-query-changed",
    "ool",
    CHANGED,
    "{what} in `extra_query` and `default_query` are written as {new} instead of {old}",
    "programs that send such parameters need a look",
)

# Events of streams

STREAM_EVENT_ADDED = rule("stream-event-added", "ooo", ADDED, "streams{of} give events called `{event}`")
STREAM_EVENT_REMOVED = rule(
    "stream-event-removed",
    "ool",
    REMOVED,
    "streams{of} no longer give events called `{event}`",
    "old clients still know them: the server may go on sending them",
)
STREAM_END_CHANGED = rule(
    "stream-end-changed",
    "lol",
    CHANGED,
    "a stream{of} is complete after {new}; it was {old}",
    "to old clients a stream without their mark has broken off",
)
STREAM_MARK_CHANGED = rule(
    "stream-mark-changed",
    "boo",
    CHANGED,
    "data that says that a stream{of} is complete is {new}; it was {old}",
    "old clients take another mark for an item: send them the old one",
)
STREAM_SKIPPED_CHANGED = rule("stream-skipped-changed", "ooo", INTERNAL, "streams{of} drop {new}; it was {old}")
STREAM_ERROR_CHANGED = rule(
    "stream-error-changed",
    "loo",
    CHANGED,
    "the event{of} that raises is {new} instead of {old}",
    "old clients don't see the new one as an error",
)
ERROR_STATUS_ADDED = rule(
    "error-status-added", "ooo", ADDED, "an error `{error}` in a stream raises the exception of status {new}"
)
ERROR_STATUS_CHANGED = rule(
    "error-status-changed",
    "oob",
    CHANGED,
    "an error `{error}` in a stream raises the exception of {new}; it was {old}",
    "catch the base class of both",
)

# The package

CONSTANT_ADDED = rule("constant-added", "ooo", ADDED, "`{symbol}` is new")
CONSTANT_REMOVED = rule("constant-removed", "obb", REMOVED, "`{symbol}` was removed", "keep it for a release")
CONSTANT_CHANGED = rule("constant-changed", "ool", CHANGED, "`{symbol}` is {new}; it was {old}")
EXPORT_ADDED = rule("export-added", "ooo", ADDED, "`{symbol}` is new")
EXPORT_REMOVED = rule("export-removed", "obb", REMOVED, "`{symbol}` was removed", "keep the export for a release")
CLIENT_RENAMED = rule(
    "client-renamed",
    "obb",
    CHANGED,
    "`{old}` is now called `{symbol}`",
    KEEP,
    keeping="client:\n  {key}: {name}\n",
)
PACKAGE_RENAMED = rule(
    "package-renamed",
    "obb",
    CHANGED,
    "the package is imported as {new} instead of {old}",
    f"{KEEP}, or publish a last version under the old name that imports the new one",
    keeping="package:\n  import_name: {old}\n",
)
DISTRIBUTION_RENAMED = rule(
    "distribution-renamed",
    "oob",
    CHANGED,
    "the package is installed as {new} instead of {old}",
    f"{KEEP}, or publish a last version under the old name that depends on the new one",
    keeping="package:\n  distribution: {old}\n",
)
BASE_ERROR_RENAMED = rule(
    "base-error-renamed",
    "obb",
    CHANGED,
    "the base of all errors is called {new} instead of {old}",
    KEEP,
    keeping="package:\n  base_error: {old}\n",
)
VERSION_CHANGED = rule("version-changed", "ooo", INTERNAL, "the version of the package is {new}; it was {old}")
PACKAGE_TEXT_CHANGED = rule("package-text-changed", "ooo", INTERNAL, "the {what} of the package changed")
NAME_KEPT = rule("name-kept", "ooo", DEPRECATED, "`{symbol}` works as an old name of `{new}`, and warns")
NAME_NO_LONGER_KEPT = rule(
    "name-no-longer-kept",
    "obb",
    REMOVED,
    "`{symbol}`, the old name of `{new}`, was removed",
    "keep it in `deprecated_names` for as long as you promised",
)
