"""Runs of the generator on the two spec files, or on edits of them, each as a project of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

from sdkloom.cli.main import main

ROOT = Path(__file__).resolve().parent.parent


class SpecTexts(NamedTuple):
    spec: str
    config: str


def spec_texts() -> SpecTexts:
    """`spec/anthropic.yaml` and `spec/sdk.yaml` as they are."""
    return SpecTexts(*((ROOT / "spec" / name).read_text(encoding="utf-8") for name in ("anthropic.yaml", "sdk.yaml")))


def spec_texts_for_httpx2() -> SpecTexts:
    """The same for a package that depends on httpx2 instead of httpx."""
    texts = spec_texts()
    assert "\nclient:\n" in texts.config
    return texts._replace(config=texts.config.replace("\nclient:\n", "\nclient:\n  http_library: httpx2\n", 1))


def sdkloom(folder: Path, *arguments: str) -> None:
    """Run a command with `folder` as the working folder, in this process; it must succeed."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        assert main(arguments) == 0, arguments
    finally:
        os.chdir(before)


def generate(project: Path, texts: SpecTexts, seed: str | None = None) -> Path:
    """Run `sdkloom generate` in a folder that has these two files and names.lock as its spec; the output folder.

    With a hash seed it runs in a process of its own.
    """
    (project / "spec").mkdir()
    (project / "spec" / "anthropic.yaml").write_text(texts.spec, encoding="utf-8")
    (project / "spec" / "sdk.yaml").write_text(texts.config, encoding="utf-8")
    shutil.copy(ROOT / "spec" / "names.lock", project / "spec")
    if seed is None:
        sdkloom(project, "generate", "--out", "generated")
        return project / "generated"
    run = subprocess.run(
        [sys.executable, "-m", "sdkloom", "generate", "--out", "generated"],
        cwd=project,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "generated"


def owned_files(folder: Path) -> dict[str, str]:
    """The files that the generator made in a folder, as its `.stats.yml` lists them."""
    names = yaml.safe_load((folder / ".stats.yml").read_text(encoding="utf-8"))["files"]
    return {name: (folder / name).read_bytes().decode("utf-8") for name in names}
