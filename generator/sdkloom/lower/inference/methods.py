"""Names for the methods of one resource: those that the rules give, the best one first."""

from __future__ import annotations

from collections.abc import Iterator

from ..names import identifiers as names
from .answers import Answer
from .operation_ids import Reading, repeats_path
from .tree import Endpoint, Node, own_words
from .words import HTTP_VERBS, PREFIXES, STANDARD, Spelling, is_plural, is_verbal, shortened

_COLLECTION = {"get": "list", "post": "create", "put": "update", "patch": "update", "delete": "delete"}
_ITEM = {"get": "retrieve", "post": "update", "put": "update", "patch": "update", "delete": "delete"}
ORDER = ("create", "retrieve", "update", "list", "delete")
"""The order of the standard methods of a resource; the others follow by name."""


def candidates(endpoint: Endpoint, node: Node, tags: frozenset[str], spelling: Spelling) -> list[str]:
    """Return names for a method, the best one first; the last one is unique but for mistakes in the document."""
    found = list(filter(None, Naming(endpoint, node, tags, spelling).names()))
    if endpoint.verb not in _ITEM:
        found = [endpoint.verb, *(_with_verb(name, endpoint.verb) for name in found)]
    taken = names.RESOURCE_MEMBERS if node.parent is not None else names.CLIENT_MEMBERS
    return list(dict.fromkeys(names.attribute(shortened(name), taken) for name in found))


class Naming:
    """Names one method of the resource `node`. `tags` are the words of its tags."""

    def __init__(self, endpoint: Endpoint, node: Node, tags: frozenset[str], spelling: Spelling) -> None:
        self._endpoint = endpoint
        self._node = node
        self._spelling = spelling
        own = own_words(node) | tags
        self._texts = [(step.is_parameter, spelling.snake(step.text)) for step in endpoint.key.steps]
        path_words = [word for _, text in self._texts for word in text.split("_")]
        says = not repeats_path(endpoint.words, endpoint.operation, path_words)
        words = endpoint.words if says else ()
        self._id = Reading(words, own)
        self._is_plain = Reading(words, own_words(node)).plain
        self._summary = Reading(endpoint.summary, own)
        self._action = spelling.snake(endpoint.action)
        self._standard = "" if endpoint.action else self._by_verb_and_path()

    def names(self) -> Iterator[str]:
        """Yield the names; empty ones don't count."""
        yield self._endpoint.name
        if self._action:
            yield from self._of_action()
        else:
            yield self._by_verb_of_id()
            yield self._standard
        told = self._told_by_id()
        yield "" if self._id.repeats else told
        if not told and self._summary.verb and not self._summary.repeats:
            yield self._summary.name
        yield from self._told_apart()
        yield told
        if self._standard and len(self._node.place) > 1:
            yield f"{self._standard}_for_{self._node.place[-2]}"
        if self._node.parent is None and not self._action:
            yield "root" if self._endpoint.verb == "get" else ""
        verb = self._standard or _ITEM.get(self._endpoint.verb, self._endpoint.verb)
        yield "_".join([verb, *(text for is_parameter, text in self._texts if text and not is_parameter)])
        yield "_".join([verb, *(text for _, text in self._texts if text)])

    def _of_action(self) -> Iterator[str]:
        """The word of the path. Where that is only a noun, the verb of the operation id: `upload_attachment`."""
        name, told = self._action, self._id
        if name in PREFIXES:
            usual = STANDARD.get(told.verb) or (
                "" if self._endpoint.verb == "post" else _COLLECTION[self._endpoint.verb]
            )
            yield told.name if told.name.startswith(name) or not usual else f"{name}_{usual}"
        if told.verb and told.verb not in STANDARD and not is_verbal(name, reading=False):
            if told.plain and told.verb not in name.split("_"):
                yield told.verb
            elif "_".join(told.extra) == name:
                yield f"{told.verb}_{name}"
        if name in ("get", "fetch", "destroy"):
            yield STANDARD[name]
        yield name

    def _by_verb_and_path(self) -> str:
        """`list`, `create`, `retrieve`, `update`, `delete`, by verb and by what the path ends in."""
        endpoint, node = self._endpoint, self._node
        verb = endpoint.verb if endpoint.verb in _ITEM else "get"
        if node.parent is None:
            return ""
        same_place = {one.verb for one in node.endpoints if one.is_item == endpoint.is_item and not one.action}
        if verb == "put" and "patch" in same_place:
            return "replace"
        if verb == "get":
            return "list" if self._is_list() else "retrieve"
        if not endpoint.is_item:
            return _COLLECTION[verb]
        everywhere = {one.verb for one in node.endpoints if not one.action}
        return "" if verb == "post" and everywhere & {"put", "patch"} else _ITEM[verb]

    def _is_list(self) -> bool:
        endpoint, told = self._endpoint, self._id
        if told.verb == "list":
            return endpoint.is_item or endpoint.answer is not Answer.ONE or is_plural(self._node.name)
        if endpoint.is_item:
            return False
        if endpoint.answer is Answer.LIST or any(one.is_item and not one.action for one in self._node.endpoints):
            return True
        if told.plain and STANDARD.get(told.verb) == "retrieve" and told.is_singular:
            return endpoint.answer is Answer.PAGE and is_plural(self._node.name)
        return endpoint.answer is not Answer.ONE and is_plural(self._node.name)

    def _by_verb_of_id(self) -> str:
        """The verb of the operation id where that says more than the standard name: `send`, `upload`, `search`."""
        verb, endpoint = self._id.verb, self._endpoint
        usual = STANDARD.get(verb)
        if not verb or not self._standard or verb == self._node.name:
            return ""
        if not self._is_plain:
            return f"{usual}_metadata" if usual == self._standard and self._id.extra == ("metadata",) else ""
        if verb == "add":
            return "add" if endpoint.after_parameter and self._standard == "create" else ""
        if usual is None:
            return "" if verb in HTTP_VERBS else verb
        is_post = endpoint.verb == "post" and not endpoint.is_item and verb not in ("set", "post", "put")
        return usual if is_post or (endpoint.verb, usual) == ("put", "create") else ""

    def _told_by_id(self) -> str:
        """What the operation id says, its verb as the standard name where it is one."""
        name = self._id.name
        if name in HTTP_VERBS or self._action or not self._id.verb:
            return "" if name in HTTP_VERBS else name
        verb, *more = name.split("_")
        return "_".join([verb if verb in ("find", "set", "add") else STANDARD.get(verb, verb), *more])

    def _told_apart(self) -> Iterator[str]:
        """The name and what tells the path from others with the same words."""
        name = self._standard or self._action
        if not name:
            return
        if self._action:
            yield f"{name}_with_{'query' if self._endpoint.verb == 'get' else 'body'}"
        parameters = [text for is_parameter, text in self._texts if is_parameter]
        if not self._endpoint.is_item and name in ("delete", "update", "replace"):
            yield f"{name}_all"
        if self._endpoint.is_item:
            yield f"{name}_by_{parameters[-1]}"
        before = self._parent_word()
        if before:
            yield f"{name}_for_{names.singular(before)}"

    def _parent_word(self) -> str:
        """The last word with a parameter behind it that isn't the end of the path."""
        pairs = list(zip(self._texts, self._texts[1:]))
        if self._endpoint.is_item:
            pairs = pairs[:-1]
        return next((word for (is_parameter, word), (other, _) in reversed(pairs) if other and not is_parameter), "")


def _with_verb(name: str, verb: str) -> str:
    """The name of a method such as HEAD, which often has its operationId from the GET beside it."""
    return name if verb in name.split("_") else f"{verb}_{name}"
