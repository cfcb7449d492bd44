"""Documents that ask for too much are refused where they do, and the limits can be raised."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sdkloom.cli.main import main
from sdkloom.source.limits import Limits, parse_limit, shown_size

HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\nservers: [{url: "https://pets.test"}]\n'
OPERATION = (
    "paths:\n  /pets: {get: {operationId: list_pets, responses: "
    '{"200": {description: ok, content: {application/json: {schema: SCHEMA}}}}}}\n'
)


def document(schema: str = "{type: string}", more: str = "") -> str:
    return HEAD + OPERATION.replace("SCHEMA", schema) + more


DEEP = document(more="x-deep: " + "[" * 140 + "]" * 140 + "\n")
WIDE = document("{type: object, properties: {" + ", ".join(f"p{n}: {{type: string}}" for n in range(40)) + "}}")
ALIASES = document(
    more="x-a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"x-{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in zip("abcd", "bcde"))
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "limits", "message", "raised"),
    [
        (document(more="# " + 3000 * "x"), ["size=3kB"], "spec.yaml:1:1: error[DOC014]", ["size=4kB"]),
        (document('{$ref: "pet.yaml"}'), ["total=400"], "spec.yaml:5:", ["total=1000"]),
        (document(), ["values=20"], "error[SRC017]", ["values=50"]),
        (WIDE, ["properties=39"], "spec.yaml:5:", ["properties=40"]),
        (DEEP, [], "error[SRC013]: nested more than 128 levels deep", ["depth=150"]),
        (ALIASES, [], "error[SRC012]", ["aliases=2000"]),
        (ALIASES, ["aliases=2000", "values=5000"], "error[SRC017]", ["aliases=2000", "values=200000"]),
    ],
)
def test_limits_are_kept_and_can_be_raised(
    text: str, limits: list[str], message: str, raised: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("spec.yaml").write_text(text)
    Path("other.yaml").write_text(document())
    Path("pet.yaml").write_text("type: string\ndescription: " + 300 * "x" + "\n")

    def options(values: list[str]) -> list[str]:
        return [part for value in values for part in ("--limit", value)]

    for command in (["generate", "spec.yaml"], ["dump", "ir", "spec.yaml"], ["diff", "spec.yaml", "spec.yaml"]):
        assert main([*command, *options(limits)]) == 1
        assert message in capsys.readouterr().err
        assert main([*command, *options(raised)]) == 0, capsys.readouterr().err
        capsys.readouterr()


def test_json_has_the_same_limits(capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec.json").write_text(
        '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, "x-a": [1, 2]}'
    )
    assert main(["generate", "spec.json", "--limit", "values=8"]) == 1
    assert "spec.json:1:86: error[SRC017]" in capsys.readouterr().err


def test_a_huge_document_is_not_read(tmp_path: Path) -> None:
    with Path("spec.yaml").open("w") as file:
        file.truncate(10**12)  # takes no room on the disk

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))

    command = [sys.executable, "-m", "sdkloom", "generate", "spec.yaml"]
    ran = subprocess.run(command, preexec_fn=little, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "spec.yaml:1:1: error[DOC014]: `spec.yaml` can't be read: it is larger than 40 MB" in ran.stderr


@pytest.mark.parametrize(
    ("text", "found"),
    [("size=200MB", ("size", 200_000_000)), ("values=7", ("values", 7)), ("total=2gb", ("total", 2_000_000_000))],
)
def test_limits_on_the_command_line(text: str, found: tuple[str, int]) -> None:
    assert parse_limit(text) == found


@pytest.mark.parametrize("text", ["", "size", "size=", "size=-1", "size=1TB", "speed=3", "size=1.5MB", "depth=1000"])
def test_wrong_limits(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["generate", "--limit", text])
    assert stopped.value.code == 2
    assert "--limit" in capsys.readouterr().err


def test_help_names_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["generate", "--help"])
    shown = "".join(capsys.readouterr().out.split())
    limits = Limits()
    assert f"size={shown_size(limits.size)}".replace(" ", "") in shown
    assert f"values={limits.values}" in shown and f"depth={limits.depth}" in shown
    assert limits.arguments == ()
    assert Limits(depth=200).arguments == ("--limit=depth=200",)


@pytest.mark.parametrize("depth", [100, 250])
def test_the_highest_depth_needs_no_more_stack_than_there_is(depth: int, capsys: pytest.CaptureFixture[str]) -> None:
    schema = "{type: object, properties: {a: " * (depth // 2) + "{type: string}" + "}}" * (depth // 2)
    Path("spec.yaml").write_text(document(schema))
    code = main(["generate", "spec.yaml", "--limit", "depth=256"])
    assert code in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
