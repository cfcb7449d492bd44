"""Names of packages and clients: what follows from the title of a document."""

from __future__ import annotations

import re
from typing import Any

from .reserved import FRAMEWORKS, is_class_taken, is_distribution_taken, is_package_taken

LONGEST_NAME = 60
"""Characters of a name that is made of a title."""

_WORD = re.compile(r"[A-Za-z0-9]+")
_ASIDE = re.compile(r"\([^()]*\)|https?://\S*|\b[vV]?\d+(\.\d+)+\b")
"""What titles say besides: in parentheses, an address, a version."""
_NO_NAMES = frozenset(
    {"api", "apis", "definition", "doc", "docs", "documentation", "http", "openapi", "rest", "restful"}
    | {"spec", "specification", "swagger", "the", "version"}
)
"""Words of titles that are no part of a name. Neither are numbers behind them."""


def client_names(import_name: str, class_name: str | None = None, title: str = "") -> dict[str, Any]:
    """Return what names of the client and of its environment variables are, unless sdk.yaml says it."""
    class_name = class_name or class_name_of(import_name, title)
    prefix = import_name.upper()
    return {
        "class_name": class_name,
        "async_class_name": f"Async{class_name}",
        "base_url_env": f"{prefix}_BASE_URL",
        "log_env": f"{prefix}_LOG",
    }


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _title_words(title: str) -> list[str]:
    """The words of a title that name something: `The Pets API 2.0 (beta)` is about pets."""
    words = _WORD.findall(_ASIDE.sub(" ", title))
    found = [word for word in words if word.lower() not in _NO_NAMES]
    while len(found) > 1 and re.fullmatch(r"[vV]?\d+", found[-1]):
        found.pop()
    says_something = any(re.fullmatch(r"[vV]?\d+", word) is None for word in found)
    return (found if says_something else words) or _WORD.findall(title)


def is_long_title(title: str) -> bool:
    """Whether only a part of the title becomes the name of the package."""
    return len("-".join(_title_words(title))) > LONGEST_NAME


def distribution_name(title: str) -> str:
    """Return the name of the distribution: as many words of the title as there is room for."""
    name = "-".join(_title_words(title)).lower()
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME + 1].rpartition("-")[0] or name[:LONGEST_NAME]
    return f"api-{name}" if is_distribution_taken(name) or name in FRAMEWORKS else name or "api"


def import_name_of(text: str) -> str:
    """Return a distribution's name as a Python name that no other package has."""
    name = "_".join(_words(text)) or "api"
    return f"api_{name}" if name[0].isdigit() or is_package_taken(name) else name


def class_name_of(import_name: str, title: str = "") -> str:
    """Return a name for the client's class. Neither it nor the base error has the name of another class.

    Words that the title has, too, are spelled as there: `openai` is `OpenAI`.
    """
    spelled = {} if title.isupper() else {word.lower(): word[0].upper() + word[1:] for word in _title_words(title)}
    name = "".join(spelled.get(word, word.capitalize()) for word in import_name.split("_"))
    return f"{name}Client" if is_class_taken(name) or is_class_taken(f"{name}Error") else name
