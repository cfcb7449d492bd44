"""The command line: exit codes, what is printed where, and that nothing is written when it should not be."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.cli.main import main

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1", description: Notes for tests.}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    get:
      operationId: list_notes
      tags: [notes]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}}
components:
  schemas:
    Note: {type: object, required: [text], properties: {text: {type: string}}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    Path("notes.yaml").write_text(SPEC)
    return tmp_path


def run(*arguments: str) -> int:
    return main(list(arguments))


def test_help_loads_no_stage() -> None:
    """What a command needs is imported when it runs: help and wrong arguments are immediate."""
    code = "import sys; from sdkloom.cli.main import main\n"
    code += "try: main(['--help'])\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "usage: sdkloom" in ran.stdout
    loaded = {name.split(".")[1] for name in ran.stderr.split() if name.startswith("sdkloom.")}
    assert loaded == {"cli", "diagnostics", "files", "source", "verify"}
    below = {name for name in ran.stderr.split() if name.startswith(("sdkloom.source.", "sdkloom.verify."))}
    assert below == {"sdkloom.source.limits"}


def test_strict_takes_faults_as_errors(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that are found in the document, and those that show when types are made of it."""
    Path("notes.yaml").write_text(SPEC.replace(', version: "1"', ""))
    assert run("generate", "notes.yaml", "--out", "sdk", "--strict") == 1
    assert "error[DOC135]: `version` is missing" in capsys.readouterr().err
    assert not Path("sdk").exists()
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    assert "warning[DOC135]: `version` is missing" in capsys.readouterr().err
    Path("notes.yaml").write_text(SPEC.replace("{type: string}", "{type: string, enum: [1]}"))
    assert run("generate", "notes.yaml", "--out", "sdk", "--strict") == 1
    assert "error[LOW020]" in capsys.readouterr().err


def test_generate_writes_and_then_has_nothing_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    first = capsys.readouterr()
    assert "written, 0 removed, 0 unchanged" in first.out
    assert first.err == ""
    assert (project / "sdk" / "src" / "notes" / "types" / "note.py").is_file()
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    assert "0 written, 0 removed" in capsys.readouterr().out


def test_check_says_yes_and_no(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    assert run("generate", "notes.yaml", "--out", "sdk", "--check") == 0
    note = project / "sdk" / "src" / "notes" / "types" / "note.py"
    text = note.read_text()
    note.write_text(text.replace("text: str", "text: bytes"))
    capsys.readouterr()
    assert run("generate", "notes.yaml", "--out", "sdk", "--check") == 1
    shown = capsys.readouterr()
    assert "-    text: bytes\n+    text: str\n" in shown.out
    assert "1 file differs" in shown.err
    assert "text: bytes" in note.read_text()


def test_check_of_an_empty_folder_shows_new_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk", "--check") == 1
    assert "--- /dev/null\n+++ sdk/api.md (generated)" in capsys.readouterr().out
    assert not (project / "sdk").exists()


def test_dry_run_lists_and_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "+ sdk/src/notes/types/note.py\n" in shown
    assert "to write, 0 to remove" in shown
    assert not (project / "sdk").exists()


def test_suggest_prints_what_is_new_since_the_lock(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk", "--lock") == 0
    capsys.readouterr()
    assert run("generate", "notes.yaml", "--out", "sdk", "--suggest") == 0
    assert capsys.readouterr().out == "# no name is new or reads badly\n"
    before = Path("names.lock").read_text()
    Path("notes.yaml").write_text(
        SPEC.replace("paths:\n", "paths:\n  /pads: {get: {responses: {'204': {description: x}}}}\n")
    )
    assert run("generate", "notes.yaml", "--out", "sdk", "--suggest") == 0
    shown = capsys.readouterr().out
    assert "resources:\n  pads:\n    methods:\n      list: get /pads  # new\n" in shown
    assert run("generate", "notes.yaml", "--out", "sdk", "--suggest", "--quiet") == 0
    assert capsys.readouterr().out == shown
    assert Path("names.lock").read_text() == before


def test_dry_run_lists_what_goes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    Path("notes.yaml").write_text(SPEC.replace("Note:", "Memo:").replace("/Note", "/Memo"))
    capsys.readouterr()
    assert run("generate", "notes.yaml", "--out", "sdk", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "- sdk/src/notes/types/note.py\n" in shown
    assert "+ sdk/src/notes/types/memo.py\n" in shown
    assert (project / "sdk" / "src" / "notes" / "types" / "note.py").is_file()


def test_bad_input_leaves_the_output_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk") == 0
    before = {path: path.read_bytes() for path in (project / "sdk").rglob("*") if path.is_file()}
    Path("notes.yaml").write_text(SPEC.replace("    get:", "    gte:"))
    capsys.readouterr()
    assert run("generate", "notes.yaml", "--out", "sdk") == 1
    shown = capsys.readouterr()
    assert "notes.yaml:6:" in shown.err
    assert "1 error" in shown.err
    assert {path: path.read_bytes() for path in (project / "sdk").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["generate", "nothing.yaml"], "nothing.yaml"),
        (["generate", "https://notes.test/v1/notes.json"], "curl -fsSL -o notes.json https://notes.test/v1/notes.json"),
        (["generate", "notes.yaml", "--config", "nothing.yaml"], "nothing.yaml:1:1: error[EMIT014]"),
        (["generate", "notes.yaml", "--templates", "nothing"], "nothing:1:1: error[EMIT009]"),
        (["generate", "notes.yaml", "--out", "notes.yaml"], "notes.yaml:1:1: error[EMIT015]"),
        (["dump", "ir", "nothing.yaml"], "nothing.yaml"),
    ],
)
def test_missing_files_are_located_errors(
    arguments: list[str], place: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 1
    shown = capsys.readouterr()
    assert place in shown.err
    assert "Traceback" not in shown.err
    assert shown.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["loop"],
        ["notes.yaml", "--config", "loop"],
        ["notes.yaml", "--templates", "loop"],
        ["notes.yaml", "--out", "loop"],
    ],
)
def test_a_link_to_itself(arguments: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "loop").symlink_to("loop")
    assert run("generate", *arguments) == 1
    assert "loop" in capsys.readouterr().err


def test_a_file_that_is_not_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "sdk.yaml").write_bytes(b"package: {title: \xff}\n")
    assert run("generate", "notes.yaml") == 1
    shown = capsys.readouterr().err
    assert "sdk.yaml:1:18: error[SRC015]" in shown
    assert "SRC006" not in shown
    assert not (project / "generated").exists()


def test_permissions(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    monkeypatch.setattr(os, "replace", refuse)
    assert run("generate", "notes.yaml", "--out", "sdk") == 1
    assert "error[EMIT011]: cannot write" in capsys.readouterr().err
    assert not (project / "sdk" / "api.md").exists()


def test_the_config_beside_the_spec_is_found(project: Path) -> None:
    (project / "sdk.yaml").write_text(
        "package: {distribution: memo-sdk, import_name: memo_sdk, title: memo, base_error: MemoError}\n"
    )
    assert run("generate", "notes.yaml", "--out", "out") == 0
    header = (project / "out" / "src" / "memo_sdk" / "types" / "note.py").read_text().splitlines()[0]
    assert header == "# Generated by sdkloom from notes.yaml and sdk.yaml. Edit those, not this file."


def test_headers_name_no_place_of_the_machine(project: Path) -> None:
    assert run("generate", str(project / "notes.yaml"), "--out", "out") == 0
    for path in (project / "out").rglob("*"):
        assert not path.is_file() or str(project) not in path.read_text()


def test_headers_of_a_spec_elsewhere_name_the_file(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert run("generate", str(project / "notes.yaml"), "--out", "out") == 0
    assert (Path("out") / ".stats.yml").read_text().splitlines()[0] == (
        "# Generated by sdkloom from notes.yaml. Edit that, not this file."
    )


@pytest.mark.parametrize("stage", ["document", "ir", "plan"])
def test_dump(stage: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dump", stage, "notes.yaml") == 0
    expected = {
        "document": "  schemas:\n    - NamedSchema  # notes.yaml:12:5\n      name: 'Note'\n",
        "ir": "name: 'text'\n",
        "plan": "note.py  <-  templates/sdk/src/[package]/types/[type_module].py.jinja  TypeModule note\n",
    }
    assert expected[stage] in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["generate", "--chek"], ["generate", "--check", "--dry-run"]])
def test_wrong_arguments_give_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert "usage: sdkloom" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["generate", "--help"], ["dump", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert all(len(line) <= 120 for line in shown.splitlines())
    assert "usage: sdkloom" in shown


def sdkloom(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sdkloom", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_as_a_program(project: Path) -> None:
    run = sdkloom("generate", "notes.yaml", "--out", "sdk", cwd=project)
    assert run.returncode == 0
    assert run.stdout.startswith("sdk: ")
    assert run.stderr == ""
    assert "\033[" not in run.stdout


def test_a_closed_pipe_gives_no_traceback(project: Path) -> None:
    command = f"{sys.executable} -m sdkloom dump ir notes.yaml | head -1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert run.stderr == ""


def on_a_terminal(project: Path, *arguments: str, **environment: str) -> str:
    """What the program writes when all its streams are a terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "sdkloom", *arguments],
        cwd=project,
        env={**os.environ, "TERM": "xterm", **environment},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ):
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            shown += part
    os.close(leader)
    return shown.decode()


def test_colours_on_a_terminal(project: Path) -> None:
    shown = on_a_terminal(project, "generate", "notes.yaml", "--out", "sdk", "--check")
    assert "\033[32m+" in shown


def test_no_color(project: Path) -> None:
    shown = on_a_terminal(project, "generate", "notes.yaml", "--out", "sdk", "--check", NO_COLOR="1")
    assert "\033[32m" not in shown
    assert "+++ sdk/api.md (generated)" in shown


def test_forced_colour(project: Path) -> None:
    run = sdkloom("generate", "notes.yaml", "--out", "sdk", "--check", cwd=project, FORCE_COLOR="1")
    assert "\033[32m+" in run.stdout


def test_a_part_is_written_and_a_misspelt_one_is_not(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("generate", "notes.yaml", "--out", "sdk", "--only", "nots") == 1
    assert "`nots` fits no operation\n   hint: did you mean `notes`?" in capsys.readouterr().err
    assert not Path("sdk").exists()
    assert run("generate", "notes.yaml", "--out", "sdk", "--only", "list_notes") == 0
    assert run("dump", "ir", "notes.yaml", "--skip", "notes") == 1
    assert "what is left has no method" in capsys.readouterr().err


def loaded(*arguments: str, cwd: Path, **environment: str) -> set[str]:
    """The modules that are loaded after a command: our stages by their names, libraries by theirs."""
    code = "import sys; from sdkloom.cli.main import main\n"
    code += f"main({list(arguments)!r}); print(*sys.modules, sep='\\n', file=open('modules', 'w'))"
    subprocess.run([sys.executable, "-c", code], cwd=cwd, env={**os.environ, **environment}, capture_output=True)
    modules = (cwd / "modules").read_text().split()
    return {".".join(name.split(".")[:2]) if name.startswith("sdkloom.") else name.split(".")[0] for name in modules}


def test_errors_load_only_the_stages_before_them(project: Path) -> None:
    late = {"sdkloom.lower", "sdkloom.ir", "sdkloom.python", "jinja2", "subprocess"}
    Path("notes.yaml").write_text(SPEC + "  [")
    assert "sdkloom.document" in (found := loaded("generate", "notes.yaml", "--out", "out", cwd=project))
    assert found & late == set()
    Path("notes.yaml").write_text(SPEC)
    assert late <= loaded("generate", "notes.yaml", "--out", "out", cwd=project)


def test_what_is_remembered_loads_no_stage(project: Path) -> None:
    environment = {"SDKLOOM_NO_CACHE": "", "XDG_CACHE_HOME": str(project / "cache")}
    assert "sdkloom.lower" in loaded("generate", "notes.yaml", "--out", "out", cwd=project, **environment)
    found = loaded("generate", "notes.yaml", "--out", "out", cwd=project, **environment)
    assert found & {"sdkloom.document", "sdkloom.lower", "sdkloom.ir", "sdkloom.python", "jinja2", "yaml"} == set()
