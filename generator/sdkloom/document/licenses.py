"""Licences by their SPDX expressions (spdx.dev/learn/handling-license-info; in Python packages: PEP 639)."""

from __future__ import annotations

import re

from .model import License

_WORD = re.compile(r"[a-z0-9.]+")
_IDLE = frozenset({"the", "license", "licence", "version", "v"})
_SPOKEN = {
    "0bsd": "0BSD",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "bsd 2 clause": "BSD-2-Clause",
    "bsd 3 clause": "BSD-3-Clause",
    "isc": "ISC",
    "mit": "MIT",
    "mozilla public 2.0": "MPL-2.0",
    "mpl 2.0": "MPL-2.0",
}
"""What people call licences, without `_IDLE` words."""


def spdx_expression(text: str) -> str | None:
    """Return an SPDX expression as SPDX spells it; `None` if it is none, or names a licence that SPDX doesn't know."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression  # not always needed

    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return None


def license_of(license: License | None) -> str | None:
    """Return the SPDX expression that a document says; `None` where it says none, or a licence of its own.

    That is its `identifier`; else its `name`, if it is an expression or one of the usual names: `Apache 2.0`.
    """
    if license is None:
        return None
    if license.identifier:
        return spdx_expression(license.identifier)
    name = license.name or ""
    words = [word for word in _WORD.findall(name.lower()) if word not in _IDLE]
    return _SPOKEN.get(" ".join(words)) or (spdx_expression(name) if name else None)
