"""The page of rules, `docs/lint-rules.md`."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import lint_catalog
from ..diagnostics.lint_catalog import Advice
from ..diagnostics.model import Rule

_HEAD = """\
# Rules of `sdkloom lint`

Made by `sdkloom lint --rules`, not by hand. [lint.md](lint.md) tells how to use it. A word between braces stands for
what a message is about. Besides these, `lint` shows all that the generator has to say about a document.
"""
_GROUPS = {"Names": "00", "Responses": "01", "Requests": "02", "Schemas": "03", "Documentation": "04"}


def advices() -> tuple[Advice, ...]:
    """Return the rules, in the order of the catalog."""
    return tuple(value for value in vars(lint_catalog).values() if isinstance(value, Advice))


def reasons() -> dict[str, str]:
    """Return the reasons by the codes of their rules."""
    return {advice.rule.code: advice.reason for advice in advices()}


def render() -> str:
    """Return the page: of every rule its code, its grade, what it says, why, and the fix."""
    return "\n".join([_HEAD, *(part for title, tens in _GROUPS.items() for part in _group(title, tens)), *_baselines()])


def _group(title: str, tens: str) -> Iterator[str]:
    yield from (
        f"## {title}",
        "",
        "| code | grade | what is found | why it matters | what to do |",
        "|---|---|---|---|---|",
    )
    for advice in advices():
        rule = advice.rule
        if rule.code.startswith(f"LNT{tens}"):
            cells = (f"`{rule.code}`", rule.severity.value, _text(rule.wording), advice.reason, _text(rule.hint))
            yield f"| {' | '.join(cells)} |"
    yield ""


def _baselines() -> Iterator[str]:
    yield from ("## Baselines", "", "| code | grade | what is found | what to do |", "|---|---|---|---|")
    for rule in vars(lint_catalog).values():
        if isinstance(rule, Rule):
            yield f"| `{rule.code}` | {rule.severity.value} | {_text(rule.wording)} | {_text(rule.hint)} |"
    yield ""


def _text(text: str | None) -> str:
    return (text or "").replace("{{", "{").replace("}}", "}").replace("|", "\\|")
