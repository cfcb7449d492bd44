"""Which rule reports the way back of a change. A rule that isn't here is its own mirror image."""

from __future__ import annotations

_PAIRS = {
    "credential-added": "credential-removed",
    "body-optional": "body-required",
    "server-option-added": "server-option-removed",
    "server-value-added": "server-value-removed",
    "stream-event-added": "stream-event-removed",
    "constant-added": "constant-removed",
    "export-added": "export-removed",
    "helper-added": "helper-removed",
    "streaming-added": "streaming-removed",
    "pages-added": "pages-removed",
    "deprecated": "undeprecated",
    "parameter-added": "parameter-removed",
    "parameter-keyword-only": "parameter-positional",
    "parameter-became-required": "parameter-became-optional",
    "type-added": "type-removed",
    "response-field-added": "response-optional-field-removed",
    "response-field-added-required": "response-field-removed",
    "response-field-became-required": "response-field-became-optional",
    "request-key-added": "request-key-removed",
    "request-key-became-required": "request-key-became-optional",
    "method-added": "method-removed",
    "name-kept": "name-no-longer-kept",
    "discriminator-added": "discriminator-removed",
    "endpoint-added-unused": "endpoint-removed-unused",
    "error-added": "error-removed",
    "response-header-added": "response-header-removed",
    "security-tightened": "security-loosened",
    "status-added": "status-removed",
    "component-added": "component-removed",
    "response-header-noted": "response-header-changed",
    "value-deprecated": "value-undeprecated",
    "webhook-added": "webhook-removed",
    **{
        f"{direction}-{one}": f"{direction}-{other}"
        for direction in ("request", "response")
        for one, other in (
            ("enum-became-class", "enum-became-literal"),
            ("keys-closed", "keys-opened"),
            ("known-value-added", "known-value-removed"),
            ("limit-narrowed", "limit-widened"),
            ("media-added", "media-removed"),
            ("null-added", "null-removed"),
            ("type-narrowed", "type-widened"),
            ("value-added", "value-removed"),
            ("variant-added", "variant-removed"),
        )
    },
}

REVERSE = {
    **_PAIRS,
    **{other: one for one, other in _PAIRS.items()},
    # Both ways of adding are undone by one removal, and a method without its endpoint comes back as a new one.
    "parameter-added-required": "parameter-removed",
    "request-key-added-required": "request-key-removed",
    "method-dropped": "method-added",
    "deprecated-method-removed": "method-added",
    "error-status-added": "error-status-changed",
    # What the package chose because it was offered, it can't choose any more.
    "body-kind-chosen": "body-kind-changed",
    "body-kind-chosen-anew": "body-kind-changed",
    "response-kind-chosen": "response-kind-changed",
    "parameter-became-list": "request-type-changed",
    # The way back of what only checkers notice is something that more than they do.
    "request-items-changed": "request-null-removed",
    "response-items-changed": "response-null-added",
    # What failures lose, programs may have read.
    "error-noted": "error-changed",
    # Requests that take another class take texts, too.
    "request-text-class-changed": "request-type-widened",
    "request-number-class-changed": "request-type-widened",
    # What a hook misses, it misses no longer when the variant goes.
    "hook-misses-variant": "response-variant-removed",
    # The way back of a rename that sdk.yaml keeps is one that it doesn't keep.
    "request-value-renamed-kept": "request-value-likely-renamed",
    **{
        f"{renamed}-kept": renamed
        for renamed in (
            "attribute-renamed",
            "method-likely-renamed",
            "method-renamed",
            "parameter-likely-renamed",
            "parameter-renamed",
            "resource-renamed",
            "response-field-likely-renamed",
            "type-renamed",
        )
    },
}
