"""`httpx`, or `httpx2` where a package is built on that."""

from __future__ import annotations

try:
    import httpx as httpx
except ImportError:
    import httpx2 as httpx  # noqa: F401
