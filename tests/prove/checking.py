"""What pyright in strict mode says of programs. One run for many packages: each has a folder with its own programs and
with those of the packages that came before it or stand beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs

from .program import Source
from .states import State

_STYLE = frozenset(
    {
        "reportDeprecated",
        "reportUnnecessaryCast",
        "reportUnnecessaryComparison",
        "reportUnnecessaryContains",
        "reportUnnecessaryIsInstance",
    }
)
"""Rules that find what is superfluous or old: the program is right, and only strict checkers complain."""


@attrs.define
class Complaints:
    """What is said of one program."""

    errors: list[str] = attrs.field(factory=list[str])
    style: list[str] = attrs.field(factory=list[str])


Key = tuple[str, str]
"""The state whose package is used, and the one whose programs are checked."""


def check(
    states: Mapping[str, State], sources: Mapping[str, Source], wanted: list[Key], folder: Path
) -> dict[Key, list[Complaints]]:
    """Check the programs of a state with the package of another one, for each of the wanted pairs.

    Raises:
        RuntimeError: pyright doesn't run, or checks something else.
    """
    files: dict[str, Key] = {}
    for package, programs in dict.fromkeys(wanted):
        root = folder / package
        if not root.exists():
            states[package].write(root)
        path = root / f"programs_{programs}.py"
        path.write_text(sources[programs].checked_text, encoding="utf-8")
        files[str(path)] = (package, programs)
    config = {
        "include": [str(Path(path).relative_to(folder)) for path in sorted(files)],
        "executionEnvironments": [
            {"root": str(folder / package)} for package in sorted({key[0] for key in files.values()})
        ],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.10",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pyright",
        "--outputjson",
        "--project",
        str(folder),
        "--pythonpath",
        sys.executable,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
        found, count = report["generalDiagnostics"], report["summary"]["filesAnalyzed"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:]) from error
    if count != len(files):
        raise RuntimeError(f"pyright checked {count} files instead of {len(files)}")
    said = {key: [Complaints() for _ in sources[key[1]].programs] for key in files.values()}
    for each in found:
        key = files.get(each["file"])
        number = None if key is None else sources[key[1]].at(each["range"]["start"]["line"])
        if key is None or number is None or each["severity"] == "information":
            continue
        rule = each.get("rule", "")
        complaints = said[key][number]
        (complaints.style if rule in _STYLE else complaints.errors).append(f"{rule}: {each['message']}")
    return said
