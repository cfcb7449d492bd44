"""Verdicts that no program can decide, and why. Short, and each entry is needed: a test looks."""

from __future__ import annotations

UNDECIDED: dict[str, dict[str, str]] = {}
"""By rule and column."""
