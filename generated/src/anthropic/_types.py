"""Sentinels and aliases of the public API."""

from __future__ import annotations

from os import PathLike
from typing import (
    IO,
    Annotated,
    Any,
    Dict,
    Literal,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    TypeAlias,
    TypedDict,
    TypeVar,
    Union,
)

from ._lazy import TYPE_CHECKING, httpx, lazy
from ._public import AskedByPydantic, public
from ._typing import override

if TYPE_CHECKING:
    from ._http.defaults import AsyncTransport as AsyncTransport
    from ._http.defaults import Timeout as Timeout
    from ._http.defaults import Transport as Transport
else:  # checkers see the names above, and no others
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "AsyncTransport": "_http.defaults",
            "Timeout": "_http.defaults",
            "Transport": "_http.defaults",
        },
    )

ResponseT = TypeVar("ResponseT")


@public
class NotGiven:
    """The type of `NOT_GIVEN`: an argument that was not passed, where `None` means something of its own."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    @override
    def __repr__(self) -> str:
        return "NOT_GIVEN"

    @override
    def __reduce__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN = NotGiven()


class Omit:
    """As the value of a header: do not send it, although the client would."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    @override
    def __repr__(self) -> str:
        return "Omit()"


NoneType = type(None)

Headers: TypeAlias = Mapping[str, Union[str, Omit]]
Query: TypeAlias = Mapping[str, object]
Body: TypeAlias = object

ProxiesTypes: TypeAlias = Union[
    str, "httpx.Proxy", Dict[Union[str, "httpx.URL"], Union[None, str, "httpx.URL", "httpx.Proxy"]]
]


class FileOrPath(AskedByPydantic):
    """pydantic takes files and paths as they are. In JSON there are none: they have no part in a JSON schema."""

    __slots__ = ()

    pydantic_schema = "file_schema"


Base64FileInput: TypeAlias = Annotated[Union[IO[bytes], PathLike[str]], FileOrPath()]
FileContent: TypeAlias = Union[Annotated[Union[IO[bytes], PathLike[str]], FileOrPath()], bytes]
FileTypes: TypeAlias = Union[
    FileContent,
    Tuple[Optional[str], FileContent],
    Tuple[Optional[str], FileContent, Optional[str]],
    Tuple[Optional[str], FileContent, Optional[str], Mapping[str, str]],
]
RequestFiles: TypeAlias = Union[Mapping[str, FileTypes], Sequence[Tuple[str, FileTypes]]]


@public
class RequestOptions(TypedDict, total=False):
    """What a raw verb (`client.post(...)`) takes as `options`."""

    headers: Headers
    """Headers of this call. They win over the client's; an `Omit()` removes one of those."""

    max_retries: int
    """How many times to try again; `math.inf` for no limit."""

    timeout: float | httpx.Timeout | None
    """Seconds for each step of an attempt, or an `httpx.Timeout`, or a `Deadline` for the call; `None` for no limit."""

    params: Query
    """Query parameters, beside those of the client."""

    extra_json: Mapping[str, object]
    """Members that are added to the body."""

    idempotency_key: str
    """The same for each attempt, so that the server does the work once. By default a random one, if the API has any."""


NO_OPTIONS: RequestOptions = {}
NO_EXTRAS: Mapping[str, Any] = {}
