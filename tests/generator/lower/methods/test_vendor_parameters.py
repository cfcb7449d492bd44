"""Names and types of parameters that extensions of other generators give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.lowering import lower_text

SPEC = (Path(__file__).parents[3] / "errors/LOW180_vendor_parameter/spec.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("config", "names"),
    [
        (None, ["trace", "span", "kinds"]),
        ("vendor_extensions: true\n", ["trace", "span", "kinds"]),
        ("vendor_extensions: false\n", ["x_trace", "x_span", "pet_kinds"]),
        ("parameters: {X-Trace: {rename: mine}}\n", ["mine", "span", "kinds"]),
    ],
)
def test_names(config: str | None, names: list[str]) -> None:
    lowered = lower_text(SPEC, config, head="")
    assert [param.name for param in lowered.method("pets.list").params] == names
    assert set(lowered.codes) == (set() if config and "vendor" in config else {"LOW180"})


def test_type() -> None:
    assert "header kinds?: List[str]" in lower_text(SPEC, head="").signature("pets.list")
    plain = lower_text(SPEC, "vendor_extensions: false\n", head="")
    assert "header pet_kinds?: str" in plain.signature("pets.list")


def test_names_are_made_fit_for_python() -> None:
    spec = SPEC.replace("x-fern-parameter-name: trace", 'x-fern-parameter-name: "Class *"').replace(
        ": span", ": timeout"
    )
    names = [param.name for param in lower_text(spec, head="").method("pets.list").params]
    assert names == ["class_", "timeout_", "kinds"]
