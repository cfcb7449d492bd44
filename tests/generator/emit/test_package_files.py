"""The files around the code of a package: LICENSE, metadata, workflows, and what the README says of the API's pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from sdkloom.diagnostics.model import DiagnosticSink, Severity
from sdkloom.ir.package import LICENSE_TEXTS
from sdkloom.pipeline import generate

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1.2"INFO}
servers: [{url: "https://api.pets.test"}]
paths:
  /pets/{id}/photo:
    post:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {BODY}}
      responses: {"204": {description: x}}
"""
PART = "multipart/form-data: {schema: {type: object, properties: {PROPERTIES}}}"
PHOTO = PART.replace("PROPERTIES", "note: {type: string}, photo: {type: string, format: binary}")


def files(package: dict[str, object] | None = None, info: str = "", body: str = PHOTO, **others: str) -> dict[str, str]:
    """The files of a package; `others` are files beside the document."""
    config = json.dumps({"package": package or {}})
    texts = {"pets.yaml": SPEC.replace("INFO", info).replace("BODY", body), "sdk.yaml": config, **others}
    sink = DiagnosticSink()
    made = generate("pets.yaml", "sdk.yaml", read=texts.__getitem__, sink=sink, templates=TEMPLATES)
    assert made is not None and not [one for one in sink.diagnostics if one.severity is not Severity.NOTE]
    return made


def project(made: dict[str, str]) -> Any:
    return tomllib.loads(made["pyproject.toml"])["project"]


def test_every_license_that_is_known_has_its_text() -> None:
    assert {path.stem for path in (TEMPLATES / "macros" / "licenses").iterdir()} == LICENSE_TEXTS
    for name in sorted(LICENSE_TEXTS):
        made = files({"license": name, "copyright": "2026 Ada {{ Lovelace }}"})
        text = made["LICENSE"]
        assert project(made)["license"] == name and '  - "LICENSE"\n' in made[".stats.yml"]
        assert ("Copyright (c) 2026 Ada {{ Lovelace }}\n" in text) == (name not in ("Apache-2.0", "MPL-2.0"))
        assert len(text) > 500 and "<" not in text.replace("<https:", "").replace("<http:", "")


@pytest.mark.parametrize(
    ("info", "package", "license"),
    [
        ("", {}, None),
        (", license: {name: Apache 2.0}", {}, "Apache-2.0"),
        (", license: {name: 'Apache License, Version 2.0'}", {}, "Apache-2.0"),
        (", license: {name: The MIT License}", {}, "MIT"),
        (", license: {name: Ours, identifier: isc}", {}, "ISC"),
        (", license: {name: MIT, identifier: nonsense}", {}, None),
        (", license: {name: Terms of the shelter}", {}, None),
        (", license: {name: MIT}", {"license": "bsd-3-clause"}, "BSD-3-Clause"),
        (", license: {name: MIT}", {"license": False}, None),
    ],
)
def test_sdk_yaml_decides_about_the_license_and_else_the_document(
    info: str, package: dict[str, object], license: str | None
) -> None:
    made = files(package, info)
    assert project(made).get("license") == license
    assert ("LICENSE" in made) == (license is not None)


def test_the_holder_of_the_copyright_is_the_author_unless_sdk_yaml_says_another() -> None:
    authors = ["Ada Lovelace <ada@pets.test>", "Grace", "<x@pets.test>"]
    assert "Copyright (c) Ada Lovelace, Grace\n" in files({"license": "MIT", "authors": authors})["LICENSE"]
    assert "Copyright (c) The authors of Pets\n" in files({"license": "MIT"})["LICENSE"]


def test_a_text_of_ones_own_is_copied() -> None:
    text = "All {{ rights }} reserved.\n\n  {% Ada %}\n"
    package: dict[str, object] = {"license_file": "legal/OURS.txt"}
    made = files(package, ", license: {name: MIT}", **{"legal/OURS.txt": text})
    assert made["LICENSE"] == text and "license" not in project(made)
    assert files({**package, "license": "LicenseRef-Ours"}, **{"legal/OURS.txt": text})["LICENSE"] == text


def test_pages_of_the_document_and_of_sdk_yaml() -> None:
    info = ", termsOfService: https://pets.test/terms, contact: {name: 'A *b*\\nc', url: https://pets.test/ask}"
    made = files({"urls": {'Re"po': "https://pets.test/repo", "Contact": "https://pets.test/me"}}, info)
    assert project(made)["urls"] == {
        "Contact": "https://pets.test/me",
        'Re"po': "https://pets.test/repo",
        "Terms of service": "https://pets.test/terms",
    }
    readme = made["README.md"]
    assert "- Terms of service: <https://pets.test/terms>\n" in readme
    assert "- Questions about the API: A \\*b\\*" in readme


def test_the_readme_shows_an_upload() -> None:
    assert '    id="id",\n    photo=Path("photo.bin"),\n)' in files()["README.md"]
    several = PART.replace("PROPERTIES", "photos: {type: array, items: {type: string, format: binary}}")
    assert 'photos=[Path("photos.bin")],' in files(body=several)["README.md"]
    assert "## Uploads" not in files(body=PART.replace("PROPERTIES", "note: {type: string}"))["README.md"]


def _complaints(kind: str, file: Path) -> str:
    """What an independent reader says that is wrong with a file for GitHub."""
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{kind}", str(file))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_what_is_said_of_credentials_stands_in_the_readme_and_at_the_client() -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "Begins with `pk_`.\n\nAsk Ada."},
        "login": {"type": "http", "scheme": "basic", "description": "That of the shop."},
    }
    document = SPEC.replace("INFO", "").replace("BODY", PHOTO)
    document += f"security: [{{key: []}}, {{login: []}}]\ncomponents: {{securitySchemes: {json.dumps(schemes)}}}\n"
    made = files(**{"pets.yaml": document})
    lines = made["README.md"].splitlines()
    assert [line.partition(": ")[2] for line in lines if "in the environment:" in line] == [
        "the header `X-Key`. Begins with `pk_`.",
        "the username of HTTP Basic authentication. That of the shop.",
        "the password of HTTP Basic authentication",
    ]
    client = made["src/pets/_client.py"]
    assert client.count('    """Begins with `pk_`.\n\n    Ask Ada.\n    """\n') == 2
    assert client.count('    password: str | None\n    """That of the shop."""\n') == 2


@pytest.mark.parametrize("version", ["1.0.0", "tags"])
def test_workflows_are_as_github_wants_them(version: str, tmp_path: Path) -> None:
    made = files({"version": version, "ci": "github"})
    workflows = {Path(path).name: text for path, text in made.items() if path.startswith(".github/workflows/")}
    assert len(workflows) == 2
    for name, text in workflows.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert _complaints("workflows", file) == ""
        file.write_text(text.replace("runs-on:", "runs:", 1), encoding="utf-8")
        assert "is not valid" in _complaints("workflows", file)


def test_the_action_is_as_github_wants_it(tmp_path: Path) -> None:
    action = ROOT / "action.yml"
    assert _complaints("actions", action) == ""
    wrong = tmp_path / "action.yml"
    wrong.write_text(action.read_text(encoding="utf-8").replace("using: composite", "using: compost"), encoding="utf-8")
    assert "action.yml" in _complaints("actions", wrong)


@pytest.mark.parametrize("package", [{}, {"version": "tags"}])
def test_workflows_of_github(package: dict[str, object]) -> None:
    assert not [path for path in files(package) if path.startswith(".github/")]
    made = files({**package, "ci": "github"})
    read: Any = {path: yaml.safe_load(text) for path, text in made.items() if path.startswith(".github/")}
    test, publish = (read[f".github/workflows/{name}.yml"]["jobs"] for name in ("test", "publish"))
    assert len(read) == 2 and publish["test"]["uses"] == "./.github/workflows/test.yml"
    assert test["test"]["steps"][1]["with"]["python-version"] == "${{ matrix.python }}"
    assert publish["publish"]["permissions"] == {"id-token": "write"} and publish["publish"]["needs"] == "build"
    checkouts = [jobs["steps"][0]["with"] for jobs in (test["test"], publish["build"])]
    assert ["fetch-depth" in given for given in checkouts] == [bool(package)] * 2


def test_a_version_of_tags() -> None:
    made = files({"version": "tags"})
    read = tomllib.loads(made["pyproject.toml"])
    assert read["project"]["dynamic"] == ["version"] and "version" not in read["project"]
    assert read["tool"]["hatch"]["version"]["source"] == "vcs" and "hatch-vcs>=0.4" in read["build-system"]["requires"]
    found: dict[str, object] = {}
    exec(made["src/pets/_version.py"].replace('version("pets")', 'version("attrs")'), found)
    assert str(found["__version__"]) > "2"
    exec(made["src/pets/_version.py"].replace('version("pets")', 'version("no-such-package")'), found)
    assert found["__version__"] == "0.0.0"


def test_what_is_begun_belongs_to_the_user(tmp_path: Path) -> None:
    """CHANGELOG.md and .gitignore: written where they are missing, never replaced, removed or owned."""
    (tmp_path / "pets.yaml").write_text(SPEC.replace("INFO", "").replace("BODY", PHOTO))

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "sdkloom", "generate", *arguments],
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    out = tmp_path / "pets"
    assert run()[0] == 0
    assert (out / "CHANGELOG.md").read_text().startswith("# Changelog\n")
    assert "CHANGELOG.md" not in (out / ".stats.yml").read_text()
    (out / "CHANGELOG.md").write_text("mine\n")
    (out / ".gitignore").unlink()
    code, said = run("--check")
    assert code == 1 and ".gitignore" in said and "CHANGELOG" not in said
    assert run()[0] == 0 and run("--check")[0] == 0
    assert (out / "CHANGELOG.md").read_text() == "mine\n" and (out / ".gitignore").exists()
    (out / "CHANGELOG.md").unlink()
    assert run()[0] == 0 and (out / "CHANGELOG.md").read_text().startswith("# Changelog\n")
