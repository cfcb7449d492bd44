"""Documents: versions, operations, messages, security."""

from __future__ import annotations

import random
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdkloom.diagnostics.model import DiagnosticSink, Severity
from sdkloom.document.model import Document, JsonObject, Operation, ParameterIn, Ref, Schema
from sdkloom.document.parse import parse_document
from sdkloom.source.load import load
from sdkloom.source.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..documents import parse, parsed

SPEC = Path(__file__).resolve().parents[3] / "spec" / "anthropic.yaml"

OPERATION = """
paths:
  /pets/{id}:
    summary: Pets
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: limit, in: query, schema: {type: integer}}
    servers: [{url: "https://{zone}.example.com", variables: {zone: {default: eu, enum: [eu, us]}}}]
    post:
      operationId: change_pet
      tags: [pets]
      summary: Change
      description: Change a pet
      deprecated: true
      parameters:
        - {name: limit, in: query, required: true, schema: {type: string}, style: form, explode: false}
        - {name: X-Trace, in: header, schema: {type: string}}
      requestBody:
        required: true
        description: The pet
        content:
          application/json:
            schema: {type: object}
            examples: {one: {value: {name: Tom}}, two: {externalValue: two.json}}
          multipart/form-data:
            schema: {type: object}
            encoding: {photo: {contentType: image/png, headers: {X-Size: {schema: {type: integer}}}}}
      responses:
        "200":
          description: The pet
          headers: {X-Left: {description: Calls, schema: {type: integer}}}
          content: {application/json: {schema: {type: object}, example: {name: Tom}}}
        4XX: {description: No}
        default: {description: Whatever}
      security: [{}, {Key: []}, {Login: [read, write], Key: []}]
      callbacks: {changed: {}}
      x-mine: 1
components:
  securitySchemes:
    Key: {type: apiKey, name: X-Key, in: header, description: Yours}
    Login: {type: oauth2, flows: {}}
    Token: {type: http, scheme: bearer, bearerFormat: JWT}
"""


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.2.0", "3.1.0-rc1"])
def test_versions(version: str) -> None:
    assert parsed("paths: {}\n", version).version == version


@pytest.mark.parametrize(("version", "codes"), [("2.0", ["DOC003"]), ("3.3.0", ["DOC003"]), ("x", ["DOC003"])])
def test_other_versions(version: str, codes: list[str]) -> None:
    document, found = parse("paths: {}\n", version)
    assert document is None
    assert found == codes


def test_operation() -> None:
    document = parsed(OPERATION)
    (operation,) = document.operations
    assert (operation.method, operation.path) == ("post", "/pets/{id}")
    assert (operation.operation_id, operation.tags, operation.deprecated) == ("change_pet", ("pets",), True)
    assert (operation.summary, operation.description) == ("Change", "Change a pet")
    assert [(p.name, p.location, p.required) for p in operation.parameters] == [
        ("id", ParameterIn.PATH, True),
        ("limit", ParameterIn.QUERY, True),
        ("X-Trace", ParameterIn.HEADER, False),
    ]
    limit = operation.parameters[1]
    assert (limit.schema, limit.style, limit.explode) == (Schema(types=("string",)), "form", False)
    assert operation.servers[0].variables[0].enum == ("eu", "us")
    assert operation.callbacks == ("changed",)
    assert operation.extensions == JsonObject((("x-mine", 1),))
    assert operation.pointer == "/paths/~1pets~1{id}/post"
    assert operation.span.line == 11


def test_messages() -> None:
    operation = parsed(OPERATION).operations[0]
    body = operation.request_body
    assert body is not None
    assert (body.required, body.description) == (True, "The pet")
    json, form = body.content
    assert (json.media_type, json.examples) == ("application/json", (JsonObject((("name", "Tom"),)),))
    assert (form.encoding[0].property_name, form.encoding[0].content_type) == ("photo", "image/png")
    assert form.encoding[0].headers[0].name == "X-Size"
    assert [response.status for response in operation.responses] == ["200", "4XX", "default"]
    good = operation.responses[0]
    assert (good.headers[0].name, good.headers[0].description) == ("X-Left", "Calls")
    assert good.content[0].examples == (JsonObject((("name", "Tom"),)),)


def test_security() -> None:
    document = parsed(OPERATION)
    assert document.operations[0].security is not None
    assert [alternative.schemes for alternative in document.operations[0].security] == [
        (),
        (("Key", ()),),
        (("Login", ("read", "write")), ("Key", ())),
    ]
    key, login, token = document.security_schemes
    assert (key.kind, key.location, key.parameter_name, key.description) == ("apiKey", "header", "X-Key", "Yours")
    assert (login.kind, token.scheme, token.bearer_format) == ("oauth2", "bearer", "JWT")
    assert parsed("paths: {/a: {get: {responses: {}}}}").operations[0].security is None


def test_what_3_2_adds() -> None:
    document = parsed(
        """
paths:
  /pets:
    query: {responses: {"200": {content: {text/event-stream: {itemSchema: {type: object}}}}}}
    additionalOperations: {COPY: {responses: {}}}
    get: {parameters: [{name: q, in: querystring, content: {application/json: {}}}]}
tags: [{name: pets, summary: Pets, kind: nav}]
""",
        "3.2.0",
    )
    assert [operation.method for operation in document.operations] == ["get", "query", "COPY"]
    assert document.operations[0].parameters[0].location is ParameterIn.QUERYSTRING
    assert document.operations[1].responses[0].content[0].item_schema == Schema(types=("object",))
    assert document.tags[0].summary == "Pets"


def test_webhooks_and_documents_without_paths() -> None:
    document = parsed("webhooks: {born: {post: {operationId: born, responses: {}}}}\n")
    assert [(operation.method, operation.path) for operation in document.webhooks] == [("post", "born")]
    assert document.operations == ()


def test_info() -> None:
    sink = DiagnosticSink()
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '2', summary: S, description: D, termsOfService: U, "
        "license: {name: MIT, identifier: MIT}, contact: {email: A}, x-a: 1}\nexternalDocs: {url: E}\ncomponents: {}\n"
    )
    document = parse_document("a.yaml", lambda path: text, sink)
    assert document is not None
    assert not sink.diagnostics
    info = document.info
    assert (info.title, info.version, info.summary, info.description) == ("T", "2", "S", "D")
    assert (info.terms_of_service, document.documentation) == ("U", "E")
    assert info.license is not None and (info.license.name, info.license.identifier) == ("MIT", "MIT")
    assert info.contact is not None and (info.contact.name, info.contact.email) == (None, "A")


def test_nothing_to_read() -> None:
    def read(path: str) -> str:
        raise PermissionError(13, "Permission denied", path)

    sink = DiagnosticSink()
    assert parse_document("a.yaml", read, sink) is None
    assert [diagnostic.message for diagnostic in sink.diagnostics] == ["`a.yaml` can't be read: permission denied"]


def test_the_real_document() -> None:
    sink = DiagnosticSink()
    document = parse_document(str(SPEC), lambda path: Path(path).read_text("utf-8"), sink)
    assert document is not None
    assert not sink.diagnostics
    assert {operation.path for operation in document.operations} >= {"/v1/messages", "/v1/messages?beta=prompt_caching"}
    known = {f"{named.file}#{named.pointer}" for named in document.schemas}
    assert {found.target for found in refs(document)} <= known


def refs(value: object) -> list[Ref]:
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, tuple):
        return [found for item in value for found in refs(item)]
    if attrs.has(type(value)):
        return [found for field in attrs.fields(type(value)) for found in refs(getattr(value, field.name))]
    return []


@pytest.mark.parametrize(
    ("operation", "codes"),
    [
        ("{requestBody: {$ref: 3}, responses: {}}", ["DOC006"]),
        ("{parameters: [{$ref: [x]}, 3], responses: {}}", ["DOC006", "DOC006"]),
        ("{responses: {200: [], 404: {content: /}}}", ["DOC136", "DOC006"]),
        ("{responses: {}, security: {Key: []}}", ["DOC036", "DOC136"]),
        ("{responses: {}, security: [Key]}", ["DOC006"]),
        ("{responses: {}, servers: [{url: 3}]}", ["DOC008"]),
        ("{responses: {}, deprecated: 1}", ["DOC136"]),
        ("{responses: {}, tags: [1, [a]]}", ["DOC008", "DOC136"]),
        ("[]", ["DOC136"]),
        ("null", ["DOC136"]),
    ],
)
def test_wrong_shapes(operation: str, codes: list[str]) -> None:
    document, found = parse(f"paths: {{/a: {{get: {operation}}}}}\n")
    assert document is not None
    assert found == codes


JUNK = ["null", "true", "3", "1.5", '""', "x", "[]", "{}", "[null]", "{$ref: '#'}", "{$ref: 3}", "{$ref: '#/paths'}"]


@given(st.integers(0, 2**32), st.sampled_from([1, 3, 10]))
def test_no_document_is_too_wrong(seed: int, changes: int) -> None:
    """Parts of a sound document are replaced, and nothing but diagnostics comes of it."""
    chooser = random.Random(seed)
    text = flow(changed(OPERATION, chooser, changes))
    sink = DiagnosticSink()
    document = parse_document("a.yaml", lambda path: text, sink)
    assert isinstance(document, Document) or sink.has_errors
    assert all(isinstance(diagnostic.severity, Severity) for diagnostic in sink.diagnostics)


def changed(text: str, chooser: random.Random, changes: int) -> Node:
    root = load("a.yaml", "openapi: 3.0.0\ninfo: {title: T, version: '1'}" + text, DiagnosticSink())
    assert root is not None
    for _ in range(changes):
        collections = [found for found in walk(root) if below(found)]
        chosen = chooser.choice(collections)
        junk = load("junk", chooser.choice(JUNK[1:]), DiagnosticSink())
        assert junk is not None
        if isinstance(chosen, MappingNode):
            key = chooser.choice(list(chosen.entries))
            chosen.entries[key] = junk
            if chooser.random() < 0.3:
                del chosen.entries[key]
        elif isinstance(chosen, SequenceNode):
            chosen.items[chooser.randrange(len(chosen.items))] = junk
    return root


def below(node: Node) -> list[Node]:
    if isinstance(node, ScalarNode):
        return []
    return node.items if isinstance(node, SequenceNode) else list(node.entries.values())


def walk(node: Node) -> list[Node]:
    return [node, *[found for child in below(node) for found in walk(child)]]


def flow(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f'"{key}": {flow(value)}' for key, value in node.entries.items()) + "}"
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(flow, node.items)) + "]"
    return f"'{node.value}'" if isinstance(node.value, str) else node.text or "null"


def test_an_operation_is_frozen() -> None:
    operation = parsed(OPERATION).operations[0]
    assert isinstance(operation, Operation)
    assert hash(operation) == hash(parsed(OPERATION).operations[0])
    assert operation == parsed("# moved\n" + OPERATION).operations[0]
