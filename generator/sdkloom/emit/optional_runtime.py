"""Modules of the runtime that only some SDKs need. The others don't get them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..ir.api import Api

OPTIONAL_RUNTIME: Mapping[str, Callable[[Api], bool]] = {
    "_security.py": lambda api: bool(api.client.schemes),
    "_request/security.py": lambda api: bool(api.client.schemes),
    "_http/tokens.py": lambda api: any(scheme.grants for scheme in api.client.schemes),
    "_servers.py": lambda api: api.client.servers is not None,
}
"""The path of a module below `templates/runtime/` → whether an SDK needs it."""


def is_needed(path: str, api: Api) -> bool:
    """Whether the module at `path` below `templates/runtime/` is a part of this SDK."""
    needed = OPTIONAL_RUNTIME.get(path)
    return needed is None or needed(api)
