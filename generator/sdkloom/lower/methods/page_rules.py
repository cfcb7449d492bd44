"""By which shapes pages are known without configuration. `docs/pages.md` says it for users.

A rule takes only what can't be meant otherwise: the wrong pages are worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from ...ir.pages import PageKind, PagePlaces
from ..names.identifiers import snake
from .lists import ListOperation, Lists, Place

_CURSORS: Mapping[str, str] = {
    "after": "end_cursor next next_after next_cursor",
    "bookmark": "next_bookmark",
    "continuation_token": "next_continuation_token",
    "continue": "continue",
    "cursor": "end_cursor next next_cursor next_page next_page_cursor",
    "marker": "next_marker",
    "next_cursor": "next_cursor",
    "next_page_token": "next_page_token",
    "next_token": "next_token",
    "offset": "next_offset",
    "page": "next_page",
    "page_cursor": "next_cursor next_page_cursor",
    "page_token": "next_page_token next_token",
    "pagination_token": "next_pagination_token next_token",
    "start_cursor": "next_cursor",
}
"""The parameter that takes a cursor, and what the response calls it, in snake case."""

_CURSOR_HOLDERS = frozenset({"cursor", "cursors", "page_info", "pagination", "paging"})
"""Objects of a response whose `after` is what the parameter `after` takes."""

_AFTER = frozenset({"after", "after_id", "starting_after"})
_BEFORE = frozenset({"before", "before_id", "ending_before"})
_HAS_MORE = frozenset({"has_more", "has_next", "has_next_page", "has_more_items", "has_more_pages"})
_NUMBERS = frozenset({"current_page", "page", "page_index", "page_no", "page_num", "page_number"})
_OFFSETS = frozenset({"offset", "skip"})
_TOKENS = _CURSORS.keys() - _NUMBERS - _OFFSETS
_IDS = ("id", "token", "uuid", "uid", "gid")
"""Properties of items that may have their id, the best one first."""
_SIZES = frozenset({"limit", "page_limit", "page_size", "per_page", "size", "take"})
_TOTALS = frozenset({"total", "total_count", "total_elements", "total_items", "total_records", "total_results"})
_COUNTS = frozenset({"count"})
"""Numbers that may be of all items or of those of the page: they tell that there are pages, not where they end."""
_PAGE_COUNTS = frozenset({"last_page", "num_pages", "page_count", "total_pages"})
_URLS = frozenset({"next_href", "next_link", "next_page_link", "next_page_uri", "next_page_url", "next_url"})
_URL_FORMATS = frozenset({"uri", "uri-reference", "url"})
_LINKED_BY = _NUMBERS | _OFFSETS | _SIZES | _AFTER | frozenset({"cursor", "max_id", "page_token", "since"})
"""Parameters beside which the header `Link` is about pages."""


@attrs.frozen(kw_only=True)
class Found:
    """How an operation tells its pages apart."""

    kind: PageKind
    places: PagePlaces
    start: int = 1


_Rule = Callable[[ListOperation, Lists], Found | None]


def infer(found: ListOperation, lists: Lists) -> Found | None:
    """Return how an operation tells its pages apart, if that is unmistakable."""
    if found.chosen is None or not (found.is_get or found.body):
        return None
    if len([names for names in (_NUMBERS, _OFFSETS, _TOKENS) if any(_optional(found.query, names))]) > 1:
        return _by_url(found, lists)  # several ways at once
    rules = _RULES if found.is_get else (_by_cursor,)
    return next((result for rule in rules if (result := rule(found, lists)) is not None), None)


def _by_cursor(found: ListOperation, lists: Lists) -> Found | None:
    """The response names what a parameter takes: `cursor` and `next_cursor`."""
    params = found.query if found.is_get else found.body
    for param in [param for param in params.values() if param.name in _CURSORS]:
        names = frozenset(_CURSORS[param.name].split())
        nexts = [
            place
            for place in found.places.values()
            if (place.name in names or (place.name == param.name == "after" and place.parent in _CURSOR_HOLDERS))
            and ((place.is_text and param.is_text) or (place.is_whole and param.is_whole))
        ]
        if nexts:
            return _found(found, PageKind.CURSOR, param, next=_shallowest(nexts), has_more=_flag(found))
    return None


def _by_item(found: ListOperation, lists: Lists) -> Found | None:
    """A parameter takes the id of an item, and the response says whether there are more."""
    has_more, params = _flag(found), list(_optional(found.query, _AFTER))
    if not has_more or len(params) != 1 or not params[0].is_text:
        return None
    first, last = (next(_named(found, frozenset({name})), None) for name in ("first_id", "last_id"))
    item = lists.properties(lists.item_of(found.chosen)) if found.chosen is not None else None
    known = {prop.name for prop in item.properties} if item is not None else set[str]()
    id = next((name for name in _IDS if name in known), "")
    if last is None and not id:
        return None
    before = list(_optional(found.query, _BEFORE))
    return _found(
        found,
        PageKind.ITEM,
        params[0],
        before=before[0].text if len(before) == 1 else "",
        first=first.text if first is not None else "",
        last=last.text if last is not None else "",
        id=id if id != "id" else "",
        has_more=has_more,
    )


def _by_number(found: ListOperation, lists: Lists) -> Found | None:
    """A parameter takes the number of the page. Which one is the first has to be said."""
    params = [param for param in _optional(found.query, _NUMBERS) if param.is_whole]
    start = lists.first_value(params[0]) if len(params) == 1 else None
    if start is None or not (_counted(found) or _is_plain_list(found)):
        return None
    total_pages = next((place.text for place in _named(found, _PAGE_COUNTS) if place.is_whole), "")
    result = _found(found, PageKind.NUMBER, params[0], total_pages=total_pages, has_more=_flag(found), next=_url(found))
    return attrs.evolve(result, start=start)


def _by_offset(found: ListOperation, lists: Lists) -> Found | None:
    """A parameter takes the number of items to skip."""
    params = [param for param in _optional(found.query, _OFFSETS) if param.is_whole]
    if len(params) != 1 or not _has_size(found) or not (_counted(found) or _is_plain_list(found)):
        return None
    total = next((place.text for place in _named(found, _TOTALS) if place.is_whole), "")
    return _found(found, PageKind.OFFSET, params[0], total=total, has_more=_flag(found), next=_url(found))


def _by_url(found: ListOperation, lists: Lists) -> Found | None:
    """The response has the URL of the next page."""
    url = _url(found)
    return _found(found, PageKind.URL, None, next=url) if url else None


def _by_link(found: ListOperation, lists: Lists) -> Found | None:
    """The header `Link` is declared, and there is a parameter about pages."""
    is_about_pages = any(param.name in _LINKED_BY for param in found.query.values())
    return _found(found, PageKind.LINK, None) if found.has_link and is_about_pages else None


def _unless_plain(rule: _Rule) -> _Rule:
    return lambda found, lists: None if _is_plain_list(found) else rule(found, lists)


_RULES = (
    _by_cursor,
    _by_item,
    _by_url,
    _unless_plain(_by_number),
    _unless_plain(_by_offset),
    _by_link,
    _by_number,
    _by_offset,
)
"""In order: what the server says goes before what the client can count. A list that is the whole response says nothing
of its end: a link is better there."""


def _found(found: ListOperation, kind: PageKind, param: Place | None, **places: str) -> Found:
    items = found.chosen.text if found.chosen is not None else ""
    return Found(kind=kind, places=PagePlaces(param=param.text if param else "", items=items, **places))


def _optional(params: Mapping[str, Place], names: Iterable[str]) -> Iterator[Place]:
    wanted = frozenset(names)
    return (param for param in params.values() if param.name in wanted and not param.required)


def _named(found: ListOperation, names: frozenset[str]) -> Iterator[Place]:
    matching = [place for place in found.places.values() if place.name in names]
    return iter(sorted(matching, key=lambda place: len(place.path)))


def _shallowest(places: list[Place]) -> str:
    return min(places, key=lambda place: len(place.path)).text


def _flag(found: ListOperation) -> str:
    """What is false on the last page."""
    return next((place.text for place in _named(found, _HAS_MORE) if "boolean" in place.kinds), "")


def _counted(found: ListOperation) -> bool:
    """Whether the response says how much there is, or whether there is more."""
    counts = [place for place in _named(found, _TOTALS | _COUNTS | _PAGE_COUNTS) if place.is_whole]
    return bool(counts or _flag(found) or _url(found))


def _is_plain_list(found: ListOperation) -> bool:
    """Whether the response is the list alone, and a parameter limits it."""
    return found.chosen is not None and not found.chosen.path and _has_size(found)


def _has_size(found: ListOperation) -> bool:
    return any(param.name in _SIZES and param.is_whole for param in found.query.values())


def _url(found: ListOperation) -> str:
    """Where the URL of the next page is."""
    urls = [place for place in found.places.values() if "string" in place.kinds and _is_next_url(place)]
    return _shallowest(urls) if urls else ""


def _is_next_url(place: Place) -> bool:
    if place.name == "next":
        return place.format in _URL_FORMATS or _is_in_links(place)
    if place.name == "href":
        return place.parent == "next"
    return place.name in _URLS or place.name == "odata_next_link"


def _is_in_links(place: Place) -> bool:
    return any(snake(name) == "links" for name in place.path[:-1])
