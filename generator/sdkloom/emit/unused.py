"""Files that were laid over the templates, and that nothing has used."""

from __future__ import annotations

from collections.abc import Set

from ..diagnostics import catalog, run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..ir.api import Api
from .slots import SUFFIX
from .template_folder import OWN_HOOKS, TemplateFolder

_FOLDERS = ("sdk", "macros", "runtime", "hooks", "stand_ins")


def report_unused(api: Api, templates: TemplateFolder, used: Set[str], sink: DiagnosticSink) -> None:
    """Report each file that somebody wrote in vain.

    One that stands for a file of ours is fine where the SDK has no need of that. So are the folders of `hooks/` that
    sdk.yaml does not choose, if it chooses any, and stand-ins that give way to what the document makes.
    """
    ours = {path for path, layer in templates.found.items() if layer is templates.layers[0]} | templates.replaced
    fine = [f"stand_ins/{api.package.import_name}/"]
    if any(folder.span is not None for folder in api.package.hooks):
        fine.append("hooks/")
    for path in sorted(templates.found.keys() - used - ours):
        if path.startswith(f"{OWN_HOOKS}/"):
            sink.report(catalog.HOOK_UNUSED, templates.span(path), file=templates.shown(path), hint=_hint_of_hook(path))
        elif not path.startswith(tuple(fine)):
            hint = _hint(path, api, sorted(ours))
            sink.report(run_catalog.TEMPLATE_UNUSED, templates.span(path), file=templates.shown(path), hint=hint)


def _hint_of_hook(path: str) -> str | None:
    if not path.endswith(".jinja"):
        return None
    return f"fragments stand in a folder that is named like the output file: `resources/pets.py/adopt{SUFFIX}`"


def _hint(path: str, api: Api, ours: list[str]) -> str | None:
    folder, _, rest = path.partition("/")
    if folder in ("hooks", "stand_ins"):
        return f"the folder of this SDK is `{folder}/{api.package.import_name}/`"
    if rest and folder not in _FOLDERS:
        return did_you_mean(f"{folder}/", [f"{name}/" for name in _FOLDERS])
    return did_you_mean(path, ours)
