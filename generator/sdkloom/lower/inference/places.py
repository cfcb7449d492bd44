"""Where each operation stands in the tree: the words of its path without prefixes, versions and selectors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ...document.model import Operation
from ..types.named_schemas import NamedSchemas
from .answers import answer_of
from .operation_ids import clean
from .paths import PathKey, Step, is_version, read_path
from .rules import NamingRules
from .tree import Endpoint
from .words import ARTICLES, Spelling, is_verbal, same, shortened

_SELECTING = """
    name slug key email username code uuid guid id external_id handle alias path hash checksum symbol phone login
"""
_SELECTORS = frozenset(_SELECTING.split())
"""What items are told apart by: `/flows/name/{name}` is an item of `flows`."""

_ITEM_ACTIONS = {"get": "retrieve", "put": "update", "patch": "update", "delete": "delete", "post": "update"}
_PARTS = re.compile(r"\s*[./>|:]\s*")
"""What parts a tag: `beta.libraries`, `Beta > Libraries`."""
LONGEST_SUMMARY = 6
"""Words of a summary that may name a method."""
LONGEST_WORD = 60
"""Characters of the name of a resource."""
MOST_WORDS = 6
"""Resources in each other; of a longer path the last ones count."""


class Places:
    """Finds the places of operations."""

    def __init__(self, schemas: NamedSchemas, spelling: Spelling, rules: NamingRules) -> None:
        self._schemas = schemas
        self._spelling = spelling
        self._rules = rules

    def endpoints(self, operations: Sequence[Operation]) -> list[Endpoint]:
        """Return every operation with its place."""
        given = [self._rules.prefix_of(operation.path) for operation in operations]
        keys = [read_path(rest[1] if rest else one.path) for one, rest in zip(operations, given)]
        free = [key for key, prefix in zip(keys, given) if prefix is None]
        apart = len({key.before for key in free if key.before or key.version}) > 1
        common = common_words(free, self._spelling)
        found: list[Endpoint] = []
        for operation, key, prefix in zip(operations, keys, given):
            outer = prefix[0] if prefix else key.before if apart else ()
            found.append(self._endpoint(operation, key, outer, common if prefix is None else 0))
        part_versions(found)
        return found

    def _endpoint(self, operation: Operation, key: PathKey, before: tuple[str, ...], common: int) -> Endpoint:
        snake = self._spelling.snake
        steps, selector = _without_selectors(_without_format(key.steps), self._spelling)
        action = key.action
        if selector and not action:
            action = f"{_ITEM_ACTIONS.get(operation.method.lower(), 'retrieve')}_{selector}"
        if key.action and steps and not steps[-1].is_parameter and steps[-1].text == key.action:
            steps.pop()
        is_item = bool(steps) and steps[-1].is_parameter
        static = [word for step in steps if not step.is_parameter and (word := snake(step.text))][common:]
        outer = [word for text in (*key.outer, *before) if (word := snake(text))]
        return Endpoint(
            operation=operation,
            key=key,
            place=self._grouped(operation, outer, static),
            answer=answer_of(operation, self._schemas),
            is_item=is_item,
            after_parameter=not is_item and len(steps) > 1 and steps[-2].is_parameter,
            words=clean(operation, self._spelling),
            summary=_summary(operation, self._spelling),
            action=action,
            name=snake(self._rules.method_of(operation)),
        )

    def _grouped(self, operation: Operation, outer: Sequence[str], static: Sequence[str]) -> tuple[str, ...]:
        """The place by extensions, by the path, and by tags where the path says nothing, or less: `beta.libraries`."""
        group = self._rules.group_of(operation)
        if group is not None:
            return tuple(word for text in group if (word := self._spelling.snake(text)))[-MOST_WORDS:]
        words = _without_repetition([shortened(word, LONGEST_WORD) for word in (*outer, *static)])[-MOST_WORDS:]
        for tag in operation.tags[:1]:
            parts = tuple(
                word for text in _PARTS.split(tag) if (word := self._spelling.snake(text)) and not is_version(text)
            )
            if (not words and len(parts) == 1) or (words and len(parts) > len(words) and parts[-len(words) :] == words):
                return parts[-MOST_WORDS:]
        return words


def _without_format(steps: Sequence[Step]) -> list[Step]:
    """A last word that only names a format goes: `/containers/{id}/json`."""
    kept = list(steps)
    if len(kept) > 1 and not kept[-1].is_parameter and kept[-1].text.lower() in ("json", "xml"):
        kept.pop()
    return kept


def _summary(operation: Operation, spelling: Spelling) -> tuple[str, ...]:
    words = [word for word in spelling.snake(operation.summary or "").split("_") if word not in ARTICLES]
    return tuple(words) if 0 < len(words) <= LONGEST_SUMMARY else ()


def _without_selectors(steps: Sequence[Step], spelling: Spelling) -> tuple[list[Step], str]:
    """Take out the words that only say what the parameter behind them is. If the path ends so, say it: `by_name`.

    `/flows/name/{name}` is an item of `flows`, as `/flows/{id}` is.
    """
    kept: list[Step] = []
    by = ""
    for number, step in enumerate(steps):
        selected = spelling.snake(step.text)
        behind = _parameters_behind(steps, number)
        if selected == "by" and kept and number + 1 < len(steps):
            by = f"by_{spelling.snake(steps[-1].text)}" if number + 2 == len(steps) and behind else ""
            continue
        if step.is_parameter or not kept or kept[-1].is_parameter or not behind:
            kept.append(step)
            continue
        is_named = spelling.snake(steps[number - 1].text) == "by"
        ends_alike = is_named or spelling.snake(behind[-1].text).split("_")[-1] == selected.split("_")[-1]
        if not selected.startswith("by_") and not is_named and not (selected in _SELECTORS and ends_alike):
            kept.append(step)
        elif number + len(behind) + 1 == len(steps):
            by = selected if selected.startswith("by_") else f"by_{selected}"
    return kept, by


def _parameters_behind(steps: Sequence[Step], number: int) -> list[Step]:
    """The parameters that follow a step at once."""
    found: list[Step] = []
    for step in steps[number + 1 :]:
        if not step.is_parameter:
            break
        found.append(step)
    return found


def _without_repetition(words: Sequence[str]) -> tuple[str, ...]:
    """A word that only says again what stands before it goes: `store/stores`."""
    return tuple(word for at, word in enumerate(words) if at == 0 or same(word) != same(words[at - 1]))


def common_words(keys: Sequence[PathKey], spelling: Spelling) -> int:
    """How many words all paths begin with that are no resources: nothing stands there, and no parameter follows."""
    count = 0
    while len(keys) > 2:
        firsts = {key.steps[count] if len(key.steps) > count + 1 else None for key in keys}
        first = next(iter(firsts))
        if len(firsts) > 1 or first is None or first.is_parameter:
            break
        if any(_stands_at(key, count, spelling) for key in keys):
            break
        count += bool(spelling.snake(first.text)) or 1
    return count


def _stands_at(key: PathKey, at: int, spelling: Spelling) -> bool:
    """Whether something belongs to the word at a place of a path: its item, or what is done to it."""
    behind = key.steps[at + 1]
    is_last = len(key.steps) == at + 2
    return behind.is_parameter or (is_last and (bool(key.action) or is_verbal(spelling.snake(behind.text), False)))


def part_versions(found: Sequence[Endpoint]) -> None:
    """Where a place exists in several versions, the older ones stand in resources of their own: `v1.media`.

    If it exists without a version too, that is the plain one: all of the others stand in `v2.media`.
    """
    groups: dict[object, list[Endpoint]] = defaultdict(list)
    for endpoint in found:
        shape = tuple(step.is_parameter for step in endpoint.key.steps)
        groups[endpoint.verb, endpoint.place, shape, endpoint.action].append(endpoint)
    moved: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for group in groups.values():
        versions = sorted({one.key.version for one in group}, key=_age)
        for version in versions[1:] if "" in versions else ():
            moved[group[0].place].add(version)
        for endpoint in group:
            if "" not in versions and endpoint.key.version != versions[-1]:
                endpoint.place = (_version_word(endpoint.key.version), *endpoint.place)
    for endpoint in found:
        heads = [endpoint.place[:length] for length in range(1, len(endpoint.place) + 1)]
        if endpoint.key.version and any(endpoint.key.version in moved[head] for head in heads if head in moved):
            endpoint.place = (_version_word(endpoint.key.version), *endpoint.place)


def _version_word(version: str) -> str:
    word = re.sub(r"\W+", "_", version)
    return word if word[0].isalpha() else f"v{word}"


def _age(version: str) -> tuple[object, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    return (numbers[:1], not re.search("alpha|beta|rc|preview", version), numbers, version)
