"""What the helpers of the tests give."""

from __future__ import annotations


class Watch:
    """Watches animals."""


class AsyncWatch:
    """The same for asyncio."""
