"""What the tests of streams have in common: the ways to read one, and that nothing warns."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..streams import FACES, Face

FOLDER = Path(__file__).parent

NO_WARNINGS = pytest.mark.filterwarnings(
    "error",
    # trio tells of generators that httpx leaves half read when a response is closed early; none of ours may be there
    "ignore:Async generator '(httpx|httpcore|tests):ResourceWarning",
)


@pytest.fixture(params=FACES, ids=lambda face: face.name)
def face(request: pytest.FixtureRequest) -> Face:
    """The ways to read a stream: sync, and async under both event loops."""
    return request.param


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In this folder a warning is an error."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(NO_WARNINGS)
