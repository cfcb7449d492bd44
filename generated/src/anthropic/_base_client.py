"""The clients that generated ones derive from, and what people import from here besides."""

from __future__ import annotations

from ._async_client import AsyncAPIClient as AsyncAPIClient
from ._constants import DEFAULT_MAX_RETRIES as DEFAULT_MAX_RETRIES
from ._core import BaseClient as BaseClient
from ._lazy import TYPE_CHECKING, lazy
from ._options import FinalRequestOptions as FinalRequestOptions
from ._sync_client import SyncAPIClient as SyncAPIClient
from ._utils import make_request_options as make_request_options

if TYPE_CHECKING:
    from ._defaults import DEFAULT_CONNECTION_LIMITS as DEFAULT_CONNECTION_LIMITS
    from ._defaults import DEFAULT_TIMEOUT as DEFAULT_TIMEOUT
    from ._defaults import DefaultAsyncHttpxClient as DefaultAsyncHttpxClient
    from ._defaults import DefaultHttpxClient as DefaultHttpxClient

__getattr__, __dir__ = lazy(
    __name__,
    {
        "DEFAULT_CONNECTION_LIMITS": "_defaults",
        "DEFAULT_TIMEOUT": "_defaults",
        "DefaultAsyncHttpxClient": "_defaults",
        "DefaultHttpxClient": "_defaults",
    },
)
