"""What others wrote (names of files, arguments, texts of documents) steers neither a terminal nor a CI server."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from sdkloom.cli.main import main
from sdkloom.diagnostics.terminal import printable, printable_lines

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
COMMAND = re.compile(r"^\s*::[a-z]|##\w*\[", re.IGNORECASE | re.MULTILINE)
EVIL = "\x1b[31m\x9b1m\x07\u202e\u2066\u200b\ufeff\x85\u2028\u2029\r\n::error::owned\n ##[group]x ##vso[task.x]"
SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: "https://pets.test"}]
paths:
  /pets:
    get:
      operationId: list_pets
      summary: %s
      parameters: [{name: q, in: query, description: %s, schema: {type: string, enum: [a%s]}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
components:
  schemas:
    Pet: {type: object, description: %s, properties: {name: {type: string}, %s: {type: integer}}}
"""


def spec(evil: str) -> str:
    quoted = json.dumps(evil)
    return SPEC % (quoted, quoted, f", {quoted}" if evil else "", quoted, json.dumps(f"age{evil}"))


def is_safe(text: str) -> bool:
    """Whether a text has no hidden character but line breaks, and no command at the start of a line."""
    hidden = {char for char in text if unicodedata.category(char) in HIDDEN} - {"\n"}
    return not hidden and not COMMAND.search(text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a spec before and after a hostile change."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "old.yaml").write_text(spec(""), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(spec(EVIL), encoding="utf-8")
    return tmp_path


def test_every_hidden_character_becomes_an_escape() -> None:
    codes = [*range(0x11000), *range(0x1D100, 0x1D200), *range(0xE0000, 0xE0200)]
    shown = {code: printable(chr(code)) for code in codes}
    assert [hex(code) for code, text in shown.items() if not is_safe(text) or "\n" in text] == []
    assert [hex(code) for code, text in shown.items() if chr(code).isprintable() and text != chr(code)] == []
    assert printable("a\x1b\x85\u202e\n\U000e0001é🦜\udc80") == r"a\x1b\x85\u202e\n\U000e0001é🦜\udc80"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::owned", r":\x3aerror:\x3aowned"),
        ("x ##[group]", r"x #\x23[group]"),
        ("##vso[task.setvariable]", r"#\x23vso[task.setvariable]"),
        ("a::1 ## heading x[1] #[derive]", "a::1 ## heading x[1] #[derive]"),
    ],
)
def test_commands_of_ci_servers(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_lines_stay_lines() -> None:
    assert printable_lines("a\r\nb\x1b\rc\td") == "a\nb\\x1b\nc  d"


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", f"no{EVIL}.yaml"],
        ["generate", f"::error::{EVIL}"],
        ["generate", "new.yaml", "--config", EVIL],
        ["generate", "new.yaml", "--out", f"out{EVIL}", "--dry-run"],
        ["generate", "new.yaml", "--out", f"out{EVIL}", "--check"],
        ["generate", "new.yaml", "--templates", EVIL],
        ["dump", "document", "new.yaml"],
        ["dump", "ir", "new.yaml"],
        ["dump", "plan", "new.yaml"],
        ["verify", EVIL],
        ["diff", EVIL, "new.yaml"],
        ["diff", "old.yaml", "new.yaml", "--ignore", EVIL],
        ["diff", "old.yaml", "new.yaml", "-v"],
        *(
            ["diff", "old.yaml", "new.yaml", f"--{name}", "-"]
            for name in ("changelog", "markdown", "json", "junit", "html")
        ),
    ],
)
def test_what_commands_print(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([argument.replace("\0", "") for argument in arguments])
    printed = capsys.readouterr()
    assert printed.out + printed.err
    assert is_safe(printed.out)
    assert is_safe(printed.err)


def test_annotations_are_commands_of_sdkloom_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "old.yaml", "new.yaml", "--github", "-"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert [line for line in lines if not re.match(r"::(notice|warning|error) ", line) or not is_safe(line[2:])] == []


@pytest.mark.parametrize(
    "arguments", [[EVIL], ["generate", "a", EVIL], ["verify", "--seed", EVIL], ["diff", "--x\x1b\n::error::y"]]
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert is_safe(capsys.readouterr().err)


def test_a_changelog_takes_texts_as_texts(folder: Path) -> None:
    (folder / "new.yaml").write_text(spec(EVIL + "\n## 9.9.9\n<img src=x> [a](b) @everybody"), encoding="utf-8")
    main(["diff", "old.yaml", "new.yaml", "--changelog", "CHANGELOG.md"])
    written = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert is_safe(written)
    assert [line for line in written.splitlines() if line.startswith("## ")] == ["## 2.0.0"]
    assert "<img" not in re.sub("`[^`]*`", "", written)


def test_an_output_that_lacks_characters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", ascii_only)
    (folder / "new.yaml").write_text(SPEC % ("pets", "é", "", "🦜", "age"), encoding="utf-8")
    assert main(["diff", "old.yaml", "new.yaml"]) == 0
    ascii_only.flush()
    buffer = ascii_only.buffer
    assert isinstance(buffer, io.BytesIO)
    assert b"documentation" in buffer.getvalue().lower()
    print("🦜")
    ascii_only.flush()
    assert buffer.getvalue().endswith(b"\\U0001f99c\n")
