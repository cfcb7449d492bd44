"""Documents of any size: the spec of this project, several times side by side in one document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent


def multiplied(copies: int, changed: bool = False) -> str:
    """Return the spec `copies` times as one JSON document: each copy has paths, operation ids and schemas of its own.

    If `changed`, a schema of the first copy has one more property.
    """
    text = (ROOT / "spec" / "anthropic.yaml").read_text()
    spec: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Copies", "version": "1.0"},
        "servers": spec["servers"],
        "paths": {},
        "components": {"schemas": {}},
    }
    parts = json.dumps({"paths": spec["paths"], "components": spec["components"]})
    for number in range(copies):
        copy = json.loads(parts.replace("#/components/schemas/", f"#/components/schemas/C{number}"))
        for path, item in copy["paths"].items():
            for operation in item.values():
                if isinstance(operation, dict) and "operationId" in operation:
                    operation["operationId"] += f"_{number}"
            whole["paths"][f"/c{number}{path}"] = item
        for name, schema in copy["components"].pop("schemas").items():
            whole["components"]["schemas"][f"C{number}{name}"] = schema
        whole["components"] = copy["components"] | whole["components"]  # parameters and the like are shared
    if changed:
        whole["components"]["schemas"]["C0Usage"]["properties"]["one_more"] = {"type": "string"}
    return json.dumps(whole, indent=1)
