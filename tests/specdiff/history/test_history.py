"""What `sdkloom diff` says about the life of an API: `start/` holds a spec, each `NN-title.diff` is its next revision.

The first line of a diff is its title. A diff is made with `git diff -U2 --no-prefix`. What the command prints for the
step from one revision to the next stands in `reports/`; `make snapshots` rewrites it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from sdkloom.cli.main import main

HERE = Path(__file__).parent
STEPS = sorted(path.stem for path in HERE.glob("*.diff"))


class ReportExtension(SingleFileSnapshotExtension):
    """The snapshot is `reports/<step>.txt`."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(HERE / "reports")

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: object = 0) -> str:
        return test_location.snapshot_name.partition("[")[2].removesuffix("]") or "all"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each revision in a folder of its own: `00-start`, `01-new-models`, …"""
    root = tmp_path_factory.mktemp("history")
    shutil.copytree(HERE / "start", root / "00-start")
    for before, step in zip(["00-start", *STEPS], STEPS):
        shutil.copytree(root / before, root / step)
        command = ["git", "apply", "-p0", str(HERE / f"{step}.diff")]
        subprocess.run(command, cwd=root / step, check=True, env={"GIT_CEILING_DIRECTORIES": str(root.parent)})
    return root


@pytest.fixture(autouse=True)
def plain(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(history)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def report(base: str, revision: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints; it must not have complained."""
    code = main(["diff", base, revision])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize("step", STEPS)
def test_step(step: str, snapshot: SnapshotAssertion, capsys: pytest.CaptureFixture[str]) -> None:
    before = ["00-start", *STEPS][STEPS.index(step)]
    assert report(before, step, capsys) == snapshot.use_extension(ReportExtension)


@pytest.mark.parametrize("step", STEPS)
def test_suggested_lines_keep_the_old_names(step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ["00-start", *STEPS][STEPS.index(step)]
    main(["diff", before, step, "--json", "-"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    kept = [one["suggestion"] for one in findings if (one["suggestion"] or "").startswith("deprecated_names:")]
    lines = [line for suggestion in kept for line in suggestion.splitlines()[1:]]
    if lines:
        shutil.copytree(step, tmp_path / "kept")
        with (tmp_path / "kept" / "sdk.yaml").open("a", encoding="utf-8") as config:
            config.write("\n".join(["", "deprecated_names:", *dict.fromkeys(lines), ""]))
        assert "these lines keep the old name" in report(before, step, capsys)
        assert "these lines keep the old name" not in report(before, str(tmp_path / "kept"), capsys)


def test_all_steps_at_once(snapshot: SnapshotAssertion, capsys: pytest.CaptureFixture[str]) -> None:
    assert report("00-start", STEPS[-1], capsys) == snapshot.use_extension(ReportExtension)


@pytest.mark.parametrize("step", STEPS)
def test_every_diff_has_a_title(step: str) -> None:
    title, empty, *_ = (HERE / f"{step}.diff").read_text(encoding="utf-8").splitlines()
    assert title.strip() == title != ""
    assert not empty


TEXTS = {
    "credentials": ("anthropic.yaml", "An API key from the console.", "A key."),
    "header": ("anthropic.yaml", "The id of the request; name it when", "The request's id; name it when"),
    "errors": ("anthropic.yaml", "What went wrong, in words.", "What failed."),
    "examples": ("anthropic.yaml", "rate_limit_error, overloaded_error]", "rate_limit_error]"),
    "order of values": ("anthropic.yaml", "enum: [user, assistant]", "enum: [assistant, user]"),
    "order of required keys": ("anthropic.yaml", "required: [text, type]", "required: [type, text]"),
    "layout": ("anthropic.yaml", "required: [text, type]", "required: [ text, type ]  # both"),
    "readme": ("sdk.yaml", "output: message.content", "output: message"),
}


def changed(folder: Path, file: str, old: str, new: str) -> str:
    """A copy of the start with another text in it."""
    shutil.copytree("00-start", folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("what", TEXTS)
def test_texts_need_no_look(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = report("00-start", changed(tmp_path / "new", *TEXTS[what]), capsys)
    assert "BREAKS" not in out
    assert "NEEDS A LOOK" not in out
