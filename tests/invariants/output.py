"""The files that the generator made in a folder, as its `.stats.yml` lists them."""

from __future__ import annotations

from pathlib import Path

import yaml


def owned_files(folder: Path) -> dict[str, str]:
    names = yaml.safe_load((folder / ".stats.yml").read_text(encoding="utf-8"))["files"]
    return {name: (folder / name).read_bytes().decode("utf-8") for name in names}
