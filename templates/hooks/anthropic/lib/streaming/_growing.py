"""Blocks that grow: pieces are kept, and put together when somebody looks."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, List, Type, TypeVar

from ..._model_meta import read_through
from ...types.input_json_delta import InputJSONDelta
from ...types.text_block import TextBlock
from ...types.text_delta import TextDelta
from ...types.tool_use_block import ToolUseBlock

if TYPE_CHECKING:
    from ..._models import BaseModel
    from ._partial_json import PartialJSON

ModelT = TypeVar("ModelT", bound="Type[BaseModel]")


class GrowingText:
    """The text of a block. `append` costs the same however long the text is."""

    delta, field = TextDelta, "text"

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
    """The input of a tool. What nobody looks at until it is complete is not parsed in part."""

    delta, field = InputJSONDelta, "partial_json"

    def __init__(self, block: ToolUseBlock) -> None:
        self.block = block
        self.sent = block.input
        self.pieces: List[str] = []
        self.length = 0
        self._parsed = 0
        self._parser = _new_parser(partial(setattr, block, "input"))

    def append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def show(self) -> None:
        """Bring the block up to date."""
        fresh = "".join(self.pieces[self._parsed :])
        self._parsed = len(self.pieces)
        if fresh:
            self._parser.feed(fresh)

    def finish(self) -> None:
        """Give the block an input that shares nothing with the snapshots handed out before."""
        try:
            self.block.input = json.loads("".join(self.pieces))
        except ValueError:  # nothing came, the end is missing, or it is no JSON
            self.show()

    def read(self, length: int) -> object:
        """The input when that much of its JSON had arrived."""
        self.show()
        if length == self.length:
            return self.block.input
        found: List[object] = [self.sent]
        _new_parser(partial(found.__setitem__, 0)).feed("".join(self.pieces)[:length])
        return found[0]


def _new_parser(assign: Callable[[Any], object]) -> PartialJSON:
    from ._partial_json import PartialJSON

    return PartialJSON(assign)


class _OnDemand:
    """The slot of a field that may hold, as a tuple, a growing block and the length that the value is to have."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __set__(self, model: Any, value: Any) -> None:
        self._slot.__set__(model, value)

    def __delete__(self, model: Any) -> None:
        self._slot.__delete__(model)

    def __get__(self, model: Any, owner: Any = None) -> Any:
        if model is None:
            return self
        value: Any = self._slot.__get__(model, owner)
        return value[0].read(value[1]) if value.__class__ is tuple else value


def on_demand(field: str) -> Callable[[ModelT], ModelT]:
    """Lets a field of a model hold a promise of its value, which every reader sees as the value itself."""

    def change(model: ModelT) -> ModelT:
        read_through(model, field, _OnDemand)
        return model

    return change
