"""Bases, and schemas that are `allOf` of them."""

from __future__ import annotations

import pytest

from ...lowering import request, response

CHILDREN = """
        Disk:
          allOf: [{$ref: "#/components/schemas/Source"}, {type: object, properties: {path: {type: string}}}]
        Net:
          allOf: [{$ref: "#/components/schemas/Source"}]
"""
BASE = """
        Source:
          type: object
          required: [kind]
          properties: {kind: {type: string}, label: {type: string}}
          discriminator: {propertyName: kind, mapping: {disk: "#/components/schemas/Disk", net: Net MORE}}
"""
LISTED = '          oneOf: [{$ref: "#/components/schemas/Disk"}, {$ref: "#/components/schemas/Net"}]\n'


@pytest.mark.parametrize("listed", ["", LISTED])
def test_a_base_is_the_union_of_its_children(listed: str) -> None:
    lowered = response((BASE + listed + CHILDREN).replace("MORE", ""), root="Source")
    assert lowered.module("source") == ["Source = explicit kind {disk: Disk, net: Net}"]
    assert [line.strip() for line in lowered.module("disk")] == [
        "model Disk",
        "kind: str",
        "label?: Optional[str]",
        "path?: Optional[str]",
    ]
    assert [line.strip() for line in lowered.module("net")] == ["model Net", "kind: str", "label?: Optional[str]"]
    assert lowered.codes == []


def test_a_base_that_the_mapping_names_is_a_variant_of_its_own() -> None:
    lowered = response((BASE + CHILDREN).replace("MORE", ", any: Source"), root="Source")
    assert lowered.module("source")[-1] == "Source = explicit kind {any: SourceBase, disk: Disk, net: Net}"


def test_children_of_children_are_variants_too() -> None:
    lowered = response(
        BASE.replace("MORE", "")
        + CHILDREN
        + '        Fast: {allOf: [{$ref: "#/components/schemas/Disk"}, {properties: {speed: {type: integer}}}]}\n',
        root="Source",
    )
    assert lowered.module("source") == ["Source = explicit kind {disk: Disk, net: Net, Fast: Fast}"]


def test_requests_have_the_union_too() -> None:
    lowered = request((BASE + LISTED + CHILDREN).replace("MORE", ""), '{$ref: "#/components/schemas/Source"}')
    assert lowered.module("source_param") == ["SourceParam = Union[DiskParam, NetParam]"]


def test_a_property_that_is_all_of_a_base_is_the_union() -> None:
    owner = """
        Owner:
          type: object
          required: [of]
          properties: {of: {allOf: [{$ref: "#/components/schemas/Source"}]}}
"""
    lowered = response((owner + BASE + CHILDREN).replace("MORE", ""), root="Owner")
    assert lowered.module("owner")[1].strip() == "of: Source"


ONE_OF = """
        Owner:
          type: object
          properties: {of: {oneOf: [{$ref: "#/components/schemas/Disk"}, {$ref: "#/components/schemas/Net"}]}}
"""
STRANGER = "        Tape: {type: object, required: [kind], properties: {kind: {type: string}}}\n"


def test_children_that_meet_elsewhere_are_told_apart_by_the_tag_of_their_base() -> None:
    lowered = response((ONE_OF + BASE + CHILDREN).replace("MORE", ""), root="Owner")
    assert lowered.module("owner")[-1] == "Of = explicit kind {disk: Disk, net: Net}"
    assert lowered.codes == []


def test_a_union_with_others_than_children_is_not() -> None:
    text = ONE_OF.replace('Net"}]', 'Net"}, {$ref: "#/components/schemas/Tape"}]')
    lowered = response((text + BASE + CHILDREN + STRANGER).replace("MORE", ""), root="Owner")
    assert lowered.module("owner")[1].strip() == "of?: Optional[Union[Disk, Net, Tape]]"
