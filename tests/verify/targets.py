"""Things to verify, with faults in them: in the SDK as data, or in the files made of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit.render import render
from sdkloom.emit.template_folder import TemplateFolder
from sdkloom.ir.api import Api
from sdkloom.ir.definitions import Definition, Field, Model, Params
from sdkloom.pipeline import Pipeline
from sdkloom.verify import checks, reference_models
from sdkloom.verify.outcome import Outcome
from sdkloom.verify.target import Target

ROOT = Path(__file__).resolve().parents[2]
PETS = "tests/verify/pets.yaml"
Files = dict[str, str]
_BUILD = reference_models.build


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def target(spec: str = PETS, config: str | None = None) -> Target:
    """What is generated from a file of this project, as it is."""
    sink = DiagnosticSink()
    found = Pipeline(spec=spec, config=config, read=read, templates=ROOT / "templates", sink=sink).target()
    assert found is not None, sink.diagnostics
    return found


def faulty(
    good: Target,
    in_api: Callable[[Api], Api] = lambda api: api,
    in_files: Callable[[Files], Files] = lambda files: files,
    show: bool = True,
) -> Target:
    """`good` with a fault. `show`: the files are printed from the faulty SDK."""
    api = in_api(good.api)
    files = dict(good.files)
    if api != good.api and show:
        sink = DiagnosticSink()
        printed = render(api, TemplateFolder.of(ROOT / "templates", sink), sink)
        assert printed is not None, sink.diagnostics
        files = printed
    return attrs.evolve(good, api=api, files=in_files(files))


def verify(given: Target, *only: str, sink: DiagnosticSink | None = None) -> dict[str, Outcome]:
    """The outcome of each check. The reference models of each document are built once."""
    options = checks.Options(only=only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference_models, "build", lambda document, start, sink: _reference_models(given.spec))
        return {each.check: each for each in checks.verify(given, options, sink or DiagnosticSink())}


@functools.cache
def _reference_models(spec: str) -> reference_models.ReferenceModels | None:
    return _BUILD(target(spec).document, target(spec).start, DiagnosticSink())


def with_definition(name: str, change: Callable[[Definition], Definition]) -> Callable[[Api], Api]:
    """A fault in the definition called `name`."""

    def break_api(api: Api) -> Api:
        modules = []
        for module in api.type_modules:
            definitions = tuple(change(each) if each.name.name == name else each for each in module.definitions)
            modules.append(attrs.evolve(module, definitions=definitions))
        return attrs.evolve(api, type_modules=tuple(modules))

    return break_api


def with_field(owner: str, name: str, change: Callable[[Field], Field | None]) -> Callable[[Api], Api]:
    """A fault in a field, known by its wire name; `change` gives `None` to drop it."""

    def break_definition(definition: Definition) -> Definition:
        assert isinstance(definition, (Model, Params))
        fields = [change(field) if field.wire_name == name else field for field in definition.fields]
        assert list(definition.fields) != fields
        return attrs.evolve(definition, fields=tuple(field for field in fields if field is not None))

    return with_definition(owner, break_definition)


def in_file(ending: str, old: str, new: str) -> Callable[[Files], Files]:
    """A fault in the text of the file whose path ends so."""

    def break_files(files: Files) -> Files:
        (path,) = [each for each in files if each.endswith(ending)]
        assert old in files[path]
        return {**files, path: files[path].replace(old, new)}

    return break_files
