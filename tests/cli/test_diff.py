"""The options of `sdkloom diff`: what fails, what is ignored, what is written where."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from ..repositories import CONFIG, SPEC, WITH_AGE, WITHOUT_NAME, Ran, Repository

ENTRY = """\
## 1.1.0

### Added

- `pets.types.Pet.age` is new.
"""


def age_id(pets: Repository) -> str:
    """The id of the one finding."""
    found = json.loads(pets.diff("main", "--json", "-").out)["findings"]
    assert len(found) == 1
    identity: str = found[0]["id"]
    return identity


# Exit codes


@pytest.mark.parametrize(
    ("revision", "column", "code"),
    [
        (WITH_AGE, "any", 0),
        (WITHOUT_NAME, "any", 1),
        (WITHOUT_NAME, "wire", 1),
        (WITHOUT_NAME, "typing", 1),
        (WITHOUT_NAME, "runtime", 1),
        (SPEC.replace("/pets/{id}", "/animals/{id}"), "wire", 1),
        (SPEC.replace("/pets/{id}", "/animals/{id}"), "typing", 0),
        (SPEC.replace("/pets/{id}", "/animals/{id}"), "runtime", 0),
    ],
)
def test_fail_on(revision: str, column: str, code: int, pets: Repository) -> None:
    config = CONFIG.replace("/pets/", "/animals/") if "/animals/" in revision else CONFIG
    pets.write({"spec/anthropic.yaml": revision, "spec/sdk.yaml": config})
    assert pets.diff("main").code == 0
    ran = pets.diff("main", "--fail-on", column)
    assert (ran.code, ran.err) == (code, "")
    assert ("BREAKS (1)" in ran.out) is ("HARMLESS (1)" not in ran.out)


def test_fail_on_several(pets: Repository) -> None:
    moved = SPEC.replace("/pets/{id}", "/animals/{id}")
    pets.write({"spec/anthropic.yaml": moved, "spec/sdk.yaml": CONFIG.replace("/pets/", "/animals/")})
    assert pets.diff("main", "--fail-on", "typing", "--fail-on", "wire").code == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["main", "HEAD", "HEAD"], ["main", "--fail-on", "nothing"], ["main", "--unknown"], ["main", "--html"]],
)
def test_wrong_arguments(arguments: list[str], pets: Repository) -> None:
    ran = pets.diff(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: sdkloom")


# The ignore file


def entry(identity: str, expires: str = "2999-12-31", reason: str = "nobody has it yet") -> str:
    return f"- id: {identity}\n  reason: {reason}\n  expires: {expires}\n"


def test_ignored(pets: Repository) -> None:
    pets.write({"spec/anthropic.yaml": WITHOUT_NAME})
    report = json.loads(pets.diff("main", "--json", "-").out)
    pets.write({"spec/diff-ignore.yaml": "".join(entry(finding["id"]) for finding in report["findings"])})
    ran = pets.diff("main", "--fail-on", "any")
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing is left to report" in ran.out
    assert "until 2999-12-31: nobody has it yet" in ran.out


def test_the_ignore_file_of_a_revision(pets: Repository) -> None:
    identity = age_id(pets)
    pets.commit({"spec/diff-ignore.yaml": entry(identity)}, branch="ages")
    pets.write({"spec/diff-ignore.yaml": "[]\n"})
    assert "Nothing is left to report" in pets.diff("main", "ages").out
    assert "Nothing is left to report" not in pets.diff("main").out


def test_another_ignore_file(pets: Repository) -> None:
    pets.write({"accepted.yaml": entry(age_id(pets)), "spec/diff-ignore.yaml": "no list"})
    assert "Nothing is left to report" in pets.diff("main", "--ignore", "accepted.yaml").out


def test_an_ignore_file_that_is_not_there(pets: Repository) -> None:
    ran = pets.diff("main", "--ignore", "accepted.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert "EMIT014" in ran.err


def test_an_entry_that_ran_out(pets: Repository) -> None:
    pets.write({"spec/diff-ignore.yaml": entry(age_id(pets), "2020-01-31")})
    ran = pets.diff("main")
    assert ran.code == 0
    assert "spec/diff-ignore.yaml:1:3: warning[DIF006]" in ran.err
    assert "`pets.types.Pet.age` is new" in ran.out


def test_an_entry_for_nothing(pets: Repository) -> None:
    pets.write({"spec/diff-ignore.yaml": entry("deadbeef")})
    ran = pets.diff("main")
    assert ran.code == 0
    assert "warning[DIF007]" in ran.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (entry("deadbeef") * 2, "CFG007"),
        (entry("deadbeef", "soon"), "CFG004"),
        (entry("deadbeef", "2027-02-30"), "DIF008"),
        ("deadbeef: accepted\n", "CFG003"),
        ("- deadbeef\n", "CFG003"),
        ("- id: deadbeef\n  expires: 2999-12-31\n", "CFG002"),
        ("- id: deadbeef\n  reason: none\n  expires: 2999-12-31\n  who: me\n", "CFG001"),
        ("- id: [\n", "SRC001"),
        (b"- id: \xff\n", "SRC015"),
    ],
)
def test_a_wrong_ignore_file(text: str | bytes, code: str, pets: Repository) -> None:
    pets.write({"spec/diff-ignore.yaml": text})
    ran = pets.diff("main", "--markdown", "comment.md")
    assert (ran.code, ran.out) == (1, "")
    assert "spec/diff-ignore.yaml:" in ran.err
    assert f"error[{code}]" in ran.err
    assert not Path("comment.md").exists()


# The changelog


def test_a_new_changelog(pets: Repository) -> None:
    assert pets.diff("main", "--changelog", "CHANGELOG.md").code == 0
    assert Path("CHANGELOG.md").read_text() == f"# Changelog\n\n{ENTRY}"


def test_an_entry_above_the_others(pets: Repository) -> None:
    pets.write({"CHANGELOG.md": "# Changes\n\nSince ever.\n\n## Unreleased\n\n- Mice.\n\n## 1.0.0\n\n- Pets.\n"})
    pets.diff("main", "--changelog", "CHANGELOG.md")
    expected = f"# Changes\n\nSince ever.\n\n## Unreleased\n\n- Mice.\n\n{ENTRY}\n## 1.0.0\n\n- Pets.\n"
    assert Path("CHANGELOG.md").read_text() == expected
    pets.diff("main", "--changelog", "CHANGELOG.md")
    assert Path("CHANGELOG.md").read_text() == expected


def test_an_entry_in_place_of_itself(pets: Repository) -> None:
    pets.write({"CHANGELOG.md": "# Changes\n\n## [1.1.0] - 2026-01-31\n\n- Old.\n\n## 1.0.0\n\n- Pets.\n"})
    pets.diff("main", "--changelog", "CHANGELOG.md")
    body = ENTRY.removeprefix("## 1.1.0\n")
    assert Path("CHANGELOG.md").read_text() == f"# Changes\n\n## [1.1.0] - 2026-01-31\n{body}\n## 1.0.0\n\n- Pets.\n"


def test_a_changelog_without_entries(pets: Repository) -> None:
    pets.write({"CHANGELOG.md": "# Changes\n\nSince ever.\n"})
    pets.diff("main", "--changelog", "CHANGELOG.md")
    assert Path("CHANGELOG.md").read_text() == f"# Changes\n\nSince ever.\n\n{ENTRY}"


def test_a_change_that_calls_for_no_version(pets: Repository) -> None:
    """An entry for a version that is out already must not take its place."""
    pets.write(
        {"spec/anthropic.yaml": SPEC.replace("schema: {type: string}", "schema: {type: string, format: hostname}")}
    )
    pets.write({"CHANGELOG.md": "# Changes\n\n## 1.0.0\n\n- Pets.\n"})
    pets.diff("main", "--changelog", "CHANGELOG.md")
    text = Path("CHANGELOG.md").read_text()
    assert text.startswith(
        "# Changes\n\n## Unreleased\n\n### Changed\n\n- The format of `client.pets.get(id=)` changed:"
    )
    assert text.endswith("\n\n## 1.0.0\n\n- Pets.\n")


def test_a_version_of_tags(pets: Repository) -> None:
    """The version that is due follows from that of the document, and no file has to be changed for it."""
    config = CONFIG.replace("version: 1.0.0", "version: tags")
    assert config != CONFIG
    pets.write({"spec/anthropic.yaml": WITHOUT_NAME, "spec/sdk.yaml": config})
    report = json.loads(pets.diff("main", "--json", "-").out)
    assert (report["version"]["given"], report["version"]["due"]) == ("2.0.0", "2.0.0")
    shown = " ".join(pets.diff("main").out.split())
    assert "version 1.0.0 -> 2.0.0: at least a major version" in shown and "tag it" in shown


def test_what_breaks_on_the_wire_alone_is_breaking(pets: Repository) -> None:
    pets.write({"spec/anthropic.yaml": SPEC.replace("schema: {type: string}", "schema: {type: string, maxLength: 9}")})
    report = json.loads(pets.diff("main", "--json", "-").out)
    assert (report["version"]["level"], report["summary"]["typing"]["worst"]) == ("major", "ok")
    assert report["changelog"].startswith("## 2.0.0\n\n### Breaking\n\n- `client.pets.get(id=)` takes less:")


def test_nothing_to_tell(pets: Repository) -> None:
    pets.write({"spec/anthropic.yaml": SPEC})
    ran = pets.diff("main", "--changelog", "CHANGELOG.md")
    assert (ran.code, ran.err) == (0, "")
    assert "--changelog" not in ran.out
    assert not Path("CHANGELOG.md").exists()


def test_line_ends_and_byte_order_mark_of_a_changelog(pets: Repository) -> None:
    pets.write({"CHANGELOG.md": b"\xef\xbb\xbf# Changes\r\n\r\n## 1.0.0\r\n\r\n- Pets.\r\n"})
    pets.diff("main", "--changelog", "CHANGELOG.md")
    data = Path("CHANGELOG.md").read_bytes()
    expected = f"# Changes\n\n{ENTRY}\n## 1.0.0\n\n- Pets.\n".replace("\n", "\r\n")
    assert data == b"\xef\xbb\xbf" + expected.encode()


def test_the_entry_alone(pets: Repository) -> None:
    assert pets.diff("main", "--changelog", "-").out == ENTRY


@pytest.mark.parametrize("name", ["latin.md", "folder"])
def test_a_changelog_that_cannot_be_read(name: str, pets: Repository) -> None:
    pets.write({"latin.md": b"\xe9t\xe9\n", "folder/x": ""})
    ran = pets.diff("main", "--changelog", name, "--json", "report.json")
    assert (ran.code, ran.out) == (1, "")
    assert f"{name}:1:1: error[EMIT014]" in ran.err
    assert not Path("report.json").exists()
    assert Path("latin.md").read_bytes() == b"\xe9t\xe9\n"


# Where reports go


def test_several_files(pets: Repository) -> None:
    names = {"markdown": "a.md", "json": "b.json", "github": "c.txt", "junit": "d.xml", "html": "e.html"}
    options = [part for name, file in names.items() for part in (f"--{name}", file)]
    ran = pets.diff("main", *options, "--changelog", "f.md")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("pets: from `main` to `spec/anthropic.yaml`")
    assert all("pets" in Path(file).read_text() for file in [*names.values(), "f.md"])
    assert sorted(os.listdir()) == [".git", *sorted(names.values()), "f.md", "spec"]


def test_quiet_prints_what_is_asked_for(pets: Repository) -> None:
    assert pets.diff("main", "--quiet") == Ran(0, "", "")
    assert pets.diff("main", "-q", "--changelog", "-").out == ENTRY
    assert "error[DIF001]" in pets.diff("nothing", "-q").err


def test_a_format_in_place_of_the_plain_report(pets: Repository) -> None:
    assert json.loads(pets.diff("main", "--json", "-").out)["findings"]
    out = pets.diff("main", "--markdown", "-", "--html", "page.html").out
    assert "pets: from" not in out
    assert "`pets.types.Pet.age`" in out
    assert Path("page.html").exists()


def test_nothing_is_written_after_an_error(pets: Repository) -> None:
    pets.write({"spec/anthropic.yaml": WITH_AGE.replace("type: integer", "$ref: age.yaml"), "report.html": "before"})
    ran = pets.diff("main", "--html", "report.html", "--json", "report.json", "--changelog", "CHANGELOG.md")
    assert (ran.code, ran.out) == (1, "")
    assert "spec/anthropic.yaml:24:21: error[DOC014]" in ran.err
    assert Path("report.html").read_text() == "before"
    assert sorted(os.listdir()) == [".git", "report.html", "spec"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("missing/report.html", "missing/report.html:1:1: error[EMIT011]"),
        ("spec", "spec:1:1: error[EMIT011]"),
        ("spec/sdk.yaml/report.html", "spec/sdk.yaml:1:1: error[EMIT015]: `spec/sdk.yaml` is no folder"),
    ],
)
def test_all_files_or_none(wrong: str, message: str, pets: Repository) -> None:
    ran = pets.diff("main", "--json", "report.json", "--html", wrong, "--changelog", "CHANGELOG.md")
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err
    assert sorted(os.listdir()) == [".git", "spec"]
    assert sorted(os.listdir("spec")) == ["anthropic.yaml", "sdk.yaml"]


def test_devices_and_pipes_stay(pets: Repository) -> None:
    os.mkfifo("pipe")
    texts: list[str] = []
    reader = threading.Thread(target=lambda: texts.append(Path("pipe").read_text()), daemon=True)
    reader.start()
    assert pets.diff("main", "--json", "pipe", "--html", os.devnull).code == 0
    reader.join(60)
    assert json.loads(texts[0])["findings"]
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_own_links_and_modes_stay(pets: Repository, tmp_path: Path) -> None:
    """A link outside of the working tree is that of the person who names it."""
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to("real.md")
    assert pets.diff("main", "--markdown", str(link)).code == 0
    assert link.is_symlink()
    assert "pets.types.Pet.age" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_shared_config_may_name_what_one_document_has(pets: Repository) -> None:
    added = "  /owners:\n    get: {responses: {'200': {description: All.}}}\n"
    config = CONFIG + "  owners: {methods: {list: {endpoint: get /owners}}}\n"
    new = SPEC.replace("components:", f"{added}components:", 1)
    pets.write({"old.yaml": SPEC, "new.yaml": new, "sdk2.yaml": config})
    ran = pets.diff("old.yaml", "new.yaml", "--config", "sdk2.yaml")
    assert ran.code == 0
    assert "`client.owners.list`: new" in ran.out
    assert "note[DIF070]" in ran.err
    assert "error" not in ran.err
    pets.write({"sdk2.yaml": config.replace("get /owners", "get /nowhere")})
    ran = pets.diff("old.yaml", "new.yaml", "--config", "sdk2.yaml")
    assert ran.code == 1
    assert "error[LOW007]" in ran.err


def test_a_shared_config_may_ask_for_what_one_document_has(pets: Repository) -> None:
    added = "  /owners:\n    get: {tags: [people], responses: {'200': {description: All.}}}\n"
    new = SPEC.replace("components:", f"{added}components:", 1)
    pets.write({"old.yaml": SPEC, "new.yaml": new, "sdk2.yaml": "only: [getPet, people]\n"})
    ran = pets.diff("old.yaml", "new.yaml", "--config", "sdk2.yaml")
    assert ran.code == 0
    assert "`client.owners.list`: new" in ran.out
    assert "`people` fits no operation: that is passed over" in ran.err
