"""Short ways to documents for tests."""

from __future__ import annotations

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.model import Document, Schema, SchemaOrRef, SchemaRef
from sdkloom.document.parse import parse_document

HEAD = 'openapi: {version}\ninfo: {{title: Pets, version: "1"}}\n'


def parse(text: str, version: str = "3.1.0", **files: str) -> tuple[Document | None, list[str]]:
    """The document with `text` after its head, and the codes of what was reported. Files are named without `.yaml`."""
    sink = DiagnosticSink()
    texts = {f"{name}.yaml": content for name, content in files.items()}
    texts["api/spec.yaml"] = HEAD.format(version=version) + text

    def read(path: str) -> str:
        if path not in texts:
            raise FileNotFoundError(2, "No such file", path)
        return texts[path]

    document = parse_document("api/spec.yaml", read, sink)
    return document, [diagnostic.code for diagnostic in sink.diagnostics]


def parsed(text: str, version: str = "3.1.0", **files: str) -> Document:
    """A document without any message."""
    document, codes = parse(text, version, **files)
    assert not codes
    assert document is not None
    return document


def schemas(text: str, version: str = "3.1.0", **files: str) -> dict[str, SchemaOrRef]:
    """The schemas of a document, by name; `text` is what stands below `schemas:`, as flow mappings."""
    document = parsed(f"paths: {{}}\ncomponents: {{schemas: {text}}}\n", version, **files)
    return {named.name: named.schema for named in document.schemas}


def schema(text: str, version: str = "3.1.0") -> Schema:
    """One schema."""
    found = schemas(f"{{It: {text}}}", version)["It"]
    assert isinstance(found, Schema)
    return found


def ref(found: SchemaOrRef | None) -> SchemaRef:
    assert isinstance(found, SchemaRef)
    return found
