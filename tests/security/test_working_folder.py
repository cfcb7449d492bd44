"""Files of the working folder that other programs would take for modules, settings or tools of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.emit import format
from sdkloom.files.repository import Repository, difference
from sdkloom.verify import process

from ..verify.targets import read

MODULES = (
    "attrs",
    "attr",
    "ruff",
    "jinja2",
    "yaml",
    "typing_extensions",
    "pydantic",
    "rstr",
    "cattrs",
    "httpx",
    "typing",
)
MODULES += ("datamodel_code_generator", "jsonschema_rs", "sitecustomize", "usercustomize", "runner", "json", "random")
TRAP = 'open(r"{mark}", "a").write(__name__ + " ")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A spec among traps: each of them leaves a mark when it runs."""
    folder = tmp_path / "project"
    (folder / "bin").mkdir(parents=True)
    (folder / "spec.yaml").write_text(read("tests/verify/pets.yaml"))
    for name in MODULES:
        (folder / f"{name}.py").write_text(TRAP.format(mark=tmp_path / "mark"))
    for name in ("ruff", "git", "python"):
        tool = folder / name
        tool.write_text(f'#!/bin/sh\necho {name} >> "{tmp_path}/mark"\nexit 1\n')
        tool.chmod(0o755)
    (folder / "pyproject.toml").write_text('[tool.ruff]\nline-length = 30\n[tool.datamodel-codegen]\nnope = "')
    (folder / "ruff.toml").write_text("line-length = 30\n")
    (folder / ".ruff.toml").write_text("line-length = 30\n")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": os.pathsep.join([os.environ["PATH"], ".", ""])}
    command = [sys.executable, "-m", "sdkloom", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [("generate", "--out", "out"), ("verify", "--only", "order"), ("verify", "--only", "static", "--only", "payloads")],
)
def test_nothing_of_it_runs(arguments: tuple[str, ...], project: Path) -> None:
    command, *options = arguments
    ran = run(project, command, "spec.yaml", *options)
    mark = project.parent / "mark"
    assert not mark.exists(), mark.read_text()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    if command == "generate":
        assert max(map(len, (project / "out/src/pets/_client.py").read_text().splitlines())) > 60


def test_children_look_in_no_folder_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", "below", str(tmp_path), str(tmp_path / "below"), *sys.path])
    found = process.search_path()
    assert not [entry for entry in found if not os.path.isabs(entry) or Path(entry).is_relative_to(tmp_path)]
    assert str(Path(process.__file__).resolve().parents[2]) in map(os.path.realpath, found)


def test_variables_of_python_do_not_reach_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("PYTHONINSPECT", "1")
    program = "import os; print(sorted(name for name in os.environ if name.startswith('PYTHON')))"
    assert process.run_python(program, [], PYTHONHASHSEED="1").stdout == "['PYTHONHASHSEED']\n"


def test_a_child_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PATIENCE", 0.2)
    with pytest.raises(process.RunnerFailed, match="more than"):
        process.run_python("import time; time.sleep(60)", [])


def test_ruff_is_not_looked_for_there(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr(sys, "executable", str(project.parent / "python"))
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", "bin"]))
    with pytest.raises(FileNotFoundError):
        format._ruff()


def test_settings_of_a_repository_start_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.chdir(tmp_path)
    trap = tmp_path / "trap.sh"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> "{tmp_path}/mark"\ncat\n')
    trap.chmod(0o755)

    def git(*arguments: str) -> None:
        person = ["-c", "user.name=ada", "-c", "user.email=ada@pets.test"]
        subprocess.run(["git", *person, *arguments], check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "a.yaml").write_text("a: 1\n")
    (tmp_path / "b.yaml").write_text("a: 2\n")
    git("add", ".")
    git("commit", "-q", "-m", "start")
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "gpg.program",
    ):
        git("config", key, str(trap))
    git("config", "log.showSignature", "true")
    git("config", "remote.origin.url", str(tmp_path))
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.uploadpack", str(trap))
    git("config", "protocol.allow", "always")
    (tmp_path / ".git" / "info" / "attributes").write_text("*.yaml diff=x filter=x\n")
    (tmp_path / "mark").unlink(missing_ok=True)
    repository = Repository()
    try:
        commit = repository.commit("HEAD")
        assert commit is not None
        assert repository.blob(commit, "a.yaml") == b"a: 1\n"
        assert repository.list_folder("", ".") and repository.list_folder(commit, ".")
        blob_id = repository.blob_id(commit, "a.yaml")
        assert blob_id is not None and repository.commits_with(blob_id, "a.yaml")
        assert repository.commit("0123456789012345678901234567890123456789") is None
        with pytest.raises(FileNotFoundError):
            repository.blob("0123456789012345678901234567890123456789", "a.yaml")
    finally:
        repository.close()
    assert "+a: 2" in difference("a.yaml", "b.yaml")
    assert not (tmp_path / "mark").exists(), (tmp_path / "mark").read_text()
