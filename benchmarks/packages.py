"""The package of this environment, behind one face: `anthropic`, or what openapi-python-client generates."""

from __future__ import annotations

import importlib.util
from typing import Any

if importlib.util.find_spec("anthropic"):
    from anthropic import types

    HAS_JSON = True

    def read(name: str, data: dict[str, Any]) -> Any:
        """Make a model from decoded JSON, the way a response is read."""
        return getattr(types, name).construct(**data)

    def make(name: str, data: dict[str, Any]) -> Any:
        """Make a model by its constructor."""
        return getattr(types, name)(**data)

else:
    from anthropic_api_client import models

    HAS_JSON = False

    def read(name: str, data: dict[str, Any]) -> Any:
        """Make a model from decoded JSON, the way a response is read."""
        return getattr(models, name).from_dict(data)

    make = None
