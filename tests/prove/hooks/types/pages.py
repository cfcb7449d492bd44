"""A hand-written type of the tests."""

from __future__ import annotations


class Page:
    """A page."""
