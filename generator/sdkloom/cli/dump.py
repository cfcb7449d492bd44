"""`sdkloom dump`: a stage's data as text: attrs objects as indented trees, the plan as one line per file."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

import attrs

from ..diagnostics.terminal import printable
from ..emit.plan import Copied, Rendered
from ..pipeline import Pipeline
from .command import Command
from .exit_codes import OK


@attrs.define
class Dump(Command):
    """One run of the command."""

    def execute(self, pipeline: Pipeline) -> int | None:
        """Run the stages up to the one that is asked for, and print what it gives."""
        stages = {"document": pipeline.document, "ir": pipeline.api, "plan": pipeline.plan}
        data = stages[self.options.stage]()
        if data is None:
            return None
        self.progress.clear()
        print("\n".join(map(printable, lines(data))))
        return OK


def lines(value: Any) -> Iterator[str]:
    """The lines of a dump; fields that have their default are left out."""
    if _is_plan(value):
        for file in value:
            source = file.source if isinstance(file, Copied) else file.template
            yield f"{file.path}  <-  templates/{source}{'' if isinstance(file, Copied) else _node(file.node)}"
        return
    yield from _tree("", value, 0)


def _is_plan(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, (Copied, Rendered)) for item in _items(value))


def _node(node: Any) -> str:
    name = getattr(node, "name", None) or "/".join(getattr(node, "path", ()))
    return f"  {type(node).__name__}{f' {name}' if name else ''}"


def _tree(label: str, value: Any, depth: int) -> Iterator[str]:
    margin = "  " * depth
    if _is_node(value):
        span = getattr(value, "span", None)
        place = f"  # {span}" if span is not None and span.file != "<none>" else ""
        yield f"{margin}{label}{value.__class__.__name__}{place}"
        cls: type[Any] = value.__class__
        for field in attrs.fields(cls):
            held = getattr(value, field.name)
            if field.name not in ("span", "pointer") and held != field.default:
                yield from _tree(f"{field.name}: ", held, depth + 1)
    elif _deep(value):
        yield f"{margin}{label}".rstrip()
        for item in _items(value):
            yield from _tree("- ", item, depth + 1)
    else:
        yield f"{margin}{label}{_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return f"[{', '.join(_scalar(item) for item in _items(value))}]"
    return repr(value)


def _deep(value: Any) -> bool:
    """Whether a tuple holds objects, so that it needs lines of its own."""
    return isinstance(value, tuple) and any(_is_node(item) or _deep(item) for item in _items(value))


def _is_node(value: Any) -> bool:
    cls: type[Any] = value.__class__
    return attrs.has(cls)


def _items(value: Any) -> tuple[Any, ...]:
    return value
