"""`sdkloom generate --watch`: every change gives new output, errors end nothing, Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sdkloom.cli.main import main
from sdkloom.files.watching import stamps, wait_for_change

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "note.yaml"}}}}}
"""
NOTE = "type: object\nproperties: {text: {type: string}}\n"


class Watcher:
    """The running command."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sdkloom", "generate", "notes.yaml", "--out", "sdk", "--watch"],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            # what a shell starts behind `&` ignores SIGINT
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def until(self, words: str, path: str = "") -> str:
        """What it says up to the line that begins with these words and names the path; fails if it ends before."""
        assert self.process.stderr is not None
        said: list[str] = []
        for line in self.process.stderr:
            said.append(line)
            if line.startswith(words) and path in line:
                return "".join(said)
        pytest.fail("".join(said))

    def after(self, path: str) -> str:
        """What it says of the change of a file. It may have run for other reasons, too."""
        self.until("changed: ", path)
        return self.until("watching")


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    (tmp_path / "notes.yaml").write_text(SPEC)
    (tmp_path / "note.yaml").write_text(NOTE)
    found = Watcher(tmp_path)
    guard = threading.Timer(300, found.process.kill)  # a change that isn't told would be waited for forever
    guard.start()
    yield found
    guard.cancel()
    found.process.kill()
    found.process.communicate()


def test_changes_errors_and_the_end(watcher: Watcher, tmp_path: Path) -> None:
    def model() -> str:
        (found,) = (tmp_path / "sdk" / "src" / "notes" / "types").glob("note*.py")
        return found.read_text()

    assert "error" not in watcher.until("watching")
    assert "text: Optional[str]" in model()

    (tmp_path / "note.yaml").write_text(NOTE.replace("text", "words"))
    watcher.after("note.yaml")
    assert "words: Optional[str]" in model()

    (tmp_path / "note.yaml").unlink()
    assert "note.yaml` can't be read" in watcher.after("note.yaml")
    (tmp_path / "note.yaml").write_text("type: [")
    assert "error[SRC001]" in watcher.after("note.yaml")
    assert "words: Optional[str]" in model()
    (tmp_path / "note.yaml").write_text(NOTE)
    assert "error" not in watcher.after("note.yaml")
    assert "text: Optional[str]" in model()

    (tmp_path / "sdk.yaml").write_text("types: {note: Memo}\n")
    watcher.after("sdk.yaml")
    (tmp_path / "sdk.yaml").unlink()
    watcher.after("sdk.yaml")

    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait() == 0
    assert watcher.process.stderr is not None
    assert watcher.process.stderr.read() == ""


def test_hooks_and_templates_are_watched(watcher: Watcher, tmp_path: Path) -> None:
    """Also folders that come, and files that come into them."""
    package = tmp_path / "sdk" / "src" / "notes"
    watcher.until("watching")
    (tmp_path / "sdk.yaml").write_text("{}")
    watcher.after("sdk.yaml")
    (tmp_path / "hooks").mkdir()
    watcher.after("hooks")
    (tmp_path / "hooks" / "extra.py").write_text("ONE = 1\n")
    watcher.after("hooks")
    assert (package / "extra.py").read_text() == "ONE = 1\n"
    (tmp_path / "hooks" / "extra.py").write_text("ONE = 1.0\n")
    watcher.after("hooks/extra.py")
    assert (package / "extra.py").read_text() == "ONE = 1.0\n"
    house = tmp_path / "house" / "sdk"
    house.mkdir(parents=True)
    (house / "NOTES.md").write_text("One.\n")
    (tmp_path / "house").rename(tmp_path / "templates")
    watcher.after("templates")
    (tmp_path / "templates" / "sdk" / "NOTES.md").write_text("Another one.\n")
    watcher.after("templates/sdk/NOTES.md")
    assert (tmp_path / "sdk" / "NOTES.md").read_text() == "Another one.\n"


def test_what_comes_while_a_change_is_seen_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.yaml").write_text(SPEC)
    (tmp_path / "note.yaml").write_text(NOTE)
    runs = iter([["."], []])

    def wait(seen: dict[str, object]) -> list[str]:
        (tmp_path / "sdk.yaml").write_text("types: {note: Memo}\n")  # behind the look at it
        found = next(runs)
        if not found:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr("sdkloom.cli.watch.watch.__defaults__", (wait,))
    assert main(["generate", "notes.yaml", "--out", "sdk", "--watch"]) == 0
    (told,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("changed: ")]
    assert "sdk.yaml" in told


def test_standard_input_cannot_be_watched(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["generate", "-", "--watch"])
    assert "standard input can't be watched" in capsys.readouterr().err


def test_what_counts_as_a_change(tmp_path: Path) -> None:
    """What came, what went, what has another size or another time; folders tell what is in them."""
    there, gone, later = tmp_path / "there", tmp_path / "gone", tmp_path / "later"
    there.write_text("1")
    gone.write_text("1")
    before = stamps(map(str, (there, gone, later, tmp_path)))
    assert before[str(later)] is None
    os.utime(there, ns=(1, 1))
    gone.unlink()
    later.write_text("")
    assert set(wait_for_change(before)) == set(before)
    assert stamps(["\0"]) == {"\0": None}
