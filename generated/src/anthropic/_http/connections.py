"""The httpx client behind a client: built on first use, once per process (and event loop), shared by copies."""

from __future__ import annotations

import os
import sys
from threading import Lock
from typing import Any, Callable, Dict, Tuple
from weakref import ref

from .._lazy import httpx


class SyncConnections:
    """Holds one `httpx.Client`: the user's, or one of our own that closes when nobody needs it any more."""

    def __init__(self, client: httpx.Client | None, build: Callable[[], httpx.Client]) -> None:
        self.is_custom = client is not None
        self._client = client
        self._build = build
        self._pid = os.getpid()
        self._lock = Lock()
        self._closed = False

    def get(self) -> httpx.Client:
        """Return the httpx client of this process. Sockets are not shared with a parent or child process."""
        client = self._client
        if client is not None and self._pid == os.getpid():
            return client
        if self._pid != os.getpid():
            self._forget_parent()
        with self._lock:
            if self._client is None:
                self._client = self._build()
                if self._closed:
                    self._client.close()
            return self._client

    def _forget_parent(self) -> None:
        self._pid, self._lock = os.getpid(), Lock()
        if self.is_custom:
            _forget(self._client)
        else:
            self._client = None

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called, here or on the user's httpx client."""
        return self._closed or (self._client is not None and self._client.is_closed)

    def close(self) -> None:
        """Close the httpx client. The next one, in a child process for instance, is closed from the start."""
        self._closed = True
        if self._client is not None:
            self._client.close()

    def __del__(self) -> None:
        # After a failed constructor attributes are missing; at the end of the interpreter anything may be.
        try:
            if not self.is_custom and self._client is not None and self._pid == os.getpid():
                self._client.close()
        except Exception:
            pass


class AsyncConnections:
    """Holds the user's `httpx.AsyncClient`, or one of our own for each event loop: connections belong to a loop."""

    def __init__(self, client: httpx.AsyncClient | None, build: Callable[[], httpx.AsyncClient]) -> None:
        self.is_custom = client is not None
        self._custom = client
        self._build = build
        self._pid = os.getpid()
        self._lock = Lock()
        self._closed = False
        # By the id of the loop: the garbage collector clears weak references before it calls `__del__`.
        self._clients: Dict[int, Tuple[ref[Any], httpx.AsyncClient]] = {}
        self._outside_loop: httpx.AsyncClient | None = None

    def get(self) -> httpx.AsyncClient:
        """Return the httpx client of this process and event loop."""
        if self._pid != os.getpid():
            self._forget_parent()
        if self._custom is not None:
            return self._custom
        loop = current_loop()
        return self._find(loop) or self._add(loop)

    def _find(self, loop: Any) -> httpx.AsyncClient | None:
        if loop is None:
            return self._outside_loop
        found = self._clients.get(id(loop))
        return found[1] if found is not None and found[0]() is loop else None

    def _add(self, loop: Any) -> httpx.AsyncClient:
        with self._lock:
            client = self._find(loop)
            if client is None:
                # What was built outside of a loop has no connections yet: the first loop may have it.
                client, self._outside_loop = self._outside_loop or self._build(), None
                self._clients = {key: held for key, held in self._clients.items() if not _is_closed_loop(held[0]())}
                if loop is None:
                    self._outside_loop = client
                else:
                    self._clients[id(loop)] = (ref(loop), client)
            return client

    def _forget_parent(self) -> None:
        self._pid, self._lock = os.getpid(), Lock()
        self._clients, self._outside_loop = {}, None
        if self._custom is not None:
            _forget(self._custom)

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called, here or on the user's httpx client."""
        return self._closed or (self._custom is not None and self._custom.is_closed)

    async def close(self) -> None:
        """Close the httpx client of this event loop. None can be used any more."""
        self._closed = True
        mine = self._custom or self._find(current_loop())
        if mine is not None:
            await mine.aclose()

    def __del__(self) -> None:
        try:
            if not self.is_custom and self._pid == os.getpid():
                _close_soon(self._clients)
        except Exception:
            pass


def current_loop() -> Any:
    """Return the running event loop of asyncio or trio, or `None`."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is not None:
        try:
            return asyncio.get_running_loop()
        except RuntimeError:
            pass
    trio = sys.modules.get("trio")
    if trio is not None:
        try:
            return trio.lowlevel.current_trio_token()
        except RuntimeError:
            pass
    return None


def running_library() -> str:
    """Return `asyncio`, `trio`, or `false` outside of a loop."""
    loop = current_loop()
    return "false" if loop is None else "asyncio" if hasattr(loop, "call_soon") else "trio"


def _forget(client: object) -> None:
    from .httpx_internals import forget_connections

    forget_connections(client)


def _is_closed_loop(loop: Any) -> bool:
    if loop is None:
        return True
    is_closed = getattr(loop, "is_closed", None)
    return is_closed is not None and is_closed()


def _close_soon(clients: Dict[int, Tuple[ref[Any], httpx.AsyncClient]]) -> None:
    """Close what belongs to the running asyncio loop; the connections of loops that are over died with them."""
    loop = current_loop()
    mine = clients.get(id(loop))
    if mine is not None and hasattr(loop, "create_task"):
        loop.create_task(mine[1].aclose())
