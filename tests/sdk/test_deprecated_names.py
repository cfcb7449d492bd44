"""`deprecated_names` of sdk.yaml: old names work in the generated package, and warn at the line that uses them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..cases.test_cases import HERE as CASES
from ..cases.test_cases import generated
from ..project import ROOT, generate, owned_files, spec_texts

OLD_CODE = CASES / "deprecated_names" / "old_code.py"

CACHE = ["--cache-dir", str(ROOT / ".mypy_cache")]
"""What mypy knows of the libraries from earlier runs."""

WATCH = """
import json, runpy, sys, warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    runpy.run_path(sys.argv[1], run_name="__main__")
print(json.dumps([[found.category.__name__, found.filename, found.lineno, str(found.message)] for found in caught]))
"""
"""Runs a file and prints the warnings that it gave."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sources of the case `deprecated_names`."""
    folder = tmp_path_factory.mktemp("deprecated_names")
    for path, text in generated("deprecated_names").items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder / "src"


def run(source: Path, *arguments: str) -> str:
    """What Python prints with the package in `source` on its path."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def announced(path: Path) -> Iterator[tuple[int, str]]:
    """The old names that a file announces at the ends of its lines."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        code, _, comment = line.partition("  # ")
        if code:
            yield from ((number, name) for name in comment.split("; ") if name)


def test_old_code_works_and_warns_at_its_own_lines(package: Path) -> None:
    caught = json.loads(run(package, "-c", WATCH, str(OLD_CODE)))
    assert {(category, Path(file)) for category, file, _, _ in caught} == {("DeprecationWarning", OLD_CODE)}
    messages = [(line, re.fullmatch(r"`(.+)` is deprecated: use `(.+)`", text)) for _, _, line, text in caught]
    found = [(line, message[1]) for line, message in messages if message]
    assert len(found) == len(caught)
    assert sorted(found) == sorted(announced(OLD_CODE))


def test_messages_tell_the_new_name(package: Path) -> None:
    caught = json.loads(run(package, "-c", WATCH, str(OLD_CODE)))
    assert {text for _, _, _, text in caught} >= {
        "`case.types.TokenCount` is deprecated: use `case.types.Usage`",
        "`case.types.token_count.Extra` is deprecated: use `case.types.usage.Details`",
        "`Usage.tokens_in` is deprecated: use `Usage.input_tokens`",
        "`client.beta.messages` is deprecated: use `client.messages`",
        "`client.messages.send` is deprecated: use `client.messages.create`",
        "`client.messages.create(engine=)` is deprecated: use `client.messages.create(model=)`",
        '`client.messages.create(model="m-2")` is deprecated: use `client.messages.create(model="m-2.0")`',
    }


@pytest.mark.parametrize("checker", ["pyright", "mypy"])
def test_strict_checkers_accept_old_code_and_the_package(checker: str, package: Path, tmp_path: Path) -> None:
    shutil.copy(OLD_CODE, tmp_path / "old_code.py")
    wrong = "from case import Case\n\nCase().messages.create(max_tokens=1, enginge='m-1')\nCase().chats.sned()\n"
    (tmp_path / "wrong.py").write_text(wrong, encoding="utf-8")
    config = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "extraPaths": [str(package)]}
    config["include"] = [str(package), "old_code.py", "wrong.py"]
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    commands = {
        "pyright": ["pyright", "--pythonpath", sys.executable],
        "mypy": ["mypy", "--strict", "--python-version", "3.10", *CACHE, str(package), "old_code.py", "wrong.py"],
    }
    done = subprocess.run(
        [sys.executable, "-m", *commands[checker]],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert errors, done.stdout + done.stderr
    assert {(Path(line.split(":")[0]).name, line.split(":")[1]) for line in errors} == {
        ("wrong.py", "3"),
        ("wrong.py", "4"),
    }, done.stdout


REFUSED = """
import httpx
from case import NOT_GIVEN, Case
from case.types import Usage

client = Case(http_client=httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={}))))
messages = client.messages
CALLS = [
    lambda: messages.create(model="m", engine="m", max_tokens=1),
    lambda: messages.create(max_tokens=1),
    lambda: messages.create(engine=NOT_GIVEN, max_tokens=1),
    lambda: messages.retrieve("a", msg_id="a", part_id="b"),
    lambda: messages.retrieve("a"),
    lambda: messages.retrieve("a", "b", "c"),
    lambda: messages.retrieve("a", "b", part_id="c"),
    lambda: Usage(tokens_in=1, input_tokens=1, output_tokens=1),
]
for call in CALLS:
    try:
        call()
    except TypeError as error:
        print(error)
"""


def test_calls_that_make_no_sense(package: Path) -> None:
    lines = [line.replace("Messages.", "") for line in run(package, "-c", REFUSED).splitlines()]
    assert lines == [
        "client.messages.create() got `model` twice: `engine` is its old name",
        "client.messages.create() lacks `model`",
        "client.messages.create() lacks `model`",
        "client.messages.retrieve() got `message_id` twice: `msg_id` is its old name",
        "client.messages.retrieve() lacks `part_id`",
        "retrieve() takes from 1 to 3 positional arguments but 4 were given",
        "retrieve() got multiple values for argument 'part_id'",
        "Usage() got `input_tokens` twice: `tokens_in` is its old name",
    ]


OBSERVED = """
import sys, warnings
import case
import case.types

assert "case._deprecated" not in sys.modules
case.types.Draft, case.types.Role
assert "case._deprecated" not in sys.modules
assert "TokenCount" not in dir(case.types) and "TokenCount" not in case.types.__all__
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    from case.types import TokenCount
    again = case.types.TokenCount
    unknown = case.types.Usage.construct(tokens_in="?", output_tokens=1, surprise=2)
    validated = case.types.Usage.model_validate({"input_tokens": 1, "output_tokens": 2, "tokens_in": 3})
assert [str(found.message).split("`")[1] for found in caught] == [
    "case.types.TokenCount", "case.types.TokenCount", "Usage(tokens_in=)"
]
assert TokenCount is again is case.types.Usage is case.types.usage.Usage
assert (unknown.input_tokens, unknown.model_extra) == ("?", {"surprise": 2})
assert (validated.input_tokens, validated.model_extra) == (1, {"tokens_in": 3})  # data has no old names
for module, name in ((case.types, "Token"), (case.types.token_count, "Usagee"), (case.types.usage, "TokenCount")):
    assert not hasattr(module, name)
print("done")
"""


def test_nothing_is_loaded_or_listed_before_it_is_used(package: Path) -> None:
    assert run(package, "-c", OBSERVED) == "done\n"


HOOKED = """
import anthropic, asyncio, httpx, json, warnings

bodies = []

def response(request):
    bodies.append(json.loads(request.content))
    return httpx.Response(200, content=b"", headers={"content-type": "text/event-stream"})

client = anthropic.Anthropic(api_key="k", http_client=httpx.Client(transport=httpx.MockTransport(response)))
other = anthropic.AsyncAnthropic(api_key="k", http_client=httpx.AsyncClient(transport=httpx.MockTransport(response)))

async def use(manager):
    try:
        async with manager:
            pass
    except anthropic.APIError:
        pass

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for arguments in ({"engine": "claude-2", "top_n": 3}, {"model": "claude-1"}):
        try:
            with client.messages.follow(max_tokens=1, messages=[], **arguments):
                pass
        except anthropic.APIError:
            pass
        asyncio.run(use(other.messages.follow(max_tokens=1, messages=[], **arguments)))
names = [str(found.message).split("`")[1] for found in caught if found.category is DeprecationWarning]
sent = [[body["model"], body.get("top_k")] for body in bodies]
print(json.dumps([names, sent, {found.filename for found in caught} == {"<string>"}]))
"""

HOOKED_NAMES = """
deprecated_names:
  client.messages.follow: client.messages.stream
  client.messages.stream(engine=): client.messages.stream(model=)
  client.messages.create(top_n=): client.messages.create(top_k=)
  client.messages.create(model="claude-1"): client.messages.create(model="claude-2.1")
"""


def test_hand_written_methods_have_the_old_names_of_the_method_they_are_like(tmp_path: Path) -> None:
    texts = spec_texts()
    output = generate(tmp_path, texts._replace(config=texts.config + HOOKED_NAMES))
    names, sent, at_caller = json.loads(run(output / "src", "-c", HOOKED))
    assert sent == [["claude-2", 3], ["claude-2", 3], ["claude-2.1", None], ["claude-2.1", None]]
    follow, method = "client.messages.follow", "client.messages.stream"
    assert names == 2 * [follow, f"{method}(engine=)", f"{method}(top_n=)"] + 2 * [
        follow,
        f'{method}(model="claude-1")',
    ]
    assert at_caller
    before, after = owned_files(ROOT / "generated"), owned_files(output)
    assert before["api.md"] == after["api.md"]
    assert {name for name in before if before[name] != after[name]} == {
        ".stats.yml",
        "src/anthropic/resources/messages.py",
        "src/anthropic/types/message_create_params.py",
    }
