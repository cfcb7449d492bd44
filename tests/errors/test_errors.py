"""One folder per mistake: `<CODE>_<slug>/` holds `spec.yaml` (or `spec.json`), maybe `sdk.yaml` and further files
(`stages.py` says which), and `expected.txt`: the listing that a user sees. `make snapshots` writes `expected.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from sdkloom.diagnostics import (
    catalog,
    config_catalog,
    lint_catalog,
    listing,
    media_catalog,
    overlay_catalog,
    page_catalog,
    run_catalog,
    stream_catalog,
)
from sdkloom.diagnostics.model import Rule
from sdkloom.lint import rule_page

from .stages import run

HERE = Path(__file__).parent
pytestmark = pytest.mark.filterwarnings("ignore:\\s*Can not relate snapshot name")

MODULES = (
    catalog,
    config_catalog,
    lint_catalog,
    media_catalog,
    overlay_catalog,
    page_catalog,
    run_catalog,
    stream_catalog,
)
CATALOG = {rule.code for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)}
CATALOG |= {advice.rule.code for advice in rule_page.advices()}
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_"))


class ListingExtension(SingleFileSnapshotExtension):
    """The snapshot is `expected.txt` in the folder of the case."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"
    root = HERE

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        case = test_location.nodename.partition("[")[2].removesuffix("]")
        return str(cls.root / case)

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        """Only `expected.txt`: an update deletes whatever it finds here and doesn't know."""
        found = SnapshotCollections()
        location = Path(self.dirname(test_location=test_location), "expected.txt")
        if location.exists():
            found.add(self.read_snapshot_collection(snapshot_location=str(location)))
        return found

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: object = 0) -> str:
        return "expected"


@pytest.mark.parametrize("case", CASES)
def test_listing(case: str, snapshot: SnapshotAssertion, tmp_path: Path) -> None:
    sink, texts = run(HERE / case, tmp_path)
    text = listing.render(sink.diagnostics, texts).replace(str(tmp_path), "<scratch>")
    assert f"[{case.split('_')[0]}]: " in text
    assert text == snapshot.use_extension(ListingExtension)


@pytest.mark.parametrize("code", sorted(CATALOG))
def test_every_code_has_a_case(code: str) -> None:
    assert [case for case in CASES if case.split("_")[0] == code]


def test_cases_are_named_after_codes() -> None:
    assert not [case for case in CASES if case.split("_")[0] not in CATALOG]
