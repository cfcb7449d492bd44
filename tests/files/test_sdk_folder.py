"""Writing the output: whole or not at all, and only what the generator owns."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files import sdk_folder, staging
from sdkloom.files.sdk_folder import Changes, pending_changes, write


def with_manifest(files: dict[str, str]) -> dict[str, str]:
    """`files` and the `.stats.yml` that lists them."""
    paths = sorted([*files, ".stats.yml"])
    return {**files, ".stats.yml": yaml.safe_dump({"files": paths})}


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


def written(files: dict[str, str], out: Path) -> Changes:
    sink = DiagnosticSink()
    changes = write(files, out, sink)
    assert sink.diagnostics == ()
    assert changes is not None
    return changes


def codes(files: dict[str, str], out: Path) -> list[str]:
    sink = DiagnosticSink()
    assert write(files, out, sink) is None
    return [found.code for found in sink.diagnostics]


FIRST = with_manifest({"README.md": "one\n", "src/a.py": "a = 1\n", "src/deep/b.py": "b = 1\n"})
SECOND = with_manifest({"README.md": "two\n", "src/a.py": "a = 1\n", "src/new/c.py": "c = 1\n"})


def test_first_run_writes_everything(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert written(FIRST, out) == Changes(added=tuple(sorted(FIRST)))
    assert tree(out) == FIRST


def test_second_run_writes_nothing(tmp_path: Path) -> None:
    written(FIRST, tmp_path)
    before = {path: os.stat(tmp_path / path).st_mtime_ns for path in FIRST}
    assert not written(FIRST, tmp_path)
    assert {path: os.stat(tmp_path / path).st_mtime_ns for path in FIRST} == before


def test_changed_files_are_replaced_and_old_ones_removed(tmp_path: Path) -> None:
    written(FIRST, tmp_path)
    assert written(SECOND, tmp_path) == Changes(
        added=("src/new/c.py",), changed=(".stats.yml", "README.md"), removed=("src/deep/b.py",)
    )
    assert tree(tmp_path) == SECOND
    assert not (tmp_path / "src" / "deep").exists()


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    written(FIRST, tmp_path)
    others = {
        "notes.txt": "mine",
        "src/__pycache__/a.pyc": "compiled",
        "src/deep/__pycache__/b.pyc": "compiled",
        "build/lib.py": "built",
    }
    for path, text in others.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    written(SECOND, tmp_path)
    assert tree(tmp_path) == {**SECOND, **others}


def test_a_file_of_others_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine\n")
    assert codes(FIRST, tmp_path) == ["EMIT010"]
    assert tree(tmp_path) == {"README.md": "mine\n"}


def test_an_equal_file_is_adopted(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(FIRST["README.md"])
    written(FIRST, tmp_path)
    written(SECOND, tmp_path)
    assert tree(tmp_path) == SECOND


def test_a_stats_file_of_others_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / ".stats.yml").write_text("configured_endpoints: 3\n")
    assert codes(FIRST, tmp_path) == ["EMIT010"]


@pytest.mark.parametrize("path", ["/etc/passwd", "../other.txt", "a/../../b", "C:/x", "a//b", "./a", ""])
def test_a_manifest_cannot_name_files_outside(path: str, tmp_path: Path) -> None:
    (tmp_path / ".stats.yml").write_text(yaml.safe_dump({"files": [path]}))
    assert codes(FIRST, tmp_path) == ["EMIT012"]


def test_a_broken_manifest_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / ".stats.yml").write_text("files: [")
    assert codes(FIRST, tmp_path) == ["EMIT012"]
    assert tree(tmp_path) == {".stats.yml": "files: ["}


def test_comparing_changes_nothing(tmp_path: Path) -> None:
    written(FIRST, tmp_path)
    (tmp_path / "src" / "a.py").unlink()
    sink = DiagnosticSink()
    assert pending_changes(SECOND, tmp_path, sink) == Changes(
        added=("src/a.py", "src/new/c.py"), changed=(".stats.yml", "README.md"), removed=("src/deep/b.py",)
    )
    assert "src/new/c.py" not in tree(tmp_path)


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("no folder")
    assert codes(FIRST, tmp_path / "out") == ["EMIT015"]
    assert (tmp_path / "out").read_text() == "no folder"


def test_a_folder_where_a_file_goes(tmp_path: Path) -> None:
    (tmp_path / "README.md").mkdir()
    assert codes(FIRST, tmp_path) == ["EMIT014"]
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("failing", range(7))
def test_any_failing_rename_leaves_the_old_output(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(FIRST, tmp_path)
    calls = 0
    rename = os.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing + 1:
            raise OSError(28, "No space left on device", str(target))
        rename(source, target)

    monkeypatch.setattr(sdk_folder.os, "replace", replace)
    sink = DiagnosticSink()
    changes = write(SECOND, tmp_path, sink)
    monkeypatch.undo()
    if calls <= failing:
        assert changes is not None and tree(tmp_path) == SECOND
    else:
        assert [found.code for found in sink.diagnostics] == ["EMIT011"]
        assert tree(tmp_path) == FIRST


def test_an_interrupt_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(FIRST, tmp_path)
    rename = os.replace

    def replace(source: Path, target: Path) -> None:
        if "new" in Path(source).parts:
            monkeypatch.setattr(sdk_folder.os, "replace", rename)
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(sdk_folder.os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write(SECOND, tmp_path, DiagnosticSink())
    assert tree(tmp_path) == FIRST


KILLED = """
import os, sys
from pathlib import Path
from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files import sdk_folder as module

files = {files!r}
left = int(sys.argv[2])
rename = os.replace

def replace(source, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    rename(source, target)

module.os.replace = replace
module.write(files, Path(sys.argv[1]), DiagnosticSink())
"""


@pytest.mark.parametrize("steps", range(6))
def test_a_killed_run_is_undone_by_the_next(steps: int, tmp_path: Path) -> None:
    written(FIRST, tmp_path)
    script = textwrap.dedent(KILLED.format(files=SECOND))
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path), str(steps)], check=False)
    assert run.returncode == 9
    assert (tmp_path / ".sdkloom-staging" / "journal").exists()
    third = with_manifest({"README.md": "three\n", "src/d.py": "d = 1\n"})
    changes = written(third, tmp_path)
    assert changes.removed == ("src/a.py", "src/deep/b.py")
    assert tree(tmp_path) == third


def test_two_runs_at_once(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    staging = tmp_path / ".sdkloom-staging"
    staging.mkdir()
    with (staging / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert codes(FIRST, tmp_path) == ["EMIT013"]
    written(FIRST, tmp_path)
    assert tree(tmp_path) == FIRST


def test_a_lock_that_another_run_has_removed_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening and locking the file the other run ended: its folder, and so this lock, are gone."""
    folder = tmp_path / "out" / ".sdkloom-staging"

    def lock(descriptor: int) -> None:
        (folder / "lock").unlink()

    monkeypatch.setattr(staging, "acquire", lock)
    assert codes(FIRST, tmp_path / "out") == ["EMIT013"]
    assert not (tmp_path / "out" / "README.md").exists()
