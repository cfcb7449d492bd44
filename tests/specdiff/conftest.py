"""What the tests of the command share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .repositories import CONFIG, SPEC, WITH_AGE, Repository, isolate


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without commits, which is the working folder."""
    root = tmp_path / "repository"
    root.mkdir()
    isolate(monkeypatch, root)
    made = Repository(root, capsys)
    made.git("init", "-q", "--initial-branch=main")
    return made


@pytest.fixture
def pets(empty: Repository) -> Repository:
    """`spec/` has the spec as it is committed on main, and one more field in the working tree."""
    empty.commit({"spec/anthropic.yaml": SPEC, "spec/sdk.yaml": CONFIG})
    empty.write({"spec/anthropic.yaml": WITH_AGE})
    return empty
