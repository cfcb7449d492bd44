"""Sets the peers up: one virtual environment each, below `.venv/bench/`."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from model import Peer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv" / "bench"


def set_up(peer: Peer) -> Path:
    """Return the Python of a peer's environment, which is made (anew, if what belongs into it has changed)."""
    folder = FOLDER / peer.label
    python, stamp = folder / "bin" / "python", folder / ".made"
    wanted = hashlib.sha256(f"{peer}{sys.version}{_inputs(peer)}".encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"setting up {peer.label}", file=sys.stderr, flush=True)
    _run(sys.executable, "-m", "venv", "--clear", str(folder))
    _install(python, *(requirement.format(root=ROOT) for requirement in peer.requirements))
    if peer.generated_by:
        out = folder / "package"
        command = [word.format(spec=_spec_for_peers(folder), out=out) for word in peer.generated_by]
        _run(str(folder / "bin" / command[0]), *command[1:])
        _install(python, str(out))
    stamp.write_text(wanted)
    return python


def title_of(peer: Peer) -> str:
    """Return the name of a peer with the version that is installed."""
    if not peer.distribution:
        return peer.title
    code = f"from importlib.metadata import version; print(version({peer.distribution!r}))"
    python = FOLDER / peer.label / "bin" / "python"
    out = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout
    return peer.title.format(version=out.strip())


def _inputs(peer: Peer) -> str:
    """What of the project an environment is made of, besides source trees that it only points to."""
    used = [ROOT / "spec" / "anthropic.yaml"] if peer.generated_by else []
    if any("{root}/generated" in requirement for requirement in peer.requirements):
        used.append(ROOT / "generated" / "pyproject.toml")
    elif any("{root}" in requirement for requirement in peer.requirements):
        used.append(ROOT / "pyproject.toml")
    return "".join(path.read_text() for path in used)


def _spec_for_peers(folder: Path) -> Path:
    """The document as other generators can take it: OpenAPI 3.1, and a version that is one to Python."""
    text = (ROOT / "spec" / "anthropic.yaml").read_text()
    copy = folder / "spec.yaml"
    text = re.sub(r"(?m)^openapi: .*", "openapi: 3.1.0", text, count=1)
    copy.write_text(re.sub(r"(?m)^  version: .*", "  version: '1.0'", text, count=1))
    return copy


def _install(python: Path, *requirements: str) -> None:
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
