"""`sdkloom completion`: the script for bash completes; those for other shells know the commands and options."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sdkloom.cli.arguments import SHELLS
from sdkloom.cli.main import main

BASH = """\
source ./script
COMP_WORDS=("$@")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_shtab_sdkloom
echo "${COMPREPLY[*]}"
"""


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sdkloom ge", "generate"),
        ("sdkloom generate --ov", "--overlay"),
        ("sdkloom generate pets.", "pets.yaml"),
        ("sdkloom generate --out p", "pets-sdk"),
        ("sdkloom lint --format s", "sarif"),
        ("sdkloom completion z", "zsh"),
    ],
)
def test_bash(line: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "script").write_text(script("bash", capsys))
    (tmp_path / "pets.yaml").touch()
    (tmp_path / "pets-sdk").mkdir()
    ran = subprocess.run(["bash", "-c", BASH, "-", *line.split()], cwd=tmp_path, capture_output=True, text=True)
    assert ran.stdout.split() == [expected]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    for word in ("generate", "lint", "overlay", "fail-on-warning"):
        assert word in text
