"""The spec as Prism 5 can serve it: Prism knows OpenAPI up to 3.1, and takes no path that has a query.

Nothing of a request's description changes. Event streams become texts, with the serialized example as the example;
an operation whose path has a query gets a path of its own, and the gate leads there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml


def read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


def for_prism(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The document to serve, and where it has the paths of the spec that have a query."""
    routes = {path: without_query(path) for path in document["paths"] if "?" in path}
    paths = {routes.get(path, path): item for path, item in document["paths"].items()}
    served = {**document, "paths": paths}
    if document.get("openapi", "").startswith("3.2"):
        served = {**changed(served, event_stream), "openapi": "3.1.0"}
    return served, routes


def without_query(path: str) -> str:
    """`/v1/messages?beta=prompt_caching` as `/v1/messages/beta/prompt_caching`"""
    return re.sub(r"[?&=]", "/", path)


def changed(value: Any, change: Callable[[str, Any], Any]) -> Any:
    """A copy of a document in which `change` has seen each member of each mapping."""
    if isinstance(value, dict):
        return {key: change(key, changed(item, change)) for key, item in value.items()}
    return [changed(item, change) for item in value] if isinstance(value, list) else value


def event_stream(key: str, media: Any) -> Any:
    """A media type of 3.2 in words of 3.1."""
    if key != "text/event-stream" or not isinstance(media, dict):
        return media
    examples = {
        name: {"value": example.get("serializedValue", example.get("value"))}
        for name, example in media.get("examples", {}).items()
    }
    return {"schema": {"type": "string"}, "examples": examples}
