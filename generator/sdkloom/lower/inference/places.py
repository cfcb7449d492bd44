"""Where each operation stands in the tree: the words of its path without prefixes, versions and selectors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ...document.model import Operation
from ..types.named_schemas import NamedSchemas
from .answers import answer_of
from .operation_ids import clean
from .paths import PathKey, Step, read_path
from .tree import Endpoint
from .words import ARTICLES, Spelling, same, shortened

_SELECTING = """
    name slug key email username code uuid guid id external_id handle alias path hash symbol phone login
"""
_SELECTORS = frozenset(_SELECTING.split())
"""What items are told apart by: `/flows/name/{name}` is an item of `flows`."""

_ITEM_ACTIONS = {"get": "retrieve", "put": "update", "patch": "update", "delete": "delete", "post": "update"}
LONGEST_SUMMARY = 6
"""Words of a summary that may name a method."""
LONGEST_WORD = 60
"""Characters of the name of a resource."""
MOST_WORDS = 6
"""Resources in each other; of a longer path the last ones count."""


def endpoints(operations: Sequence[Operation], schemas: NamedSchemas, spelling: Spelling) -> list[Endpoint]:
    """Return every operation with its place."""
    keys = [read_path(operation.path) for operation in operations]
    apart = len({key.before for key in keys if key.before or key.version}) > 1
    common = _common_words(keys, spelling)
    found = [
        _endpoint(operation, key, key.before if apart else (), common, schemas, spelling)
        for operation, key in zip(operations, keys)
    ]
    _part_versions(found)
    return found


def _endpoint(
    operation: Operation, key: PathKey, before: tuple[str, ...], common: int, schemas: NamedSchemas, spelling: Spelling
) -> Endpoint:
    steps = list(key.steps)
    action = key.action
    is_item = bool(steps) and steps[-1].is_parameter
    if is_item and not action and (selector := _selector(steps, spelling)):
        steps = steps[:-2] + steps[-1:]
        action = f"{_ITEM_ACTIONS.get(operation.method.lower(), 'retrieve')}_{selector}"
    if key.action and steps and not steps[-1].is_parameter and steps[-1].text == key.action:
        steps.pop()
    words = [(step.is_parameter, spelling.snake(step.text)) for step in steps]
    static = [shortened(word, LONGEST_WORD) for parameter, word in words if not parameter and word][common:]
    outer = [shortened(word, LONGEST_WORD) for text in (*key.outer, *before) if (word := spelling.snake(text))]
    return Endpoint(
        operation=operation,
        key=key,
        place=_without_repetition((*outer, *static))[-MOST_WORDS:],
        answer=answer_of(operation, schemas),
        is_item=is_item,
        after_parameter=not is_item and len(steps) > 1 and steps[-2].is_parameter,
        words=clean(operation, spelling),
        summary=_summary(operation, spelling),
        action=action,
    )


def _summary(operation: Operation, spelling: Spelling) -> tuple[str, ...]:
    words = [word for word in spelling.snake(operation.summary or "").split("_") if word not in ARTICLES]
    return tuple(words) if 0 < len(words) <= LONGEST_SUMMARY else ()


def _selector(steps: Sequence[Step], spelling: Spelling) -> str:
    """`by_name` for `/flows/name/{name}` and `/flows/by-name/{name}`."""
    statics = [step for step in steps if not step.is_parameter]
    if len(statics) < 2 or steps[-2].is_parameter or steps[-3:-2] == [] or steps[-3].is_parameter:
        return ""
    word, parameter = spelling.snake(steps[-2].text), spelling.snake(steps[-1].text)
    if word.startswith("by_"):
        return word
    return f"by_{word}" if word in _SELECTORS and parameter.split("_")[-1] == word.split("_")[-1] else ""


def _without_repetition(words: Sequence[str]) -> tuple[str, ...]:
    """A word that only says again what stands before it goes: `store/stores`."""
    return tuple(word for at, word in enumerate(words) if at == 0 or same(word) != same(words[at - 1]))


def _common_words(keys: Sequence[PathKey], spelling: Spelling) -> int:
    """How many words all paths begin with that are no resources: nothing stands there, and no parameter follows."""
    count = 0
    while len(keys) > 2:
        firsts = {key.steps[count] if len(key.steps) > count + 1 else None for key in keys}
        first = next(iter(firsts))
        if len(firsts) > 1 or first is None or first.is_parameter:
            break
        if any(key.steps[count + 1].is_parameter or (key.action and len(key.steps) == count + 2) for key in keys):
            break
        count += bool(spelling.snake(first.text)) or 1
    return count


def _part_versions(found: Sequence[Endpoint]) -> None:
    """Where a place exists in several versions, the older ones stand in resources of their own: `v1.media`."""
    groups: dict[object, list[Endpoint]] = defaultdict(list)
    for endpoint in found:
        shape = tuple(step.is_parameter for step in endpoint.key.steps)
        groups[endpoint.verb, endpoint.place, shape, endpoint.action].append(endpoint)
    for group in groups.values():
        versions = sorted({one.key.version for one in group}, key=_age)
        for endpoint in group:
            if len(versions) > 1 and endpoint.key.version != versions[-1] and endpoint.key.version:
                version = re.sub(r"\W+", "_", endpoint.key.version)
                endpoint.place = (version if version[0].isalpha() else f"v{version}", *endpoint.place)


def _age(version: str) -> tuple[object, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    return (numbers[:1], not re.search("alpha|beta|rc|preview", version), numbers, version)
