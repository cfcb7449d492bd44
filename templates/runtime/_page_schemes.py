"""How APIs tell pages apart, and what the next page is asked for with. Nothing here sends anything."""

from __future__ import annotations

import copy
from typing import Any, Callable, Dict, List, Literal, Mapping, NamedTuple, Optional

from ._http.redirects import is_same_origin
from ._lazy import httpx
from ._request.http_library import exceptions
from ._request.options import RAW_RESPONSE_HEADER, FinalRequestOptions
from ._structuring.annotations import is_dict
from ._types import NOT_GIVEN, NotGiven

Kind = Literal["cursor", "item", "number", "offset", "url", "link"]


class PageScheme(NamedTuple):
    """How an API tells pages apart. Places in responses are names, with dots between those of nested objects.

    `cursor`: `param` is what stood at `next`. `item`: it is the id of the last item (`last`, or `id` of the item), or
    of the first one if the call had `before`. `number`: it counts pages from `start`. `offset`: it counts items. `url`:
    the whole URL of the next page is at `next`. `link`: it is in the header `Link` (RFC 8288).
    """

    kind: Kind
    attribute: str = "data"
    """The attribute of the page that has the items."""
    items: str = ""
    """The place of the list; empty where it is the whole response, or differs from method to method."""
    param: str = ""
    before: str = ""
    next: str = ""
    """For numbers and offsets: what is null or empty on the last page."""
    first: str = ""
    last: str = ""
    id: str = "id"
    has_more: str = ""
    """What is false on the last page."""
    total: str = ""
    """The number of all items, for offsets."""
    total_pages: str = ""
    start: int = 1
    """The number of the first page."""

    @property
    def counts(self) -> bool:
        """Whether the client works out by itself what comes next, so that nothing tells whether the server knows it."""
        return self.kind in ("number", "offset")


class NextPage:
    """What the request of the next page has that the one before hadn't: other parameters, or another URL."""

    def __init__(
        self,
        *,
        params: Optional[Mapping[str, object]] = None,
        json: Optional[Mapping[str, object]] = None,
        url: Optional[httpx.URL] = None,
        problem: Optional[str] = None,
    ) -> None:
        self.params = params
        """Parameters of the query."""
        self.json = json
        """Members of the body."""
        self.url = url
        """The whole URL."""
        self.problem = problem
        """Why this page can't be asked for."""

    @property
    def cursor(self) -> object:
        """What tells this page from others, as something that can be compared."""
        return str(self.url) if self.url is not None else self.params or self.json

    def __repr__(self) -> str:
        named = ("url", str(self.url) if self.url is not None else None), ("params", self.params), ("json", self.json)
        return f"NextPage({', '.join(f'{name}={value!r}' for name, value in named if value is not None)})"


class Received(NamedTuple):
    """A response, its body as decoded JSON, and the items in it."""

    response: httpx.Response
    body: object
    items: List[Any]

    @property
    def url(self) -> httpx.URL:
        """What was asked for, before any redirect."""
        history: List[httpx.Response] = self.response.history
        return (history[0] if history else self.response).request.url


class Sent(NamedTuple):
    """Where requests have the parameter that tells pages apart: in the query, or in the body."""

    in_body: bool

    def value(self, name: str, options: FinalRequestOptions, received: Received) -> object:
        """Return the value that a request had for a parameter; `None` if it had none."""
        if not self.in_body:
            return received.url.params.get(name)
        body: Any = options.json_body()
        value: object = body.get(name) if is_dict(body) else None
        return None if isinstance(value, NotGiven) else value

    def with_values(self, values: Mapping[str, object]) -> NextPage:
        """Return the next page that has these values for parameters."""
        return NextPage(json=values) if self.in_body else NextPage(params=values)


def value_at(body: object, place: str) -> Any:
    """Return what stands at a place of decoded JSON; the whole of it for an empty place, `None` where nothing is."""
    if place and is_dict(body) and place in body:  # `@odata.nextLink`
        return body[place]
    for name in place.split(".") if place else ():
        body = body.get(name) if is_dict(body) else None
    return body


def next_page(scheme: PageScheme, sent: Sent, options: FinalRequestOptions, received: Received) -> Optional[NextPage]:
    """Return what the page after a response is asked for with; `None` if that was the last one."""
    if scheme.has_more and value_at(received.body, scheme.has_more) is False:
        return None
    if scheme.kind in ("url", "link") or _is_url(scheme, received):
        return _linked(scheme, received)
    values = _NEXT[scheme.kind](scheme, received, lambda name: sent.value(name, options, received))
    return None if values is None else sent.with_values(values)


_Values = Optional[Dict[str, object]]
_SentValue = Callable[[str], object]


def _after_cursor(scheme: PageScheme, received: Received, sent: _SentValue) -> _Values:
    """An empty page may have others after it. One that names itself has none."""
    cursor = value_at(received.body, scheme.next)
    if not _is_cursor(cursor) or (not received.items and str(cursor) == str(sent(scheme.param))):
        return None
    return {scheme.param: cursor}


def _after_item(scheme: PageScheme, received: Received, sent: _SentValue) -> _Values:
    if not received.items:
        return None
    is_backward = bool(scheme.before) and sent(scheme.before) is not None
    place, item = (scheme.first, received.items[0]) if is_backward else (scheme.last, received.items[-1])
    cursor = (value_at(received.body, place) if place else None) or value_at(item, scheme.id)
    return {scheme.before if is_backward else scheme.param: cursor} if _is_cursor(cursor) else None


def _after_number(scheme: PageScheme, received: Received, sent: _SentValue) -> _Values:
    if not received.items or _says_last(scheme, received):
        return None
    number = _whole(sent(scheme.param), scheme.start)
    pages = value_at(received.body, scheme.total_pages) if scheme.total_pages else None
    if pages is not None and number - scheme.start + 1 >= _whole(pages, 0):
        return None
    return {scheme.param: number + 1}


def _after_offset(scheme: PageScheme, received: Received, sent: _SentValue) -> _Values:
    if not received.items or _says_last(scheme, received):
        return None
    offset = _whole(sent(scheme.param), 0) + len(received.items)
    total = value_at(received.body, scheme.total) if scheme.total else None
    return None if total is not None and offset >= _whole(total, 0) else {scheme.param: offset}


_NEXT: Mapping[str, Callable[[PageScheme, Received, _SentValue], _Values]] = {
    "cursor": _after_cursor,
    "item": _after_item,
    "number": _after_number,
    "offset": _after_offset,
}


def _is_url(scheme: PageScheme, received: Received) -> bool:
    """Whether the cursor comes as a whole URL, as some servers have it."""
    cursor = value_at(received.body, scheme.next) if scheme.kind == "cursor" else None
    return isinstance(cursor, str) and cursor.startswith(("http://", "https://"))


def _linked(scheme: PageScheme, received: Received) -> Optional[NextPage]:
    if scheme.kind == "link":
        text: Any = received.response.links.get("next", {}).get("url")
    else:
        text = value_at(received.body, scheme.next)
    if not isinstance(text, str) or not text:
        return None
    here = received.url
    try:
        url = received.response.url.join(text)
    except exceptions("InvalidURL"):
        return NextPage(url=here, problem="The URL of the next page is none.")
    if (here.scheme, url.scheme, here.host, url.port) == ("https", "http", url.host, None):
        url = url.copy_with(scheme="https")  # of a server that doesn't know what stands before it
    url = url.copy_with(userinfo=b"", fragment=None)
    if not is_same_origin(here, url):
        where = f"{url.scheme}://{url.netloc.decode()}"
        return NextPage(url=url, problem=f"The next page is on another server, which isn't asked for it: {where}")
    return NextPage(url=url)


def next_options(options: FinalRequestOptions, page: NextPage, defaults: Mapping[str, object]) -> FinalRequestOptions:
    """Return the options of the request of the next page. `defaults` is the query that the client adds."""
    changed = copy.copy(options)
    if options.headers:  # the page itself is wanted, also where the first one was wrapped
        changed.headers = {name: value for name, value in options.headers.items() if name != RAW_RESPONSE_HEADER}
    if page.url is not None:
        changed.url = str(page.url)
        changed.params = {name: NOT_GIVEN for name in defaults if name in page.url.params}
    elif page.params is not None:
        changed.params = {**(options.params or {}), **page.params}
    elif page.json is not None:
        body: Any = options.json_body()
        changed.json_data = {**(body if is_dict(body) else {}), **page.json}
        changed.extra_json = None
    return changed


def _says_last(scheme: PageScheme, received: Received) -> bool:
    return bool(scheme.next) and not value_at(received.body, scheme.next)


def _is_cursor(value: object) -> bool:
    return isinstance(value, (str, int)) and value not in ("", False, True)


def _whole(value: object, default: int) -> int:
    try:
        return int(value) if isinstance(value, (str, int, float)) else default
    except (ValueError, OverflowError):
        return default
