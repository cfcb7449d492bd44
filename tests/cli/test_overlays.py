"""`--overlay`, and `overlays` of the project: every command that reads a document lays them over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.cli.main import main

from ..repositories import SPEC, Repository

AGE = """\
overlay: 1.0.0
info: {title: Pets have ages, version: "1"}
extends: anthropic.yaml
actions:
  - target: $.components.schemas.Pet.properties
    update: {age: {type: integer}}
"""
NAMED = AGE.replace("properties\n", "required\n").replace("{age: {type: integer}}", "age")
SETTINGS = '[tool.sdkloom]\nspec = "spec/anthropic.yaml"\noverlays = ["spec/age.yaml"]\n'


@pytest.fixture
def project(pets: Repository) -> Repository:
    pets.write({"spec/anthropic.yaml": SPEC})
    return pets


def run(*arguments: str) -> int:
    return main(list(arguments))


def generated() -> str:
    (found,) = Path("sdk").glob("src/*/types/pet.py")
    return found.read_text()


def test_generate_takes_several_in_their_order(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"spec/age.yaml": AGE, "spec/named.yaml": NAMED})
    arguments = ["--overlay", "spec/age.yaml", "--overlay", "spec/named.yaml"]
    assert run("generate", "spec/anthropic.yaml", "--out", "sdk", *arguments) == 0
    assert "age: int\n" in generated()
    assert run("generate", "spec/anthropic.yaml", "--out", "sdk", "--check") == 1
    assert run("dump", "document", "spec/anthropic.yaml", *arguments) == 0
    assert "Property  # spec/age.yaml:6:14" in capsys.readouterr().out


def test_the_document_is_the_one_that_an_overlay_extends(project: Repository) -> None:
    project.write({"spec/age.yaml": AGE, "openapi.yaml": SPEC.replace("Pets", "Others")})
    assert run("generate", "--overlay", "spec/age.yaml", "--out", "sdk") == 0
    assert "age: Optional[int] = None" in generated()


@pytest.mark.parametrize("extends", ["../../outside.yaml", "https://pets.test/openapi.yaml", "../.hidden.yaml"])
def test_what_no_overlay_can_extend(extends: str, project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Another document is looked for then, and that is said."""
    (project.root.parent / "outside.yaml").write_text(SPEC)
    project.write({".hidden.yaml": SPEC, "spec/age.yaml": AGE.replace("anthropic.yaml", extends)})
    assert run("generate", "--overlay", "spec/age.yaml", "--out", "sdk") == 0
    said = capsys.readouterr().err
    assert (f"extends `{extends}`, and is laid over `spec/anthropic.yaml`" in said) == ("https" not in extends)


def test_the_project_says_it(project: Repository) -> None:
    project.write({"spec/age.yaml": AGE, "pyproject.toml": SETTINGS})
    assert run("generate", "--out", "sdk") == 0
    assert "age: Optional[int] = None" in generated()


def test_nothing_is_written_when_an_overlay_is_wrong(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"spec/age.yaml": AGE.replace("$.components", "components")})
    assert run("generate", "spec/anthropic.yaml", "--overlay", "spec/age.yaml", "--out", "sdk") == 1
    assert "spec/age.yaml:5:13: error[OVL006]" in capsys.readouterr().err
    assert run("generate", "spec/anthropic.yaml", "--overlay", "spec/none.yaml", "--out", "sdk") == 1
    assert "`spec/none.yaml` can't be read" in capsys.readouterr().err
    assert not Path("sdk").exists()


def test_diff_compares_the_overlays_of_both_states(project: Repository) -> None:
    project.write({"pyproject.toml": SETTINGS})
    project.commit({"spec/age.yaml": AGE})
    assert "NOTHING" in project.diff("HEAD").out.upper()
    project.write({"spec/age.yaml": AGE.replace("integer", "string")})
    ran = project.diff("HEAD")
    assert "pets.types.Pet.age" in ran.out
    assert "spec/age.yaml:6" in ran.out
    assert "pets.types.Pet.age` is new" in project.diff("HEAD~1", "--changelog", "-").out


def test_diff_lays_a_given_one_over_both(project: Repository) -> None:
    project.write({"age.yaml": AGE.replace("extends: anthropic.yaml\n", "")})
    project.write({"spec/anthropic.yaml": SPEC + "        born: {type: string}\n"})
    ran = project.diff("main", "--overlay", "age.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "Pet.born" in ran.out
    assert "Pet.age" not in ran.out


def test_verify_checks_what_is_made_with_them(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"spec/age.yaml": AGE})
    checks = ["--only", "order", "--only", "static"]
    assert run("verify", "spec/anthropic.yaml", "--overlay", "spec/age.yaml", *checks) == 0
    assert "order" in capsys.readouterr().out
