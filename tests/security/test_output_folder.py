"""The output folder may come from somebody else: its links, its journal and its list of files do no harm elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.cli.main import main
from sdkloom.files import staging

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets: {get: {operationId: list_pets, responses: {"200": {description: ok, content:
    {application/json: {schema: {type: string}}}}}}}
"""
STAGING = Path("sdk/.sdkloom-staging")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; `victim` beside it is somebody's."""
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "keep.txt").write_text("precious")
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    Path("pets.yaml").write_text(SPEC)
    return tmp_path / "project"


def run(*options: str, out: str = "sdk") -> int:
    return main(["generate", "pets.yaml", "--out", out, *options])


def contents(folder: Path) -> dict[str, str]:
    """What a folder holds; links are not followed."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        text = f"-> {os.readlink(path)}" if path.is_symlink() else path.read_text() if path.is_file() else ""
        found[path.relative_to(folder).as_posix()] = text
    return found


def refused(project: Path, capsys: pytest.CaptureFixture[str], *options: str, out: str = "sdk") -> str:
    """The listing of a run that is refused, and changes nothing anywhere."""
    capsys.readouterr()
    before = contents(project.parent)
    assert run(*options, out=out) == 1
    assert contents(project.parent) == before
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    return shown


# Links


@pytest.mark.parametrize("option", [[], ["--check"], ["--dry-run"]])
@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("sdk", "../victim"),
        ("sdk/src", "../../victim"),
        ("sdk/src/pets/types", "../../../../victim"),
        ("sdk/tests", "../elsewhere"),
        ("sdk/README.md", "../../victim/keep.txt"),
        ("sdk/README.md", "nothing"),
        ("sdk/.stats.yml", "../../victim/keep.txt"),
        ("sdk/.sdkloom-staging", "../../victim"),
        ("sdk/.sdkloom-staging/lock", "../../../victim/keep.txt"),
        ("sdk/api.md", "api.md"),
    ],
)
def test_no_link_is_followed(
    link: str, target: str, option: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(link).parent.mkdir(parents=True, exist_ok=True)
    Path(link).symlink_to(target)
    shown = refused(project, capsys, *option)
    assert f"{link}:1:1: error[EMIT015]: `{link}` is a link" in shown


@pytest.mark.parametrize("out", ["lib/sdk", "./lib/sdk", "lib/../lib/sdk", "{project}/lib/sdk"])
def test_no_link_on_the_way_to_the_output(out: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("lib").symlink_to("../victim")
    assert "lib:1:1: error[EMIT015]" in refused(project, capsys, out=out.format(project=project))


def test_no_link_of_a_repository_is_followed_from_elsewhere(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".git").mkdir()
    Path("lib").symlink_to("../victim")
    monkeypatch.chdir("/")
    assert main(["generate", str(project / "pets.yaml"), "--out", str(project / "lib" / "sdk")]) == 1
    assert f"{str(project)[1:]}/lib:1:1: error[EMIT015]" in capsys.readouterr().err
    assert contents(project.parent / "victim") == {"keep.txt": "precious"}


def test_links_above_the_tree_are_those_of_the_user(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "home").symlink_to("project")
    assert run(out=str(project.parent / "home" / "sdk")) == 0
    assert Path("sdk/README.md").is_file()


def test_no_file_is_removed_through_a_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk").mkdir()
    Path("sdk/old").symlink_to("../../victim")
    Path("sdk/.stats.yml").write_text('files: ["old/keep.txt", ".stats.yml"]\n')
    assert "sdk/old:1:1: error[EMIT015]" in refused(project, capsys)


@pytest.mark.parametrize(
    "path", ["../victim/keep.txt", "a/../../victim", ".git/config", "a/.GIT/config", ".sdkloom-staging/lock", "a\\\\b"]
)
def test_no_list_of_files_names_what_is_not_generated(
    path: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("sdk").mkdir()
    Path("sdk/.stats.yml").write_text(f'files: ["{path}"]\n')
    assert "sdk/.stats.yml:1:1: error[EMIT012]" in refused(project, capsys)


@pytest.mark.parametrize("text", ["[" * 100_000, "a: &a [*a]", "!!python/object/apply:os.system [echo]", "\x00", "- b"])
def test_a_hostile_list_of_files(text: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk").mkdir()
    Path("sdk/.stats.yml").write_text(text)
    assert "error[EMIT01" in refused(project, capsys)


def test_a_pipe_in_the_way(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk").mkdir()
    os.mkfifo("sdk/README.md")
    assert run() == 1
    assert "sdk/README.md:1:1: error[EMIT014]" in capsys.readouterr().err


# names.lock and reports, which stand elsewhere


@pytest.mark.parametrize("name", ["names.lock", ".names.lock.sdkloom-staging"])
def test_no_link_in_the_place_of_the_lock_is_followed(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).symlink_to("../victim/keep.txt")
    code = run("--lock")
    assert contents(project.parent / "victim") == {"keep.txt": "precious"}
    assert code == (1 if name == "names.lock" else 0)
    assert "precious" not in "".join(capsys.readouterr())


def test_a_new_lock_does_not_follow_a_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("names.lock").symlink_to("../victim/new.txt")
    assert "names.lock:1:1: error" in refused(project, capsys, "--lock")


@pytest.mark.parametrize("option", ["--html", "--json", "--changelog"])
@pytest.mark.parametrize("link", ["report", "reports/report"])
def test_no_report_is_written_through_a_link(
    option: str, link: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("new.yaml").write_text(SPEC.replace("/pets", "/dogs").replace("list_pets", "list_dogs"))
    Path(link.split("/")[0]).symlink_to("../victim" if "/" in link else "../victim/keep.txt")
    assert main(["diff", "pets.yaml", "new.yaml", option, link]) == 1
    assert contents(project.parent / "victim") == {"keep.txt": "precious"}
    shown = "".join(capsys.readouterr())
    assert "error[EMIT01" in shown and "precious" not in shown


# Journals


def test_a_journal_of_somebody_else_is_not_believed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    STAGING.mkdir()
    for journal in (
        "+ README.md\n~ ../../victim/keep.txt\n",
        json.dumps({"lock": [1, 1], "added": ["README.md"], "changed": [], "removed": []}),
        json.dumps({"added": ["README.md"], "changed": [], "removed": []}),
        "[" * 100_000,
        "{}",
        "",
    ):
        (STAGING / "journal").write_text(journal)
        for option in ([], ["--check"], ["--dry-run"]):
            assert "sdk/.sdkloom-staging/journal:1:1: error[EMIT016]" in refused(project, capsys, *option)
    (STAGING / "lock").touch()
    assert "error[EMIT016]" in refused(project, capsys)


def test_a_journal_of_ones_own_that_was_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even with the right numbers, nothing outside is touched."""
    Path("sdk").mkdir()
    STAGING.mkdir()
    (STAGING / "lock").touch()
    Path("sdk/link").symlink_to("../../victim")
    status = os.stat(STAGING / "lock")
    for path, code in (("../../victim/keep.txt", "EMIT016"), ("link/keep.txt", "EMIT015")):
        journal = {"lock": [status.st_ino, status.st_ctime_ns], "added": [path], "changed": [], "removed": []}
        (STAGING / "journal").write_text(json.dumps(journal))
        assert run() == 1
        assert f"error[{code}]" in capsys.readouterr().err
        assert contents(project.parent / "victim") == {"keep.txt": "precious"}


def test_what_stands_in_the_staging_folder_is_not_used(project: Path) -> None:
    STAGING.mkdir(parents=True)
    (STAGING / "new").symlink_to("../../../victim")
    (STAGING / "old").symlink_to("../../../victim")
    assert run() == 0
    assert contents(project.parent / "victim") == {"keep.txt": "precious"}
    assert not STAGING.exists()


KILLED = """
import os, signal, sys
from sdkloom.cli.main import main

left = int(sys.argv.pop())
rename = os.replace

def replace(source, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    rename(source, target)

os.replace = replace
main(sys.argv[1:])
"""


def killed(steps: int) -> None:
    """Run `sdkloom generate`, and kill it when so many files have been moved."""
    arguments = ["generate", "pets.yaml", "--out", "sdk", "--lock", str(steps)]
    ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("steps", [0, 1, 5, 9])
def test_a_killed_run_is_told_and_undone(steps: int, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lock") == 0
    Path("pets.yaml").write_text(SPEC.replace("/pets", "/dogs").replace("list_pets", "list_dogs"))
    killed(steps)
    assert (STAGING / ".gitignore").read_text() == "*\n"
    left = contents(project)
    for option in ("--check", "--dry-run"):
        assert run(option, "--lock") == 1
        assert "sdk:1:1: error[EMIT017]: a run that wrote to `sdk` was interrupted" in capsys.readouterr().err
    assert contents(project) == left
    Path("pets.yaml").write_text(SPEC)
    assert run("--lock") == 0
    assert run("--check") == 0
    assert not STAGING.exists()


def test_a_copy_of_an_interrupted_run_is_not_believed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit, an archive and a copy of the folder have other numbers than the folder itself."""
    assert run() == 0
    Path("pets.yaml").write_text(SPEC.replace("/pets", "/dogs"))
    killed(1)
    shutil.copytree("sdk", "copy")
    shutil.rmtree("sdk")
    Path("copy").rename("sdk")
    assert "error[EMIT016]" in refused(project, capsys)


def test_files_that_cannot_be_put_back_stay(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old files are not removed together with the staging folder when the disk refuses both ways."""
    assert run() == 0
    before = contents(Path("sdk"))
    Path("pets.yaml").write_text(SPEC.replace("/pets", "/dogs").replace("list_pets", "list_dogs"))
    rename, calls = os.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise OSError(5, "Input/output error", str(target))
        rename(source, target)

    monkeypatch.setattr(staging.os, "replace", replace)
    assert run() == 1
    monkeypatch.undo()
    monkeypatch.chdir(project)
    Path("pets.yaml").write_text(SPEC)
    assert STAGING.exists()
    assert run() == 0
    assert contents(Path("sdk")) == before
