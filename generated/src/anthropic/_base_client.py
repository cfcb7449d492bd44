"""The clients that generated ones derive from, and what people import from here besides."""

from __future__ import annotations

from ._constants import DEFAULT_MAX_RETRIES as DEFAULT_MAX_RETRIES
from ._http.async_client import AsyncAPIClient as AsyncAPIClient
from ._http.base_client import BaseClient as BaseClient
from ._http.sync_client import SyncAPIClient as SyncAPIClient
from ._lazy import TYPE_CHECKING, lazy
from ._request.options import FinalRequestOptions as FinalRequestOptions
from ._utils import make_request_options as make_request_options

if TYPE_CHECKING:
    from ._http.defaults import DEFAULT_CONNECTION_LIMITS as DEFAULT_CONNECTION_LIMITS
    from ._http.defaults import DEFAULT_TIMEOUT as DEFAULT_TIMEOUT
    from ._http.defaults import DefaultAsyncHttpxClient as DefaultAsyncHttpxClient
    from ._http.defaults import DefaultHttpxClient as DefaultHttpxClient
else:  # checkers see the names above, and no others
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "DEFAULT_CONNECTION_LIMITS": "_http.defaults",
            "DEFAULT_TIMEOUT": "_http.defaults",
            "DefaultAsyncHttpxClient": "_http.defaults",
            "DefaultHttpxClient": "_http.defaults",
        },
    )
