"""Which keys OpenAPI's objects have, and since which version (`name@3.1`)."""

from __future__ import annotations

Version = tuple[int, int]


def _keys(words: str) -> dict[str, Version]:
    table: dict[str, Version] = {}
    for word in words.split():
        name, _, since = word.partition("@")
        major, minor = (since or "3.0").split(".")
        table[name] = (int(major), int(minor))
    return table


_HEADER = "description required deprecated style explode schema content example examples"
_PARAMETER = f"{_HEADER} name in allowEmptyValue allowReserved"

KEYS: dict[str, dict[str, Version]] = {
    "OpenAPI": _keys(
        "openapi info servers paths components security tags externalDocs webhooks@3.1 jsonSchemaDialect@3.1 $self@3.2"
    ),
    "Info": _keys("title summary@3.1 description termsOfService contact license version"),
    "License": _keys("name url identifier@3.1"),
    "Contact": _keys("name url email"),
    "External Documentation": _keys("description url"),
    "Server": _keys("url description variables name@3.2"),
    "Server Variable": _keys("enum default description"),
    "Components": _keys(
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks "
        "pathItems@3.1 mediaTypes@3.2"
    ),
    "Callback": {},
    "Path Item": _keys(
        "$ref summary description servers parameters get put post delete options head patch trace "
        "query@3.2 additionalOperations@3.2"
    ),
    "Operation": _keys(
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated "
        "security servers"
    ),
    "Parameter": _keys(_PARAMETER),
    "Header": _keys(_HEADER),
    "Request Body": _keys("description content required"),
    "Response": _keys("description headers content links summary@3.2"),
    "Media Type": _keys("schema example examples encoding itemSchema@3.2 prefixEncoding@3.2 itemEncoding@3.2"),
    "Encoding": _keys(
        "contentType headers style explode allowReserved encoding@3.2 prefixEncoding@3.2 itemEncoding@3.2"
    ),
    "Example": _keys("summary description value externalValue dataValue@3.2 serializedValue@3.2"),
    "Tag": _keys("name description externalDocs summary@3.2 parent@3.2 kind@3.2"),
    "Security Scheme": _keys(
        "type description name in scheme bearerFormat flows openIdConnectUrl oauth2MetadataUrl@3.2 deprecated@3.2"
    ),
    "OAuth Flows": _keys("implicit password clientCredentials authorizationCode deviceAuthorization@3.2"),
    "OAuth Flow": _keys("authorizationUrl tokenUrl refreshUrl scopes deviceAuthorizationUrl@3.2"),
    "Discriminator": _keys("propertyName mapping defaultMapping@3.2"),
}
"""Keys by object, named as in the specification. Keys that begin with `x-` are allowed everywhere."""

IGNORED = frozenset({"$self", "prefixEncoding", "itemEncoding"})
"""Keys that mean something for an SDK and are not supported."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
