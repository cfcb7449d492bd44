"""Templates may come from somebody else: they get at nothing but what they are given, and no link leads out of them."""

from __future__ import annotations

import enum
import functools
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import BuiltinMethodType, FunctionType, GeneratorType, MethodType
from typing import Any

import attrs
import pytest
from jinja2.exceptions import SecurityError

from sdkloom.cli.main import main
from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit import template_folder
from sdkloom.emit.environment import environment
from sdkloom.emit.pages import Sdk, page
from sdkloom.emit.plan import Rendered, plan
from sdkloom.emit.render import render
from sdkloom.emit.template_folder import TemplateFolder

from ..verify.targets import ROOT, read, target

SPEC = read("tests/verify/pets.yaml")
TEMPLATES = ROOT / "templates"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the templates, to add something to."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return tmp_path / "templates"


@pytest.fixture
def project(templates: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a spec, and templates that make one more file."""
    monkeypatch.chdir(templates.parent)
    (templates.parent / "spec.yaml").write_text(SPEC)
    (templates / "sdk" / "of_this_folder.txt.jinja").write_text("{{ api.client.class_name }}\n")
    return templates.parent


def printed(templates: Path) -> tuple[dict[str, str] | None, list[str]]:
    """The files, and the codes of all errors."""
    sink = DiagnosticSink()
    files = render(target().api, TemplateFolder.of(templates, sink), sink)
    return files, [found.code for found in sink.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "{{ api.__class__ }}",
        "{{ api['__class__'] }}",
        "{{ api | attr('__class__') }}",
        "{{ [api] | map(attribute='__class__.__mro__') | list }}",
        "{{ '{0.__class__.__mro__}'.format(api) }}",
        "{{ '{x.__class__}'.format_map({'x': api}) }}",
        "{{ page.imports.use.__func__.__globals__ }}",
        "{{ page.imports.block.__self__._taken }}",
        "{{ self.__init__.__globals__ }}",
        "{{ MODES[0].__class__ }}",
        "{{ OVERLOADS[0].__class__ }}",
        "{% set x = namespace() %}{{ x.__class__ }}",
        "{% macro a() %}{% endmacro %}{{ a.__init__.__globals__ }}",
        "{% set listed = [] %}{{ listed.append(1) }}",
        "{{ range(10) }}{{ lipsum() }}{{ cycler }}",
    ],
)
def test_the_sandbox_refuses(text: str, templates: Path) -> None:
    (templates / "sdk" / "src" / "[package]" / "_client.py.jinja").write_text(text)
    files, codes = printed(templates)
    assert files is None
    assert set(codes) <= {"EMIT003", "EMIT021"}


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "sdk/../../secret.txt", "sdk/link.txt"])
def test_nothing_outside_is_included(name: str, templates: Path) -> None:
    (templates.parent / "secret.txt").write_text("secret")
    (templates / "sdk" / "a.txt.jinja").write_text(f'{{% include "{name}" %}}')
    assert printed(templates) == (None, ["EMIT002"])


SANDBOX: Any = environment(TemplateFolder((), {}), set())
OWN = ("sdkloom.ir.", "sdkloom.python.", "sdkloom.diagnostics.span")
PLAIN = (str, bytes, int, float, type(None), enum.Enum)
CALLS = (FunctionType, GeneratorType, MethodType, BuiltinMethodType, functools.partial)


def reachable(value: Any, seen: dict[int, Any]) -> None:
    """Everything that hangs on a value by names without an underscore, in `seen`."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, Mapping):
        inner: Iterable[Any] = [*value, *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = value
    elif isinstance(value, functools.partial):
        inner = (value.func, value.args, value.keywords)
    elif isinstance(value, PLAIN + CALLS):
        return
    else:
        held = {name: getattr(value, name, None) for name in dir(value)}
        inner = [inner for name, inner in held.items() if SANDBOX.is_safe_attribute(value, name, inner)]
    for each in inner:
        reachable(each, seen)


def test_what_templates_are_given_leads_nowhere() -> None:
    """No file, no path, no module and no class hangs on what a template gets: only data, and functions on it."""
    good = target("spec/anthropic.yaml", "spec/sdk.yaml")
    sink = DiagnosticSink()
    folder = TemplateFolder.of(TEMPLATES, sink)
    planned = plan(good.api, folder, sink)
    sdk = Sdk.of(good.api, planned)
    seen: dict[int, Any] = {}
    for given in [sdk.api, SANDBOX.globals, *(page(file, sdk) for file in planned if isinstance(file, Rendered))]:
        reachable(given, seen)
    containers = (tuple, list, dict, set, frozenset)
    others = {type(value) for value in seen.values() if not isinstance(value, PLAIN + CALLS + containers)}
    assert [cls for cls in others if not cls.__module__.startswith(OWN)] == []
    assert len(others) > 20


@attrs.define
class Holder:
    """An object whose attribute holds this now and that later."""

    value: Any = "text"

    def method(self) -> str:
        return "called"


@pytest.mark.parametrize("value", [os, Holder, Path])
def test_what_was_safe_once_is_looked_at_again(value: Any) -> None:
    template = SANDBOX.from_string("{{ holder.value }} {{ holder.method() }}")
    assert [template.render(holder=Holder()) for _ in range(2)] == ["text called"] * 2
    with pytest.raises(SecurityError):
        template.render(holder=Holder(value))


def test_formats_of_texts_reach_no_further() -> None:
    template = SANDBOX.from_string("{{ text.format(holder) }}")
    assert [template.render(text="{0.value}", holder=Holder()) for _ in range(2)] == ["text"] * 2
    with pytest.raises(SecurityError):
        template.render(text="{0.__class__}", holder=Holder())
    with pytest.raises(SecurityError):
        SANDBOX.from_string("{{ holder.value(holder) }}").render(holder=Holder("{0.__class__}".format))


def test_links_are_not_followed(templates: Path) -> None:
    secrets = templates.parent / "secrets"
    secrets.mkdir()
    (secrets / "a.py").write_text("SECRET = 1\n")
    (templates / "sdk" / "a.txt").symlink_to("../../secrets/a.py")
    (templates / "runtime" / "more").symlink_to("../../secrets")
    (templates / "hooks" / "pets").symlink_to("../../secrets")
    assert printed(templates) == (None, ["EMIT020"] * 3)


def test_only_regular_files_of_some_size(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(templates / "sdk" / "pipe.txt")
    (templates / "sdk" / "binary.txt").write_bytes(b"\xff")
    monkeypatch.setattr(template_folder, "LARGEST", 100_000)
    (templates / "runtime" / "large.py").write_text("#" * 100_001)
    assert printed(templates) == (None, ["EMIT020"] * 2)
    os.remove(templates / "sdk" / "pipe.txt")
    os.remove(templates / "runtime" / "large.py")
    assert printed(templates) == (None, ["EMIT020"])


def test_nothing_is_copied_into_a_repository_of_git(templates: Path) -> None:
    for name in (".git", ".GIT"):
        (templates / "sdk" / name).mkdir(exist_ok=True)
        (templates / "sdk" / name / "config").write_text("[core]\n")
    files, codes = printed(templates)
    assert files is not None and not codes
    assert not [path for path in files if ".git" in path.lower().split("/")]


def test_hand_written_modules_are_only_parsed(templates: Path) -> None:
    """Also those that the parser gives up on."""
    hooks = templates / "hooks" / "pets"
    hooks.mkdir()
    (hooks / "deep.py").write_text("x = " + "(" * 5_000)
    (hooks / "run.py").write_text("raise SystemExit('it ran')\n")
    files, codes = printed(templates)
    assert (files, codes) != (None, [])


def test_generate_takes_the_templates_of_the_working_folder(project: Path) -> None:
    assert main(["generate", "spec.yaml", "--out", "out"]) == 0
    assert (project / "out" / "of_this_folder.txt").is_file()


def test_it_does_not_where_they_lie_elsewhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = project / "inner"
    inner.mkdir()
    (inner / "templates").symlink_to("../templates")
    (inner / "spec.yaml").write_text(SPEC)
    monkeypatch.chdir(inner)
    assert main(["generate", "spec.yaml", "--out", "out"]) == 0
    assert not (inner / "out" / "of_this_folder.txt").exists()


@pytest.mark.parametrize("option", [[], ["--templates", "templates"]])
def test_verify_takes_them_when_asked(option: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "templates" / "runtime" / "_broken.py").write_text("class class\n")
    assert main(["verify", "spec.yaml", "--only", "compile", *option]) == len(option) // 2
    assert ("_broken.py" in capsys.readouterr().err) is bool(option)


@pytest.mark.parametrize("option", [[], ["--templates", "templates"]])
def test_diff_takes_them_when_asked(option: list[str], project: Path) -> None:
    (project / "templates" / "sdk" / "src" / "[package]" / "types" / "[type_module].py.jinja").write_text(
        "MARKED = 1\n"
    )
    (project / "new.yaml").write_text(SPEC.replace("lives:", "lifes:"))
    assert main(["diff", "spec.yaml", "new.yaml", "--html", "page.html", *option]) == 0
    assert ("class Cat" in (project / "page.html").read_text()) is not bool(option)


def test_attributes_of_nodes_are_open_to_templates() -> None:
    """The sandbox is not in the way of what templates are for."""
    assert attrs.has(type(target().api)) and printed(TEMPLATES)[1] == []
