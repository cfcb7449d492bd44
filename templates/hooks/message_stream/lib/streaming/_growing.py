"""Blocks that grow: pieces are kept, and put together when somebody reads the block."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, List, Optional, Type, TypeVar

from ..._responses.json import loads
from ..._structuring.model_meta import replace_slot
from ...types.input_json_delta import InputJSONDelta
from ...types.text_delta import TextDelta

if TYPE_CHECKING:
    from ..._models import BaseModel
    from ._partial_json import PartialJSON

ModelT = TypeVar("ModelT", bound="Type[BaseModel]")


class GrowingBlock:
    """A block and the pieces that came for it. `append`, to add one, costs the same however many there are."""

    delta: type
    field: str  # of the delta: what is added
    target: str  # of the block: what grows

    def __init__(self, block: Any) -> None:
        self.block = block
        self.sent: Any = getattr(block, self.target, None)
        self.pieces: List[str] = []
        self.append = self.pieces.append
        self._taken = 0
        self._finished = False

    def take_new(self) -> str:
        """Return the pieces that came since the last time, as one text."""
        added = "".join(self.pieces[self._taken :])
        self._taken = len(self.pieces)
        return added

    def update_block(self) -> None:
        """Put the new pieces into the block."""
        raise NotImplementedError

    def finish(self) -> None:
        """Say that the block is complete. From now on it is the reader's to change."""
        self._finished = True
        self.update_block()

    def value_after(self, count: int) -> Any:
        """Return the value as it was after so many pieces."""
        if self._finished or count < len(self.pieces):
            return self.value_of("".join(self.pieces[:count]))
        self.update_block()
        return getattr(self.block, self.target)

    def value_of(self, text: str) -> Any:
        """Return the value that the pieces in `text` make, without looking at the block."""
        raise NotImplementedError


class GrowingText(GrowingBlock):
    """The text of a block, or another field that is a text."""

    delta, field, target = TextDelta, "text", "text"

    def update_block(self) -> None:
        """Add the new pieces to the text."""
        added = self.take_new()
        if added:
            text = getattr(self.block, self.target)
            setattr(self.block, self.target, "")  # then there is one reference, and `+=` extends the text in place
            text += added
            setattr(self.block, self.target, text)

    def value_of(self, text: str) -> str:
        """Return the text that the block began with, and the pieces."""
        return f"{self.sent}{text}"


class GrowingField(GrowingText):
    """A field that this version doesn't know to grow: deltas of a kind that came later add to it."""

    def __init__(self, block: Any, delta: Type[Any], target: str) -> None:
        self.delta, self.field, self.target = delta, target, target
        super().__init__(block)


class GrowingInput(GrowingBlock):
    """The input of a tool. What nobody looks at until it is complete is not parsed in part."""

    delta, field, target = InputJSONDelta, "partial_json", "input"

    def __init__(self, block: Any) -> None:
        super().__init__(block)
        self._parser = _new_parser(partial(setattr, block, "input"))
        self._malformed: Optional[ValueError] = None

    def update_block(self) -> None:
        """Parse the new pieces into the input.

        Raises:
            ValueError: if the pieces so far are no JSON.
        """
        added = self.take_new()
        if added and self._malformed is None:
            try:
                self._parser.feed(added)
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
            self.update_block()

    def value_of(self, text: str) -> object:
        """Return the input as far as the pieces say it."""
        found: List[object] = [self.sent]
        _new_parser(partial(found.__setitem__, 0)).feed(text)
        return found[0]


def _new_parser(assign: Callable[[Any], object]) -> PartialJSON:
    from ._partial_json import PartialJSON

    return PartialJSON(assign)


class _ComputedSlot:
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
        return value[0].value_after(value[1]) if value.__class__ is tuple else value


def computed_on_read(field: str) -> Callable[[ModelT], ModelT]:
    """Decorate a model so that a field may hold a growing block and a number of pieces in place of its value.

    Every reader sees the value itself. Snapshots in events are such fields: those that nobody reads cost nothing.
    """

    def change(model: ModelT) -> ModelT:
        replace_slot(model, field, _ComputedSlot)
        return model

    return change
