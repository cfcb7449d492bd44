"""Verdicts that no program can decide, and why. `make prove` tells if an entry isn't needed any more."""

from __future__ import annotations

_GUESS = "that the two are the same is a guess: a program sees that one went and another came"
_AS_THEY_ARE = "bodies are sent as they are; what is put into paths and headers depends on its place"
_UNDECLARED = "the only pair is about undeclared keys, and the server of the tests sends none"
_SCOPES = "which scopes a token has, only the server that issued it knows"
_OPEN = "the document takes any text, now as before"

UNDECIDED: dict[str, dict[str, str]] = {
    "discriminator-removed": {"runtime": "that tags go on coming, which nobody asks for any more, no document says"},
    "hook-misses-variant": {
        "runtime": "what hand-written code makes of a variant that it doesn't know, only its author knows"
    },
    "parameter-became-list": {"runtime": "one value is sent as it was; a program that reads the parameters can see it"},
    "request-default-changed": {"wire": "what a server takes for something that is left out shows in no message"},
    "request-key-likely-renamed": {"wire": _GUESS},
    "request-known-value-removed": {"wire": _OPEN},
    "request-text-class-changed": {"runtime": _AS_THEY_ARE},
    "request-type-changed": {"runtime": _AS_THEY_ARE},
    "response-field-likely-renamed": {"wire": _GUESS},
    "response-kinds-changed": {"wire": _UNDECLARED, "runtime": _UNDECLARED},
    "response-value-likely-renamed": {"wire": _GUESS, "runtime": _GUESS},
    "security-changed": {"wire": _SCOPES, "runtime": _SCOPES},
}
"""By rule and column."""
