"""What httpx keeps to itself about its connections and bodies.

Three things need it: a fork must not share sockets, a deadline has to end a read that is under way, and a body that was
read within a bound is the response's content. None has a public way. Everything here is looked up with care: where a
transport is built differently, nothing is found and nothing breaks.
"""

from __future__ import annotations

from typing import Any, Iterator, List


def _pools(client: Any) -> Iterator[Any]:
    transports: List[Any] = [getattr(client, "_transport", None)]
    transports.extend(getattr(client, "_mounts", {}).values())
    for transport in transports:
        pool = getattr(transport, "_pool", None)
        if pool is not None:
            yield pool


def forget_connections(client: Any) -> None:
    """Let a client that was inherited from the parent process open connections of its own."""
    for pool in _pools(client):
        for name in ("_connections", "_requests"):
            getattr(pool, name, []).clear()


def stop_request(client: Any, extensions: Any) -> None:
    """Shut the connection down on which the request with these extensions is under way."""
    for pool in _pools(client):
        for status in list(getattr(pool, "_requests", ())):
            request = getattr(status, "request", None)
            if getattr(request, "extensions", None) is extensions:
                shut_down(_stream_of(getattr(status, "connection", None)))


def _stream_of(connection: Any) -> Any:
    for _ in range(5):
        if connection is None:
            return None
        stream = getattr(connection, "_network_stream", None)
        if stream is not None:
            return stream
        connection = getattr(connection, "_connection", None)
    return None


def shut_down(stream: Any) -> None:
    """End whatever is being read from or written to a network stream, from another thread."""
    from socket import SHUT_RDWR

    try:
        stream.get_extra_info("socket").shutdown(SHUT_RDWR)
    except (AttributeError, OSError):
        pass


def set_content(response: Any, content: bytes) -> None:
    """Let a response have this as its decompressed body, as if it had read it by itself."""
    response._content = content
