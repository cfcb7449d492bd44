"""What a document may read: regular files of bounded size in its own tree, and nothing of others is ever shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sdkloom.cli.main import main

from ..repositories import Repository

SECRET = "QZSECRET"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets: {get: {operationId: list_pets, responses: {"200": {description: ok, content:
    {application/json: {schema: {$ref: "REF"}}}}}}}
"""
NOT_READ = [
    "../secret.yaml",
    "../secret.env",
    "..%2Fsecret.yaml",
    "%2e%2e/secret.yaml",
    "./../secret.yaml",
    "schemas/../../secret.yaml",
    "{above}/secret.yaml",
    "link.yaml",
    "folder/secret.yaml",
    "folder/secret.yaml#/properties",
    "chain.yaml",
    "schemas/outside.yaml",
    ".env",
    ".git/config",
    ".hidden/pet.yaml",
    "visible.yaml",
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/environ",
    "pipe.yaml",
    "schemas",
    ".",
    "..",
    "loop.yaml",
    "pet.yaml%00",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files that a document may read, and with some that it may not; others stand beside it."""
    project = tmp_path / "project"
    for folder in ("schemas", ".git", ".hidden"):
        (project / folder).mkdir(parents=True)
    for path in ("../secret.yaml", ".hidden/pet.yaml"):
        (project / path).write_text(f"type: object\nproperties: {{{SECRET}: {{type: string, default: {SECRET}}}}}\n")
    for path in ("../secret.env", ".env", ".git/config"):
        (project / path).write_text(f"{SECRET}=abc\nfoo: [\n")
    (project / "schemas" / "pet.yaml").write_text("type: object\nproperties: {kind: {$ref: kind.yaml}}\n")
    (project / "schemas" / "kind.yaml").write_text("{type: string, enum: [cat, dog]}\n")
    (project / "schemas" / "outside.yaml").write_text('type: object\nproperties: {a: {$ref: "../../secret.yaml"}}\n')
    (project / "inside.yaml").symlink_to("schemas/pet.yaml")
    (project / "link.yaml").symlink_to("../secret.yaml")
    (project / "chain.yaml").symlink_to("link.yaml")
    (project / "visible.yaml").symlink_to(".hidden/pet.yaml")
    (project / "loop.yaml").symlink_to("loop.yaml")
    (project / "folder").symlink_to("..")
    os.mkfifo(project / "pipe.yaml")
    monkeypatch.chdir(project)
    return project


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    text = "".join(capsys.readouterr())
    assert SECRET not in text and "Traceback" not in text
    return text


@pytest.mark.parametrize("command", [["generate"], ["dump", "document"], ["verify", "--only", "imports"]])
@pytest.mark.parametrize("ref", NOT_READ)
def test_what_is_not_read(ref: str, command: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec.yaml").write_text(DOCUMENT.replace("REF", ref.format(above=project.parent)))
    assert main([*command, "spec.yaml"]) == 1
    assert "error[DOC014]" in shown(capsys)
    assert not Path("generated").exists()


@pytest.mark.parametrize("ref", NOT_READ)
def test_what_a_comparison_does_not_read(ref: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.yaml").write_text(DOCUMENT.replace("REF", "schemas/pet.yaml"))
    Path("new.yaml").write_text(DOCUMENT.replace("REF", ref.format(above=project.parent)))
    assert main(["diff", "old.yaml", "new.yaml"]) == 1
    assert "error[DOC014]" in shown(capsys)


@pytest.mark.parametrize(
    "ref", ["schemas/pet.yaml", "./schemas/../schemas/pet.yaml", "inside.yaml", "{project}/schemas/pet.yaml"]
)
def test_what_is_read(ref: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if ref == "inside.yaml":
        (project / "kind.yaml").symlink_to("schemas/kind.yaml")
    Path("spec.yaml").write_text(DOCUMENT.replace("REF", ref.format(project=project)))
    assert main(["generate", "spec.yaml"]) == 0, shown(capsys)


def test_the_working_tree_is_the_bound(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document in a repository may refer to all of it; one elsewhere, only to its own folder."""
    Path("api").mkdir()
    Path("api/spec.yaml").write_text(DOCUMENT.replace("REF", "../schemas/pet.yaml"))
    assert main(["generate", "api/spec.yaml"]) == 0
    os.rename(".git", "git")
    shown(capsys)
    assert main(["generate", "api/spec.yaml"]) == 1
    assert "api/spec.yaml:6:" in shown(capsys)


def test_one_side_does_not_open_files_for_the_other(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that one of two documents has read may still be none of the other's."""
    other = project.parent / "other"
    other.mkdir()
    (other / "pet.yaml").write_text("type: string\n")
    (other / "spec.yaml").write_text(DOCUMENT.replace("REF", "pet.yaml"))
    Path("spec.yaml").write_text(DOCUMENT.replace("REF", "../other/pet.yaml"))
    assert main(["diff", "../other/spec.yaml", "spec.yaml"]) == 1
    assert "error[DOC014]" in shown(capsys)


@pytest.mark.parametrize("name", ["sdk.yaml", "names.lock", "diff-ignore.yaml"])
@pytest.mark.parametrize("kind", ["link", "pipe", "device", "hidden", "large"])
def test_files_beside_the_spec(name: str, kind: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec.yaml").write_text(DOCUMENT.replace("REF", "schemas/pet.yaml"))
    targets = {"link": "../secret.env", "device": "/dev/zero", "hidden": ".env"}
    if kind == "pipe":
        os.mkfifo(name)
    elif kind == "large":
        Path(name).write_text(f"# {SECRET}\n" * 1000)
    else:
        Path(name).symlink_to(targets[kind])
    Path("old.yaml").write_text(Path("spec.yaml").read_text())
    limit = ["--limit", "size=5kB"]
    assert main(["diff", "old.yaml", "spec.yaml", *limit]) == 1
    assert ":1:1: error[EMIT014]" in shown(capsys)
    if name != "diff-ignore.yaml":
        assert main(["generate", "spec.yaml", *limit]) == 1
        assert ":1:1: error[EMIT014]" in shown(capsys)


@pytest.mark.parametrize("spec", ["pipe.yaml", "/dev/zero", "/dev/stdin", "schemas", "link.yaml", "folder/secret.yaml"])
def test_the_spec_itself(spec: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that somebody types may lead anywhere, but not by a link of the tree, and only to a regular file."""
    for command in (["generate", spec], ["verify", spec], ["dump", "ir", spec], ["diff", spec, "pet.yaml"]):
        assert main(command) == 1
        assert ":1:1: error[" in shown(capsys)


def test_a_spec_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "spec.yaml").write_text(DOCUMENT.replace('{$ref: "REF"}', "{type: string}"))
    for spec in ("../spec.yaml", str(project.parent / "spec.yaml")):
        assert main(["generate", spec]) == 0, shown(capsys)


@pytest.mark.parametrize("ref", ["../../secret.yaml", "/etc/hostname", "link.yaml"])
def test_a_revision_reads_nothing_of_the_disk(ref: str, pets: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (pets.root.parent / "secret.yaml").write_text(f"type: string\ndefault: {SECRET}\n")
    (pets.root / "spec" / "link.yaml").symlink_to("../../secret.yaml")
    pets.commit({"spec/anthropic.yaml": DOCUMENT.replace("REF", ref)})
    ran = pets.diff("HEAD", "HEAD")
    assert ran.code == 1
    assert SECRET not in ran.out + ran.err and "Traceback" not in ran.err


def test_a_large_file_in_a_revision(pets: Repository) -> None:
    pets.commit({"spec/large.yaml": b"# " + b"x" * 20_000})
    pets.commit({"spec/anthropic.yaml": DOCUMENT.replace("REF", "large.yaml")})
    ran = pets.diff("HEAD", "HEAD", "--limit", "size=10kB")
    assert ran.code == 1
    assert "error[DOC014]: `HEAD:/spec/large.yaml` can't be read: it is larger than 10 kB" in ran.err
