"""The additions that spec/README.md shows, made as it says: YAML with `…` for what is there, laid over the files."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent

_SECTION = re.compile(r"^### (An? .*?)\n(.*?)(?=^##|\Z)", re.M | re.S)
_BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.M | re.S)


def additions() -> dict[str, dict[str, str]]:
    """What each section adds, by spec file: `A field` → {`anthropic.yaml`: …}."""
    text = (ROOT / "spec" / "README.md").read_text(encoding="utf-8")
    return {title: dict(_BLOCK.findall(body)) for title, body in _SECTION.findall(text)}


def laid_over(text: str, addition: str) -> str:
    """The text of a spec file with all that `addition` has in addition, each thing behind its neighbours."""
    addition = "".join(f"{line}\n" for line in addition.splitlines() if line.strip() not in ("…", "- …"))
    while True:
        grown = _grown(text, addition, yaml.compose(text), yaml.compose(addition))
        if grown is None:
            return text
        text = grown


def _grown(text: str, addition: str, there: yaml.Node, new: yaml.Node) -> str | None:
    """The text with the first thing that it lacks; `None` if it lacks nothing."""
    if isinstance(new, yaml.MappingNode):
        assert isinstance(there, yaml.MappingNode)
        values = {key.value: value for key, value in there.value}
        for key, value in new.value:
            if key.value not in values:
                return _inserted(text, addition, there, key.start_mark, value.end_mark)
            deeper = _grown(text, addition, values[key.value], value)
            if deeper is not None:
                return deeper
    elif isinstance(new, yaml.SequenceNode):
        known = [yaml.serialize(item) for item in there.value]
        for item in new.value:
            if yaml.serialize(item) not in known:
                return _inserted(text, addition, there, item.start_mark, item.end_mark)
    else:
        assert yaml.serialize(there) == yaml.serialize(new), new.start_mark
    return None


def _inserted(text: str, addition: str, there: yaml.Node, start: yaml.Mark, end: yaml.Mark) -> str:
    if there.flow_style:
        at = there.end_mark.index - 1
        return f"{text[:at]}, {addition[start.index : end.index].strip()}{text[at:]}"
    new = addition.splitlines()[start.line : _last(addition, end) + 1]
    indent = len(new[0]) - len(new[0].lstrip())
    first = there.value[0][0] if isinstance(there, yaml.MappingNode) else there
    lines = text.splitlines()
    at = _last(text, there.end_mark) + 1
    lines[at:at] = [" " * first.start_mark.column + line[indent:] if line.strip() else "" for line in new]
    return "".join(f"{line}\n" for line in lines)


def _last(text: str, end: yaml.Mark) -> int:
    """The last line before a mark that holds more than space and comments."""
    lines = text.splitlines()
    line = end.line if end.line < len(lines) and lines[end.line][: end.column].strip() else end.line - 1
    while not lines[line].strip() or lines[line].lstrip().startswith("#"):
        line -= 1
    return line
