"""Start-up cost in fresh processes: CPU seconds, wall seconds and peak RSS (MB) per statement.

Run with the interpreter under test; statements that do not import the SDK are the floors.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import os
import statistics
import subprocess
import sys
import time

import fixtures
from harness import emit

CLIENT = "anthropic.Anthropic(api_key='k', base_url='http://x', http_client=httpx.Client(transport=T))"
HTTPX = "httpx" if importlib.util.find_spec("httpx") else "httpx2"
IMPORT = f"import {HTTPX}" + (" as httpx" if HTTPX != "httpx" else "")
MOCK = (
    f"{IMPORT}; T = httpx.MockTransport(lambda r: httpx.Response(200, content={fixtures.message_bytes('small')!r}, "
    "headers={'content-type': 'application/json'})); "
)
CALL = ".messages.create(max_tokens=1, model='m', messages=[{'role': 'user', 'content': 'x'}]).content[0].text"
STATEMENTS = {
    "bare": "pass",
    "import httpx": IMPORT,
    "httpx.Client()": f"{IMPORT}; httpx.Client()",
    "httpx first request": MOCK + "httpx.Client(transport=T).post('http://x/', json={}).json()",
    "import anthropic": "import anthropic",
    "import Anthropic": "from anthropic import Anthropic",
    "import type": "from anthropic.types import Message",
    "client": "import anthropic; anthropic.Anthropic(api_key='k')",
    "first request": MOCK + "import anthropic; " + CLIENT + CALL,
}


# ru_maxrss counts the parent's pages before exec, so the child reports its own high-water mark.
PEAK = "\nprint([l for l in open('/proc/self/status') if l.startswith('VmHWM')][0].split()[1])"


def once(code: str) -> tuple[float, float, float]:
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code + PEAK], stdout=subprocess.PIPE)
    peak = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {code}")
    return wall, usage.ru_utime + usage.ru_stime, int(peak) / 1024


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=7)
    opt = cli.parse_args()
    # A package imported from a source tree must not pay for compilation that an installed one does not.
    package = importlib.util.find_spec("anthropic").submodule_search_locations[0]
    assert compileall.compile_dir(package, quiet=1)
    samples = {name: [] for name in STATEMENTS}
    for rep in range(opt.reps + 1):
        for name, code in STATEMENTS.items():
            sample = once(code)
            if rep:  # the first round only warms the page cache and writes .pyc files
                samples[name].append(sample)
    values = {}
    for name, rows in samples.items():
        for i, unit in enumerate(("wall", "cpu", "MB")):
            values[f"{name} [{unit}]"] = statistics.median(row[i] for row in rows)
    emit(values)


if __name__ == "__main__":
    main()
