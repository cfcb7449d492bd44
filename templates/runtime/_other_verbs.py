"""Methods of HTTP for which clients have no function of their own: HEAD, OPTIONS, TRACE (RFC 9110 §9.3), QUERY."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Type

from ._request.options import FinalRequestOptions
from ._types import Body, RequestFiles, ResponseT

if TYPE_CHECKING:
    from ._base_client import AsyncAPIClient, SyncAPIClient


class Verb:
    """Makes requests like `client.post`: `Verb(client, "head")("/v1/things", cast_to=..., options=...)`."""

    def __init__(self, client: SyncAPIClient, method: str) -> None:
        self._client = client
        self._method = method

    def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
    ) -> ResponseT:
        call = FinalRequestOptions.construct(method=self._method, url=path, json_data=body, files=files, **options)
        return self._client.request(cast_to, call)


class AsyncVerb:
    """The same for asynchronous clients."""

    def __init__(self, client: AsyncAPIClient, method: str) -> None:
        self._client = client
        self._method = method

    async def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
    ) -> ResponseT:
        call = FinalRequestOptions.construct(method=self._method, url=path, json_data=body, files=files, **options)
        return await self._client.request(cast_to, call)
