"""What the helpers of the tests give."""

from __future__ import annotations


class Pages:
    """Some pages."""


class AsyncPages:
    """The same for asyncio."""


class Book:
    """All pages."""
