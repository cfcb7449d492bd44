"""What BASE and REVISION may be, from any folder, and what is said when they are nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..repositories import CONFIG, SPEC, WITH_AGE, Ran, Repository

ADDED = "- `pets.types.Pet.age` is new"
REMOVED = "x `pets.types.Pet.age` was removed"
NOTHING = "Nothing changed: both specs describe the same API and the same package"


def compared(ran: Ran, labels: str = "") -> str:
    """The report, if all went well. `labels` is what its first line says of both states."""
    assert (ran.code, ran.err) == (0, "")
    if labels:
        assert ran.out.splitlines()[0] == f"pets: {labels}"
    return ran.out


def refused(ran: Ran, code: str) -> str:
    """The listing, if it has this code and nothing else was printed."""
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("error[") == 1
    assert f"error[{code}]" in ran.err
    return ran.err


# What the words may be


@pytest.mark.parametrize(
    ("base", "label"),
    [
        ("main", "main"),
        ("HEAD", "HEAD"),
        ("main:spec/anthropic.yaml", "main"),
        ("main:./spec/anthropic.yaml", "main"),
        ("main:spec", "main"),
        ("main:spec/", "main"),
        (":spec/anthropic.yaml", ":spec/anthropic.yaml"),
        ("main@{0}", "main@{0}"),
        ("main@{2037-01-01 10:00:00}:spec/anthropic.yaml", "main@{2037-01-01 10:00:00}"),
    ],
)
def test_a_revision_and_the_working_tree(base: str, label: str, pets: Repository) -> None:
    out = compared(pets.diff(base), f"from `{label}` to `spec/anthropic.yaml`")
    assert f"{ADDED} (spec/anthropic.yaml:24)" in out


def test_files(pets: Repository) -> None:
    pets.write({"old.yaml": SPEC, "new.yaml": WITH_AGE})
    assert "`pets.types.GetPetResponse" not in compared(
        pets.diff("old.yaml", "new.yaml"), "from `old.yaml` to `new.yaml`"
    )


def test_a_file_and_the_working_tree(pets: Repository) -> None:
    pets.write({"old/anthropic.yaml": SPEC})
    assert ADDED in compared(pets.diff("old/anthropic.yaml"), "from `old/anthropic.yaml` to `spec/anthropic.yaml`")


def test_folders(pets: Repository) -> None:
    pets.write({"old/api.yaml": SPEC, "old/sdk.yaml": CONFIG, "old/notes.yaml": "openapis: none\n"})
    assert ADDED in compared(pets.diff("old", "spec"), "from `old/api.yaml` to `spec/anthropic.yaml`")


def test_json_in_a_folder(pets: Repository) -> None:
    pets.write({"old/api.json": '{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}'})
    pets.write({"old/package.json": "{}", "old/sdk.yaml": "package: {distribution: pets}\n"})
    assert "`pets.types.Pet` is new" in compared(pets.diff("old", "spec", "--full"))


def test_two_revisions(pets: Repository) -> None:
    pets.commit(branch="feature/ages")
    assert ADDED in compared(pets.diff("main", "feature/ages"), "from `main` to `feature/ages`")
    assert REMOVED in compared(pets.diff("feature/ages:spec/anthropic.yaml", "main"))
    assert f"{ADDED} (feature/ages:spec/anthropic.yaml:24)" in compared(pets.diff("HEAD~1", "feature/ages"))


def test_the_index_is_no_working_tree(pets: Repository) -> None:
    assert NOTHING in compared(pets.diff("main", ":spec/anthropic.yaml"))
    pets.git("add", "spec")
    assert ADDED in compared(pets.diff("main", ":spec/anthropic.yaml"))
    assert ADDED in compared(pets.diff("main", ":spec"))
    assert NOTHING in compared(pets.diff(":"))


def test_a_revision_and_a_file_mean_the_same_file(pets: Repository) -> None:
    pets.commit({"other/api.yaml": SPEC, "other/sdk.yaml": CONFIG})
    pets.write({"other/api.yaml": WITH_AGE})
    assert ADDED in compared(pets.diff("main", "other/api.yaml"), "from `main` to `other/api.yaml`")
    assert REMOVED in compared(pets.diff("other/api.yaml", "main"))
    assert ADDED in compared(pets.diff("main", "other"))


def test_a_revision_and_a_file_from_elsewhere(pets: Repository, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(WITH_AGE)
    assert ADDED in compared(pets.diff("main", str(tmp_path / "new.yaml")))


def test_absolute_paths(pets: Repository) -> None:
    spec = pets.root / "spec" / "anthropic.yaml"
    assert f"{ADDED} (spec/anthropic.yaml:24)" in compared(pets.diff("main", str(spec)))
    assert ADDED in compared(pets.diff("main", "--spec", str(spec)))


def test_what_is_path_and_revision_is_the_path(pets: Repository) -> None:
    pets.git("branch", "spec")
    assert NOTHING in compared(pets.diff("spec"), "from `spec/anthropic.yaml` to `spec/anthropic.yaml`")
    assert ADDED in compared(pets.diff("refs/heads/spec"), "from `refs/heads/spec` to `spec/anthropic.yaml`")


# From a folder below


def test_from_the_folder_of_the_spec(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pets.root / "spec")
    for arguments in (
        ["main", "--spec", "anthropic.yaml"],
        ["main:./anthropic.yaml"],
        ["main:spec/anthropic.yaml"],
        ["main:."],
        ["main", "anthropic.yaml"],
        ["main", "."],
    ):
        if arguments == ["main:."]:  # the root, as for git
            assert "error[DIF003]" in refused(pets.diff(*arguments), "DIF003")
            continue
        assert f"{ADDED} (anthropic.yaml:24)" in compared(pets.diff(*arguments)), arguments


def test_from_a_folder_beside(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (pets.root / "docs").mkdir()
    monkeypatch.chdir(pets.root / "docs")
    for arguments in (
        ["main", "../spec/anthropic.yaml"],
        ["main:../spec/anthropic.yaml"],
        ["main", "--spec", "../spec/anthropic.yaml"],
        ["main:spec/anthropic.yaml"],
        ["main:spec", "../spec"],
    ):
        out = compared(pets.diff(*arguments))
        assert ADDED in out, arguments


# Several files

SHARED = "Pet:\n  type: object\n  required: [name]\n  properties:\n    name: {$ref: 'names/name.yaml'}\n"
SPLIT = SPEC.partition("components:")[0].replace("#/components/schemas/Pet", "../common/pet.yaml#/Pet")


def split(name: str) -> dict[str, str]:
    return {
        "apis/spec/anthropic.yaml": SPLIT,
        "apis/spec/sdk.yaml": CONFIG.replace("[Pet]", "[]"),
        "apis/common/pet.yaml": SHARED,
        "apis/common/names/name.yaml": f"type: {name}\n",
    }


def test_files_that_refer_to_each_other(empty: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.commit(split("string"))
    empty.write(split("integer"))
    for folder, base in (
        ("", "main:apis/spec/anthropic.yaml"),
        ("apis", "main"),
        ("apis/spec", "main:./anthropic.yaml"),
    ):
        monkeypatch.chdir(empty.root / folder)
        out = compared(empty.diff(base))
        assert "is `int` instead of `str`" in out
        assert "base      main:apis/common/" in out


def test_a_file_that_only_the_working_tree_has(empty: Repository) -> None:
    files = split("string")
    kept = files.pop("apis/common/names/name.yaml")
    empty.commit(files)
    empty.write({"apis/common/names/name.yaml": kept})
    err = refused(empty.diff("main:apis/spec/anthropic.yaml"), "DOC014")
    assert "main:apis/common/pet.yaml:5:" in err


def test_refs_out_of_the_repository(empty: Repository) -> None:
    """`..` beyond the root of a revision must not end in the working folder."""
    empty.commit({"anthropic.yaml": SPLIT, "sdk.yaml": CONFIG.replace("[Pet]", "[]")})
    empty.write({"common/pet.yaml": SHARED.replace("{$ref: 'names/name.yaml'}", "{type: string}")})
    assert "main:anthropic.yaml:16:" in refused(empty.diff("main:anthropic.yaml", "main:anthropic.yaml"), "DOC014")


# sdk.yaml


def test_the_config_of_each_state(pets: Repository) -> None:
    pets.write({"spec/sdk.yaml": CONFIG.replace("get: {", "fetch: {")})
    assert "`client.pets.get` is now called `client.pets.fetch`" in compared(pets.diff("main"))


def test_no_config_in_the_base(empty: Repository) -> None:
    empty.commit({"spec/anthropic.yaml": SPEC})
    empty.write({"spec/sdk.yaml": CONFIG.replace("class_name: Pets", "class_name: Zoo")})
    assert "is now called" in compared(empty.diff("main"))


def test_no_config_at_all(empty: Repository) -> None:
    empty.commit({"spec/anthropic.yaml": SPEC})
    empty.write({"spec/anthropic.yaml": WITH_AGE})
    assert ".age` is new" in compared(empty.diff("main"))


def test_a_file_without_config_takes_that_of_the_other(pets: Repository) -> None:
    pets.write({"old.yaml": SPEC})
    assert f"{ADDED} (spec/anthropic.yaml:24)" in compared(pets.diff("old.yaml"))
    assert REMOVED in compared(pets.diff("spec", "old.yaml"))
    assert NOTHING in compared(pets.diff("main", "old.yaml"))


def test_one_config_for_both(pets: Repository) -> None:
    pets.write({"zoo.yaml": CONFIG.replace("distribution: pets", "distribution: zoo")})
    assert "- `zoo.types.Pet.age` is new" in pets.diff("main", "--config", "zoo.yaml").out


def test_a_config_that_is_not_there(pets: Repository) -> None:
    assert "`zoo.yaml`" in refused(pets.diff("main", "--config", "zoo.yaml"), "EMIT014")


# What is nothing


def test_an_unknown_revision(pets: Repository) -> None:
    assert "`v9` is neither a file" in refused(pets.diff("v9"), "DIF001")
    refused(pets.diff("main", "v9"), "DIF001")
    refused(pets.diff("v9:spec/anthropic.yaml"), "DIF001")
    refused(pets.diff(""), "DIF001")


def test_a_path_that_the_revision_does_not_have(pets: Repository) -> None:
    assert "there is no `spec/other.yaml` in `main`" in refused(pets.diff("main:spec/other.yaml"), "DIF002")
    assert "there is no `a b.yaml` in `main`" in refused(pets.diff("main:a b.yaml"), "DIF002")
    refused(pets.diff("main:../x.yaml"), "DIF002")
    refused(pets.diff("main", "--spec", "nowhere.yaml"), "DIF002")


def test_no_spec_in_the_working_tree(pets: Repository) -> None:
    (pets.root / "spec" / "anthropic.yaml").unlink()
    assert "spec/anthropic.yaml" in refused(pets.diff("main"), "EMIT014")


def test_a_folder_without_a_document(pets: Repository) -> None:
    pets.commit({"docs/notes.yaml": "a: 1\n", "docs/broken.yaml": b"\xff\xfe\xfd\x00"})
    assert "stands in `docs`" in refused(pets.diff("docs"), "DIF003")
    assert "stands in `main:docs`" in refused(pets.diff("main:docs"), "DIF003")


def test_a_folder_with_several_documents(pets: Repository) -> None:
    pets.commit({"apis/a.yaml": SPEC, "apis/b.yaml": SPEC})
    assert "stand in `apis`: `a.yaml`, `b.yaml`" in refused(pets.diff("apis"), "DIF004")
    assert "stand in `main:apis`" in refused(pets.diff("main:apis"), "DIF004")


def test_the_usual_name_among_several_documents(pets: Repository) -> None:
    pets.write({"spec/other.yaml": SPEC, "spec/latin.yaml": b"\xe9"})
    pets.write({"pyproject.toml": '[tool.sdkloom]\nspec = "spec/anthropic.yaml"\n'})
    assert ADDED in compared(pets.diff("main", "spec"))


def test_names_that_git_quotes(empty: Repository) -> None:
    empty.commit({"spéc ü/äpi 1.yaml": SPEC, "spéc ü/sdk.yaml": CONFIG})
    empty.write({"spéc ü/äpi 1.yaml": WITH_AGE})
    assert ADDED in compared(empty.diff("main:spéc ü"), "from `main:spéc ü/äpi 1.yaml` to `spéc ü/äpi 1.yaml`")


def test_errors_in_the_base(pets: Repository) -> None:
    pets.commit({"spec/anthropic.yaml": SPEC.replace("name: {type: string}", 'name: {$ref: "nothing.yaml"}')})
    pets.write({"spec/anthropic.yaml": SPEC})
    err = refused(pets.diff("main"), "DOC014")
    assert "main:spec/anthropic.yaml:23:" in err
    assert 'name: {$ref: "nothing.yaml"}' in err


@pytest.mark.parametrize("data", [b"openapi: 3.1.0\ninfo: {title: \xff}\n", b"\x00\x01\x02\xff" * 100, b""])
def test_what_is_no_text(data: bytes, pets: Repository) -> None:
    pets.commit({"spec/anthropic.yaml": data})
    pets.write({"spec/anthropic.yaml": SPEC})
    ran = pets.diff("main")
    assert (ran.code, ran.out) == (1, "")
    assert "main:spec/anthropic.yaml:" in ran.err


def test_a_link_in_a_revision(pets: Repository) -> None:
    (pets.root / "spec" / "link.yaml").symlink_to("anthropic.yaml")
    pets.commit()
    ran = pets.diff("main:spec/link.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert "main:spec/link.yaml:1:1" in ran.err


def test_no_repository(pets: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert "not a git repository" in refused(pets.diff("main"), "DIF005")


def test_files_need_no_repository(pets: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(pets.root / "spec", tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("PATH", "")
    assert NOTHING in compared(pets.diff("anthropic.yaml", "anthropic.yaml"))


def test_no_git(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git can't be asked for `main`" in refused(pets.diff("main"), "DIF005")


def test_a_repository_without_commits(empty: Repository) -> None:
    empty.write({"spec/anthropic.yaml": SPEC})
    refused(empty.diff("HEAD"), "DIF001")


def test_a_bare_repository(pets: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pets.commit(branch="ages")
    subprocess.run(["git", "clone", "-q", "--bare", str(pets.root), str(tmp_path / "bare")], check=True)
    monkeypatch.chdir(tmp_path / "bare")
    assert ADDED in compared(pets.diff("main", "ages"))


def test_one_git_reads_all_files(pets: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process for each file would cost more than reading it."""
    started: list[object] = []
    popen = subprocess.Popen

    class Counted(popen[bytes]):
        def __init__(self, command: list[str], **options: Any) -> None:
            started.extend(command)
            super().__init__(command, **options)

    pets.commit(branch="ages")
    monkeypatch.setattr(subprocess, "Popen", Counted)
    assert ADDED in compared(pets.diff("main", "ages"))
    assert started.count("cat-file") == 1
