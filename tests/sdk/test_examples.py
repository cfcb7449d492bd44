"""The programs in `examples/` run against a server that speaks the API."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from ..loopback import ApiServer

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

EXPECTED = {
    "text.py": "Hi! My name is Claude.\nend_turn after 9 tokens\n",
    "async_text.py": (
        "+ 'Hi! My name is' = 'Hi! My name is'\n"
        "+ ' Claude.' = 'Hi! My name is Claude.'\n"
        "block 0: text\n"
        '{"id":"msg_013Zva2CMHLNnXjNJJKqJ2EF","content":[{"text":"Hi! My name is Claude.","type":"text"}],'
        '"model":"claude-3-5-sonnet-20240620","role":"assistant","stop_reason":"end_turn","stop_sequence":null,'
        '"type":"message","usage":{"input_tokens":10,"output_tokens":9}}\n'
    ),
    "tools.py": (
        "Let me check the weather.\n"
        "input so far: {}\n"
        "input so far: {}\n"
        "input so far: {'location': 'San Francisco, CA'}\n"
        "Hi! My name is\n"
        " Claude.\n"
    ),
    "prompt_caching.py": "The first words are Barnardo's.\n41230 tokens came from the cache\n",
    "raw_events.py": (
        "[message_start]\n[content_block_start]\nHi! My name is\n Claude.\n"
        "[content_block_stop]\n[message_delta]\n[message_stop]\n"
    ),
}


def test_every_example_is_run() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_example(
    name: str, api_server: ApiServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api_server.base_url)
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    assert capsys.readouterr().out == EXPECTED[name]
    assert all(request.body["stream"] is True for request in api_server.requests)


def test_an_example_runs_as_it_is(api_server: ApiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After `make setup`, with the Python of `.venv`, from any folder."""
    monkeypatch.delenv("PYTHONPATH")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api_server.base_url)
    command = [sys.executable, str(EXAMPLES / "text.py")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (EXPECTED["text.py"], "")


def test_tools_are_answered(api_server: ApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api_server.base_url)
    runpy.run_path(str(EXAMPLES / "tools.py"), run_name="__main__")
    assert len(api_server.requests) == 2
    assistant, user = api_server.requests[1].body["messages"][1:]
    assert assistant["content"][1]["input"] == {"location": "San Francisco, CA"}
    assert user["content"][0]["tool_use_id"] == assistant["content"][1]["id"]
