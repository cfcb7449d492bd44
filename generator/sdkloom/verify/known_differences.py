"""Where the generated package differs from the reference models on purpose, or these from the schema. Nothing else is
let through."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class KnownDifference:
    """One row of the table. `check` is the check that counts it."""

    id: str
    check: str
    what: str
    why: str


TABLE: list[KnownDifference] = []


def _row(id: str, check: str, what: str, why: str) -> KnownDifference:
    row = KnownDifference(id=id, check=check, what=what, why=why)
    TABLE.append(row)
    return row


REQUIRED_NULLABLE = _row(
    "required-nullable",
    "static",
    "a key of a response is required and may be null; the field of the model is optional",
    "a server that leaves such a key out breaks no client: null and absent both read as `None`",
)
READ_ONLY = _row(
    "read-only",
    "static",
    "a property that is `readOnly` is left out of what is sent",
    "OpenAPI says that it should not be sent; the reference models have one class for both directions",
)
WRITE_ONLY = _row(
    "write-only",
    "static",
    "a property that is `writeOnly` is left out of responses",
    "OpenAPI says that it should not come; the reference models have one class for both directions",
)
OPTIONAL_BODY = _row(
    "optional-body",
    "static",
    "the body of a request may be left out; none of its parameters is required",
    "the method can be called without any; the reference model is that of a body that is sent",
)
FOLDED = _row(
    "folded-union",
    "static",
    "an object with properties and alternatives has the keys of the alternatives too, all optional",
    "it becomes one class (the generator warns with LOW017); there is a reference model for each alternative",
)
REQUIRED_UNDECLARED = _row(
    "required-undeclared",
    "static",
    "a name is listed in `required` and declared nowhere; there is no field of that name",
    "its type is unknown; the reference model has a field of any type (LOW048 warns of a typo)",
)
LOST_PART = _row(
    "lost-part",
    "static",
    "a property that a part of an `allOf` declares is missing in the reference model",
    "datamodel-code-generator loses it where several parts are merged; the schema, read plainly, declares it",
)

NULL_FOR_OPTIONAL = _row(
    "null-for-optional",
    "payloads",
    "a key that may be left out may be null, too, though its schema doesn't say so",
    "servers send null for what they don't have; a reference model refuses it where its key is without null",
)
MISSING_NULLABLE = _row(
    "missing-nullable",
    "payloads",
    "a required key that may be null may be left out of a response",
    "the same as `required-nullable` of the check `static`, with a payload",
)
WRITE_ONLY_KEY = _row(
    "write-only-key",
    "payloads",
    "a `writeOnly` key that comes in a response all the same is kept as it is",
    "the same as `write-only` of the check `static`, with a payload",
)
BOUNDS = _row(
    "bounds",
    "payloads",
    "minimum, maxLength, pattern, multipleOf and the like are not checked in responses",
    "they say nothing about the type; a response that breaks them is still of use",
)
FORMATS = _row(
    "formats",
    "payloads",
    "uuid, email, uri, ipv4 and other formats than dates are text",
    "the value reaches the caller as the server wrote it; the reference models have a type for each of these formats",
)
EXTRA_KEYS = _row(
    "extra-keys",
    "payloads",
    "keys that the schema forbids (`additionalProperties: false`) are accepted in responses",
    "a new field of the API breaks no client",
)
FREE_OBJECT = _row(
    "free-object",
    "payloads",
    "an object without declared keys is `object`, which takes any JSON",
    "there is nothing to offer for it; the reference model insists on an object",
)
ONLY_NULL = _row(
    "only-null",
    "payloads",
    "a property that can only be null is `object`, which takes any JSON",
    "it is there for what may come later",
)
FOLDED_PAYLOAD = _row(
    "folded-payload",
    "payloads",
    "of an object with properties and alternatives, the alternatives are not told apart",
    "the same as `folded-union` of the check `static`, with a payload",
)
UNSAID = _row(
    "unsaid",
    "payloads",
    "`propertyNames`, `prefixItems`, `not`, `if`, `contains` and the like are not checked",
    "no Python type says it; the generator warns of what is lost (LOW019, LOW022, LOW023)",
)
AMBIGUOUS = _row(
    "ambiguous",
    "payloads",
    "the reference model takes a value for another variant of a union than the generated classes do",
    "the schema allows both, and no discriminator of the document decides",
)
NULL_APART = _row(
    "null-apart",
    "payloads",
    "a named schema that allows null is named without it",
    "`None` stands where the name is used: `Optional[Name]`",
)
REFERENCE_STRICTER = _row(
    "reference-stricter",
    "payloads",
    "the reference model refuses what the schema allows",
    "JSON Schema itself (`jsonschema-rs`) sides with the generated class",
)
REFERENCE_LAXER = _row(
    "reference-laxer",
    "payloads",
    "the reference model accepts what the schema forbids, all leniency of the generated classes included",
    "JSON Schema itself (`jsonschema-rs`) sides with the generated class",
)
REFERENCE_REWRITES = _row(
    "reference-rewrites",
    "payloads",
    "the reference model writes a value in another way than it came, the generated class exactly as it came",
    "both say the same: a URL with a slash at its end, a duration or a time spelled differently",
)
