"""The additions of spec/README.md: each changes these files, in this way, and no others."""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..project import ROOT, SpecTexts, generate, owned_files, spec_texts
from ..worked_example import additions, laid_over

CALL = """
import httpx, json
from anthropic import Anthropic
from anthropic.types import MessageStatus

def response(request):
    return httpx.Response(200, json={"state": "running", "path": request.url.raw_path.decode()})

client = Anthropic(api_key="k", http_client=httpx.Client(transport=httpx.MockTransport(response)))
status = client.messages.status("a/b")
raw = client.messages.with_raw_response.status("c")
print(json.dumps([type(status) is MessageStatus, status.to_dict(), raw.parse().to_dict()]))
"""


API_MD_LINE = (
    '<code title="get /v1/messages/{message_id}/status">client.messages.'
    '<a href="./src/anthropic/resources/messages.py">status</a>(message_id) -> '
    '<a href="./src/anthropic/types/message_status.py">MessageStatus</a></code>'
)


def with_(*titles: str) -> SpecTexts:
    """Both spec files with these additions."""
    texts = spec_texts()
    for title in titles:
        added = additions()[title]
        grown = [laid_over(text, added.get(name, "{}")) for name, text in zip(("anthropic.yaml", "sdk.yaml"), texts)]
        if list(texts) == grown:
            pytest.skip(f"the spec has {title.lower()} already")
        texts = SpecTexts(*grown)
    return texts


def test_there_are_five() -> None:
    assert list(additions()) == ["A field", "A type", "An endpoint", "A content block", "A stream event"]


def test_the_readme_shows_the_field_too() -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert block in additions()["A field"]["anthropic.yaml"]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that the spec gives as it is."""
    return owned_files(generate(tmp_path_factory.mktemp("before"), spec_texts()))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what the spec gives after the edits."""
    return generate(tmp_path_factory.mktemp("after"), with_("A type", "An endpoint"))


def test_the_lock_has_the_new_names(output: Path) -> None:
    old, new = (folder.joinpath("spec", "names.lock").read_text("utf-8") for folder in (ROOT, output.parent))
    assert list(changed_lines(old, new)) == [
        '+  "#/paths/~1v1~1messages~1{message_id}~1status/get": messages.status',
        '+  "#/components/schemas/MessageStatus": MessageStatus',
    ]


@pytest.fixture(scope="module")
def after(output: Path) -> dict[str, str]:
    return owned_files(output)


def changed_lines(before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            yield line


def test_the_changed_files(before: dict[str, str], after: dict[str, str]) -> None:
    assert set(after) - set(before) == {
        "src/anthropic/_converters/message_status.py",
        "src/anthropic/types/message_status.py",
    }
    assert set(before) - set(after) == set()
    assert {name for name in before if before[name] != after[name]} == {
        ".stats.yml",
        "api.md",
        "src/anthropic/resources/messages.py",
        "src/anthropic/types/__init__.py",
        "tests/api_resources/test_messages.py",
    }


def longer(line: str, lines: list[str]) -> bool:
    """Whether a line with imports comes back with at least the names that it had."""
    words = set(re.findall(r"\w+", line))
    return line.startswith("-from ") and any(words <= set(re.findall(r"\w+", new)) for new in lines if new[0] == "+")


def test_nothing_is_taken_away(before: dict[str, str], after: dict[str, str]) -> None:
    for name in ("api.md", "src/anthropic/resources/messages.py", "src/anthropic/types/__init__.py"):
        lines = list(changed_lines(before[name], after[name]))
        assert lines
        assert [line for line in lines if line.startswith("-") and not longer(line, lines)] == [], name


def test_api_md_has_one_type_and_one_method_more(before: dict[str, str], after: dict[str, str]) -> None:
    assert list(changed_lines(before["api.md"], after["api.md"])) == ["+    MessageStatus,", f"+- {API_MD_LINE}"]


def test_the_new_method_works(output: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(output / "src")}
    done = subprocess.run([sys.executable, "-c", CALL], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        True,
        {"state": "running", "path": "/v1/messages/a%2Fb/status"},
        {"state": "running", "path": "/v1/messages/c/status"},
    ]


def test_a_new_field_changes_its_model_only(before: dict[str, str], tmp_path: Path) -> None:
    after = owned_files(generate(tmp_path, with_("A field")))
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == {
        ".stats.yml",
        "src/anthropic/_converters/usage.py",
        "src/anthropic/types/usage.py",
    }
    assert "    service_tier: Optional[str] = None\n" in after["src/anthropic/types/usage.py"]


@pytest.mark.parametrize(
    ("title", "new", "changed"),
    [
        ("A content block", {"thinking_block", "thinking_delta"}, {"content_block", "raw_content_block_delta_event"}),
        ("A stream event", {"raw_message_queued_event"}, {"raw_message_stream_event"}),
    ],
)
def test_a_new_variant_changes_its_unions(
    before: dict[str, str], title: str, new: set[str], changed: set[str], tmp_path: Path
) -> None:
    after = owned_files(generate(tmp_path, with_(title)))
    added = set(after) - set(before)
    assert {f"src/anthropic/types/{name}.py" for name in new} <= added
    assert all(Path(name).stem in new for name in added)
    different = {name for name in before if before[name] != after[name]}
    assert {f"src/anthropic/types/{name}.py" for name in changed} <= different
    assert not [name for name in different if "/resources/" in name]
