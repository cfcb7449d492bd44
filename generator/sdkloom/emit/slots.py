"""Hook fragments: named places in generated files that hand-written templates fill.

Each folder of `templates/hooks/` mirrors the root package, as does `hooks/` beside sdk.yaml. A folder named like an
output file holds the fragments of that file; everything else is copied. The signature of a hooked method comes from the
IR, its body from the fragment.
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..ir.api import Api
from ..ir.hooks import ImportedName
from ..ir.resources import Resource
from .template_folder import OWN_HOOKS, TemplateFolder

SUFFIX = ".py.jinja"


class Slot(enum.Enum):
    """A place that a fragment can fill. The value is the name of the fragment's file, without the suffix."""

    IMPORTS = "imports"
    """Import statements that the other fragments of the file need. In any resource module with hooked methods."""

    METHOD = "<method>"
    """The body of a hooked method; the file has the method's name. Rendered for the sync and for the async class."""


@attrs.frozen(kw_only=True)
class Fragment:
    """One hand-written template. `target` is the output file below the root package."""

    template: str
    target: str
    name: str

    @property
    def slot(self) -> Slot:
        """What the fragment fills."""
        return Slot.IMPORTS if self.name == Slot.IMPORTS.value else Slot.METHOD


def hook_folders(api: Api, templates: TemplateFolder) -> tuple[str, ...]:
    """Where the hand-written side of an SDK is, among the templates.

    A folder that sdk.yaml doesn't name counts only if somebody has laid it over ours: those belong to SDKs that may
    have the same name by chance.
    """
    named = (one.path for one in api.package.hooks if one.span is not None or templates.is_laid_over(one.path))
    own = [OWN_HOOKS] if templates.below(OWN_HOOKS) else []
    return (*named, *own)


def is_fragment(path: str) -> bool:
    """Whether a path below a folder of hooks lies in a folder that is named like an output file."""
    return any("." in folder for folder in path.split("/")[:-1])


def fragments(api: Api, templates: TemplateFolder) -> tuple[Fragment, ...]:
    """Every fragment of this SDK, sorted by path."""
    found: list[Fragment] = []
    for folder in hook_folders(api, templates):
        for path in templates.below(folder):
            if is_fragment(path):
                target, _, file = path.rpartition("/")
                found.append(Fragment(template=f"{folder}/{path}", target=target, name=file.removesuffix(SUFFIX)))
    return tuple(found)


def check(
    api: Api,
    resources: Mapping[str, Resource],
    found: Iterable[Fragment],
    templates: TemplateFolder,
    sink: DiagnosticSink,
) -> None:
    """Report whatever does not fit: `resources` maps output files below the root package to what they hold."""
    listed = list(found)
    moved = _moved(listed, resources)
    for folder in api.package.hooks:
        if folder.span is not None and not templates.below(folder.path):
            known = sorted({path.partition("/")[0] for path in templates.below("hooks")})
            hint = did_you_mean(folder.name, known)
            sink.report(catalog.HOOK_FOLDER_MISSING, folder.span, hint=hint, folder=folder.path)
    for fragment in listed:
        _check_fragment(fragment, resources.get(fragment.target), moved.get(fragment), templates, sink)
    filled = {(moved.get(fragment, fragment.target), fragment.name) for fragment in listed}
    for target, resource in resources.items():
        for method in resource.hooked:
            if (target, method.name) not in filled:
                template = templates.shown(f"{_home(api, templates)}/{target}/{method.name}{SUFFIX}")
                sink.report(catalog.HOOK_WITHOUT_FRAGMENT, method.span, method=method.name, template=template)
            for name in (method.returns, method.async_returns):
                _check_import(api, name, method.span, templates, sink)
    for name in api.package.extra_exports:
        _check_import(api, name, name.span or api.client.span, templates, sink)


def _home(api: Api, templates: TemplateFolder) -> str:
    """Where a hand-written file belongs that isn't there: with the others, else beside sdk.yaml."""
    return (OWN_HOOKS, *hook_folders(api, templates))[-1]


def _check_fragment(
    fragment: Fragment, resource: Resource | None, now: str | None, templates: TemplateFolder, sink: DiagnosticSink
) -> None:
    """`now` is where the output of a fragment without a resource has gone."""
    file, place = templates.shown(fragment.template), templates.span(fragment.template)
    if resource is None:
        folder = PurePosixPath(file.replace(fragment.target, now or "", 1)).parent
        hint = f"the output is in `{now}` now: move the fragment to `{folder}/`" if now else None
        sink.report(catalog.ORPHAN_FRAGMENT, place, hint=hint, target=fragment.target)
        return
    hooked = [method.name for method in resource.hooked]
    known = [*hooked, *([Slot.IMPORTS.value] if hooked else [])]
    if fragment.name not in known or not file.endswith(SUFFIX):
        names = ", ".join(f"`{name}{SUFFIX}`" for name in known) or "none"
        sink.report(catalog.UNKNOWN_SLOT, place, name=PurePosixPath(file).name, target=fragment.target, known=names)


def _moved(found: Iterable[Fragment], resources: Mapping[str, Resource]) -> dict[Fragment, str]:
    """Where the output of fragments without a file has gone.

    A module becomes `pets/pets.py` with its first child, and is `pets.py` again without any. Else it is the only module
    that has a hooked method of the fragment's name and no fragment for it.
    """
    listed = list(found)
    filled = {(fragment.target, fragment.name) for fragment in listed}
    moved: dict[Fragment, str] = {}
    for fragment in listed:
        if fragment.target in resources:
            continue
        target = PurePosixPath(fragment.target)
        near = [str(target.with_suffix("") / target.name), str(target.parent.with_suffix(target.suffix))]
        wanting = [
            path
            for path, resource in resources.items()
            if (path, fragment.name) not in filled and fragment.name in [method.name for method in resource.hooked]
        ]
        places = [path for path in near if path in resources] or (wanting if len(wanting) == 1 else [])
        if places:
            moved[fragment] = places[0]
    return moved


def _check_import(api: Api, name: ImportedName, span: Span, templates: TemplateFolder, sink: DiagnosticSink) -> None:
    """A name that sdk.yaml takes from a hand-written module must be defined there."""
    folders = [*hook_folders(api, templates), f"stand_ins/{api.package.import_name}"]
    files = [_hand_written(name, templates, folder) for folder in folders]
    file = next(filter(templates.has, files), None)
    if file is None:
        missing = templates.shown(_hand_written(name, templates, _home(api, templates)))
        sink.report(catalog.HOOK_MODULE_MISSING, span, module=".".join(name.module), file=missing)
    elif name.name not in _defined(templates, file):
        sink.report(catalog.HOOK_NAME_MISSING, span, name=name.name, file=templates.shown(file))


def _hand_written(name: ImportedName, templates: TemplateFolder, folder: str) -> str:
    path = "/".join((folder, *name.module))
    package = f"{path}/__init__.py"
    return package if templates.has(package) else f"{path}.py"


def _defined(templates: TemplateFolder, file: str) -> set[str]:
    """Every name that a module binds at its top level, also below `if TYPE_CHECKING:`."""
    try:
        return set(_bound(_parsed(templates.read(file))))
    except (SyntaxError, OSError, UnicodeDecodeError):
        return set()


def _parsed(text: str) -> list[ast.stmt]:
    """The statements of a module.

    Raises:
        SyntaxError: the text is no Python, or too deep.
    """
    try:
        return ast.parse(text).body
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "nested too deep") from error


def _bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.If):
            yield from _bound([*node.body, *node.orelse])


def import_statements(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    """`(module, name, alias)` of every import in the text of an IMPORTS fragment.

    Raises:
        SyntaxError: the text is no Python, or holds other statements.
    """
    for node in _parsed(text):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, alias.asname) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((module, alias.name, alias.asname) for alias in node.names)
        else:
            error = SyntaxError("only import statements may stand here")
            error.lineno = node.lineno
            raise error
