"""The rule table: every fact that a comparison can find, with its verdict in the three columns.

A verdict is three letters, for wire, typing and runtime: `o` is fine, `l` needs a look, `b` breaks. The wire column
asks about clients of the base and a server of the revision; the other two ask about programs that move to the new
package. Request and response differ: what widens a response widens what programs must handle, what widens a request
breaks nobody. At run time the package is tolerant: undeclared keys are kept, unknown values pass, unknown variants
become `UnknownVariant`, and requests aren't checked against their types.
"""

from __future__ import annotations

from . import client, document, methods, types
from .rule import RULES, ByDirection, RenameRules

__all__ = ["RULES", "ByDirection", "RenameRules", "client", "document", "methods", "types"]
