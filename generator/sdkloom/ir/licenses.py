"""The licences that packages have the text of."""

from __future__ import annotations

LICENSE_TEXTS = frozenset({"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"})
"""SPDX identifiers. The texts are those of the SPDX license list; they stand in `templates/macros/licenses/`."""
