"""States of a spec with the package that comes of them. The same texts give the same state."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit.template_folder import OWN_HOOKS, Layer
from sdkloom.pipeline import Pipeline
from sdkloom.specdiff.state import SpecState

from ..specdiff.spec_states import TEMPLATES, read

HOOKS = Path(__file__).parent / "hooks"
"""The hand-written side of the packages whose sdk.yaml declares one."""


@attrs.frozen(eq=False, slots=False)
class State:
    """One side of a comparison. `key` follows from the texts alone."""

    key: str
    spec_state: SpecState
    document: dict[str, Any]
    files: Mapping[str, str]
    """The modules of the package, by their paths below `src/`."""

    @property
    def package(self) -> str:
        return self.spec_state.api.package.import_name

    @functools.cached_property
    def code(self) -> dict[str, str]:
        """The package without its comments and docstrings, by the paths of the modules."""
        return {path: _bare(text) for path, text in self.files.items() if path.endswith(".py")}

    def write(self, folder: Path) -> None:
        """Write the package into a folder, which can be imported from then."""
        for path, text in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


@functools.lru_cache(2000)  # most modules are the same in all packages
def _bare(text: str) -> str:
    """A module without the texts that stand as statements."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            body[:] = [each for each in body if not _is_text(each)]
    return ast.dump(tree)


def _is_text(node: ast.AST) -> bool:
    is_constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_constant and isinstance(node.value.value, str)  # type: ignore[attr-defined]


class NoPackage(Exception):
    """The generator refuses one of the two texts."""


def state(spec: str, config: str | None) -> State:
    """The state of a document and an sdk.yaml.

    Raises:
        NoPackage: the generator refuses them.
    """
    return _state(spec, config)


@functools.cache
def _state(spec: str, config: str | None) -> State:
    texts = {"spec.yaml": spec, "sdk.yaml": config or ""}
    sink = DiagnosticSink()
    config_path = None if config is None else "sdk.yaml"
    declared = re.findall(r"(\w+):\s+like: ", config or "")
    over = (_hooks(tuple(sorted(set(declared)))),)
    run = Pipeline(
        spec="spec.yaml", config=config_path, read=texts.__getitem__, templates=TEMPLATES, over=over, sink=sink
    )
    made = run.spec_state()
    files = None if made is None else run.render(made.api)
    if made is None or files is None:
        raise NoPackage("; ".join(found.message for found in sink.diagnostics))
    modules = {path.removeprefix("src/"): text for path, text in files.items() if path.startswith("src/")}
    key = hashlib.sha256(json.dumps([spec, config]).encode()).hexdigest()[:12]
    return State(key, made, read(spec), modules)


@functools.cache
def _hooks(helpers: tuple[str, ...]) -> Layer:
    """The hand-written modules of the tests, and the bodies of some helpers."""
    folder = Path(tempfile.mkdtemp(prefix="prove-hooks-"))
    bodies = [path.name for path in HOOKS.rglob("*.py.jinja") if path.name.partition(".")[0] not in helpers]
    shutil.copytree(HOOKS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*bodies))
    return Layer(folder, at=OWN_HOOKS)
