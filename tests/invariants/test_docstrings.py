"""Every public function says what it does, and what it raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from .docstrings import in_folder, offenders

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("folder", ["generator/sdkloom", "templates/runtime", "templates/hooks", "generated/src"])
def test_public_functions_are_documented(folder: str) -> None:
    """The hooks of `_converters` are explained once, in its `__init__`."""
    assert [line for line in in_folder(ROOT / folder) if "/_converters/" not in line] == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def f(): ...", "has no docstring"),
        ("class C:\n    def f(self): ...", "C.f has no docstring"),
        ('def f():\n    """F."""\n    raise ValueError', "raises ValueError"),
        (
            'def f():\n    """F.\n\n    Raises:\n        KeyError: why.\n    """\n    raise ValueError("x")',
            "raises ValueError",
        ),
        ('def f(error):\n    """F."""\n    if error:\n        raise error', "raises ?"),
    ],
)
def test_what_is_missing_is_noticed(source: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(source, encoding="utf-8")
    assert [line.endswith(complaint) for line in offenders(file)] == [True]


@pytest.mark.parametrize(
    "source",
    [
        "def _f(): ...",
        "class _C:\n    def f(self): ...",
        "class C:\n    @override\n    def f(self): ...",
        'def f():\n    """F.\n\n    Raises:\n        ValueError: why.\n    """\n    raise ValueError("x")',
        'def f():\n    """F."""\n    def g():\n        raise ValueError',
        'def f():\n    """F."""\n    try: ...\n    except ValueError:\n        raise',
    ],
)
def test_what_is_enough(source: str, tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(source, encoding="utf-8")
    assert list(offenders(file)) == []
