"""Runs generated tests against Prism, which serves the document: `python -m tests.mock --prism <command>`.

Those of `generated/`, and those of packages that are made of the documents of others. Arguments that it doesn't know
are pytest's.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .server import served

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec" / "anthropic.yaml"
WIRE, CORPUS = ROOT / "tests" / "wire" / "documents", ROOT / "tests" / "specdiff" / "corpus"
OTHERS = [*sorted(WIRE.glob("*.[yj]*")), CORPUS / "museum.yaml", CORPUS / "petstore.yaml"]
"""Prism itself ends at a request that `opc_baseline_31.yaml` describes."""


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
    with tempfile.TemporaryDirectory() as folder, served(spec, command, Path(folder)) as (url, log):
        sdk = ROOT / "generated"
        if spec != SPEC:
            sdk = Path(folder, "sdk")
            subprocess.run([sys.executable, "-m", "sdkloom", "generate", spec, "--out", sdk], check=True)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments],
            cwd=sdk,
            env={**os.environ, "TEST_API_BASE_URL": url, "NO_PROXY": "127.0.0.1"},
            check=False,
        )
        print(summary(log.read_text(encoding="utf-8")))
    return done.returncode == 0


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
