"""`import anthropic` stays cheap: what it loads is counted, not timed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "generated" / "src" / "anthropic"

HEAVY = {"anyio", "asyncio", "attr", "attrs", "cattr", "cattrs", "httpcore", "httpx", "jiter", "sniffio", "ssl"}

BUDGETS = {
    "import anthropic": 6,
    "from anthropic import types": 8,
    "from anthropic import Anthropic": 45,
    "from anthropic.types import Message": 18,
    "from anthropic.types import MessageParam, MessageCreateParams": 21,
}
"""Statement → how many modules of the package it may load. Those of types don't count: they grow with the API."""


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after `statement`, and not without it."""
    show = "print(json.dumps(sorted(set(sys.modules) - before)))"
    code = f"import json, sys; before = set(sys.modules); {statement}; {show}"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return set(json.loads(out))


@pytest.mark.parametrize("statement", BUDGETS)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    assert {name.partition(".")[0] for name in loaded_by(statement)} & HEAVY == set()


@pytest.mark.parametrize(("statement", "budget"), BUDGETS.items())
def test_few_modules_of_the_package_are_loaded(statement: str, budget: int) -> None:
    own = {name for name in loaded_by(statement) if name.partition(".")[0] == "anthropic"}
    assert "anthropic" in own
    types = {name for name in own if name.startswith("anthropic.types.")}
    assert len(own - types) <= budget, sorted(own)
    assert not [name for name in types if name.endswith("_event")]
    assert "MessageCreateParams" in statement or not [name for name in types if name.endswith(("_param", "_params"))]


THREADS = """
import threading
import anthropic
from anthropic import resources, types

JOBS = [(anthropic, name) for name in anthropic.__all__]
JOBS += [(module, name) for module in (types, types.beta.prompt_caching, resources) for name in module.__all__]
barrier = threading.Barrier(16)
found = [[] for _ in range(16)]

def work(own):
    barrier.wait()
    for module, name in JOBS:
        own.append(getattr(module, name))

threads = [threading.Thread(target=work, args=(own,)) for own in found]
[thread.start() for thread in threads]
[thread.join(60) for thread in threads]
assert not any(thread.is_alive() for thread in threads), "deadlock"
assert all(len(own) == len(JOBS) for own in found), "a thread failed"
assert all(a is b for own in found for a, b in zip(own, found[0])), "two objects of one name"
print(len(JOBS))
"""


def test_threads_that_import_at_the_same_time_get_the_same_objects() -> None:
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 80


FIRST_REQUEST = """
import httpx
respond = lambda request: httpx.Response(200, json={"content": [{"type": "text", "text": "Hello"}]})
http_client = httpx.Client(transport=httpx.MockTransport(respond))
http_client.post("http://x/", json={}).json()
import json, sys; before = set(sys.modules)
import anthropic
client = anthropic.Anthropic(api_key="key", http_client=http_client)
assert client.messages.create(max_tokens=1, model="m", messages=[{"role": "user", "content": "x"}]).content[0].text
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_the_first_request_loads_nothing_that_takes_long() -> None:
    out = subprocess.run([sys.executable, "-c", FIRST_REQUEST], check=True, capture_output=True, text=True).stdout
    loaded = set(json.loads(out))
    slow = {"platform", "subprocess", "uuid", "decimal", "_decimal", "msgspec", "orjson", "attr", "cattrs"}
    if sys.version_info >= (3, 12):  # before, pydantic wants `TypedDict` from there
        slow.add("typing_extensions")
    assert not loaded & slow
    own = {name for name in loaded if name.startswith("anthropic") and not name.startswith("anthropic.types.")}
    assert len(own) <= 85, sorted(own)


def test_checkers_see_no_name_that_is_not_there() -> None:
    """A module's `__getattr__` would let them take any name: `from anthropic import Antropic`."""
    packages = sorted(PACKAGE.rglob("__init__.py"))
    assert len(packages) > 10
    for path in packages:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
            assert "__getattr__" not in names or "TYPE_CHECKING" in names, path
