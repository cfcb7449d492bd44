"""What all tests share: the package from its source tree, a quiet environment, a server that speaks the API."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from .loopback import ApiServer, serving
from .repositories import CONFIG, SPEC, WITH_AGE, Repository, isolate

ROOT = Path(__file__).resolve().parent.parent

# pytest puts these on its own path (pyproject.toml); child processes inherit them from here.
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT / "generator"), str(ROOT / "generated" / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
)

os.environ["SDKLOOM_NO_CACHE"] = "1"  # a test that is about the cache has one of its own

if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in os.environ:
    # The tree stays without bytecode, but the processes of a run share it: compiling the generator takes a second.
    BYTECODE = tempfile.TemporaryDirectory(prefix="bytecode-")
    os.environ["PYTHONPYCACHEPREFIX"] = BYTECODE.name

settings.register_profile("default", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("fuzz", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    """The garbage collector leaves alone what lives until the end: modules, and thousands of tests. It would walk them
    again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials, base URL, log level or proxy of the person who runs the tests reaches a client."""
    for name in list(os.environ):
        if name.startswith("ANTHROPIC_") or name.upper() in {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}:
            monkeypatch.delenv(name)


@pytest.fixture
def api_server() -> Iterator[ApiServer]:
    """A loopback server that checks requests against the spec and responses with the spec's examples."""
    with serving() as server:
        yield server


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without commits, which is the working folder."""
    root = tmp_path / "repository"
    root.mkdir()
    isolate(monkeypatch, root)
    made = Repository(root, capsys)
    made.git("init", "-q", "--initial-branch=main")
    return made


@pytest.fixture
def pets(empty: Repository) -> Repository:
    """`spec/` has the spec as it is committed on main, and one more field in the working tree."""
    empty.commit({"spec/anthropic.yaml": SPEC, "spec/sdk.yaml": CONFIG})
    empty.write({"spec/anthropic.yaml": WITH_AGE})
    return empty
