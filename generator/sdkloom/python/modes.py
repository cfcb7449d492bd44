"""The words in which the synchronous and the asynchronous half of the SDK differ."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Mode:
    """`{{ mode.def_ }} create(self)` prints `def create(self)` or `async def create(self)`."""

    is_async: bool
    prefix: str
    """Stands before the names of twins: `Messages` / `AsyncMessages`."""
    def_: str
    async_: str
    """Stands before `with`."""
    await_: str
    base: str
    """Stands before the names of base classes: `SyncAPIClient` / `AsyncAPIClient`."""
    adjective: str
    transport: str
    module_prefix: str
    """Stands before names of functions: `to_raw_response_wrapper` / `async_to_raw_response_wrapper`."""
    suffix: str
    """Stands behind names of tests: `test_result` / `test_result_async`."""


SYNC = Mode(
    is_async=False,
    prefix="",
    def_="def",
    async_="",
    await_="",
    base="Sync",
    adjective="blocking",
    transport="BaseTransport",
    module_prefix="",
    suffix="",
)
ASYNC = Mode(
    is_async=True,
    prefix="Async",
    def_="async def",
    async_="async ",
    await_="await ",
    base="Async",
    adjective="async",
    transport="AsyncBaseTransport",
    module_prefix="async_",
    suffix="_async",
)

MODES = (SYNC, ASYNC)
