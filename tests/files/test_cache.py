"""The cache of the user: whole entries or none, bounded, and nothing of anybody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.files import cache
from sdkloom.files.cache import Cache

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    """A cache with an entry."""
    made = Cache(tmp_path / "cache" / "sdkloom")
    made.put(KEY, b"data")
    return made


def folder(of: Cache) -> Path:
    assert of.folder is not None
    return of.folder


def test_what_is_kept_is_found(kept: Cache) -> None:
    assert (kept.get(KEY), kept.get(OTHER)) == (b"data", None)
    kept.put(KEY, b"newer")
    assert kept.get(KEY) == b"newer"
    assert os.listdir(folder(kept)) == [KEY]


def test_a_damaged_entry_is_none(kept: Cache) -> None:
    whole = (folder(kept) / KEY).read_bytes()
    for data in (b"", whole[:10], whole[:-1], whole + b"x", whole[:-1] + b"x", b"x" + whole[1:]):
        (folder(kept) / KEY).write_bytes(data)
        assert kept.get(KEY) is None


def test_what_others_could_have_written_is_none(kept: Cache, tmp_path: Path) -> None:
    entry = folder(kept) / KEY
    for path in (entry, folder(kept)):
        mode = path.stat().st_mode
        for writable in (0o020, 0o002):
            path.chmod(mode | writable)
            assert kept.get(KEY) is None
        path.chmod(mode)
    assert kept.get(KEY) == b"data"
    entry.rename(tmp_path / "entry")
    entry.symlink_to(tmp_path / "entry")
    assert kept.get(KEY) is None
    folder(kept).rename(tmp_path / "elsewhere")
    folder(kept).symlink_to(tmp_path / "elsewhere")
    kept.put(OTHER, b"data")
    assert not (tmp_path / "elsewhere" / OTHER).exists()


def test_another_user_is_none_of_ours(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert kept.get(KEY) is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    none = Cache(tmp_path / "file" / "sdkloom")
    none.put(KEY, b"data")
    assert none.get(KEY) is None


def test_the_oldest_go(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "ROOM", 3 * (32 + 4))
    for number in range(5):
        kept.put(f"{number}" * 64, b"data")
        os.utime(folder(kept) / (f"{number}" * 64), ns=(number, number))
    kept.put(OTHER, b"data")
    assert sorted(os.listdir(folder(kept))) == ["4" * 64, KEY, OTHER]


def test_a_large_entry_is_not_kept(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST", 3)
    kept.put(OTHER, b"data")
    assert kept.get(OTHER) is None
    assert kept.get(KEY) is None


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Cache.of_user().folder == tmp_path / "sdkloom"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the standard has it ignored
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Cache.of_user().folder == tmp_path / ".cache" / "sdkloom"
    monkeypatch.setenv(cache.OFF, "1")
    assert Cache.of_user().folder is None


def test_processes_in_each_others_way(tmp_path: Path) -> None:
    """Each reads a whole entry or none, whoever writes."""
    code = f"""
from pathlib import Path
from sdkloom.files.cache import Cache
mine = Cache(Path({str(tmp_path / "cache")!r}))
for number in range(200):
    mine.put({KEY!r}, bytes([number % 7]) * (1000 + number))
    found = mine.get({KEY!r})
    assert found is None or len(set(found)) == 1, found
"""
    started = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert Cache(tmp_path / "cache").get(KEY) is not None
    assert os.listdir(tmp_path / "cache") == [KEY]
