"""Whether a member is at least what the reference's is: the same, or grown as an API grows.

A union or a list of values may have more members, a method more keywords that needn't be given. Everything is
compared in the normal form of `annotations.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGNATURE = re.compile(r"(?P<awaited>async )?\((?P<parameters>.*)\) -> (?P<result>[^>]*(?:>[^>]*)*)")
_GENERIC = re.compile(r"(?P<name>[\w.~]*)\[(?P<arguments>.*)\]")
_PARAMETER = re.compile(r"(?P<name>(?:variadic keyword )?\w+)(?:: (?P<type>.*?))?(?: = (?P<default>.*))?")
_FIELD = re.compile(r"(?P<before>(?:required |optional )?)(?P<type>.*?)(?P<after>(?: with default| without default)?)")


def no_worse(found: str, expected: str) -> bool:
    """Whether what was found does all that was expected."""
    if found == expected:
        return True
    if ") -> " in expected:
        return _all_signatures(found.split(" || "), expected.split(" || "))
    ours, theirs = _FIELD.fullmatch(found), _FIELD.fullmatch(expected)
    assert ours and theirs
    same = (ours["before"], ours["after"]) == (theirs["before"], theirs["after"])
    return same and _type(ours["type"], theirs["type"])


def _all_signatures(found: list[str], expected: list[str]) -> bool:
    """The implementation and each overload, in their order; new overloads come last."""
    return len(found) >= len(expected) and all(map(_signature, found, expected))


def _signature(found: str, expected: str) -> bool:
    ours, theirs = (_SIGNATURE.fullmatch(re.sub(r"^overload \d+: ", "", text)) for text in (found, expected))
    if not ours or not theirs or ours["awaited"] != theirs["awaited"]:
        return False
    positional, keywords = _parameters(ours["parameters"])
    due_positional, due_keywords = _parameters(theirs["parameters"])
    new = [keyword for name, keyword in keywords.items() if name not in due_keywords]
    return (
        list(positional) == list(due_positional)
        and all(_parameter(positional[name], due) for name, due in due_positional.items())
        and all(name in keywords and _parameter(keywords[name], due) for name, due in due_keywords.items())
        and all(keyword["default"] is not None for keyword in new)
        and _type(ours["result"], theirs["result"])
    )


def _parameters(text: str) -> tuple[dict[str, re.Match[str]], dict[str, re.Match[str]]]:
    positional, _, keywords = text.partition(" *" if text.startswith(" *") else "*")
    return _by_name(positional), _by_name(keywords.replace(" variadic keyword", "; variadic keyword"))


def _by_name(text: str) -> dict[str, re.Match[str]]:
    found = [_PARAMETER.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    return {match["name"]: match for match in found if match}


def _parameter(found: re.Match[str], expected: re.Match[str]) -> bool:
    return found["default"] == expected["default"] and _type(found["type"] or "?", expected["type"] or "?")


def _type(found: str, expected: str) -> bool:
    """Every member of the expected union is there. New ones may be added to a union that had several; null may not."""
    ours, theirs = list(_split(found, " | ")), list(_split(expected, " | "))
    if not all(any(_single(our, their) for our in ours) for their in theirs):
        return False
    new = [our for our in ours if not any(_single(our, their) for their in theirs)]
    several = len([their for their in theirs if their != "None"]) > 1
    return not new or (several and ("None" not in new or "NotGiven" in theirs))


def _single(found: str, expected: str) -> bool:
    ours, theirs = _GENERIC.fullmatch(found), _GENERIC.fullmatch(expected)
    if found == expected or not ours or not theirs or ours["name"] != theirs["name"]:
        return found == expected
    arguments, due = list(_split(ours["arguments"], ", ")), list(_split(theirs["arguments"], ", "))
    return len(arguments) == len(due) and all(map(_type, arguments, due))


def _split(text: str, joint: str) -> Iterator[str]:
    """The pieces of a text between joints that stand in no brackets."""
    depth, begin = 0, 0
    for index, char in enumerate(text):
        depth += (char in "[(") - (char in "])")
        if depth == 0 and text.startswith(joint, index):
            yield text[begin:index]
            begin = index + len(joint)
    yield text[begin:]
