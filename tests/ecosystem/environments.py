"""One environment for each library of each time, with the reference; and a folder with the generated package.

Environments are kept below a cache folder, named after the library, the state, the version of Python and the pins.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = ".ready"


def default_cache() -> Path:
    """Where environments are kept unless `--cache` says otherwise."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "sdkloom" / "ecosystem"


def environment(pins: Path, cache: Path, python: str = sys.executable) -> Path:
    """The Python of the environment of these pins, which is made first if it isn't there.

    Raises:
        subprocess.CalledProcessError: pip can't install it.
    """
    folder = environment_folder(pins, cache, python)
    made = folder / "bin" / "python"
    if not (folder / READY).exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location", "--no-compile", "--no-deps"]
        subprocess.run([sys.executable, "-m", "pip", "--python", made, "install", *options, "-r", pins], check=True)
        (folder / READY).touch()
    return made


def environment_folder(pins: Path, cache: Path, python: str = sys.executable) -> Path:
    """Where the environment of these pins is kept. It is whole if it holds the file `READY`."""
    version = _output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()[:8]
    return cache / f"{pins.parent.name}-{pins.stem}-{version}-{digest}"


def unpacked_package(target: Path) -> Path:
    """The wheel of the generated package, unpacked: in front of an environment it takes the reference's place.

    Raises:
        subprocess.CalledProcessError: the wheel can't be made.
    """
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--target", target, ROOT / "generated"], check=True)
    return target


def check_swap(python: Path, package: Path) -> None:
    """Make sure that the same environment imports the reference without, and the generated package with the folder.

    Raises:
        RuntimeError: it doesn't.
    """
    code = "import anthropic; from importlib.metadata import version; print(anthropic.__file__, version('anthropic'))"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    reference = _output([python, "-c", code], environ)
    ours = _output([python, "-c", code], {**environ, "PYTHONPATH": str(package)})
    if not ours.startswith(str(package)) or reference.startswith(str(package)):
        raise RuntimeError(f"the packages are not swapped: {reference} and {ours}")


def _output(command: list[str | Path], environ: dict[str, str] | None = None) -> str:
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.strip()
