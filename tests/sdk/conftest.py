"""Fixtures of the tests of the package."""

from __future__ import annotations

import pytest

from .faces import Face


@pytest.fixture(params=["sync", "asyncio", "trio"])
def face(request: pytest.FixtureRequest) -> Face:
    """The sync client, and the async one under both event loops."""
    return Face(request.param)


@pytest.fixture
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    from anthropic import _retries

    monkeypatch.setattr(_retries, "FIRST_DELAY", 0.0)
