"""Takes documents from `sdkloom init` to a checked package, and prints a table.

    python -m tests.corpus [FOLDER or FILE …] [--without wire] [--write docs/corpus.md]

Without arguments, the documents that this repository has. The small ones come first. For each: `init`, `generate`,
a wheel, its installation into an empty folder, the import of every module and of every name of an `__all__`; then
pyright (strict), the package's own tests (against Prism if there is one), and what their requests are by an independent
reader.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .runs import ROOT, Row, row_of

OURS = (
    ROOT / "examples" / "fastapi-service" / "openapi.json",
    ROOT / "tests" / "specdiff" / "corpus",
    ROOT / "tests" / "wire" / "documents",
)
HEAD = """\
# Whole documents

<!-- Printed by `make corpus ARGS='--write docs/corpus.md'`. -->

Each document of others in this repository, and the service of the guide, goes from `sdkloom init` to a package that is
built, installed, imported and checked. Where they come from and their licences stand in the README beside them: that of
[tests/wire/documents](../tests/wire/documents/README.md) and of
[tests/specdiff/corpus](../tests/specdiff/corpus/README.md).
`make corpus SPECS=folder` makes the table for documents of yours.

"""
LEGEND = """
| column | says |
|---|---|
| whole | it is generated, built, installed and imported, and each operation has a method; else the step that failed |
| strict | errors of pyright, in strict mode |
| tests | what the package's own tests say while Prism, a mock server of others, serves the document if it is there |
| wire | requests of those tests that are not as the document says, of how many, by openapi-core |
| names | methods whose name `--suggest` would change, and how many there are |
| seconds, MB | CPU and memory of `sdkloom generate` |
| lines | lines of the package for each operation; about 11,000 lines are there without any |

Prism sends no events where a document has no example of them: those are the failures of `fastapi-service`. It ends by
itself at a request that `opc_baseline_31` describes. openapi-core reads no form that has a member of several types
(`not judged`), and takes JSON that is called `application/vnd+json` for bytes: a part of the findings there is that.
Of documents of yours Prism refuses integers beyond 2^53, also those of `format: int64`, and reads no members of bodies
whose media type doesn't exist (`application/form-data`).
"""
COLUMNS = ("document", "operations", "whole", "strict", "tests", "wire", "names", "seconds", "MB", "lines")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("specs", metavar="SPEC", type=Path, nargs="*", help="a document, or a folder of them")
    parser.add_argument("--without", choices=("pyright", "wire"), action="append", default=[])
    parser.add_argument("--prism", help="the command that runs Prism, which serves documents to the tests")
    parser.add_argument("--write", type=Path, help="put the table into this file, too")
    options = parser.parse_args()
    rows: list[Row] = []
    print(line(COLUMNS), line(["---"] * len(COLUMNS)), sep="\n", flush=True)
    for document in documents(options.specs or OURS):
        folder = Path(tempfile.mkdtemp(prefix="corpus-"))
        try:
            rows.append(row_of(document, folder, set(options.without), options.prism))
        finally:
            shutil.rmtree(folder)
        print(line(cells(rows[-1])), flush=True)
    kinds = sum((row.kinds for row in rows), Counter[str]())
    if kinds:
        print(f"\npyright: {', '.join(f'{rule} {count}' for rule, count in kinds.most_common())}")
    if options.write:
        table = "\n".join(map(line, [COLUMNS, ["---"] * len(COLUMNS), *map(cells, rows)]))
        options.write.write_text(f"{HEAD}{table}\n{LEGEND}", encoding="utf-8")
    return int(any(row.failed or row.strict for row in rows))


def documents(given: list[Path] | tuple[Path, ...]) -> list[Path]:
    """The documents, the small ones first."""
    found = [
        path
        for each in given
        for path in (each.resolve().iterdir() if each.is_dir() else [each.resolve()])
        if path.suffix in (".json", ".yaml", ".yml") and path.is_file()
    ]
    return sorted(found, key=lambda path: path.stat().st_size)


def cells(row: Row) -> list[str]:
    strict = "" if row.strict is None else str(row.strict)
    cost = [f"{row.seconds:.1f}", f"{row.megabytes:.0f}", f"{row.lines / row.operations:.0f}" if row.operations else ""]
    whole = row.failed or "yes"
    return [row.name, str(row.operations), whole, strict, row.tests or "", row.wire or "", row.names or "", *cost]


def line(values: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(value.replace('|', chr(92) + '|') for value in values)} |"


if __name__ == "__main__":
    sys.exit(main())
