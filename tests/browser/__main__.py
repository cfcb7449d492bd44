"""Checks the page of `sdkloom diff` in Chromium: `python -m tests.browser --packages <folder> --chromium <command>`.

`<folder>` holds the installed packages of package.json. Arguments that it doesn't know are those of `node --test`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sdkloom.specdiff.report import html

from ..specdiff.report import sample

LARGE = 2_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser", description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="where node_modules is")
    parser.add_argument("--chromium", required=True, help="the command that runs Chromium")
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of the page")
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, report in (("sample", sample.sample()), ("empty", sample.empty()), ("large", sample.large(LARGE))):
            Path(folder, f"{name}.html").write_text(html.render(report), encoding="utf-8")
        settings = {
            "PAGES": folder,
            "PACKAGES": str(options.packages.resolve()),
            "CHROMIUM": options.chromium,
            "SCREENSHOTS": str(options.screenshots.resolve()) if options.screenshots else "",
        }
        check = Path(__file__).parent / "page.test.mjs"
        command = ["node", "--test", "--test-reporter=spec", *arguments, str(check)]
        return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
