"""A stand-in: the response of the retired text completions. No method of this package returns it."""

from __future__ import annotations

from typing import Literal, Optional

from .._models import BaseModel
from .model import Model

__all__ = ["Completion"]


class Completion(BaseModel):
    """What the retired text completions respond with. No method of this package does: a message is a `Message`."""

    id: str
    """The id of the completion."""

    completion: str
    """The text that the model wrote, without the stop sequence."""

    model: Model
    """The model that wrote it."""

    stop_reason: Optional[str] = None
    """Why the model stopped: `stop_sequence` or `max_tokens`."""

    type: Literal["completion"]
    """The kind of the object; always `completion`."""
