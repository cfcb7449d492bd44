"""The reference of sdk.yaml as Markdown: every key with an example, from the JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

import attrs
import yaml

Schema: TypeAlias = "dict[str, Any]"

_HEAD = """\
# The keys of sdk.yaml

<!-- Printed by `sdkloom schema --markdown`. -->

Every key, with an example. All are optional but those that are called required. `NAME` stands for a name of yours or of
the document, `[]` for each member of a list. [sdk-yaml.md](sdk-yaml.md) explains by subject what they are good for.
"""


@attrs.frozen
class Section:
    """The keys of one kind of mapping, and the places where such a mapping stands."""

    schema: Schema
    places: list[str]

    @property
    def place(self) -> str:
        """The shortest of the places."""
        return min(self.places, key=len)

    @property
    def title(self) -> str:
        """The heading: the shortest place, and what the mapping is, where there may be another kind."""
        return ", ".join(part for part in (self.place, self.schema.get("title")) if part and self.place)


def render(schema: Schema) -> str:
    """Return the reference for the JSON Schema of sdk.yaml."""
    found = sections(schema)
    parts = [_HEAD]
    for pointer, section in found.items():
        parts.append(f"## {section.title or 'At the top'}\n")
        if section.title:
            parts.append(section.schema["description"] + "\n")
        if others := [place for place in section.places if place != section.place]:
            parts.append(f"Also at {', '.join(f'`{place}`' for place in others)}.\n")
        parts.append("| key | example | meaning |\n|---|---|---|")
        required = section.schema.get("required", ())
        for name, value in section.schema["properties"].items():
            meaning = ("Required. " if name in required else "") + _meaning(schema, value)
            below = {target for target, _ in _mappings(schema, f"{pointer}/properties/{name}")}
            if links := [f"[{one.title}](#{_anchor(one.title)})" for key, one in found.items() if key in below]:
                meaning += f" Keys: {', '.join(links)}."
            parts.append(f"| `{name}` | {_example(name, value)} | {_cell(meaning)} |")
        parts.append("")
    return "\n".join(parts)


def sections(schema: Schema) -> dict[str, Section]:
    """Return the mappings with keys of their own, by the pointer of their schema, in reading order."""
    found: dict[str, Section] = {}
    pending = [("#", "")]
    while pending:
        pointer, place = pending.pop(0)
        one = _at(schema, pointer)
        if pointer in found:
            if place not in found[pointer].places:
                found[pointer].places.append(place)
            continue
        found[pointer] = Section(one, [place])
        below = [
            (target, f"{place}.{name}{suffix}".lstrip("."))
            for name in one["properties"]
            for target, suffix in _mappings(schema, f"{pointer}/properties/{name}")
        ]
        pending = [*below, *pending]
    return found


def _mappings(schema: Schema, pointer: str) -> Iterator[tuple[str, str]]:
    """The mappings with keys of their own that a value may be or hold, and what leads from the value to them."""
    one = _at(schema, pointer)
    if "$ref" in one:
        yield from _mappings(schema, one["$ref"])
    if "properties" in one:
        yield pointer, ""
    for key, suffix in (("items", "[]"), ("additionalProperties", ".NAME"), ("else", ""), ("then", "")):
        if isinstance(one.get(key), dict):
            yield from ((target, f"{suffix}{rest}") for target, rest in _mappings(schema, f"{pointer}/{key}"))


def _at(schema: Schema, pointer: str) -> Schema:
    one = schema
    for key in pointer.split("/")[1:]:
        one = one[key]
    return one


def _example(name: str, value: Schema) -> str:
    """The first example as YAML on one line."""
    if "examples" not in value:
        return ""
    return f"`{_cell(_flow({name: value['examples'][0]})[1:-1])}`"


def _flow(value: object) -> str:
    """A value as YAML on one line."""
    dump = cast("Callable[..., str]", yaml.safe_dump)  # pyright: ignore[reportUnknownMemberType]
    text = dump(value, default_flow_style=True, width=10_000, sort_keys=False, allow_unicode=True)
    return text.splitlines()[0]


def _meaning(schema: Schema, value: Schema) -> str:
    """What a key means, with the words that are allowed and the default, as far as the description doesn't say them."""
    merged = {**(_at(schema, value["$ref"]) if "$ref" in value else {}), **value}
    text = merged["description"]
    words = [str(word) for word in merged.get("enum", ())]
    if not all(f"`{word}`" in text for word in words):
        text += f" One of {', '.join(f'`{word}`' for word in words)}."
    if "default" in merged and "Default:" not in text:
        text += f" Default: `{_flow(merged['default'])}`."
    return str(text)


def _anchor(title: str) -> str:
    """The anchor of a heading, as GitHub and mkdocs make it."""
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter in "_-")


def _cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|")
