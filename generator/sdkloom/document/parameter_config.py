"""`parameters` in sdk.yaml: how a parameter differs from what the document says, in all methods, a resource or one."""

from __future__ import annotations

from typing import Union

import attrs

from ..diagnostics.span import Span, origin

ScalarText = Union[str, int, float, bool]
"""A value that stands in sdk.yaml."""


@attrs.frozen(kw_only=True)
class TypeText:
    """A type as sdk.yaml writes it: `str`, `Pet` (a schema), `list[Pet]`, `str | int`."""

    text: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ParameterConfig:
    """What sdk.yaml says about the parameter that is called `name` on the wire. What it doesn't say is `None`."""

    name: str
    rename: str | None = None
    type: TypeText | None = None
    default: ScalarText | None = None
    """What is sent if the caller gives nothing."""
    append: tuple[str, ...] | None = None
    """What is sent in any case, behind what the caller gives: the parameter is a list."""
    constant: ScalarText | None = None
    """What is always sent: methods have no such parameter."""
    hidden: bool | None = None
    """Whether methods have no such parameter."""
    required: bool | None = None
    style: str | None = None
    """How it is written in a query or in a form: a word of `styles`."""
    doc: str | None = None
    span: Span = origin()

    def over(self, other: ParameterConfig | None) -> ParameterConfig:
        """Return this with what only `other` says."""
        if other is None:
            return self
        names = [field.name for field in attrs.fields(ParameterConfig) if getattr(self, field.name) is None]
        return attrs.evolve(self, **{name: getattr(other, name) for name in names})
