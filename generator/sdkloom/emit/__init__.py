"""IR → files: what is generated where, printing, formatting, writing. Nothing is decided here."""

from __future__ import annotations

from .render import render as render
from .write import Changes as Changes
from .write import compare as compare
from .write import write as write
