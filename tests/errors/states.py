"""States of a spec in a git repository, for cases that are about naming them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.revisions import SpecResolver

DOCUMENT = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n'


def resolve(name: str, files: Mapping[str, str], sink: DiagnosticSink, scratch: Path, **environment: str) -> None:
    """Ask for the state `name` in a repository at `scratch`, whose branch `main` has these files."""
    person = {f"GIT_{role}_{what}": "ada@pets.test" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for path, text in files.items():
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        (scratch / path).write_text(text, encoding="utf-8")
    for command in (["init", "-q", "--initial-branch=main"], ["add", "."], ["commit", "-q", "-m", "start"]):
        subprocess.run(["git", *command], cwd=scratch, check=True, env={**os.environ, **person})
    before = Path.cwd()
    os.chdir(scratch)
    resolver = SpecResolver("spec/anthropic.yaml", sink)
    try:
        with mock.patch.dict(os.environ, environment):
            resolver.resolve(name)
    finally:
        resolver.close()
        os.chdir(before)
