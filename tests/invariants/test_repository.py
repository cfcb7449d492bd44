"""The repository stands alone: nothing in it points at one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file passes its own test.
MACHINE_PATH = re.compile(r"(?<![\w.])/" + r"(home|Users|root|work|mnt|opt)/\w|\.\./shared" + r"\b|/tmp" + r"/\w")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_no_machine_paths() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_the_pattern_finds_what_it_is_for() -> None:
    for start, end in (("see /", "home/me/x"), ("in /", "work/main"), ("/tmp", "/out"), ("..", "/shared/contract")):
        text = start + end
        assert MACHINE_PATH.search(text)
    for text in ("POST /v1/messages", "https://docs.example.com/home/page", "a/root/b"):
        assert not MACHINE_PATH.search(text)


def test_links_between_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#)([^)#]+)")
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert dead == []
