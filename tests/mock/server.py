"""A mock server for the tests of a package: Prism, with the gate before it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .document import for_prism, read
from .gate import gate

PATIENCE = 60.0


@contextmanager
def served(spec: Path, command: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Prism with a document: the URL for `TEST_API_BASE_URL`, and the log."""
    document, routes = for_prism(read(spec))
    copy, log = folder / "served.json", folder / "prism.log"
    copy.write_text(json.dumps(document), encoding="utf-8")
    with prism(command, copy, log) as port, gate(port, routes) as url:
        yield with_user(url, document), log


def with_user(url: str, document: dict[str, Any]) -> str:
    """The URL with a name and a password, for an API that knows nothing but those."""
    schemes = document.get("components", {}).get("securitySchemes", {}).values()
    only_basic = schemes and all(scheme.get("scheme", "").lower() == "basic" for scheme in schemes)
    return url.replace("//", "//name:password@", 1) if only_basic else url


@contextmanager
def prism(command: str, served: Path, log: Path) -> Iterator[int]:
    """A running Prism; its port."""
    port = free_port()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [command, "mock", str(served), "--host", "127.0.0.1", "--port", str(port)], stdout=output, stderr=output
        )
        try:
            wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when something listens; say what Prism said if it gives up."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"Prism does not listen:\n{log.read_text(encoding='utf-8')}")
