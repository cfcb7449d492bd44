"""Blocks that grow: pieces are kept, and put together when somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, List, Optional, Type, TypeVar

from ..._responses.json import loads
from ..._structuring.model_meta import read_through
from ...types.input_json_delta import InputJSONDelta
from ...types.text_delta import TextDelta
from ...types.tool_use_block import ToolUseBlock

if TYPE_CHECKING:
    from ..._models import BaseModel
    from ._partial_json import PartialJSON

ModelT = TypeVar("ModelT", bound="Type[BaseModel]")


class Growing:
    """A block and the pieces that came for it. `append` costs the same however many there are."""

    delta: ClassVar[type]
    field: ClassVar[str]  # of the delta: what is added
    target: ClassVar[str]  # of the block: what grows

    def __init__(self, block: Any) -> None:
        self.block = block
        self.sent: Any = getattr(block, self.target)
        self.pieces: List[str] = []
        self.append = self.pieces.append
        self._shown = 0
        self._finished = False

    def fresh(self) -> str:
        """What came since the last time."""
        fresh = "".join(self.pieces[self._shown :])
        self._shown = len(self.pieces)
        return fresh

    def show(self) -> None:
        """Bring the block up to date."""
        raise NotImplementedError

    def finish(self) -> None:
        """The block is complete; from now on it is the reader's to change."""
        self._finished = True
        self.show()

    def read(self, count: int) -> Any:
        """The value when there were so many pieces."""
        if self._finished or count < len(self.pieces):
            return self.again("".join(self.pieces[:count]))
        self.show()
        return getattr(self.block, self.target)

    def again(self, text: str) -> Any:
        """The value after the pieces in `text`."""
        raise NotImplementedError


class GrowingText(Growing):
    """The text of a block."""

    delta, field, target = TextDelta, "text", "text"

    def show(self) -> None:
        fresh = self.fresh()
        if fresh:
            text, self.block.text = self.block.text, ""  # the only reference, so `+=` extends it in place
            text += fresh
            self.block.text = text

    def again(self, text: str) -> str:
        return f"{self.sent}{text}"


class GrowingInput(Growing):
    """The input of a tool. What nobody looks at until it is complete is not parsed in part."""

    delta, field, target = InputJSONDelta, "partial_json", "input"

    def __init__(self, block: ToolUseBlock) -> None:
        super().__init__(block)
        self._parser = _new_parser(partial(setattr, block, "input"))
        self._malformed: Optional[ValueError] = None

    def show(self) -> None:
        fresh = self.fresh()
        if fresh and self._malformed is None:
            try:
                self._parser.feed(fresh)
            except ValueError as error:
                self._malformed = error
        if self._malformed is not None:
            raise self._malformed

    def finish(self) -> None:
        """Give the block an input that shares nothing with the snapshots handed out before."""
        self._finished = True
        try:
            self.block.input = loads("".join(self.pieces))
        except ValueError:  # nothing came, the end is missing, or it is no JSON
            self.show()

    def again(self, text: str) -> object:
        found: List[object] = [self.sent]
        _new_parser(partial(found.__setitem__, 0)).feed(text)
        return found[0]


def _new_parser(assign: Callable[[Any], object]) -> PartialJSON:
    from ._partial_json import PartialJSON

    return PartialJSON(assign)


class _OnDemand:
    """The slot of a field that may hold, as a tuple, a growing block and how many of its pieces make the value."""

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
