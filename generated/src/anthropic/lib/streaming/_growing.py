"""Blocks that grow: pieces are kept, and put together when somebody looks."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, List, NamedTuple, Type, TypeVar, Union

from ...types.text_block import TextBlock
from ...types.tool_use_block import ToolUseBlock

if TYPE_CHECKING:
    from ..._models import BaseModel

ModelT = TypeVar("ModelT", bound="Type[BaseModel]")


class GrowingText:
    """The text of a block. `append` costs the same however long the text is."""

    delta = "text_delta"

    def __init__(self, block: TextBlock) -> None:
        self.block = block
        self.pieces: List[str] = []
        self.length = len(block.text)

    def append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def show(self) -> None:
        """Bring the block up to date."""
        if self.pieces:
            text, self.block.text = self.block.text, ""  # the only reference, so `+=` extends it in place
            text += "".join(self.pieces)
            self.pieces.clear()
            self.block.text = text

    finish = show

    def read(self, length: int) -> str:
        """The text when it was that long."""
        self.show()
        return self.block.text[:length]


class GrowingInput:
    """The input of a tool. The block is always up to date; see `PartialJSON`."""

    delta = "input_json_delta"

    def __init__(self, block: ToolUseBlock) -> None:
        from ._partial_json import PartialJSON

        self.block = block
        self.sent = block.input
        self.pieces: List[str] = []
        self.length = 0
        self._new_parser = PartialJSON
        self._parser = PartialJSON(partial(setattr, block, "input"))

    def append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)
        self._parser.feed(piece)

    def show(self) -> None: ...

    def finish(self) -> None:
        """Give the block an input that shares nothing with the snapshots handed out before."""
        try:
            self.block.input = json.loads("".join(self.pieces))
        except ValueError:  # nothing came, or the end is missing
            pass

    def read(self, length: int) -> object:
        """The input when that much of its JSON had arrived."""
        if length == self.length:
            return self.block.input
        found: List[object] = [self.sent]
        self._new_parser(partial(found.__setitem__, 0)).feed("".join(self.pieces)[:length])
        return found[0]


class Later(NamedTuple):
    """Stands in a field for a snapshot that nobody has asked for yet."""

    growing: Union[GrowingText, GrowingInput]
    length: int


class _OnDemand:
    """The slot of a field that may hold a `Later`."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __set__(self, model: Any, value: Any) -> None:
        self._slot.__set__(model, value)

    def __delete__(self, model: Any) -> None:
        self._slot.__delete__(model)

    def __get__(self, model: Any, owner: Any = None) -> Any:
        if model is None:
            return self
        value = self._slot.__get__(model, owner)
        return value.growing.read(value.length) if type(value) is Later else value


def on_demand(field: str) -> Callable[[ModelT], ModelT]:
    """Lets a field of a model hold a `Later`, which every reader sees as the value itself."""

    def change(model: ModelT) -> ModelT:
        reader: Any = _OnDemand(model.__dict__[field])
        setattr(model, field, reader)
        model.__model_fields__[field].get = reader.__get__
        return model

    return change
