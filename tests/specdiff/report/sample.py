"""A report made by hand from the rules of the table: a part of the real spec, and a revision that has it all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import attrs

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.diagnostics.span import Span
from sdkloom.source.load import load
from sdkloom.source.nodes import MappingNode, Node
from sdkloom.specdiff.model import Bump, Finding, Ignored, Report, Version
from sdkloom.specdiff.rules import RULES

BASE = "main:spec/anthropic.yaml"
REVISION = "spec/anthropic.yaml"

AWKWARD = '<script>alert("1 | 2")</script> `tick @octocat #12 🦜 \u05e9\u05dc\u05d5\u05dd \u202edcba &amp; _it_ %0A ::'
"""Markup, a lone backtick, a mention, an issue, an emoji, Hebrew, a mark that turns the direction, an entity."""

LONG = "Literal[" + ", ".join(f'"claude-{number}"' for number in range(60)) + "]"

_EDITS = (
    ("  /v1/messages:\n", "  /v1/chat/messages:\n"),
    ("                  minimum: 1\n", f"                  minimum: 1\n                  default: {len(AWKWARD)}\n"),
    ("                  maximum: 1\n                  description: |-\n                    How", None),
    ("            - claude-instant-1.2\n", "            - claude-3-5-haiku-20241022\n"),
    ("Its format and length may change.", "Its format and length may change. " + "So don't parse it. " * 30),
    ("        stop_sequence:\n", "        stop_text:\n"),
    ("stop_sequence, tool_use, null]", "stop_sequence, tool_use, pause_turn, null]"),
    ("required: [input_tokens, output_tokens]\n", "required: [input_tokens, output_tokens, service_tier]\n"),
    (
        "tokens that were written.\n",
        "tokens that were written.\n        service_tier:\n          type: string\n          description: The tier.\n",
    ),
    ('ToolUseBlock"\n      discriminator', 'ToolUseBlock"\n        - $ref: ThinkingBlock\n      discriminator'),
    ("required: [input_schema, name]", "required: [description, input_schema, name]"),
    ("A tool that the model may call.", AWKWARD.replace(" #", " ").replace(": ", " ").replace("::", "")),
)


def base_text() -> str:
    return (Path(__file__).parent / "data" / "base.yaml").read_text(encoding="utf-8")


def revision_text() -> str:
    """The base with the edits, without `top_k`, and with Windows line ends."""
    text = base_text()
    for old, new in _EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new if new is not None else old.replace("maximum: 1", "maximum: 2"))
    start, end = (text.index(f"                {name}: &{name}\n") for name in ("top_k", "top_p"))
    return (text[:start] + text[end:]).replace("\n", "\r\n")


@attrs.frozen
class Spec:
    """One of the two files. A place is a path of keys, with dots; `""` is no place."""

    name: str
    text: str

    def span(self, path: str) -> Span | None:
        if not path:
            return None
        node: Node | None = load(self.name, self.text, DiagnosticSink())
        for key in path.split("."):
            assert isinstance(node, MappingNode)
            node = node.entries[key]
        assert node is not None
        return node.span


def finding(
    rule_id: str,
    base: Span | None = None,
    revision: Span | None = None,
    *,
    symbols: Iterable[str] = (),
    files: Iterable[str] = (),
    words: Iterable[str] = (),
    suggestion: str | None = None,
    pointer: str = "",
    **facts: str,
) -> Finding:
    rule = RULES[rule_id]
    listed = tuple(symbols)
    facts.setdefault("symbol", listed[0] if listed else "")
    return Finding(
        rule=rule,
        key=":".join([*listed, *facts.values()]),
        message=rule.wording.format(**facts),
        hint=rule.hint.format(**facts) if rule.hint else None,
        symbols=listed,
        pointer=pointer,
        base=base,
        revision=revision,
        files=tuple(files),
        words=tuple(words),
        suggestion=suggestion,
        facts=tuple(facts.items()),
        resource=_resource(listed),
    )


def _resource(symbols: tuple[str, ...]) -> str:
    return "client.messages" if symbols and symbols[0].startswith(("client.", "anthropic.types.")) else "client"


def _folded(findings: list[Finding]) -> list[Finding]:
    """The new type follows from the new variant, the second value from the first, the second text from the first."""
    first: dict[str, str] = {}
    made: list[Finding] = []
    for found in findings:
        kind = {"type-added": "response-variant-added"}.get(found.rule.id, found.rule.id)
        cause = first.setdefault(kind, found.id) if kind in _FOLDED else ""
        made.append(found if cause in ("", found.id) else attrs.evolve(found, cause=cause))
    return made


_FOLDED = ("response-variant-added", "response-value-added")


def sample() -> Report:
    """Findings of all groups, ignored ones, suggestions, places in both files, diffs of the code, awkward texts."""
    base, revision = Spec(BASE, base_text()), Spec(REVISION, revision_text())
    findings = _folded([*_methods(base, revision), *_responses(base, revision), *_others(base, revision)])
    return Report(
        base="main",
        revision="working tree",
        package="anthropic",
        findings=tuple(sorted(findings, key=lambda found: -found.verdict.worst.rank)),
        ignored=_ignored(),
        version=Version(
            level=Bump.MAJOR, bump=Bump.MINOR, before="0.34.2", given="0.34.3", due="0.35.0", is_enough=False
        ),
        changelog=_CHANGELOG,
        sources={base.name: base.text, revision.name: revision.text},
        code=_code(),
    )


def empty() -> Report:
    return Report(
        base="HEAD~3:spec/anthropic.yaml",
        revision="spec/anthropic.yaml",
        package="anthropic",
        findings=(),
        version=Version(level=Bump.NONE, bump=Bump.NONE, before="0.34.2", given="0.34.2", due="0.34.2", is_enough=True),
        changelog="",
    )


def small() -> Report:
    """One finding of each group, for the formats that say much about each."""
    report = sample()
    chosen = ("response-field-likely-renamed", "response-field-added-required", "api-version-changed", "docs-changed")
    found = {finding.rule.id: finding for finding in reversed(report.findings) if finding.rule.id in chosen}
    return attrs.evolve(
        report,
        findings=tuple(found[rule] for rule in chosen),
        ignored=report.ignored[:1],
        code={_USAGE: report.code[_USAGE]},
    )


def large(count: int) -> Report:
    """The findings of the sample over and over, each with a key of its own."""
    report = sample()
    rounds = [
        attrs.evolve(found, key=f"{found.key}:{number}", cause="", resource=f"client.part_{number % 40}")
        for number in range(count)
        for found in report.findings
    ]
    ordered = sorted(rounds[:count], key=lambda found: -found.verdict.worst.rank)
    assert len({found.id for found in ordered}) == count
    return attrs.evolve(report, findings=tuple(ordered))


_CREATE = "client.messages.create"
_PARAMETERS = "paths./v1/messages.post.requestBody.content.application/json.schema.properties"
_MOVED = _PARAMETERS.replace("/v1/messages", "/v1/chat/messages")
_SCHEMAS = "components.schemas"
_RESOURCE = "src/anthropic/resources/messages.py"
_USAGE = "src/anthropic/types/usage.py"


def _parameter(base: Spec, revision: Spec, name: str) -> tuple[Span | None, Span | None]:
    return base.span(f"{_PARAMETERS}.{name}"), revision.span(f"{_MOVED}.{name}")


def _methods(base: Spec, revision: Spec) -> list[Finding]:
    return [
        finding(
            "parameter-removed",
            base.span(f"{_PARAMETERS}.top_k"),
            symbols=[f"{_CREATE}(top_k=)", "client.messages.stream(top_k=)"],
            files=[_RESOURCE],
            words=["top_k"],
        ),
        finding(
            "endpoint-moved",
            base.span("paths./v1/messages"),
            revision.span("paths./v1/chat/messages"),
            symbols=[_CREATE, "client.messages.stream"],
            endpoint="post /v1/chat/messages",
            old_endpoint="post /v1/messages",
            files=[_RESOURCE],
            words=["/v1/chat/messages"],
        ),
        finding(
            "request-default-changed",
            *_parameter(base, revision, "max_tokens"),
            symbols=[f"{_CREATE}(max_tokens=)"],
            new=AWKWARD,
            old="nothing",
        ),
        finding(
            "request-limit-widened",
            *_parameter(base, revision, "temperature"),
            symbols=[f"{_CREATE}(temperature=)"],
            what="at most 2 instead of 1",
        ),
        finding(
            "docs-changed", *_parameter(base, revision, "top_p"), symbols=[f"{_CREATE}(top_p=)"], files=[_RESOURCE]
        ),
        finding("timeout-changed", symbols=["anthropic.Anthropic"], what="timeout", new="300", old="600"),
        finding(
            "base-url-changed",
            symbols=["anthropic.Anthropic", "anthropic.AsyncAnthropic"],
            new="https://eu.api.anthropic.com/v1_beta",
            old="https://api.anthropic.com",
        ),
    ]


def _responses(base: Spec, revision: Spec) -> list[Finding]:
    message, content = f"{_SCHEMAS}.Message.properties", f"{_SCHEMAS}.ContentBlock"
    return [
        finding(
            "response-field-likely-renamed",
            base.span(f"{message}.stop_sequence"),
            revision.span(f"{message}.stop_text"),
            symbols=["anthropic.types.Message.stop_text", "anthropic.types.Message.stop_sequence"],
            old="anthropic.types.Message.stop_sequence",
            suggestion=(
                "deprecated_names:\n  anthropic.types.Message.stop_sequence: anthropic.types.Message.stop_text\n"
            ),
        ),
        finding(
            "response-value-added",
            base.span(f"{message}.stop_reason.enum"),
            revision.span(f"{message}.stop_reason.enum"),
            symbols=["anthropic.types.Message.stop_reason"],
            value='`"pause_turn"`',
        ),
        finding(
            "response-value-added",
            base.span(f"{message}.stop_reason.enum"),
            revision.span(f"{message}.stop_reason.enum"),
            symbols=["anthropic.types.Message.stop_reason"],
            value='`"refusal"`',
        ),
        finding(
            "response-field-added-required",
            revision=revision.span(f"{_SCHEMAS}.Usage.properties.service_tier"),
            symbols=["anthropic.types.Usage.service_tier"],
            pointer="#/components/schemas/Usage/properties/service_tier",
            files=[_USAGE],
            words=["service_tier"],
        ),
        finding(
            "response-variant-added",
            base.span(content),
            revision.span(content),
            symbols=["anthropic.types.ContentBlock", *(f"anthropic.types.Event{number}" for number in range(9))],
            variant="ThinkingBlock",
        ),
        finding("type-added", revision=revision.span(content), symbols=["anthropic.types.ThinkingBlock"]),
        *_models(base, revision),
        finding(
            "docs-changed",
            base.span(f"{message}.id"),
            revision.span(f"{message}.id"),
            symbols=["anthropic.types.Message.id"],
        ),
    ]


def _models(base: Spec, revision: Spec) -> list[Finding]:
    known = {"symbols": ["anthropic.types.Model"], "files": ["src/anthropic/types/model.py"]}
    return [
        finding(
            "request-known-value-removed",
            base.span(f"{_SCHEMAS}.Model"),
            revision.span(f"{_SCHEMAS}.Model"),
            value='`"claude-instant-1.2"`',
            words=["claude-instant-1.2"],
            **known,
        ),
        finding(
            "request-known-value-added",
            base.span(f"{_SCHEMAS}.Model"),
            revision.span(f"{_SCHEMAS}.Model"),
            value='`"claude-3-5-haiku-20241022"`',
            words=["claude-3-5-haiku-20241022"],
            **known,
        ),
    ]


def _others(base: Spec, revision: Spec) -> list[Finding]:
    tool = f"{_SCHEMAS}.Tool"
    return [
        finding(
            "request-key-became-required",
            base.span(f"{tool}.required"),
            revision.span(f"{tool}.required"),
            symbols=['anthropic.types.ToolParam["description"]'],
        ),
        finding(
            "request-type-changed",
            base.span(tool),
            revision.span(tool),
            symbols=['anthropic.types.ToolParam["name"]'],
            new=LONG,
            old="str",
        ),
        finding(
            "type-renamed",
            base.span(f"{tool}.properties.input_schema"),
            revision.span(f"{tool}.properties.input_schema"),
            symbols=["anthropic.types.tool_param.ToolInputSchema", "anthropic.types.tool_param.InputSchema"],
            old="anthropic.types.tool_param.InputSchema",
            suggestion="deprecated_names:\n  anthropic.types.InputSchema: anthropic.types.ToolInputSchema\n",
        ),
        finding("api-version-changed", new="2024-10-22", old="2023-06-01"),
    ]


def _ignored() -> tuple[Ignored, ...]:
    return (
        Ignored(
            finding=finding("method-removed", symbols=["client.completions.create"], endpoint="post /v1/complete"),
            reason="Nobody calls it: <b>the endpoint</b> responses 410 since June.",
            expires="2026-12-31",
        ),
        Ignored(
            finding=finding("retries-changed", new="3", old="2"), reason="Agreed with support.", expires="2026-09-30"
        ),
    )


_USAGE_BEFORE = '''\
class Usage(BaseModel):
    """How many tokens."""

    output_tokens: int
    """Written."""
'''

_MODEL_BEFORE = """\
Model: TypeAlias = Union[
    str,
    Literal[
        "claude-2.0",
        "claude-instant-1.2",
    ],
]
"""

_RESOURCE_BEFORE = f'''\
    def create(
        self,
        *,
        top_k: int | Omit = OMIT,
        top_p: float | Omit = OMIT,
    ) -> Message:
{"        # nothing that changes" * 12}
        """Sample: <script>alert(1)</script>."""
        return self._post("/v1/messages")
'''.replace("changes        #", "changes\n        #")


def _code() -> dict[str, str]:
    model = "src/anthropic/types/model.py"
    resource = _RESOURCE_BEFORE.replace("        top_k: int | Omit = OMIT,\n", "").replace("/v1/m", "/v1/chat/m")
    return {
        _RESOURCE: _unified(_RESOURCE, _RESOURCE_BEFORE, resource),
        model: _unified(model, _MODEL_BEFORE, _MODEL_BEFORE.replace("instant-1.2", "3-5-haiku-20241022")),
        _USAGE: _unified(_USAGE, _USAGE_BEFORE, f'{_USAGE_BEFORE}\n    service_tier: str\n    """The tier."""\n'),
    }


def _unified(path: str, before: str, after: str) -> str:
    made = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(made)


_CHANGELOG = """\
## 0.35.0

### Removed

- `client.messages.create(top_k=)`

### Changed

- `anthropic.types.ToolParam["description"]` must be given now; <details> and ``` stay as they are, long as the line is

### Added

- `anthropic.types.Usage.service_tier`
"""
