"""A plugin of pytest: what the tests import as httpx is httpx2."""

from __future__ import annotations

import sys
from typing import Any

import httpx2

modules: dict[str, Any] = sys.modules
modules["httpx"] = httpx2
