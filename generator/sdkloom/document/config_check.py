"""sdk.yaml and other files of ours against their schemas: every violation as a located diagnostic."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..diagnostics import catalog, config_catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean, nearest
from ..diagnostics.span import Span
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe, plain
from .config_levels import level_hint
from .licenses import spdx_expression
from .reader import check_finite

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_SURROGATE = re.compile("[\ud800-\udfff]")

SCHEMA_FILE = Path(__file__).with_name("sdk.schema.json")

_WAYS = ("scheme", "header", "query", "cookie")
"""How a credential can be sent."""

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "`true` or `false`",
}


def check(root: Node, sink: DiagnosticSink) -> bool:
    """Return whether `root` is a valid sdk.yaml. Everything that is wrong with it is reported."""
    if not check_shape(root, SCHEMA_FILE, sink):
        return False
    found = [each(root, sink) for each in (_check_license, _check_credentials, _check_output, _check_decimals)]
    return all(found)


def check_shape(root: Node, schema_file: Path, sink: DiagnosticSink) -> bool:
    """Return whether `root` is valid by the JSON Schema in `schema_file`. Everything that is wrong is reported."""
    if not check_finite(root, sink) or not _check_texts(root, sink):
        return False
    schema = _schema(schema_file)
    errors = list(_validator(schema_file).iter_errors(plain(root)))
    for error in errors:
        _report(error, root, schema, sink)
    return not errors


def _check_texts(root: Node, sink: DiagnosticSink) -> bool:
    """Report surrogates without their twin, which JSON Schema doesn't provide for."""
    pending, sound = [root], True
    while pending:
        node = pending.pop()
        if isinstance(node, MappingNode):
            texts = [(key, node.key_span(key)) for key in node.entries]
            pending += node.entries.values()
        elif isinstance(node, SequenceNode):
            texts = []
            pending += node.items
        else:
            texts = [(str(node.value), node.span)]
        for text, span in texts:
            found = None if text.isascii() else _SURROGATE.search(text)
            if found:
                sink.report(catalog.CONFIG_SURROGATE, span, text=text, char=f"U+{ord(found[0]):04X}")
                sound = False
    return sound


@functools.cache
def _schema(file: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(file.read_text("utf-8")))


@functools.cache
def _validator(file: Path) -> Validator:
    from jsonschema_rs import validator_for  # not needed for a document without sdk.yaml

    return validator_for(_schema(file))


def _is_misspelt(key: str, node: Node, declared: dict[str, Any]) -> bool:
    """Whether a key that isn't known, which is reported by itself, was meant for the missing one."""
    known = declared.get("properties", {})
    return isinstance(node, MappingNode) and any(
        nearest(name, known) == key for name in node.entries if name not in known
    )


def _report(error: ValidationError, root: Node, schema: dict[str, Any], sink: DiagnosticSink) -> None:
    path = list(error.instance_path)
    node, key = _locate(root, path)
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    rule = str(error.schema_path[-1])
    kind: Any = error.kind
    if rule == "additionalProperties":
        _report_unknown(kind.unexpected, node, _schema_at(schema, error.schema_path[:-1]), schema, sink)
    elif rule == "required":
        if _is_misspelt(kind.property, node, _schema_at(schema, error.schema_path[:-1])):
            return
        sink.report(catalog.CONFIG_MISSING_KEY, key or node.span, key=kind.property, where=_where(path))
    elif rule == "type":
        what = f"`{name}`" if name else "the file"
        what = f"each item of {what}" if isinstance(path[-1] if path else None, int) else what
        types = [str(type_) for type_ in kind.types]
        due = " or ".join([_KINDS.get(type_, type_) for type_ in types])
        hint = f'put it in quotes: `"{_text(node)}"`' if _is_unquoted(node, types) else None
        sink.report(catalog.CONFIG_WRONG_SHAPE, node.span, hint=hint, what=what, due=due, found=describe(node))
    elif rule == "enum":
        options = [str(option) for option in kind.options]
        hint = did_you_mean(_text(node), options, f"one of {', '.join(f'`{option}`' for option in options)}")
        sink.report(catalog.CONFIG_BAD_VALUE, node.span, hint=hint, key=name, value=_text(node))
    elif rule == "uniqueItems":
        _report_twice(node, sink)
    elif kind.name == "propertyNames":
        bad = str(kind.error.instance)
        span = _key_span(node, bad)
        sink.report(catalog.CONFIG_BAD_NAME, span, hint=_explain(_schema_at(schema, error.schema_path[:-1])), name=bad)
    else:
        hint = _explain(_schema_at(schema, error.schema_path[:-1]))
        sink.report(catalog.CONFIG_BAD_VALUE, node.span, hint=hint, key=name, value=_text(node))


def _report_unknown(
    names: Sequence[str], node: Node, schema: dict[str, Any], root: dict[str, Any], sink: DiagnosticSink
) -> None:
    known = list(schema.get("properties", {}))
    for name in names:
        span = _key_span(node, name)
        value = node.entries.get(name) if isinstance(node, MappingNode) else None
        hint = None if value is None else level_hint(name, value, schema, root)
        hint = hint or did_you_mean(name, known, f"keys are {', '.join(known)}" if known else None)
        sink.report(catalog.CONFIG_UNKNOWN_KEY, span, hint=hint, key=name)


def _key_span(node: Node, name: str) -> Span:
    """Where a key stands; the node itself, if it can't be told which mapping has it (below an empty key)."""
    return node.key_span(name) if isinstance(node, MappingNode) and name in node.entries else node.span


def _report_twice(node: Node, sink: DiagnosticSink) -> None:
    first: dict[str, Span] = {}
    for item in node.items if isinstance(node, SequenceNode) else ():
        name = _text(item)
        if name in first:
            related = [Related(message="first listed here", span=first[name])]
            sink.report(catalog.CONFIG_LISTED_TWICE, item.span, related=related, name=name)
        first.setdefault(name, item.span)


def _explain(schema: dict[str, Any]) -> str | None:
    """The description of the schema that refused, as a hint."""
    text = str(schema.get("description", ""))
    return text[:1].lower() + text[1:].removesuffix(".") or None


def _schema_at(schema: dict[str, Any], path: Sequence[str | int]) -> dict[str, Any]:
    here: Any = schema
    for step in path:
        here = here[step]
    return cast("dict[str, Any]", here)


def _locate(root: Node, path: Sequence[str | int]) -> tuple[Node, Span | None]:
    """The node at `path`, and its key."""
    node, key = root, None
    for step in path:
        if isinstance(node, MappingNode):
            if str(step) not in node.entries:
                break  # the validator leaves empty keys out of the path
            key = node.key_span(str(step))
            node = node.entries[str(step)]
        elif isinstance(node, SequenceNode) and isinstance(step, int):
            key = None
            node = node.items[step]
    return node, key


def _where(path: Sequence[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{text[1:]}`" if text else "the file"


def _text(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else describe(node)


def _is_unquoted(node: Node, types: Sequence[str]) -> bool:
    return isinstance(node, ScalarNode) and node.value is not None and "string" in types


def _check_license(root: Node, sink: DiagnosticSink) -> bool:
    """What is no SPDX expression can't be built into a package."""
    package = root.entries.get("package") if isinstance(root, MappingNode) else None
    node = package.entries.get("license") if isinstance(package, MappingNode) else None
    if not isinstance(node, ScalarNode) or node.value is False or spdx_expression(node.text) is not None:
        return True
    sink.report(config_catalog.NO_SPDX, node.span, text=node.text)
    return False


def _check_decimals(root: Node, sink: DiagnosticSink) -> bool:
    """A `Decimal` is sent as a text or as a number: in one package not now as this, now as that."""
    found = [_first_decimal(root, key) for key in ("formats", "numbers")]
    if not all(found):
        return True
    related = [Related(message="texts are `Decimal`, too", span=node.span) for node in found[:1] if node]
    for node in found[1:]:
        if node:
            sink.report(config_catalog.DECIMALS_OF_TWO_KINDS, node.span, related=related)
    return False


def _first_decimal(root: Node, key: str) -> Node | None:
    said = root.entries.get(key) if isinstance(root, MappingNode) else None
    nodes = said.entries.values() if isinstance(said, MappingNode) else [said]
    return next((node for node in nodes if isinstance(node, ScalarNode) and node.value == "Decimal"), None)


def _check_credentials(root: Node, sink: DiagnosticSink) -> bool:
    """Each needs one way in which it is sent: a scheme of the document, or a place and a name."""
    client = root.entries.get("client") if isinstance(root, MappingNode) else None
    listed = client.entries.get("credentials") if isinstance(client, MappingNode) else None
    sound = True
    for node in listed.items if isinstance(listed, SequenceNode) else ():
        keys = node.entries if isinstance(node, MappingNode) else {}
        ways = [key for key in _WAYS if key in keys]
        if len(ways) != 1:
            sink.report(config_catalog.CREDENTIAL_WAYS, node.span, found=" and ".join(ways) or "none")
            sound = False
        for key, owner in (("prefix", "header"), ("part", "scheme")):
            if key in keys and ways and owner not in ways:
                sink.report(config_catalog.CREDENTIAL_KEY, keys[key].span, key=key, owner=owner)
                sound = False
    return sound


def _check_output(root: Node, sink: DiagnosticSink) -> bool:
    """What the example prints must be a Python expression on one line."""
    node = root
    for key in ("readme", "example", "output"):
        if not isinstance(node, MappingNode) or key not in node.entries:
            return True
        node = node.entries[key]
    try:
        ast.parse(_text(node), mode="eval")
        sound = _text(node).isprintable()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        sound = False
    if not sound:
        hint = "it is a Python expression on one line, such as `message.content`"
        sink.report(catalog.CONFIG_BAD_VALUE, node.span, hint=hint, key="output", value=_text(node))
    return sound
