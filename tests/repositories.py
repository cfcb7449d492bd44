"""Git repositories with a small spec, and the command run in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from sdkloom.cli.main import main

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers:
  - url: https://pets.test
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
"""
CONFIG = """\
package: {distribution: pets, version: 1.0.0}
client:
  class_name: Pets
  async_class_name: AsyncPets
resources:
  pets:
    types: [Pet]
    methods:
      get: {endpoint: "get /pets/{id}"}
"""
WITH_AGE = SPEC + "        age: {type: integer}\n"
WITHOUT_NAME = SPEC.replace("required: [name]", "required: [age]").replace(
    "name: {type: string}", "age: {type: integer}"
)


@attrs.frozen
class Ran:
    """How the command ended."""

    code: int
    out: str
    err: str


@attrs.frozen
class Repository:
    """A repository; commands run in its root, or in the working folder if that lies in it."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def git(self, *arguments: str) -> str:
        run = subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True)
        return run.stdout.decode()

    def commit(self, files: Mapping[str, str | bytes] | None = None, branch: str | None = None) -> None:
        """Commit everything, with these files; on `branch`, if it is given."""
        self.write(files or {})
        if branch is not None:
            self.git("checkout", "-q", "-b", branch)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", "a change")

    def diff(self, *arguments: str) -> Ran:
        self.capsys.readouterr()
        try:
            code = main(["diff", *arguments])
        except SystemExit as stop:
            code = int(str(stop.code))
        out, err = self.capsys.readouterr()
        return Ran(code, out, err)


def isolate(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Git sees neither the configuration of the person who runs the tests nor a repository around `root`."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@pets.test",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@pets.test",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(root)
