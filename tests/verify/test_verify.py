"""`sdkloom verify` on what is as it should be, and its parts by themselves."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from sdkloom.cli.arguments import parse
from sdkloom.cli.main import run as run_command
from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import CHECKS
from sdkloom.verify.examples import Examples
from sdkloom.verify.known_differences import (
    BOUNDS,
    EXTRA_KEYS,
    FOLDED_PAYLOAD,
    FREE_OBJECT,
    MISSING_NULLABLE,
    NULL_FOR_OPTIONAL,
    ONLY_NULL,
    READ_ONLY,
    REFERENCE_STRICTER,
    REQUIRED_NULLABLE,
    TABLE,
    UNSAID,
    WRITE_ONLY,
    WRITE_ONLY_KEY,
    KnownDifference,
)
from sdkloom.verify.leniencies import LENIENCIES
from sdkloom.verify.mutations import mutations
from sdkloom.verify.order import shuffled, shuffled_text
from sdkloom.verify.schema_oracle import SchemaOracle
from sdkloom.verify.schemas import Schemas

from .targets import PETS, ROOT, read, target, verify

Case = tuple[KnownDifference, dict[str, Any], Any]


def run(*arguments: str) -> int:
    return run_command(parse(["verify", *arguments]), DiagnosticSink())


def test_the_spec_of_this_project(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything agrees; no difference is known because there is none."""
    monkeypatch.chdir(ROOT)
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[check, "ok"] for check in CHECKS]
    counts = {line.split()[0]: [int(number) for number in re.findall(r"\d+", line)] for line in lines}
    assert counts["hooks"][0] >= 4
    joined, agreed, *rest = counts["static"]
    assert joined == agreed > 40 and not any(rest)
    types, examples, accepted, broken, agreed, failures = counts["payloads"]
    assert types >= 20 and examples == accepted > 100 and agreed == examples + broken and not failures


def test_a_small_document() -> None:
    outcomes = verify(target())
    assert {check: outcome.failures for check, outcome in outcomes.items()} == dict.fromkeys(CHECKS, 0)
    assert outcomes["static"].known_differences == {
        READ_ONLY: 1,
        WRITE_ONLY: 1,
        REQUIRED_NULLABLE: 1,
    }
    assert dict(outcomes["payloads"].counts[:3])[9] == "types"
    assert set(outcomes["payloads"].known_differences) == {
        MISSING_NULLABLE,
        WRITE_ONLY_KEY,
        REFERENCE_STRICTER,
    }


def test_one_check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert run("tests/verify/pets.yaml", "--only", "compile", "--only", "static") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["compile", "static"]


def test_a_failure_is_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "bad.yaml").write_text("openapi: 3.1.0\npaths: 1\n", encoding="utf-8")
    assert run(str(tmp_path / "bad.yaml")) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "error[DOC006]" in captured.err


def test_without_datamodel_code_generator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sdkloom.verify.reference_models._is_installed", lambda: False)
    assert run("tests/verify/pets.yaml", "--only", "static", "--only", "payloads") == 1
    captured = capsys.readouterr()
    assert captured.out.split() == ["static", "left", "out", "payloads", "left", "out"]
    assert captured.err.count("error[VER001]") == 1 and "pip install 'sdkloom[verify]'" in captured.err


def test_documents_of_several_files() -> None:
    sink = DiagnosticSink()
    outcomes = verify(attrs.evolve(target(), other_files=("cats.yaml",)), "static", "compile", sink=sink)
    assert outcomes["static"].is_left_out and not outcomes["compile"].is_left_out
    assert [each.code for each in sink.diagnostics] == ["VER016"]


def test_the_table_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--explain") == 0
    printed = capsys.readouterr().out
    ids = [row.id for row in TABLE]
    assert len(ids) == len(set(ids))
    assert re.findall(r"^([a-z-]+) \(", printed, re.MULTILINE) == ids
    documented = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    table = documented.partition("## Known differences")[2]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE) == ids


class TestExamples:
    DOCUMENT = target().document

    def drawn(self, name: str, count: int = 8, seed: int = 0) -> list[Any]:
        return Examples(self.DOCUMENT, seed).draw(f"#/components/schemas/{name}", count)

    def test_the_seed_decides(self) -> None:
        assert self.drawn("PetList") == self.drawn("PetList")
        assert self.drawn("PetList") != self.drawn("PetList", seed=1)

    def test_every_variant_is_drawn(self) -> None:
        assert {each["kind"] for each in self.drawn("Pet", 4)} == {"cat", "dog"}
        assert {each["size"] for each in self.drawn("Parcel", 4)} == {"s", "l"}

    def test_the_least_and_the_fullest_come_first(self) -> None:
        least, fullest, *_ = self.drawn("Owner")
        assert set(least) == {"id", "home", "friend"}
        assert set(fullest) == {"id", "role", "home", "friend", "born", "weight"}

    def test_recursion_ends(self) -> None:
        assert all(len(json.dumps(each)) < 20_000 for each in self.drawn("Dog", 20))
        assert any(each.get("friend") is None for each in self.drawn("Owner", 20))

    def test_what_has_no_end_is_not_drawn(self) -> None:
        endless = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/A"}}}
        document = {"components": {"schemas": {"A": endless}}}
        assert Examples(document, 0).draw("#/components/schemas/A", 3) == []

    @pytest.mark.parametrize(
        "schema",
        [
            {"type": "integer", "minimum": 3, "maximum": 4},
            {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
            {"type": "number", "multipleOf": 0.25, "minimum": 1},
            {"type": "string", "pattern": "^AC[0-9a-f]{32}$"},
            {"type": "string", "minLength": 30},
            {"type": "string", "maxLength": 1},
            {"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3},
            {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            {"type": "object", "propertyNames": {"enum": ["a", "b"]}, "additionalProperties": {"type": "string"}},
            {"type": ["string", "null"]},
            {"allOf": [{"required": ["a"]}, {"properties": {"a": {"type": "string"}}}]},
            {"enum": [1, "a", None]},
        ],
    )
    def test_examples_fit_their_schema(self, schema: dict[str, Any]) -> None:
        document = {"components": {"schemas": {"A": schema}}}
        drawn = Examples(document, 0).draw("#/components/schemas/A", 6)
        oracle = SchemaOracle(document, Schemas(document))
        assert drawn and all(oracle.allows("#/components/schemas/A", each) for each in drawn)


def test_mutations() -> None:
    payload = {"a": "x", "b": {"c": [{"d": 1}]}}
    found = list(mutations(payload, random.Random(0), everything=True))
    ways = {(each.path, each.how) for each in found}
    assert {(("a",), how) for how in ("removed", "null", "other type", "other text")} <= ways
    assert any(each.path[:2] == ("b", "c") for each in found)
    assert all(each.payload != payload for each in found) and payload == {"a": "x", "b": {"c": [{"d": 1}]}}
    assert next(each.payload for each in found if each.how == "removed") == {"b": {"c": [{"d": 1}]}}


NULLABLE = {"type": ["string", "null"]}
LENIENT: list[Case] = [
    (BOUNDS, {"type": "string", "maxLength": 1}, "abc"),
    (NULL_FOR_OPTIONAL, {"properties": {"a": {"type": "string"}}}, {"a": None}),
    (MISSING_NULLABLE, {"required": ["a"], "properties": {"a": NULLABLE}}, {}),
    (MISSING_NULLABLE, {"allOf": [{"properties": {"a": NULLABLE}}, {"required": ["a"]}]}, {}),
    (
        MISSING_NULLABLE,
        {"required": ["a"], "properties": {"a": {"nullable": True, "type": "string"}}},
        {},
    ),
    (FREE_OBJECT, {"type": "object"}, [1]),
    (ONLY_NULL, {"properties": {"a": {"type": "null"}}}, {"a": 1}),
    (EXTRA_KEYS, {"properties": {"a": NULLABLE}, "additionalProperties": False}, {"b": 1}),
    (WRITE_ONLY_KEY, {"properties": {"a": {"type": "string", "writeOnly": True}}}, {"a": 1}),
    (
        FOLDED_PAYLOAD,
        {"properties": {"a": NULLABLE}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {},
    ),
    (UNSAID, {"type": "array", "prefixItems": [{"type": "string"}], "items": False}, ["a", 1]),
]


@pytest.mark.parametrize(("leniency", "schema", "payload"), LENIENT)
def test_leniencies(leniency: KnownDifference, schema: dict[str, Any], payload: Any) -> None:
    """Each one is told from the others, and takes nothing that is of a wrong type."""
    document = {"components": {"schemas": {"A": schema}}}
    oracle = SchemaOracle(document, Schemas(document))
    assert oracle.allows("#/components/schemas/A", payload) is False
    assert oracle.leniency("#/components/schemas/A", payload) is leniency


def test_every_leniency_has_a_case() -> None:
    assert {leniency for leniency, _, _ in LENIENT} == set(LENIENCIES)


@pytest.mark.parametrize(
    ("schema", "payload"),
    [
        ({"type": "string", "maxLength": 1}, 1),
        ({"required": ["a"], "properties": {"a": {"type": "string"}}}, {"a": None}),
        ({"required": ["a"], "properties": {"a": {"type": "string"}}}, {}),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, []),
        ({"properties": {"a": {"enum": ["x"]}}}, {"a": "y"}),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, 1.5),
    ],
)
def test_what_is_never_tolerated(schema: dict[str, Any], payload: Any) -> None:
    document = {"components": {"schemas": {"A": schema}}}
    assert SchemaOracle(document, Schemas(document)).tolerates("#/components/schemas/A", payload) is False


def test_keys_are_shuffled_where_they_have_no_order() -> None:
    names = [f"k{number}" for number in range(20)]
    before = {"properties": dict.fromkeys(names, 1), "schemas": dict.fromkeys(names, 1)}
    after = shuffled(before, random.Random(0))
    assert after == before
    assert list(after["properties"]) == names and list(after["schemas"]) != names
    text = shuffled_text("a.yaml", "b: 2024-01-01\na: [no, 1.0]\n", random.Random(1))
    assert json.loads(text) == {"b": "2024-01-01", "a": ["no", 1.0]}


def test_nothing_is_written_beside_the_spec(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A names.lock that the spec has outgrown is left alone, and is no failure."""
    monkeypatch.chdir(tmp_path)
    text = read(PETS)
    Path("pets.yaml").write_text(text, encoding="utf-8")
    generated = ["generate", "pets.yaml", "--templates", str(ROOT / "templates"), "--out", "out"]
    assert run_command(parse([*generated, "--lock"]), DiagnosticSink()) == 0
    lock = Path("names.lock").read_bytes()
    Path("pets.yaml").write_text(text.replace("nickName", "petName"), encoding="utf-8")
    assert run("pets.yaml", "--templates", str(ROOT / "templates"), "--only", "order") == 0
    assert Path("names.lock").read_bytes() == lock
    assert sorted(path.name for path in tmp_path.iterdir()) == ["names.lock", "out", "pets.yaml"]
    assert run_command(parse(generated), DiagnosticSink()) == 0
    assert Path("names.lock").read_bytes() != lock
