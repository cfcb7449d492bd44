"""Lists that come page by page."""

from __future__ import annotations

import enum

import attrs

from ..diagnostics.span import Span, origin
from .definitions import Field, Model
from .types import TypeName


class PageKind(enum.Enum):
    """What the next page is asked for with."""

    CURSOR = "cursor"
    """What the response says."""
    ITEM = "item"
    """The id of the last item."""
    NUMBER = "number"
    """The number of the page."""
    OFFSET = "offset"
    """The number of items before it."""
    URL = "url"
    """The whole URL, which the body of the response has."""
    LINK = "link"
    """The whole URL, which the header `Link` has (RFC 8288)."""


@attrs.frozen(kw_only=True)
class PagePlaces:
    """Where things are: names of parameters, and places in the body of the response (`meta.next_cursor`).

    Empty for what an API doesn't have. What they mean is said in `docs/pages.md`.
    """

    param: str = ""
    before: str = ""
    items: str = ""
    next: str = ""
    first: str = ""
    last: str = ""
    id: str = ""
    has_more: str = ""
    total: str = ""
    total_pages: str = ""


@attrs.frozen(kw_only=True)
class PageScheme:
    """`class SyncPage(BaseSyncPage[_T])` and `AsyncPage` in `pagination.py`.

    `attribute` holds the items. `places.items` is empty if they stand elsewhere in each response.
    """

    name: str
    kind: PageKind
    places: PagePlaces
    start: int = 1
    attribute: str = "data"
    fields: tuple[Field, ...] = ()
    """What a page has besides its items."""
    span: Span = origin()

    @property
    def as_model(self) -> Model:
        """The class of a blocking client as a model, without its items."""
        name = TypeName(package=(), module="pagination", name=f"Sync{self.name}")
        return Model(name=name, snake_name="", fields=self.fields, span=self.span)


@attrs.frozen(kw_only=True)
class MethodPage:
    """That a method gives pages: the name of their scheme, and what is of its own."""

    scheme: str
    items: str = ""
    """The place of the items; empty for the response as a whole."""
    in_body: bool = False
    """Whether the parameter that tells pages apart is a member of the body."""
