"""The report inside of `git diff`, `git log` and `git show`, with git itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ..repositories import CONFIG, SPEC, WITH_AGE, Repository

ADDED = "- `pets.types.Pet.age` is new"
WITH_OWNER = WITH_AGE.replace(
    "components:",
    """\
  /owners/{id}:
    get:
      operationId: getOwner
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The owner.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
components:""",
)
OWNER_CONFIG = CONFIG + '  owners: {methods: {get: {endpoint: "get /owners/{id}"}}}\n'


@pytest.fixture
def driven(pets: Repository) -> Repository:
    """`pets`, with sdkloom as the driver of YAML files."""
    command = f"{shlex.quote(sys.executable)} -m sdkloom diff --git-driver"
    pets.git("config", "diff.sdkloom.command", command)
    pets.write({"spec/anthropic.yaml": SPEC})
    pets.commit({".gitattributes": "*.yaml diff=sdkloom\n"})
    pets.write({"spec/anthropic.yaml": WITH_AGE})
    return pets


def test_changes_that_are_not_committed(driven: Repository) -> None:
    out = driven.git("diff")
    assert out.startswith("pets: from `HEAD` to `spec/anthropic.yaml`\n")
    assert f"{ADDED} (spec/anthropic.yaml:24)" in out
    assert "diff --git" not in out


def test_staged_changes(driven: Repository) -> None:
    driven.git("add", "spec")
    assert driven.git("diff") == ""
    out = driven.git("diff", "--cached")
    assert out.startswith("pets: from `HEAD` to `:spec/anthropic.yaml`\n")
    assert ADDED in out


def test_changes_beside_staged_ones(driven: Repository) -> None:
    driven.git("add", "spec")
    driven.write({"spec/anthropic.yaml": WITH_AGE + "        tame: {type: boolean}\n"})
    out = driven.git("diff")
    assert "`pets.types.Pet.tame` is new" in out
    assert ADDED not in out
    assert "`pets.types.Pet`: new fields `age` and `tame`" in driven.git("diff", "HEAD")


def test_the_other_way_round(driven: Repository) -> None:
    assert "`pets.types.Pet.age` was removed" in driven.git("diff", "-R")


def test_from_a_folder_below(driven: Repository) -> None:
    assert ADDED in driven.git("-C", "spec", "diff")


def test_commits(driven: Repository) -> None:
    driven.commit()
    driven.commit({"spec/anthropic.yaml": WITH_OWNER, "spec/sdk.yaml": OWNER_CONFIG})
    driven.commit({"spec/anthropic.yaml": SPEC, "spec/sdk.yaml": CONFIG})
    assert "`client.owners.get` was removed" in driven.git("show", "--ext-diff", "HEAD")
    assert "`client.owners.get`: new" in driven.git("show", "--ext-diff", "HEAD~1")
    assert ADDED in driven.git("diff", "HEAD~3", "HEAD~2")
    log = driven.git("log", "-p", "--ext-diff", "--", "spec/anthropic.yaml")
    assert log.count("`--changelog -` prints") == 3
    assert log.count("diff --git a/spec/anthropic.yaml b/spec/anthropic.yaml\nnew file mode 100644") == 1


def test_changes_of_both_files(driven: Repository) -> None:
    """The document brings the whole report; the config's own lines stay visible."""
    driven.write({"spec/anthropic.yaml": WITH_OWNER, "spec/sdk.yaml": OWNER_CONFIG})
    out = driven.git("diff")
    assert out.count("`--changelog -` prints") == 1
    assert "- `client.owners.get`: new" in out
    assert "--- a/spec/sdk.yaml\n+++ b/spec/sdk.yaml\n@@ -7,3 +7,4 @@" in out
    assert '+  owners: {methods: {get: {endpoint: "get /owners/{id}"}}}\n' in out


def test_changes_of_the_config(driven: Repository) -> None:
    driven.write({"spec/anthropic.yaml": SPEC, "spec/sdk.yaml": CONFIG.replace("get: {", "fetch: {")})
    out = driven.git("diff")
    assert "`client.pets.get` is now called `client.pets.fetch`" in out
    assert "diff --git" not in out


def test_a_config_without_a_document(driven: Repository) -> None:
    driven.commit({"other/sdk.yaml": "a: 1\n"})
    driven.write({"other/sdk.yaml": "a: 2\n"})
    assert driven.git("diff") == (
        "diff --git a/other/sdk.yaml b/other/sdk.yaml\n--- a/other/sdk.yaml\n+++ b/other/sdk.yaml\n"
        "@@ -1 +1 @@\n-a: 1\n+a: 2\n"
    )


def test_other_files(driven: Repository) -> None:
    driven.commit({"notes.yaml": "a: 1\n", "data.yaml": b"\x00\x01", "run.yaml": "a: 1\n"})
    driven.write({"notes.yaml": "a: 2", "data.yaml": b"\x00\x02"})
    (driven.root / "run.yaml").chmod(0o755)
    (driven.root / "spec" / "anthropic.yaml").unlink()
    (driven.root / "spec" / "anthropic.yaml").symlink_to("elsewhere.yaml")
    out = driven.git("diff")
    assert "diff --git a/data.yaml b/data.yaml\nBinary files a/data.yaml and b/data.yaml differ\n" in out
    assert "@@ -1 +1 @@\n-a: 1\n+a: 2\n\\ No newline at end of file\n" in out
    assert "diff --git a/run.yaml b/run.yaml\nold mode 100644\nnew mode 100755\n" in out
    assert "-openapi: 3.1.0\n" in out
    assert "+elsewhere.yaml\n" in out


def test_new_and_deleted_specs(driven: Repository) -> None:
    driven.commit({"spec/other.yaml": SPEC})
    out = driven.git("show", "--ext-diff", "--format=", "HEAD", "--", "spec/other.yaml")
    assert out.startswith("diff --git a/spec/other.yaml b/spec/other.yaml\nnew file mode 100644\n--- /dev/null\n")
    assert out.endswith("+        name: {type: string}\n")
    (driven.root / "spec" / "other.yaml").unlink()
    out = driven.git("diff")
    assert "deleted file mode 100644\n--- a/spec/other.yaml\n+++ /dev/null\n@@ -1,23 +0,0 @@\n-openapi: 3.1.0\n" in out


def test_renamed_specs(driven: Repository) -> None:
    driven.commit()
    driven.git("mv", "spec", "api")
    driven.commit({"api/anthropic.yaml": WITH_AGE + "        tame: {type: boolean}\n"})
    out = driven.git("show", "--ext-diff", "-M")
    assert "`pets.types.Pet.tame` is new" in out
    assert "diff --git a/spec/anthropic.yaml b/api/anthropic.yaml" not in out
    driven.git("mv", "api/sdk.yaml", "api/shape.yaml")
    assert "rename from api/sdk.yaml\nrename to api/shape.yaml" in driven.git("diff", "--cached", "-M")


def test_several_files(driven: Repository) -> None:
    head, _, _ = SPEC.partition("components:")
    pet = "Pet: {type: object, properties: {name: {type: %s}}}\n"
    driven.write({"spec/anthropic.yaml": head.replace("#/components/schemas/Pet", "parts/pet.yaml#/Pet")})
    driven.write({"spec/sdk.yaml": CONFIG.replace("[Pet]", "[]"), "spec/parts/pet.yaml": pet % "string"})
    driven.commit()
    driven.write({"spec/parts/pet.yaml": pet % "integer"})
    text = (driven.root / "spec" / "anthropic.yaml").read_text()
    driven.write({"spec/anthropic.yaml": text.replace("The pet.", "A pet.")})
    out = driven.git("diff")
    assert "1 finding breaks something" in out
    assert "base      HEAD:spec/parts/pet.yaml:1" in out
    assert "-Pet: {type: object" in out  # no document by itself


def test_a_change_of_layout(driven: Repository) -> None:
    driven.write({"spec/anthropic.yaml": SPEC + "# the end\n"})
    out = driven.git("diff")
    assert "Nothing changed" in out
    assert out.endswith("         name: {type: string}\n+# the end\n")


def test_errors_keep_the_diff(driven: Repository) -> None:
    driven.write({"spec/anthropic.yaml": WITH_AGE.replace("type: integer", "$ref: age.yaml")})
    out = driven.git("diff")
    assert "+        age: {$ref: age.yaml}\n" in out
    assert "spec/anthropic.yaml:24:21: error[DOC014]" in out


def test_conflicts(driven: Repository) -> None:
    driven.commit(branch="ages")
    driven.git("checkout", "-q", "main")
    driven.commit({"spec/anthropic.yaml": SPEC + "        tame: {type: boolean}\n"})
    with pytest.raises(subprocess.CalledProcessError):
        driven.git("merge", "ages")
    out = driven.git("diff", "--ours")
    assert "* Unmerged path spec/anthropic.yaml\n" in out
    assert driven.diff("--git-driver", "spec/anthropic.yaml").out == "* Unmerged path spec/anthropic.yaml\n"


def test_contents_of_no_commit(driven: Repository) -> None:
    """What git compares here is not in the history: there is no whole spec to compare."""
    blobs = [driven.git("hash-object", "-w", "--path=spec/anthropic.yaml", file).strip() for file in _two(driven.root)]
    out = driven.git("diff", *blobs)
    assert "+        tame: {type: boolean}" in out


def test_colours(driven: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[" not in driven.git("diff")
    monkeypatch.setenv("GIT_PAGER_IN_USE", "true")
    monkeypatch.setenv("TERM", "xterm")
    driven.commit({"notes.yaml": "a: 1\n"})
    driven.write({"notes.yaml": "a: 2\n", "spec/anthropic.yaml": SPEC})
    out = driven.git("diff")
    assert "\x1b[32m+a: 2\x1b[0m" in out
    assert "\x1b[1;31m" in out


@pytest.mark.parametrize("arguments", [[], ["a"] * 2, ["a"] * 10])
def test_wrong_arguments(arguments: list[str], pets: Repository) -> None:
    ran = pets.diff("--git-driver", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--git-driver is for git" in ran.err


def _two(root: Path) -> list[str]:
    """Two specs in files, of which git knows nothing yet."""
    files = {"one.yaml": WITH_AGE, "two.yaml": WITH_AGE + "        tame: {type: boolean}\n"}
    for name, text in files.items():
        (root / name).write_text(text)
    return list(files)
