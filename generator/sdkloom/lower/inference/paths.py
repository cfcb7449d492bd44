"""What the key of a path says: its steps, the version, a query that is fixed in it, an action behind a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

_PIECE = re.compile(r"(?:\{[^}]*\}|[^/{])+")
_PARAMETER = re.compile(r"\{([^}]*)\}")
_EXTENSION = re.compile(
    r"\.(json|xml|ya?ml|csv|html?|php|aspx?|do|cgi)$|(?<=[^/{}])\.?\{(ext|\w*(format|extension))\}$", re.I
)
_VERSION = re.compile(r"v\d+([._-]?\d+)*((alpha|beta|rc|p|preview)\d*)*(-preview|-beta|-alpha)?", re.I)
_NUMBER = re.compile(r"\d+(\.\d+)*|\d{4}-\d\d(-\d\d)?")
_VERSION_PARAMETER = re.compile(r"(api)?[-_.]?version", re.I)
_PROVIDER = re.compile(r".*/providers/[A-Za-z]+\.[A-Za-z.]+(?=/)")
"""The scope of a resource of Azure: `/subscriptions/{id}/providers/Microsoft.Web`."""
_RANDOM = re.compile(r"-(?=[^-]*\d)(?=[^-]*[a-z])(?=[^-]*[A-Z])[A-Za-z0-9]{8,}$")
"""An id that a machine made, behind a word: `securityClassification-6VMVochwUWo`."""
_ACTION_KEYS = frozenset({"action", "operation", "method", "op", "cmd", "x-amz-target"})
_YES = frozenset({"", "true", "1", "yes", "on"})
API_WORDS = frozenset({"api", "apis", "rest", "openapi"})


@attrs.frozen
class Step:
    """A step of a path: a word, or a parameter by its name."""

    text: str
    is_parameter: bool = False


@attrs.frozen(kw_only=True)
class PathKey:
    """A key of `paths`, read. `action` is what `:trim`, `chat.postMessage` or `#Action=CreateQueue` name."""

    steps: tuple[Step, ...] = ()
    before: tuple[str, ...] = ()
    """The words that stand before the version or `api`."""
    version: str = ""
    outer: tuple[str, ...] = ()
    action: str = ""


def read_path(path: str) -> PathKey:
    """Return what the key of a path says.

    `/api/v2/pets/{id}?beta=true` has the steps `pets` and `{id}`, the version `v2` and the outer resource `beta`.
    """
    bare, _, fragment = path.partition("#")
    bare, _, query = bare.partition("?")
    bare = _PROVIDER.sub("", bare)
    steps, action, dotted = _steps(bare)
    outer: list[str] = []
    for pair in filter(None, re.split(r"[&]", f"{query}&{fragment}")):
        key, equals, value = pair.partition("=")
        if key.lower() in _ACTION_KEYS and value:
            action = value.rpartition(".")[2]
        elif not equals and "{" not in key:
            steps.append(Step(key))
        elif value.lower() in _YES:
            outer.append(key)
        elif "{" not in value and not _VERSION_PARAMETER.fullmatch(key):
            outer.append(value if value[:1].isalpha() else f"{key}_{value}")
    before, version, steps = ((), "", steps) if dotted else _without_version(steps)
    return PathKey(steps=tuple(steps), before=before, version=version, outer=tuple(outer), action=action)


def _steps(path: str) -> tuple[list[Step], str, bool]:
    """The steps of a path, an action, and whether that is the end of dotted words: `admin.apps.approve`."""
    found: list[Step] = []
    action = ""
    dotted = False
    pieces = _PIECE.findall(path)
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        piece = _RANDOM.sub("", _EXTENSION.sub("", piece))
        if last and (colon := re.search(r"(?<=[^:/{]):([A-Za-z][\w.-]*)$", piece)):
            action, piece = colon[1], piece[: colon.start()]
        if "{" not in piece and piece.startswith(":") and len(piece) > 1:
            found.append(Step(piece[1:], is_parameter=True))
        elif "{" in piece:
            found += _mixed(piece)
        elif is_version(piece) or "." not in piece.strip(".") or not last or any(map(_is_word, found)):
            found.append(Step(piece))
        else:
            *words, action = [word for word in piece.split(".") if word]
            found += map(Step, words)
            dotted = True
    return [step for step in found if step.is_parameter or re.search(r"\w", step.text)], action, dotted


def _mixed(piece: str) -> Iterator[Step]:
    """The steps of a piece with parameters in it: `users({id})`, `{base}...{head}`, `{name=shelves/*}`."""
    at = 0
    for match in _PARAMETER.finditer(piece):
        text = piece[at : match.start()].strip("('\"@.:-_,;=)")
        if re.search(r"[A-Za-z]", text):
            yield Step(text)
        name, _, pattern = match[1].partition("=")
        if "/" in pattern:
            for part in pattern.split("/"):
                yield Step(name, is_parameter=True) if "*" in part else Step(part)
        else:
            yield Step(name.strip("+?*"), is_parameter=True)
        at = match.end()
    text = piece[at:].strip("('\"@.:-_,;=)")
    if re.search(r"[A-Za-z]{2}", text):
        yield Step(text)


def _is_word(step: Step) -> bool:
    return step.is_parameter or not (is_version(step.text) or step.text.lower() in API_WORDS)


def is_version(text: str) -> bool:
    """Whether a word is a version: `v2`, `2010-04-01`."""
    return _VERSION.fullmatch(text) is not None or _NUMBER.fullmatch(text) is not None


def _without_version(steps: list[Step]) -> tuple[tuple[str, ...], str, list[Step]]:
    """Take the version and `api` off, and apart what stands before them."""
    if steps and steps[0].is_parameter and _VERSION_PARAMETER.fullmatch(steps[0].text):
        steps = steps[1:]
    version = ""
    cut = 0
    for number, step in enumerate(steps):
        if step.is_parameter:
            break
        begins = number == 0 or steps[number - 1].text.lower() in API_WORDS
        if _VERSION.fullmatch(step.text) or (begins and _NUMBER.fullmatch(step.text)):
            version = step.text.lower()
            cut = number + 1
        elif step.text.lower() in API_WORDS and not (step.text.lower() == "apis" and _ends_words(steps, number)):
            cut = number + 1
    before = tuple(
        step.text for step in steps[:cut] if step.text.lower() not in API_WORDS and not is_version(step.text)
    )
    rest = steps[cut:]
    versions = [step for number, step in enumerate(rest) if _is_version_inside(rest, number)]
    version = version or (versions[0].text.lower() if versions else "")
    return before, version, [step for step in rest if all(step is not one for one in versions)]


def _ends_words(steps: list[Step], number: int) -> bool:
    """Whether only parameters follow: `/gateway/apis/{id}` is about APIs."""
    return all(step.is_parameter for step in steps[number + 1 :])


def _is_version_inside(steps: list[Step], number: int) -> bool:
    """Whether a step is a version: `v2` anywhere, a number between two words (`/oauth/1/token`)."""
    step = steps[number]
    if step.is_parameter or _VERSION.fullmatch(step.text):
        return not step.is_parameter
    around = [*steps[max(number - 1, 0) : number], *steps[number + 1 : number + 2]]
    is_between = len(around) == 2 and not any(one.is_parameter for one in around)
    return is_between and _NUMBER.fullmatch(step.text) is not None
