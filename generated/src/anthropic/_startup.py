"""What happens at import: next to nothing."""

from __future__ import annotations

import os


def setup_logging(package: str, variable: str) -> None:
    """Switch logging of a package on if the environment variable says `debug` or `info`. Read once, at import."""
    level = os.environ.get(variable)
    if level in ("debug", "info"):
        from ._http.logs import enable_logging

        enable_logging(level, package)
