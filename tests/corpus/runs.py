"""Commands with what they cost, and the steps that a document goes through, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import yaml

from ..mock.server import served
from ..wire.judge import VERBS, Judge
from ..wire.recorder import sent_by

ROOT = Path(__file__).resolve().parents[2]
OTHER_FILE = re.compile(r"""\$ref["']?\s*:\s*["']?[^#"'\s][^"'\s]*\.(?:ya?ml|json)""")
_WORD = re.compile(r"[A-Za-z]{3}")
IMPORTS = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    found = importlib.import_module(module.name)
    for name in getattr(found, "__all__", ()):
        getattr(found, name)
for name in package.__all__:
    getattr(package, name)
"""


@attrs.frozen
class Run:
    """How a command ended, and what it took."""

    code: int
    output: str
    seconds: float
    """Of the CPU."""
    megabytes: float
    """At its highest."""


@attrs.define
class Row:
    """What came of one document. What wasn't reached is `None`."""

    name: str
    operations: int = 0
    failed: str | None = None
    """The step that failed, with the last line that it printed."""
    strict: int | None = None
    """Errors of pyright."""
    kinds: Counter[str] = attrs.field(factory=Counter[str])
    """The rules of pyright that those errors break."""
    tests: str | None = None
    """The summary of pytest: of the package's own tests, against Prism if there is one."""
    wire: str | None = None
    """Faults of requests, and requests."""
    names: str | None = None
    """Names that `--suggest` finds fault with, and methods."""
    seconds: float = 0
    megabytes: float = 0
    lines: int = 0


def run(*command: str | Path, cwd: Path, **environment: str) -> Run:
    """Run a command; its output and its errors are one text."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **environment}, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Run(process.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


ENDS_PRISM = {"opc_baseline_31", "opc_baseline_30"}
"""Documents with a request at which Prism itself ends."""


class Failed(Exception):
    """A step ended with an error."""


def row_of(document: Path, folder: Path, left_out: set[str], prism: str | None) -> Row:
    """Take a document through all steps but those that are left out; `folder` is empty, `prism` the mock server."""
    row = Row(document.stem if document.stem != "openapi" else document.parent.name)
    try:
        spec = _copied(document, folder / "spec")
        package = _package(spec, folder, row)
        if "pyright" not in left_out:
            _check_types(package, row)
        if prism is not None and document.stem in ENDS_PRISM:
            row.tests = "Prism ends at it"
        elif prism is not None:
            row.tests = _tests_with_server(spec, package, prism)
        else:
            row.tests = _tests(package)
        if "wire" not in left_out:
            row.wire = _wire(spec, package)
    except Failed as failure:
        row.failed = str(failure)
    return row


def _copied(document: Path, folder: Path) -> Path:
    """A copy of the document, with the files around it if it refers to others."""
    if OTHER_FILE.search(document.read_text(encoding="utf-8")):
        shutil.copytree(document.parent, folder)
    else:
        folder.mkdir()
        shutil.copy(document, folder)
    return folder / document.name


def _package(spec: Path, folder: Path, row: Row) -> Path:
    """Generate, build, install and import; the folder of the package."""
    sdkloom = Path(sys.executable).with_name("sdkloom")
    package, site = folder / "package", folder / "site"
    _needed("init", run(sdkloom, "init", "--quiet", spec, cwd=folder))
    made = _needed("generate", run(sdkloom, "generate", "--quiet", spec, "--out", package, cwd=folder))
    row.seconds, row.megabytes = made.seconds, made.megabytes
    suggested = _needed("suggest", run(sdkloom, "generate", "--suggest", spec, cwd=folder)).output
    methods = set(re.findall(r'<code title="(\w+ [^"]*)"', (package / "api.md").read_text(encoding="utf-8")))
    doubted = re.findall(r"^ +\w+: \w+ /.*  # ", suggested, re.MULTILINE)
    row.names = f"{len(doubted)} of {len(methods)}"
    row.operations = len(_operations(_read(spec)))
    row.lines = sum(len(path.read_bytes().splitlines()) for path in (package / "src").rglob("*.py"))
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", package)
    _needed("build", run(*build, cwd=folder))
    (wheel,) = (folder / "dist").glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel)
    _needed("install", run(*pip, cwd=folder))
    (name,) = (path.name for path in (package / "src").iterdir() if path.is_dir())
    _needed("import", run(sys.executable, "-c", IMPORTS, name, cwd=folder, PYTHONPATH=str(site)))
    if len(methods) < row.operations:
        raise Failed(f"generate: {row.operations - len(methods)} operations have no method")
    return package


def _needed(step: str, ran: Run) -> Run:
    if ran.code != 0:
        raise Failed(f"{step}: {_last_line(ran.output)}")
    return ran


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1].strip("= ")


def _read(spec: Path) -> Any:
    text = spec.read_text(encoding="utf-8")
    return (
        json.loads(text) if spec.suffix == ".json" else yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    )


def _operations(document: Any) -> list[str]:
    """The operations of a document; paths that stand in other files aren't looked into."""
    return [f"{verb} {path}" for path, item in (document.get("paths") or {}).items() for verb in VERBS if verb in item]


def _check_types(package: Path, row: Row) -> None:
    """Let pyright read the package as strictly as it can."""
    settings = {"include": ["src"], "typeCheckingMode": "strict", "venvPath": str(Path(sys.prefix).parent)}
    settings |= {"venv": Path(sys.prefix).name, "pythonVersion": "3.10"}
    (package / "pyrightconfig.json").write_text(json.dumps(settings))
    ran = run(Path(sys.executable).with_name("pyright"), "--outputjson", cwd=package)
    try:
        found = json.loads(ran.output[ran.output.index("{") :])["generalDiagnostics"]
    except ValueError:
        raise Failed(f"pyright: {_last_line(ran.output)}") from None
    errors = [each for each in found if each["severity"] == "error"]
    row.strict = len(errors)
    row.kinds = Counter(each.get("rule", "syntax") for each in errors)
    for each in errors[:5]:
        place = f"{Path(each['file']).relative_to(package)}:{each['range']['start']['line'] + 1}"
        print(f"    {place}: {each['message'].splitlines()[0][:200]}", file=sys.stderr)


def _tests(package: Path, **environment: str) -> str:
    """What the package's own tests say; without a server they need none."""
    pytest = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=")
    return _last_line(run(*pytest, cwd=package, **environment).output).partition(" in ")[0]


def _tests_with_server(spec: Path, package: Path, prism: str) -> str:
    """What the package's own tests say while Prism serves the document."""
    try:
        with served(spec, prism, spec.parent) as (url, _):
            return _tests(package, TEST_API_BASE_URL=url, NO_PROXY="127.0.0.1")
    except (SystemExit, Exception) as error:  # Prism stops at documents that it can't serve
        lines = [line.strip() for line in str(error).splitlines() if _WORD.search(line)]
        said = [line for line in lines if line.startswith("message:")] or lines or [type(error).__name__]
        return f"not served: {said[-1].removeprefix('message: ')[:100]}"


def _wire(spec: Path, package: Path) -> str:
    """What the requests of the package's own tests are, by the document alone."""
    try:
        judge = Judge(_read(spec))
        requests = sent_by(package)
    except Exception as error:  # openapi-core stops at documents that it can't read
        return f"not judged: {type(error).__name__}"
    faults: dict[str, str] = {}
    unread: Counter[str] = Counter()
    for seen in requests:
        try:
            faults |= {f"{seen.method} {seen.target}": fault for fault in judge.faults(seen)}
        except Exception as error:  # it also stops at single schemas
            unread[type(error).__name__] += 1
    for target, fault in list(faults.items())[:5]:
        print(f"    {target}: {fault[:200]}", file=sys.stderr)
    more = f", {sum(unread.values())} not judged: {', '.join(sorted(unread))}" if unread else ""
    return f"{len(faults)} of {len(requests)}{more}"
