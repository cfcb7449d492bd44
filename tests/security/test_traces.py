"""The commands open no socket, and write nowhere but into the output folder, the reports, and temporary folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AUDITED = """
import json, os, sys

found = []
sys.dont_write_bytecode = True
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = {  # of which arguments are paths, and which the folders that they are relative to
    "os.mkdir": {0: 2}, "os.remove": {0: 1}, "os.rmdir": {0: 1}, "os.rename": {0: 2, 1: 3}, "os.link": {1: 3},
    "os.symlink": {1: 2}, "os.chmod": {0: 2}, "os.chown": {0: 3}, "os.utime": {0: 3}, "os.truncate": {0: None},
}

def absolute(path, folder=-1):
    base = os.getcwd() if folder is None or folder == -1 else os.readlink(f"/proc/self/fd/{folder}")
    return os.path.join(base, os.fsdecode(path))

def see(event, arguments):
    if event.startswith("socket."):
        found.append(["socket", event])
    elif event == "open" and not isinstance(arguments[0], int):
        mode, flags = arguments[1], arguments[2]
        if (mode and set(mode) & set("wax+")) or (not mode and flags & WRITING):
            found.append(["write", absolute(arguments[0])])
    for index, folder in CHANGING.get(event, {}).items():
        if not isinstance(arguments[index], int):
            found.append([event, absolute(arguments[index], None if folder is None else arguments[folder])])

from sdkloom.cli.main import main

sys.addaudithook(see)
code = main(sys.argv[2:])
text = json.dumps(found)
with open(sys.argv[1], "w") as file:
    file.write(text)
sys.exit(code)
"""


def traces(project: Path, *arguments: str) -> tuple[list[str], set[Path]]:
    """The sockets that a command opened, and the paths that it wrote to, without those of temporary folders."""
    report = project.parent / "traces.json"
    temporary = project.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-c", AUDITED, str(report), *arguments],
        cwd=project,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(report.read_text())
    assert list(temporary.iterdir()) == []
    paths = {Path(path) for event, path in found if event != "socket"}
    paths.discard(Path(os.devnull))
    own = {path for path in paths if temporary not in path.parents and "sdkloom-" not in " ".join(path.parts[:4])}
    return [path for event, path in found if event == "socket"], own


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "spec").mkdir(parents=True)
    (folder / "spec" / "anthropic.yaml").write_text((ROOT / "tests" / "verify" / "pets.yaml").read_text())
    return folder


def test_generate(project: Path) -> None:
    for options in ([], ["--check"], ["--dry-run"]):
        sockets, written = traces(project, "generate", "--out", "generated", *options)
        assert sockets == []
        outside = {path for path in written if project / "generated" not in (path, *path.parents)}
        assert outside == set()
        assert bool(written) == (options == [])


def test_generate_with_a_lock(project: Path) -> None:
    _, written = traces(project, "generate", "--out", "generated", "--lock")
    outside = {path.name for path in written if project / "generated" not in (path, *path.parents)}
    assert outside == {"names.lock", ".names.lock.sdkloom-staging"}


def test_verify(project: Path) -> None:
    assert traces(project, "verify", "--examples", "1") == ([], set())


def test_diff(project: Path) -> None:
    text = (project / "spec" / "anthropic.yaml").read_text()
    (project / "new.yaml").write_text(text.replace("title: ", "title: New "))
    assert traces(project, "diff", "spec/anthropic.yaml", "new.yaml") == ([], set())
    sockets, written = traces(project, "diff", "spec/anthropic.yaml", "new.yaml", "--html", "report.html")
    assert sockets == []
    assert {path.name.split(".")[-1] for path in written} == {"html", "tmp"}
    assert {path.parent for path in written} == {project}


def test_diff_of_revisions(project: Path) -> None:
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@a.test", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *command], cwd=project, check=True)
    assert traces(project, "diff", "HEAD") == ([], set())
