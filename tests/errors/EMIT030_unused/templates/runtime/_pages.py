"""Lists that come page by page: the page that a call gives, what the next one is asked for with, and all their items.

A class of pages says in its `__scheme__` how the API tells pages apart. A page makes the request of the next one from
its own: with the same headers, query, body, retries and timeout.
"""

from __future__ import annotations

from functools import lru_cache
from typing import (
    TYPE_CHECKING,
    Any,
    AsyncIterator,
    Awaitable,
    Callable,
    Dict,
    Generator,
    Generic,
    Iterator,
    List,
    NamedTuple,
    Optional,
    Type,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

from ._exceptions import APIError, APIResponseValidationError, request_id_of
from ._lazy import httpx
from ._models import BaseModel, set_request_id
from ._page_schemes import NextPage as NextPage
from ._page_schemes import PageScheme as PageScheme
from ._page_schemes import Received, Sent, next_options, next_page, value_at
from ._request.options import FinalRequestOptions
from ._responses.parse import parse_body
from ._structuring.annotations import is_dict, is_list
from ._structuring.fields import field
from ._structuring.model_meta import ModelMeta, new_instance
from ._structuring.structure import ValidationError, structure
from ._types import Body
from ._typing import override

if TYPE_CHECKING:
    from ._base_client import AsyncAPIClient, SyncAPIClient

_T = TypeVar("_T")
_PageT = TypeVar("_PageT", bound="BasePage[Any]")
_SyncPageT = TypeVar("_SyncPageT", bound="BaseSyncPage[Any]")
_AsyncPageT = TypeVar("_AsyncPageT", bound="BaseAsyncPage[Any]")


class PaginationError(APIError):
    """The next page can't be asked for: the server names one that was there before, or one on another server."""


class BasePage(BaseModel, Generic[_T]):
    """What blocking and asynchronous pages have in common. `__scheme__` says how the API tells pages apart."""

    if TYPE_CHECKING:
        __scheme__: PageScheme

    _link: Optional[_Link] = None

    def has_next_page(self) -> bool:
        """Return whether there is a page after this one, as far as this one tells."""
        return self.next_page_info() is not None

    def next_page_info(self) -> Optional[NextPage]:
        """Return what the next page is asked for with; `None` after the last page, and for a page made otherwise."""
        return None if self._link is None else self._link.next

    def _items(self) -> List[_T]:
        items: Optional[List[_T]] = getattr(self, self.__scheme__.attribute)
        return items or []

    def _next_request(self) -> _Request:
        link = self._link
        if link is None or link.next is None:
            raise RuntimeError("There is no next page. Ask `has_next_page()` before `get_next_page()`.")
        return link.request.following(link.next, link.sent)

    def _check_progress(self: _PageT, previous: _PageT) -> _PageT:
        """Raise if the server doesn't look at the number of the page: it would send the same items for ever."""
        link = self._link
        if link is not None and self.__scheme__.counts and self._items() and self._items() == previous._items():
            raise PaginationError("The next page has the same items as this one.", link.sent, body=None)
        return self

    @override
    def __reduce__(self) -> Any:
        """A page that was pickled keeps its values, but knows no next page."""
        made: Any = type(self)
        return _empty_page, made.__made_of__, self.__getstate__()


class BaseSyncPage(BasePage[_T]):
    """A page of a blocking client."""

    @override
    def __iter__(self) -> Iterator[_T]:
        """Yield the items of this page and of all that follow. Each is asked for when it is needed."""
        for page in self.iter_pages():
            yield from page._items()

    def iter_pages(self: _SyncPageT) -> Iterator[_SyncPageT]:
        """Yield this page and all that follow."""
        page = self
        yield page
        while page.has_next_page():
            page = page.get_next_page()
            yield page

    def get_next_page(self: _SyncPageT) -> _SyncPageT:
        """Ask for the next page.

        Raises:
            RuntimeError: there is none.
            PaginationError: the server names one that was there before, or one on another server.
            APIError: the request failed; see the method that gave this page.
        """
        request = self._next_request()
        page: _SyncPageT = request.client.request(request, request.options)
        return page._check_progress(self)


class BaseAsyncPage(BasePage[_T]):
    """A page of an asynchronous client."""

    async def __aiter__(self) -> AsyncIterator[_T]:
        """Yield the items of this page and of all that follow. Each is asked for when it is needed."""
        async for page in self.iter_pages():
            for item in page._items():
                yield item

    async def iter_pages(self: _AsyncPageT) -> AsyncIterator[_AsyncPageT]:
        """Yield this page and all that follow."""
        page = self
        yield page
        while page.has_next_page():
            page = await page.get_next_page()
            yield page

    async def get_next_page(self: _AsyncPageT) -> _AsyncPageT:
        """Ask for the next page.

        Raises:
            RuntimeError: there is none.
            PaginationError: the server names one that was there before, or one on another server.
            APIError: the request failed; see the method that gave this page.
        """
        request = self._next_request()
        page: _AsyncPageT = await request.client.request(request, request.options)
        return page._check_progress(self)


class AsyncPaginator(Generic[_T, _AsyncPageT]):
    """What a method gives before anything is sent: await it for the first page, or iterate over all items.

    page = await client.things.list()
    async for thing in client.things.list(): ...
    """

    def __init__(self, request: Callable[[], Awaitable[_AsyncPageT]]) -> None:
        self._request = request

    def __await__(self) -> Generator[Any, None, _AsyncPageT]:
        return self._request().__await__()

    async def __aiter__(self) -> AsyncIterator[_T]:
        async for item in await self._request():
            yield item


class Pages:
    """Makes the first request: `Pages(client, "get")("/v1/things", cast_to=SyncPage[Thing], options=...)`.

    `items` is where the list is, if the class of the page doesn't say so. With `in_body` the parameter that tells pages
    apart is a member of the body.
    """

    def __init__(self, client: SyncAPIClient, method: str, *, items: str = "", in_body: bool = False) -> None:
        self._client = client
        self._first = _FirstPage(method, items, in_body)

    def __call__(self, path: str, *, cast_to: Type[_PageT], options: Any, body: Body | None = None) -> _PageT:
        request = self._first.request(self._client, path, cast_to, body, options)
        page: _PageT = self._client.request(cast(Any, request), request.options)
        return page


class AsyncPages:
    """The same for asynchronous clients."""

    def __init__(self, client: AsyncAPIClient, method: str, *, items: str = "", in_body: bool = False) -> None:
        self._client = client
        self._first = _FirstPage(method, items, in_body)

    def __call__(
        self, path: str, *, cast_to: Type[_AsyncPageT], options: Any, body: Body | None = None
    ) -> AsyncPaginator[Any, _AsyncPageT]:
        request = self._first.request(self._client, path, cast_to, body, options)

        async def send() -> _AsyncPageT:
            page: _AsyncPageT = await self._client.request(cast(Any, request), request.options)
            return page

        return AsyncPaginator(send)


class _FirstPage:
    """What the first requests of both clients have in common."""

    def __init__(self, method: str, items: str, in_body: bool) -> None:
        self._method = method
        self._items = items
        self._sent = Sent(in_body)

    def request(self, client: Any, path: str, cast_to: Any, body: Body | None, options: Any) -> _Request:
        call = FinalRequestOptions.construct(method=self._method, url=path, json_data=body, **options)
        return _Request(client, call, cast_to, self._items, self._sent, _START)


class _Progress(NamedTuple):
    """What finds a list that goes in a circle (Brent's algorithm): a page of before, and when to take a later one."""

    mark: object
    left: int
    steps: int

    def after(self, page: NextPage) -> _Progress:
        if self.left > 1:
            return self._replace(left=self.left - 1)
        return _Progress(page.cursor, 2 * self.steps, 2 * self.steps)


_START = _Progress(None, 1, 1)


class _Request:
    """The request of a page. It is the `cast_to` of its own response, too: that is how the response becomes a page."""

    def __init__(
        self, client: Any, options: FinalRequestOptions, cast_to: Any, items: str, sent: Sent, progress: _Progress
    ) -> None:
        self.client = client
        self.options = options
        self._cast_to = cast_to
        self._items = items
        self._sent = sent
        self._progress = progress

    @override
    def __repr__(self) -> str:
        return repr(self._cast_to)

    def parse_response(self, response: httpx.Response, *, strict: bool, expects_json: bool) -> Any:
        """Return the body of a response as a page.

        Raises:
            APIResponseValidationError: if the body isn't JSON, or no page, or, if `strict`, not as declared.
        """
        body: object = parse_body(response, object, strict=strict, expects_json=expects_json)
        if not is_dict(body) and not is_list(body):
            raise APIResponseValidationError(response, body, message="The response is no page of a list.")
        page_class = _page_class(get_origin(self._cast_to), get_args(self._cast_to)[0], self._items)
        scheme: PageScheme = page_class.__scheme__
        place = self._items or scheme.items
        items: object = value_at(body, place)
        values = body if is_dict(body) else {}
        if not place or "." in place:
            values = {**values, _last_name(place) or scheme.attribute: items if place else body}
        try:
            page: Any = structure(values, page_class, strict=strict)
        except (ValidationError, RecursionError) as error:
            message = f"Data returned by API invalid for expected schema. {error}" if str(error) else None
            raise APIResponseValidationError(response, body, message=message) from error
        set_request_id(page, request_id_of(response))
        received = Received(response, body, items if is_list(items) else [])
        page._link = _Link(self, response.request, next_page(scheme, self._sent, self.options, received))
        return page

    def following(self, page: NextPage, request: httpx.Request) -> _Request:
        """Return the request of the next page. `request` is what this one sent.

        Raises:
            PaginationError: the page was there before, or is on another server.
        """
        if page.problem is not None:
            raise PaginationError(page.problem, request, body=None)
        if page.cursor == self._progress.mark:
            raise PaginationError(f"The server names a page that was there before: {page}", request, body=None)
        options = next_options(self.options, page, self.client.default_query)
        progress = self._progress.after(page)
        return _Request(self.client, options, self._cast_to, self._items, self._sent, progress)


class _Link:
    """What a page knows besides its values: the request that gave it, and what the next one is asked for with."""

    def __init__(self, request: _Request, sent: httpx.Request, next: Optional[NextPage]) -> None:
        self.request = request
        self.sent = sent
        self.next = next

    def __deepcopy__(self, memo: object) -> _Link:
        return self

    @override
    def __reduce__(self) -> Any:
        return type(None), ()


@lru_cache(maxsize=4096)
def _page_class(origin: Any, item: Any, items: str) -> Any:
    """Return the class of pages with items of a type, which stand at `items`."""
    scheme: PageScheme = origin.__scheme__
    body: Dict[str, Any] = {
        "__module__": origin.__module__,
        "__qualname__": f"{origin.__qualname__}[{getattr(item, '__name__', item)}]",
        "__annotations__": {scheme.attribute: List[item]},
        "__doc__": origin.__doc__,
        "__made_of__": (origin, item, items),
        scheme.attribute: field(wire_name=_last_name(items or scheme.items) or scheme.attribute),
    }
    return ModelMeta(body["__qualname__"], (origin,), body)


def _last_name(place: str) -> str:
    return place.rpartition(".")[2]


def _empty_page(origin: Any, item: Any, items: str) -> Any:
    return new_instance(_page_class(origin, item, items))
