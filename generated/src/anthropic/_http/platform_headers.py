"""The headers that tell the server what the caller runs on."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Dict, Tuple

from .._sdk import SDK


@cache
def _fixed_headers() -> Dict[str, str]:
    return {
        "X-Stainless-Lang": "python",
        "X-Stainless-Package-Version": SDK.version,
        "X-Stainless-OS": _system(*_uname()),
        "X-Stainless-Arch": _architecture(_uname()[2].lower()),
        "X-Stainless-Runtime": _implementation(),
        "X-Stainless-Runtime-Version": sys.version.partition(" ")[0],
    }


def platform_headers() -> Dict[str, str]:
    """Return language, package version, system, architecture, interpreter and its version, as headers."""
    return dict(_fixed_headers())


def _uname() -> Tuple[str, str, str]:
    """System, release, machine. `platform` takes long to import, and asks another process for the processor."""
    try:
        system, _, release, _, machine = os.uname()
    except AttributeError:  # Windows
        import platform

        return platform.system(), platform.release(), platform.machine()
    return system, release, machine


def _implementation() -> str:
    if sys.implementation.name == "cpython":
        return "CPython"
    import platform

    return platform.python_implementation()


def _system(system: str, release: str, machine: str) -> str:
    name = f"{system}-{release}-{machine}".lower()
    if "iphone" in name or "ipad" in name:
        return "iOS"
    if "android" in name:
        return "Android"
    known = {"darwin": "MacOS", "windows": "Windows", "freebsd": "FreeBSD", "openbsd": "OpenBSD", "linux": "Linux"}
    return known.get(system.lower()) or (_other_system() if system else "Unknown")


def _other_system() -> str:
    import platform

    return f"Other:{platform.platform().lower()}"


def _architecture(machine: str) -> str:
    if machine in ("arm64", "aarch64"):
        return "arm64"
    if machine == "arm":
        return "arm"
    if machine == "x86_64":
        return "x64"
    if sys.maxsize <= 2**32:
        return "x32"
    return f"other:{machine}" if machine else "unknown"
