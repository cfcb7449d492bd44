"""The public surface: our own list of it, and the facts about the reference's."""

from __future__ import annotations

from pathlib import Path

from .contract import misses
from .surface import LIST, surface

EXPLAINED = Path(__file__).parent / "data" / "contract_misses.tsv"


def test_the_public_surface_is_as_listed() -> None:
    """If the change is meant: `python -m tests.invariants.surface --write`."""
    assert surface().splitlines() == LIST.read_text(encoding="utf-8").splitlines()


def test_members_differ_from_the_reference_only_where_explained() -> None:
    explained = dict(line.split("\t", 1) for line in EXPLAINED.read_text(encoding="utf-8").splitlines())
    assert {member.name: explained.get(member.name) for member, _ in misses()} == explained
