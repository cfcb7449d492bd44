"""The pieces of LICENSE."""

from __future__ import annotations

from ..ir.package import Package


class LicensePage:
    """Either the `text` that somebody gave, or the `template` of a licence that is known."""

    def __init__(self, package: Package) -> None:
        self.text = package.license_text
        self.template = f"macros/licenses/{package.license}.txt"
