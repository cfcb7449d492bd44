from __future__ import annotations

import pytest

from sdkloom.document.config import Name
from sdkloom.lower.names.name_patterns import LONGEST, NameList, NamePattern


@pytest.mark.parametrize(
    ("pattern", "schema", "text", "due"),
    [
        ("Request{X}", "RequestTextBlock", "{X}Param", "TextBlockParam"),
        ("Request{X}", "Request", "{X}Param", "Param"),
        ("Request{X}", "RequestedItem", "{X}Param", None),
        ("Request{X}", "BetaRequestItem", "{X}Param", None),
        ("{Beta}Request{X}", "BetaRequestItem", "{Beta}{X}", "BetaItem"),
        ("{Beta}Request{X}", "RequestItem", "{Beta}{X}", "Item"),
        ("{Beta}Request{X}", "AlphaRequestItem", "{Beta}{X}", None),
        ("{Beta}{X}", "Betamax", "{Beta}2{X}", "2Betamax"),
        ("Tool_{D}", "Tool_20250124", "Tool{D}", "Tool20250124"),
        ("{X}", "request_pet", "My{X}", "MyRequestPet"),
        ("{A}Of{B}", "CrateOfBeerOfMine", "{B}{A}", "BeerOfMineCrate"),
        ("{A}To{A}", "MapToMap", "{A}", "Map"),
        ("Pet", "Pet", "Animal", "Animal"),
        ("Pet", "Pets", "Animal", None),
    ],
)
def test_holes_stand_for_words(pattern: str, schema: str, text: str, due: str | None) -> None:
    made = NamePattern(Name(text=pattern))
    assert (made.filled(schema, text) if made.fits(schema) else None) == due


def test_names_go_before_patterns() -> None:
    names = NameList([Name(text="{X}Pet"), Name(text="MyPet")])
    assert [str(names.entry_for(schema)) for schema in ("MyPet", "YourPet", "Dog")] == ["MyPet", "{X}Pet", "None"]


def test_long_names_take_no_long_time() -> None:
    pattern = NamePattern(Name(text="{A}{B}!"))
    assert not pattern.fits("A" * LONGEST)
    assert not pattern.fits("A" * 100_000)
    assert not NamePattern(Name(text="{A}{B}{C}{D}{E}!")).fits("A!")
