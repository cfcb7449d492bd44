"""The singular of English words, as APIs name things."""

from __future__ import annotations

_IRREGULAR = {
    "analyses": "analysis",
    "aches": "ache",
    "axes": "axis",
    "buses": "bus",
    "canoes": "canoe",
    "children": "child",
    "crises": "crisis",
    "diagnoses": "diagnosis",
    "feet": "foot",
    "gases": "gas",
    "hypotheses": "hypothesis",
    "indices": "index",
    "matrices": "matrix",
    "men": "man",
    "mice": "mouse",
    "people": "person",
    "quizzes": "quiz",
    "shoes": "shoe",
    "synopses": "synopsis",
    "teeth": "tooth",
    "toes": "toe",
    "vertices": "vertex",
    "women": "woman",
}
_UNCOUNTED = frozenset(
    {
        *("alias", "atlas", "bias", "canvas", "chaos", "gas", "news", "species"),
        *("analytics", "economics", "graphics", "logistics", "mathematics", "physics", "politics"),
        *("aws", "dns", "dos", "gps", "https", "ios", "kubernetes", "macos", "pos", "qos", "ses", "sms"),
    }
)
"""They end in `s` and are no plurals."""
_ENDINGS = (
    *(
        (f"{word}s", word)
        for word in ("api", "cpu", "emoji", "gpu", "gui", "kpi", "menu", "sku", "taxi", "uri", "wiki")
    ),
    *(
        (f"{word}s", word)
        for word in ("brownie", "calorie", "cookie", "movie", "rookie", "selfie", "smoothie", "zombie")
    ),
    *((f"{word}s", word) for word in ("avalanche", "cache", "headache", "niche")),
    *((f"{word}es", word) for word in ("alias", "atlas", "bias", "bonus", "campus", "canvas", "census", "focus")),
    *((f"{word}es", word) for word in ("lens", "status", "virus")),
    *((f"{stem}ves", f"{stem}f") for stem in ("hal", "sel", "shel", "wol")),
    ("series", "series"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("oes", "o"),
)
"""Endings of plurals and of what they are plurals of; the first that fits counts."""


def singular_of(word: str) -> str:
    """The singular of one word, in its letters: `Categories` → `Category`; a word that is no plural as it is."""
    low = word.lower()
    if low in _IRREGULAR:
        return word[0] + _IRREGULAR[low][1:]
    if low in _UNCOUNTED or len(low) < 3:
        return word
    for plural, one in _ENDINGS:
        if low.endswith(plural):
            return word[: len(word) - len(plural)] + (
                word[-len(plural) :][: len(one)] if plural.startswith(one) else one
            )
    if not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    return word[:-1]
