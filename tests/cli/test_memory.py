"""What runs remember: `generate` of an unchanged input makes nothing anew, `diff` makes the base once.

With it or without, what is printed and written is the same.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdkloom.cli import memory
from sdkloom.cli.contents import Contents
from sdkloom.cli.main import main
from sdkloom.cli.memory import Memory, Output, State
from sdkloom.files import cache
from sdkloom.files.cache import Cache
from sdkloom.pipeline import Pipeline

from ..repositories import CONFIG, SPEC, WITH_AGE, Repository
from ..verify.targets import ROOT

WARNED = SPEC + "        kind: {type: strin, description: Unknown.}\n        home: {$ref: home.yaml#/Home}\n"
HOME = "Home: {type: object, properties: {street: {type: string}}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a spec of two files, and a cache."""
    monkeypatch.delenv(cache.OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    shutil.copytree(ROOT / "templates", root / "templates")
    Path("spec.yaml").write_text(WARNED.replace("strin,", "string, exampel: 1,"))
    Path("home.yaml").write_text(HOME)
    Path("sdk.yaml").write_text(CONFIG)
    return root


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The specs of which states were made."""
    found: list[str] = []
    state = Pipeline.spec_state

    def counted(self: Pipeline) -> Any:
        found.append(self.spec)
        return state(self)

    monkeypatch.setattr(Pipeline, "spec_state", counted)
    return found


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, and what was printed, without the seconds."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, re.sub(r"\([0-9.]+ s\)", "", out), err


def tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


def entries(project: Path) -> list[Path]:
    return sorted((project.parent / "cache" / "sdkloom").iterdir())


COMMANDS = (("generate",), ("generate", "--check"), ("generate", "--dry-run"))


def test_nothing_is_made_anew(project: Path, capsys: pytest.CaptureFixture[str], made: list[str]) -> None:
    run(capsys, "generate")
    before = tree(project / "pets")
    assert made == ["spec.yaml"]
    remembered = [run(capsys, *command) for command in COMMANDS]
    assert made == ["spec.yaml"]
    for entry in entries(project):
        entry.unlink()
    assert remembered == [(run(capsys, *command), entries(project)[0].unlink())[0] for command in COMMANDS]
    assert [code for code, _, _ in remembered] == [0, 0, 0]
    assert all("DOC004" in err for _, _, err in remembered)  # warnings are told again
    assert tree(project / "pets") == before


def edited(path: str, old: str, new: str) -> Callable[[], None]:
    def edit() -> None:
        text = Path(path).read_text()
        assert old in text
        Path(path).write_text(text.replace(old, new))

    return edit


CHANGES: dict[str, Callable[[], None]] = {
    "the document": edited("spec.yaml", "name: {type: string}", "name: {type: string}\n        age: {type: integer}"),
    "a comment in the document": edited("spec.yaml", "components:", "# more\ncomponents:"),
    "a file that it refers to": edited("home.yaml", "street", "road"),
    "no file that it refers to": lambda: os.remove("home.yaml"),
    "sdk.yaml": edited("sdk.yaml", "AsyncPets", "PetsAsync"),
    "no sdk.yaml": lambda: os.remove("sdk.yaml"),
    "a template": edited("templates/macros/types.jinja", "class {{", "class  {{"),
    "a copied file": edited("templates/runtime/_deprecated.py", "import", "import  "),
    "another template": lambda: Path("templates/sdk/more.txt").write_text("more\n") and None,
    "names.lock": lambda: Path("names.lock").write_text("version: 1\n") and None,
    "an edited file": edited("pets/src/pets/types/pet.py", "name", "title"),
    "a missing file": lambda: os.remove("pets/api.md"),
    "no manifest": lambda: os.remove("pets/.stats.yml"),
    "a link": lambda: (os.rename("pets/api.md", "api.md"), os.symlink("../api.md", "pets/api.md"))[1],
    "a link to a folder": lambda: (os.rename("pets/src", "src"), os.symlink("../src", "pets/src"))[1],
    "an interrupted run": lambda: os.mkdir("pets/.sdkloom-staging"),
}


SOME = ("the document", "an edited file", "a missing file")


@pytest.mark.parametrize(
    ("command", "change"),
    [*((COMMANDS[0], change) for change in CHANGES), *((command, each) for command in COMMANDS[1:] for each in SOME)],
)
def test_what_changes_is_seen(
    command: tuple[str, ...], change: str, project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A run after a change does what a run without memory does."""
    run(capsys, "generate")
    assert len(entries(project)) == 1
    CHANGES[change]()
    shutil.copytree(project, tmp_path / "copy", symlinks=True)
    with_memory = (run(capsys, *command), tree(project))
    os.chdir(tmp_path / "copy")
    os.environ[cache.OFF] = "1"
    assert (run(capsys, *command), tree(tmp_path / "copy")) == with_memory


def test_options_count(project: Path, capsys: pytest.CaptureFixture[str], made: list[str]) -> None:
    run(capsys, "generate")
    for options in (["--strict"], ["--limit", "depth=100"], ["--skip", "pets.get"]):
        run(capsys, "generate", *options)
    assert len(made) == 4
    run(capsys, "generate", "--config", "sdk.yaml", "--out", "pets")  # as it is anyway
    assert len(made) == 4


def test_another_program_counts(
    project: Path, capsys: pytest.CaptureFixture[str], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "generate")
    monkeypatch.setattr(memory, "_program", lambda: iter(["another"]))
    run(capsys, "generate")
    assert len(made) == 2


def test_names_that_the_lock_gets_are_another_input(
    project: Path, capsys: pytest.CaptureFixture[str], made: list[str]
) -> None:
    assert run(capsys, "generate", "--lock")[0] == 0
    for _ in range(3):
        assert run(capsys, "generate")[0] == 0
    assert len(made) == 2


def test_errors_are_not_remembered(project: Path, capsys: pytest.CaptureFixture[str], made: list[str]) -> None:
    Path("spec.yaml").write_text(WARNED.replace("get:", "git:"))
    first = run(capsys, "generate")
    assert first == run(capsys, "generate")
    assert len(made) == 2


def test_it_can_be_switched_off(
    project: Path, capsys: pytest.CaptureFixture[str], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.OFF, "1")
    run(capsys, "generate")
    run(capsys, "generate")
    assert len(made) == 2
    assert not (project.parent / "cache").exists()


def test_the_base_of_a_diff_is_made_once(
    pets: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    without = pets.diff("main")
    monkeypatch.delenv(cache.OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    del made[:]
    reports = [pets.diff("main") for _ in range(3)]
    assert reports == [without] * 3
    assert made == ["main:/spec/anthropic.yaml"] + ["spec/anthropic.yaml"] * 3
    pets.write({"spec/anthropic.yaml": WITH_AGE + "        size: {type: integer}\n"})
    changed = pets.diff("main")
    monkeypatch.setenv(cache.OFF, "1")
    assert changed == pets.diff("main") != without
    assert made.count("main:/spec/anthropic.yaml") == 2


def test_a_state_comes_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The spec of this repository uses much of what there is."""
    from sdkloom.diagnostics.model import DiagnosticSink

    monkeypatch.delenv(cache.OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def read(path: str) -> str:
        return (ROOT / path).read_text()

    spec, config, lock = "spec/anthropic.yaml", "spec/sdk.yaml", "spec/names.lock"
    keeping = Memory(["state"], [spec, config, lock], read)
    state = Pipeline(
        spec=spec, config=config, lock=lock, read=keeping.read, sink=DiagnosticSink(), templates=ROOT
    ).spec_state()
    assert state is not None
    keeping.keep(State(state=state, diagnostics=()))
    found = Memory(["state"], [spec, config, lock], read).recall(State)
    assert found is not None
    assert found.state == state
    assert repr(found.state) == repr(state)
    assert found.state.api.client.span == state.api.client.span


class Program:
    """An object whose pickle calls a function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self._call = (function, arguments)

    def __reduce__(self) -> Any:
        return self._call


FORGED = {
    "a program": Program(os.system, "touch forged"),
    "a function of Python's": Program(eval, "open('forged', 'w')"),
    "getattr": Program(getattr, "{0.__class__}", "format"),
    "a function of ours": Program(shutil.rmtree, "project"),
    "a class of ours that does something": Program(Pipeline),
    "another value": ("pets", {}, ()),
}


@pytest.mark.parametrize("value", FORGED.values(), ids=FORGED)
def test_a_forged_entry_runs_nothing(
    value: object, project: Path, capsys: pytest.CaptureFixture[str], made: list[str]
) -> None:
    run(capsys, "generate")
    expected = tree(project)
    (entry,) = entries(project)
    Cache(entry.parent).put(entry.name, zlib.compress(pickle.dumps(({}, value))))
    assert run(capsys, "generate")[0] == 0
    assert tree(project) == expected
    assert len(made) == 2


def test_only_data_is_read() -> None:
    for value in FORGED.values():
        if isinstance(value, Program):
            with pytest.raises(Exception, match=r"."):
                memory._DataReader(io.BytesIO(pickle.dumps(value))).load()  # pyright: ignore[reportPrivateUsage]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_pickles_raise_nothing(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Also those whose sum is right."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(cache.OFF)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        made = Memory(["x"], [], lambda path: "")
        contents = Contents(methods=1, types=1, left_out=0, degraded=0, warnings=0)
        made.keep(Output(distribution="pets", sums={"a": "b"}, contents=contents, diagnostics=()))
        key, folder = made._key, made._cache  # pyright: ignore[reportPrivateUsage]
        assert key is not None
        whole = bytearray(zlib.decompress(folder.get(key) or b""))
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        folder.put(key, zlib.compress(bytes(whole)))
        Memory(["x"], [], lambda path: "").recall(Output)
