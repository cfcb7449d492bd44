"""Fixtures of the tests of the package."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest

from .faces import Face


@pytest.fixture(params=["sync", "asyncio", "trio"])
def face(request: pytest.FixtureRequest) -> Face:
    """The sync client, and the async one under both event loops."""
    return Face(request.param)


@pytest.fixture
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    from anthropic._http import retries as _retries

    monkeypatch.setattr(_retries, "FIRST_DELAY", 0.0)


@pytest.fixture(scope="module", autouse=True)
def collect_garbage() -> Iterator[None]:
    """Clients that a module dropped unclosed don't warn in the next one, where warnings may be errors."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
