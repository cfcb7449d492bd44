"""Pictures of the terminal for docs/images, from what the commands print: `python .ci/site/pictures.py`."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "fastapi-service"
WIDTH = 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("openapi.json", "sdk.yaml"):
            shutil.copy(EXAMPLE / name, folder)
        picture("terminal-generate", folder, "sdkloom generate")
        document = Path(folder, "openapi.json")
        text = document.read_text(encoding="utf-8")
        shutil.copy(document, Path(folder, "old.json"))
        document.write_text(re.sub(r'"tags": \{\s+"items"', '"subjects": {"items"', text), encoding="utf-8")
        picture("terminal-diff", folder, "sdkloom diff old.json openapi.json")


def picture(name: str, folder: str, command: str) -> None:
    """Run a command, and draw what a terminal would show."""
    program = Path(sys.executable).with_name("sdkloom")
    done = subprocess.run(
        [program, *command.split()[1:]],
        cwd=folder,
        env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
        text=True,
    )
    shown = re.sub(r"\S*\(\d+\.\d\d s\)", "", done.stdout)  # seconds differ each time
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"\x1b[1m$ {command}\x1b[0m\n{shown.rstrip()}\n"))
    svg = console.export_svg(title=command, unique_id=name)
    fonts = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # nothing is loaded from elsewhere
    lines = "\n".join(line.rstrip() for line in fonts.splitlines() if line.strip())
    (ROOT / "docs" / "images" / f"{name}.svg").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
