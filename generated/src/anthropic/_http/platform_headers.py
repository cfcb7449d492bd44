"""The headers that tell the server what the caller runs on."""

from __future__ import annotations

import platform
import sys
from functools import cache
from typing import Dict

from .._sdk import SDK


@cache
def _fixed_headers() -> Dict[str, str]:
    return {
        "X-Stainless-Lang": "python",
        "X-Stainless-Package-Version": SDK.version,
        "X-Stainless-OS": _system(),
        "X-Stainless-Arch": _architecture(),
        "X-Stainless-Runtime": platform.python_implementation(),
        "X-Stainless-Runtime-Version": platform.python_version(),
    }


def platform_headers() -> Dict[str, str]:
    """Return language, package version, system, architecture, interpreter and its version, as headers."""
    return dict(_fixed_headers())


def _system() -> str:
    try:
        system = platform.system().lower()
        name = platform.platform().lower()
    except Exception:
        return "Unknown"
    if "iphone" in name or "ipad" in name:
        return "iOS"
    if "android" in name:
        return "Android"
    known = {"darwin": "MacOS", "windows": "Windows", "freebsd": "FreeBSD", "openbsd": "OpenBSD", "linux": "Linux"}
    return known.get(system) or (f"Other:{name}" if name else "Unknown")


def _architecture() -> str:
    try:
        machine = platform.machine().lower()
    except Exception:
        return "unknown"
    if machine in ("arm64", "aarch64"):
        return "arm64"
    if machine == "arm":
        return "arm"
    if machine == "x86_64":
        return "x64"
    if sys.maxsize <= 2**32:
        return "x32"
    return f"other:{machine}" if machine else "unknown"
