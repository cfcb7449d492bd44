"""What a method accepts: the header `Accept` (RFC 9110 §12.5.1)."""

from __future__ import annotations

import re

from ...document.model import Operation
from ..types.usage import success_responses
from .media_types import essence, is_event_stream, is_json

DEFAULT = "application/json"
"""What clients send where a method has no header of its own."""

_RANGE = re.compile(r"(\*/\*|[\w!#$%&'+.^`|~-]+/(\*|[\w!#$%&'+.^`|~-]+))( *;[\t -~]*)?", re.ASCII)


def accept_of(operation: Operation) -> str | None:
    """Return the media types of the success responses, in the document's order; `None` where that is the default.

    Beside JSON, which becomes a model, other types than events are the second choice. Where none is declared, anything
    is accepted.
    """
    successes = success_responses(operation)
    responses = [response for response in operation.responses if response in successes]
    declared = dict.fromkeys(media.media_type.strip() for response in responses for media in response.content)
    known = [media for media in declared if _RANGE.fullmatch(media)]
    if not known:
        return "*/*"
    has_json = any(map(is_json, known))
    ranked = [
        media if not has_json or is_json(media) or is_event_stream(media) else f"{media};q=0.9" for media in known
    ]
    return None if {essence(media) for media in known} == {DEFAULT} else ", ".join(ranked)
