"""Names that were changed and still work: using one gives a `DeprecationWarning` that tells the new name."""

from __future__ import annotations

import attrs

from ..diagnostics.span import Span, origin
from .types import TypeName


@attrs.frozen(kw_only=True)
class OldName:
    """The old name of an attribute, a key, a method or a parameter, and what it is called now.

    send = old_method("client.messages.send", "client.messages.create", create)
    """

    name: str
    of: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class OldValue:
    """A text that a parameter took, and the one that is sent in its place. `param` is the name of the parameter.

    model: Literal["claude-2.0", "claude-2"]
    """

    param: str
    value: str
    of: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class OldType:
    """The old address of a type: `from anthropic.types import ToolParam` gives `UtilityParam`.

    `path` and `of_path` are where users import the two from: `anthropic.types.ToolParam`.
    """

    name: TypeName
    of: TypeName
    path: str
    of_path: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class MovedMethod:
    """A method that another resource has now: the old name, the path of that resource, and the name there.

    self.count = moved_method("client.messages.count", "client.tokens.count", lambda: Tokens(client).count)
    """

    name: str
    resource: tuple[str, ...]
    of: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class OldResource:
    """The old name of a resource below its parent (or the client), and the path of the resource that it gives.

    @property
    def chats(self) -> Messages: ...
    """

    name: str
    of: tuple[str, ...]
    span: Span = origin()
