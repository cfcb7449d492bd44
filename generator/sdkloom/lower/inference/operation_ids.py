"""Operation ids, cleaned of what web frameworks and habits add to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...document.model import Operation
from .words import ARTICLES, FILLERS, HTTP_VERBS, LINKS, PREFIXES, STANDARD, VERBS, Spelling, same, without_edges

_GROUP = re.compile(r"^[A-Z][A-Za-z0-9]*_(?=[A-Za-z][A-Za-z0-9]*$)")
_CONTROLLER = re.compile(r"^.*?(Controller|Service|Resource|Handler|Api|API)[._](?=[A-Za-z])")
_VERSION = re.compile(r"v\d+((alpha|beta)\d*)?")
_COUNTER = re.compile(r"_\d+$")


def clean(operation: Operation, spelling: Spelling) -> tuple[str, ...]:
    """Return the words of the operation id that somebody chose: no path, group, HTTP verb, version or article.

    `read_flow_flows__id__get` is `read flow`, `CatsController_findAll` is `find all`, `drive.files.copy` is `copy`.
    """
    text = _without_path(operation.operation_id or "", operation)
    text = re.split(r"[./#:]+", text.rstrip("./#:"))[-1] if not text.startswith("/") else text
    text = _COUNTER.sub("", _GROUP.sub("", _CONTROLLER.sub("", text)))
    words = [word for word in spelling.snake(text).split("_") if word and word not in ARTICLES]
    words = [word for word in words if not _VERSION.fullmatch(word)] or words
    if len(words) > 1 and words[-1] == operation.method.lower() and words[-2] not in LINKS | PREFIXES:
        words.pop()
    return tuple(words)


def _without_path(text: str, operation: Operation) -> str:
    """Take off what FastAPI adds to the name of the function: the path (or its end) and the verb."""
    verb = operation.method.lower()
    if not text.lower().endswith(f"_{verb}"):
        return text
    segments = operation.path.partition("?")[0].split("/")
    for start in range(len(segments)):
        ending = re.sub(r"\W", "_", "/" + "/".join(segments[start:] or [""]).lstrip("/")) + f"_{verb}"
        if len(ending) > len(verb) + 2 and text.lower().endswith(ending.lower()) and len(ending) < len(text):
            return text[: -len(ending)]
    return text


def repeats_path(words: Sequence[str], operation: Operation, path_words: Iterable[str]) -> bool:
    """Whether an operation id is only made of the path: an HTTP verb and words of the path (`PostCustomers`)."""
    if not words or words[0] not in HTTP_VERBS:
        return False
    known = {"id", *(same(word) for word in path_words)}
    return words[0] == operation.method.lower() and all(same(word) in known for word in words[1:])


class Reading:
    """What an operation id or a summary says about its method, once the words of the resource are taken from it.

    `verb` is its verb, if it has one in front; `plain` whether there is nothing beside verb and resource; `name` the
    rest, the verb included; `repeats` whether that still has words of the resource in the middle.
    """

    def __init__(self, words: Sequence[str], own: frozenset[str]) -> None:
        kept = _from_verb(list(words), own)
        self.verb = kept[0] if kept and _is_verb(kept[0]) and same(kept[0]) not in own else ""
        left = without_edges(kept, own)
        self.name = "" if len(left) == 1 and same(left[0]) in own and not self.verb else "_".join(left)
        self.repeats = any(same(word) in own for word in left)
        said = [word for word in kept[1:] if same(word) not in own and word not in FILLERS]
        self.plain = bool(self.verb) and not said
        self.extra = tuple(left[1:]) if self.verb else ()
        self.is_singular = any(same(word) == word and word not in FILLERS for word in kept[-1:]) and len(kept) > 1


def _from_verb(words: list[str], own: frozenset[str]) -> list[str]:
    """Take off the words of the resource, or of a group, that stand before the verb: `message_batches_cancel`."""
    kept = list(words)
    while len(kept) > 1 and same(kept[0]) in own and (len(kept) < len(words) or not _is_verb(kept[0])):
        del kept[0]
    grouped = len(kept) > 1 and not _is_verb(kept[0]) and kept[0] not in PREFIXES and _is_verb(kept[1])
    return kept[1:] if grouped else kept


def _is_verb(word: str) -> bool:
    return word in VERBS or word in STANDARD
