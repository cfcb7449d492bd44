"""Every Python identifier that comes from the spec is made here."""

from __future__ import annotations

import functools
import itertools
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from ...document.reserved import is_device
from ...ir.definitions import is_key
from .plurals import singular_of

_WORD = re.compile(r"[^\W_]+")
_PLURAL_ACRONYM = re.compile(r"([A-Z]{2,})s(?![a-z])")
_ACRONYM_END = re.compile(r"([A-Z]+)([A-Z][a-z])")
_HUMP = re.compile(r"([a-z0-9])([A-Z])")
_ONE_WORD = re.compile(r"(?:OAuth|OpenAPI|OpenAI|OpenID|GitHub|GitLab|GraphQL|WebSocket|WebAuthn|JavaScript)(?![a-z])")
"""Words with capitals inside, as modules spell them."""
_ACRONYM = re.compile(
    r"API|CSV|DNS|HTML|HTTPS?|ID|IP|JSON|JWT|LLM|MCP|MFA|PDF|SDK|SQL|SSE|SSH|SSO|TLS|UI|URI|URL|UUID|XML"
)
_ACRONYMS = re.compile(rf"(?:{_ACRONYM.pattern}){{2,4}}(?![A-Z]*[a-z])|(?:{_ACRONYM.pattern}){{2,4}}(?=[A-Z][a-z])")
"""Acronyms that follow each other: `URLPDF`."""
_DATE = re.compile(r"(?<=[A-Za-z])(?=(?:19|20)\d{6}(?!\d))")
"""Where a date begins: `Tool20250124`."""
_BRACKETED = re.compile(r"<([^<>]+)>")
"""A name that stands for others: `<location>`."""
_UNSEEN_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160"))
"""Fillers of Hangul syllables, which Python takes as letters."""
_SYMBOLS = str.maketrans({"+": " plus ", "<": " lt ", ">": " gt "})
_SYMBOL_WORDS = str.maketrans(
    {
        "!": " not ",
        "#": " hash ",
        "$": " dollar ",
        "%": " percent ",
        "&": " and ",
        "*": " star ",
        "=": " equals ",
        "@": " at ",
        "~": " tilde ",
    }
)

MODEL_MEMBERS = frozenset(
    {
        "_request_id",
        "construct",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "to_dict",
        "to_json",
    }
)
"""Attributes of the generated `BaseModel`, which a field must not hide. Those of `PydanticNames` it may."""

PAGE_MEMBERS = MODEL_MEMBERS | {"get_next_page", "has_next_page", "iter_pages", "next_page_info"}
"""Attributes of pages, which are models."""

REQUEST_OPTIONS = frozenset({"self", "extra_headers", "extra_query", "extra_body", "timeout"})
"""Parameters that every generated method has already."""

RESOURCE_MEMBERS = frozenset({"self", "with_raw_response", "with_streaming_response"})
"""Attributes that every resource class has already, and the name by which methods know it."""

CREDENTIALS = frozenset({"api_key", "auth_token"})
"""The usual options for secrets, which are attributes of the clients that have them."""

CLIENT_MEMBERS = (
    RESOURCE_MEMBERS
    | CREDENTIALS
    | {
        "auth_headers",
        "base_url",
        "close",
        "copy",
        "custom_auth",
        "default_headers",
        "default_query",
        "default_stream_class",
        "delete",
        "get",
        "is_closed",
        "max_response_bytes",
        "max_retries",
        "patch",
        "platform_headers",
        "post",
        "put",
        "qs",
        "request",
        "strict_validation",
        "timeout",
        "user_agent",
        "with_options",
    }
)
"""Attributes of the clients, which a resource must not hide."""


@functools.cache
def pascal(text: str) -> str:
    """Return `text` in Pascal case: `prompt_caching` → `PromptCaching`. `""` if nothing is left.

    Capitals inside words stay: `InputJSONDelta`.
    """
    words = _WORD.findall(_spelled(text))
    name = "".join(word[0].upper() + word[1:] for word in words)
    return "N" + name if name[:1].isdigit() else name


@functools.cache
def snake(text: str) -> str:
    """Return `text` in snake case: `InputJSONDelta` → `input_json_delta`, `userIDs` → `user_ids`.

    `""` if nothing is left.
    """
    text = _PLURAL_ACRONYM.sub(lambda match: match[1].capitalize() + "s", _spelled(text))
    text = _HUMP.sub(r"\1_\2", _ACRONYM_END.sub(r"\1_\2", text))
    name = "_".join(word.lower() for word in _WORD.findall(text))
    return "n" + name if name[:1].isdigit() else name


def type_name(text: str) -> str:
    """Return the name of the class or alias for the schema called `text`."""
    return _not_keyword(pascal(text))


@functools.cache
def module_name(name: str) -> str:
    """Return the name of the module that defines the type `name`: `ToolURLPDF20250124` → `tool_url_pdf_20250124`.

    `_` comes behind it if Python or Windows has another use for that: `class_`, `con_`.
    """
    text = _ONE_WORD.sub(lambda match: match[0].capitalize(), _DATE.sub("_", name))
    made = snake(_ACRONYMS.sub(lambda match: "_".join(_ACRONYM.findall(match[0])) + "_", text))
    return made + "_" if keyword.iskeyword(made) or is_device(made) else made


def resource_name(text: str, taken: frozenset[str] = CLIENT_MEMBERS) -> str:
    """Return a name for a resource, which is an attribute and a module: as `attribute`, but no name of a device."""
    name = attribute(text, taken)
    return name + "_" if is_device(name) else name


def attribute(text: str, taken: frozenset[str] = frozenset()) -> str:
    """Return a name for a field, parameter, method or resource: `text` in snake case.

    `_` comes behind it if Python or `taken` has that name: `class_`.
    """
    name = _not_keyword(snake(text) or _symbol_names(text))
    return name + "_" if name in taken else name


def free_name(text: str, taken: Collection[str]) -> str:
    """Return an attribute for `text` that isn't in `taken`: `get_pets`, else `get_pets_2`."""
    return _free(attribute(text, RESOURCE_MEMBERS) or "call", taken)


def member_name(text: str) -> str:
    """Return a name for the member of an enum class: `text` as it is, if the class has no other use for it, or else in
    capitals: `NOT_FOUND`, `VALUE_2`, `MINUS_1`; `EMPTY` for nothing."""
    if text.isidentifier() and text.upper() == text and text.isascii() and not text.startswith("_"):
        return text
    made = snake(text) or _symbol_names(text) or "empty"
    made = f"value_{made[1:]}" if made[0] == "n" and text[:1].isdigit() else made
    return made.upper() if made.upper().isidentifier() else f"VALUE_{made.encode().hex().upper()}"


def free_in(taken: set[str], name: str) -> str:
    """Return `name`, with a number behind it if that is in `taken`, and put it there: `RED`, else `RED_2`."""
    free = _free(name, taken)
    taken.add(free)
    return free


def _free(name: str, taken: Collection[str]) -> str:
    numbered = (f"{name}_{number}" for number in itertools.count(2))
    return next(each for each in itertools.chain([name], numbered) if each not in taken)


def attributes(
    texts: Iterable[str], taken: frozenset[str] = frozenset(), locked: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Return an attribute for each text, as `attribute` makes them.

    Texts that would get the same one keep their own spelling, if Python allows it and it isn't private: `userId` and
    `user_id` are called so, not both `user_id`. Otherwise their symbols become words (`at_id` for `@id` beside `id`),
    or they get a number. Texts in `locked` have a name already, which no other gets.
    """
    texts = dict.fromkeys(texts)
    taken = taken.union(locked.values())
    wanted = {text: attribute(text, taken) for text in texts if text not in locked}
    counts = Counter(wanted.values())
    made = {
        text: text if counts[name] > 1 and is_key(text) and text[0] != "_" and text not in taken else name
        for text, name in wanted.items()
    }
    used = set(locked.values())
    for text in sorted(made, key=lambda text: (not text or made[text] != text, counts[wanted[text]] > 1)):
        made[text] = next(name for name in _alternatives(text, made[text], taken) if name not in used)
        used.add(made[text])
    return {text: locked.get(text) or made[text] for text in texts}


def why_not(name: str) -> str:
    """Say why `attribute` gives a name another spelling: Python or a class has it."""
    if keyword.iskeyword(name):
        return "it is a keyword of Python"
    return "it is the name of a device on Windows" if is_device(name) else "there is another of this name"


def _alternatives(text: str, name: str, taken: frozenset[str]) -> Iterator[str]:
    """Names for `text`, of which `name` is the best one."""
    yield name or "empty"
    words = text.replace("[]", " list ").translate(_SYMBOL_WORDS)
    if words != text:
        yield attribute(words, taken)
    yield from (f"{name or 'empty'}_{number}" for number in itertools.count(2))


def is_plain(text: str, name: str) -> bool:
    """Whether `name` is the text itself, and would be whatever else there is. Only other names stand in names.lock."""
    return text == name == attribute(text)


def singular(text: str) -> str:
    """Return the singular of the last word: `user_messages` → `user_message`, `categories` → `category`."""
    head, last = _last_word(text)
    return head + singular_of(last)


def _last_word(text: str) -> tuple[str, str]:
    boundary = max((match.start() for match in re.finditer(r"(?<=[a-z0-9])[A-Z]|(?<=_).", text)), default=0)
    return text[:boundary], text[boundary:]


def _spelled(text: str) -> str:
    """Normalised text in which the symbols that tell names apart are words (`+1` and `-1`, `Start<` and `Start>`)."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = text.translate(_UNSEEN_LETTERS)
        text = "".join(char for char in text if f"a{char}".isidentifier() or not char.isalnum())
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1]
    if text.startswith("-"):
        text = "minus " + text[1:]
    return text.translate(_SYMBOLS)


def _symbol_names(text: str) -> str:
    """`*` → `asterisk`: Unicode's names, for a text that has nothing else."""
    return snake(" ".join(unicodedata.name(char, "") for char in text))


def _not_keyword(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name
