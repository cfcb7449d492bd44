"""Runs generated tests against Prism, which serves the document: `python -m tests.mock --prism <command>`.

Those of `generated/`, and those of packages that are made of the documents of others. Arguments that it doesn't know
are pytest's.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .document import for_prism, read
from .gate import gate

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec" / "anthropic.yaml"
WIRE, CORPUS = ROOT / "tests" / "wire" / "documents", ROOT / "tests" / "specdiff" / "corpus"
OTHERS = [*sorted(WIRE.glob("*.[yj]*")), CORPUS / "museum.yaml", CORPUS / "petstore.yaml"]
"""Prism itself ends at a request that `opc_baseline_31.yaml` describes."""
PATIENCE = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mock", description=__doc__)
    parser.add_argument("--prism", required=True, help="the command that runs Prism")
    parser.add_argument("--spec", type=Path, action="append", help="only this document; may be repeated")
    options, arguments = parser.parse_known_args()
    failed = [spec for spec in options.spec or [SPEC, *OTHERS] if not passes(spec, options.prism, arguments)]
    print(f"failed: {', '.join(path.name for path in failed)}" if failed else "passed for every document")
    return bool(failed)


def passes(spec: Path, command: str, arguments: list[str]) -> bool:
    """Whether the generated tests of a document's package pass while Prism serves the document."""
    print(f"\n=== {spec.name}", flush=True)
    document, routes = for_prism(read(spec))
    with tempfile.TemporaryDirectory() as folder:
        served, log, sdk = Path(folder, "served.json"), Path(folder, "prism.log"), Path(folder, "sdk")
        served.write_text(json.dumps(document), encoding="utf-8")
        if spec == SPEC:
            sdk = ROOT / "generated"
        else:
            subprocess.run([sys.executable, "-m", "sdkloom", "generate", spec, "--out", sdk], check=True)
        with prism(command, served, log) as port, gate(port, routes) as url:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", *arguments],
                cwd=sdk,
                env={**os.environ, "TEST_API_BASE_URL": with_user(url, document), "NO_PROXY": "127.0.0.1"},
                check=False,
            )
        print(summary(log.read_text(encoding="utf-8")))
    return done.returncode == 0


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


def summary(log: str) -> str:
    """What Prism found: requests by operation, how many of them were valid, and what was wrong with the others."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", log)
    requests = Counter(re.findall(r"\[HTTP SERVER\] (\w+ \S+) .*Request received", text))
    lines = [f"  {operation}: {count}" for operation, count in sorted(requests.items())]
    valid = text.count("The request passed the validation rules")
    mistakes = Counter(re.findall(r"Violation: (.*)", text))
    lines += [f"  violation ({count}): {mistake}" for mistake, count in mistakes.most_common()]
    return "\n".join([f"Prism: {sum(requests.values())} requests, {valid} of them valid", *lines])


if __name__ == "__main__":
    sys.exit(main())
