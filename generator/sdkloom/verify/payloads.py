"""The check `payloads`: what the reference models accept, the generated classes accept and write back alike; what is
broken, both refuse."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import Rule
from ..diagnostics.span import Span
from ..ir.definitions import Alias, Definition, Model, TaggedUnion
from ..ir.symbols import field_symbol, type_symbol
from ..ir.types import TypeName
from ..ir.walk import all_definitions, named_types
from . import known_differences, process
from .examples import Examples, TooLarge
from .mutations import Mutation, Path, mutations
from .outcome import Outcome
from .schema_oracle import SchemaOracle
from .schemas import Json, Schemas, as_list, as_object
from .static import ReferenceFields
from .target import Target

_FORMATS = ("base64", "bytes", "ip_", "time_delta", "time_parsing", "time_type", "url_", "uuid_", "value_error")
"""How pydantic's names of errors about formats begin."""

_NOTHING = "(nothing)"
_ROOM = 200_000_000
"""Characters that all payloads of a run may have."""

_SHOWN = 160
"""Characters of a payload that a message shows."""


@attrs.define(kw_only=True, eq=False)
class Case:
    """A generated type, the reference models of the same schema, and the payloads that both validate."""

    definition: Definition
    reference_models: tuple[str, ...]
    """The names of their classes."""

    mutations: list[Mutation | None] = attrs.field(factory=list["Mutation | None"])
    """For each payload what was done to it, if anything."""

    payloads: list[Json] = attrs.field(factory=list[Json])
    size: int = 0
    """Characters of all payloads as JSON, about."""

    def add(self, mutation: Mutation | None, payload: Json, size: int) -> None:
        """Add a payload of so many characters."""
        self.mutations.append(mutation)
        self.payloads.append(payload)
        self.size += size


def check(target: Target, schemas: Schemas, fields: ReferenceFields, seed: int, count: int, outcome: Outcome) -> None:
    """Run the check, with up to `count` examples of each schema, which follow from `seed`.

    Raises:
        RunnerFailed: the generated package or the reference models don't run.
    """
    cases = list(_cases(target, fields, seed, count, outcome))
    requests = [
        {
            "module": ".".join((target.package, *case.definition.name.package, case.definition.name.module)),
            "name": case.definition.name.name,
            "reference_models": case.reference_models,
            "payloads": case.payloads,
        }
        for case in cases
    ]
    responses = process.ask(target.files, "payloads", fields.models.module, package=target.package, cases=requests)
    _Comparison(target, schemas, fields, outcome).all(cases, responses)


def _cases(target: Target, fields: ReferenceFields, seed: int, count: int, outcome: Outcome) -> Iterator[Case]:
    """Everything that is made from JSON: models, unions of models, names of those. What is too large is left out, and
    counted."""
    definitions = all_definitions(target.api)
    room = _ROOM
    left_out = 0
    examples = Examples(target.document, seed)
    for definition in definitions.values():
        names = fields.models.classes.get(definition.pointer, ())
        if not names and isinstance(definition, Model) and len(fields.classes(definition.pointer)) == 1:
            names = fields.classes(definition.pointer)
        if not names or not _is_response(definition, definitions):
            continue
        try:
            case = _case(definition, names, examples, seed, count, room)
        except TooLarge:
            outcome.sink.report(run_catalog.EXAMPLE_TOO_LARGE, definition.span, pointer=definition.pointer)
            left_out += 1
            continue
        room -= case.size
        yield case
    if left_out:
        outcome.count(left_out, "types not checked")


def _case(definition: Definition, names: tuple[str, ...], examples: Examples, seed: int, count: int, room: int) -> Case:
    """The payloads of a type.

    Raises:
        TooLarge: they are larger than the budget, or have more than `room` characters.
    """
    case = Case(definition=definition, reference_models=names)
    chance = random.Random(f"{seed} {definition.pointer} {definition.name.name}")
    for position, payload in enumerate(examples.draw(definition.pointer, count)):
        size = len(json.dumps(payload))
        case.add(None, payload, size)
        for mutation in mutations(payload, chance, everything=position == 1):
            case.add(mutation, mutation.payload, size)
            if case.size > room:
                raise TooLarge
    return case


def _is_response(definition: Definition, definitions: Mapping[TypeName, Definition]) -> bool:
    if isinstance(definition, (Model, TaggedUnion)):
        return True
    if not isinstance(definition, Alias):
        return False
    inner = [definitions[name] for name in named_types(definition.type)]
    return bool(inner) and all(isinstance(each, (Model, TaggedUnion)) for each in inner)


class _Comparison:
    """Sorts the responses: agreement, known difference, or failure."""

    def __init__(self, target: Target, schemas: Schemas, fields: ReferenceFields, outcome: Outcome) -> None:
        self._target = target
        self._outcome = outcome
        self._definitions = all_definitions(target.api)
        unions = [each for each in self._definitions.values() if isinstance(each, TaggedUnion) and each.explicit]
        self._mapped = {variant.type for union in unions for variant in union.variants}
        self._pointers: dict[str, set[str]] = {}
        for pointer, names in fields.models.classes.items():
            place = schemas.at(pointer)
            same = {pointer, *([schemas.bare(place).pointer] if place else [])}
            for name in names:
                self._pointers.setdefault(name, set()).update(same)
        self._generated: dict[str, Definition] = {}
        for definition in self._definitions.values():
            name = definition.name
            self._generated[".".join((target.package, *name.package, name.module, name.name))] = definition
            for found in fields.classes(definition.pointer) if isinstance(definition, Model) else ():
                self._pointers.setdefault(found, set()).add(definition.pointer)
        self._oracle = SchemaOracle(target.document, schemas)
        self._reported: set[tuple[object, ...]] = set()

    def all(self, cases: list[Case], responses: list[list[Any]]) -> None:
        """Sort the responses to all cases, and count them."""
        drawn = accepted = broken = agreed = 0
        for case, results in zip(cases, responses):
            usable = False
            for position, (mutation, result) in enumerate(zip(case.mutations, results)):
                if mutation is None:
                    usable = _accepts(result)
                    drawn += 1
                    accepted += usable
                else:
                    broken += usable
                if usable:
                    before = self._outcome.failures
                    agreed += self._one(case, case.payloads[position], mutation, result)
                    usable = mutation is not None or before == self._outcome.failures
        self._outcome.count(len(cases), "types")
        self._outcome.count(drawn, "examples")
        self._outcome.count(accepted, "accepted by the reference models")
        self._outcome.count(broken, "broken ones")
        self._outcome.count(agreed, "agree")

    def _one(self, case: Case, payload: Json, mutation: Mutation | None, result: Any) -> bool:
        """Whether both sides agree on a payload."""
        if result == 0:
            return True
        wrong = self._wrong_variant(case, payload, result)
        if result.get("agree"):
            return not wrong
        if result["reference"]["accepts"] is not result["generated"]["accepts"]:
            self._differ(case, payload, mutation, result["reference"], result["generated"])
        elif not wrong:
            self._written(case, payload, result)
        return False

    def _differ(self, case: Case, payload: Json, mutation: Mutation | None, reference: Any, generated: Any) -> None:
        """One side accepts the payload, the other one refuses it."""
        reason = self._explained(case, payload, None if reference["accepts"] else reference)
        if reason is not None:
            self._outcome.accept(reason)
            return
        says, side = (reference, "reference model") if generated["accepts"] else (generated, "generated class")
        error = says["errors"][0]
        symbol, span = self._field_at(case.definition, error["path"])
        words = f"{_dotted(error['path'])}: {error['message']}" if error["path"] else error["message"]
        done = f"with `{_dotted(mutation.path)}` {_DONE[mutation.how]}" if mutation else "as drawn"
        other = "generated class" if side == "reference model" else "reference model"
        self._fail(
            (case.definition.name, side, symbol, error["message"]),
            run_catalog.VALIDATED_DIFFERENTLY,
            span,
            payload,
            symbol=symbol,
            done=done,
            accepts=other,
            refuses=side,
            error=words,
        )

    def _explained(self, case: Case, payload: Json, reference: Any) -> known_differences.KnownDifference | None:
        """The known difference that this is, if it is one: JSON Schema decides. `reference` is `None` if it accepts."""
        pointer = case.definition.pointer
        if payload is None:
            return known_differences.NULL_APART
        if reference is None:
            return known_differences.REFERENCE_LAXER if self._oracle.tolerates(pointer, payload) is False else None
        if self._oracle.allows(pointer, payload):
            is_format = all(error["type"].startswith(_FORMATS) for error in reference["errors"])
            return known_differences.FORMATS if is_format else known_differences.REFERENCE_STRICTER
        return self._oracle.leniency(pointer, payload)

    def _wrong_variant(self, case: Case, payload: Json, result: Any) -> bool:
        """Whether the two sides took a part of the payload for different schemas."""
        for path, reference, generated in result["pairs"]:
            definition, theirs = self._generated.get(generated), self._pointers.get(reference)
            if definition is None or not theirs or not definition.pointer or definition.pointer in theirs:
                continue
            reason = self._ambiguity(definition, theirs, _leaf(payload, tuple(path)))
            if reason is not None:
                self._outcome.accept(reason)
                continue
            symbol = type_symbol(self._target.package, definition.name)
            self._fail(
                (case.definition.name, generated, reference),
                run_catalog.OTHER_VARIANT,
                case.definition.span,
                payload,
                symbol=type_symbol(self._target.package, case.definition.name),
                part=f"`{_dotted(path)}`" if path else "it",
                ours=symbol,
                theirs=min(theirs),
            )
            return True
        return False

    def _ambiguity(self, ours: Definition, theirs: set[str], value: Json) -> known_differences.KnownDifference | None:
        """Why `value` may be what the generated classes took it for. A discriminator of the document decides alone."""
        if not self._oracle.tolerates(ours.pointer, value):
            return None
        if not any(self._oracle.tolerates(pointer, value) for pointer in theirs):
            return known_differences.REFERENCE_LAXER
        return None if ours.name in self._mapped else known_differences.AMBIGUOUS

    def _written(self, case: Case, payload: Json, result: Any) -> None:
        """Both accept the payload, but something came out differently."""
        one, two, lenient = result["reference"]["dump"], result["generated"]["dump"], result["lenient"]
        changed = list(_changes(one, two))
        rewritten = [path for path, theirs, ours in changed if _is_rewritten(theirs, ours, _leaf(payload, path))]
        if changed and len(rewritten) == len(changed):
            self._outcome.accept(known_differences.REFERENCE_REWRITES)
        for path, theirs, ours in changed:
            if path not in rewritten:
                self._unlike(case, payload, path, "the reference model", theirs, "the generated class", ours)
        if two != lenient["dump"]:
            for path, strict, loose in _changes(two, lenient["dump"]):
                self._unlike(case, payload, path, "validation", strict, "the converter", lenient.get("crash", loose))
        elif not lenient["same"]:
            self._unlike(case, payload, (), "validation", "one class", "the converter", "another one")

    def _unlike(self, case: Case, payload: Json, path: Path, one: str, first: object, two: str, second: object) -> None:
        symbol, span = self._field_at(case.definition, list(path))
        self._fail(
            (case.definition.name, symbol, one),
            run_catalog.WRITTEN_DIFFERENTLY,
            span,
            payload,
            symbol=symbol,
            one=one,
            first=_cut(first),
            two=two,
            second=_cut(second),
        )

    def _field_at(self, definition: Definition, path: list[Any]) -> tuple[str, Span]:
        """The field that a path leads to, if it is one of the definition itself."""
        package = self._target.package
        if isinstance(definition, Model) and path:
            found = next((field for field in definition.fields if field.wire_name == path[0]), None)
            if found is not None:
                return field_symbol(package, definition, found), found.span
        return type_symbol(package, definition.name), definition.span

    def _fail(self, key: tuple[object, ...], rule: Rule, span: Span, payload: Json, **facts: str) -> None:
        """A failure is reported once for each field and way."""
        if key in self._reported:
            return
        self._reported.add(key)
        self._outcome.fail(rule, span, hint=f"the payload: {_cut(payload)}", **facts)


_DONE = {"removed": "removed", "null": "set to null", "other type": "of another type", "other text": "another text"}


def _changes(one: Json, two: Json, path: Path = ()) -> Iterator[tuple[Path, Json, Json]]:
    """Where two values differ, as deep as that can be said; a missing key is told from null."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in dict.fromkeys([*as_object(one), *as_object(two)]):
            yield from _changes(as_object(one).get(key, _NOTHING), as_object(two).get(key, _NOTHING), (*path, key))
    elif isinstance(one, list) and isinstance(two, list) and len(as_list(one)) == len(as_list(two)):
        for position, (first, second) in enumerate(zip(as_list(one), as_list(two))):
            yield from _changes(first, second, (*path, position))
    elif one != two:
        yield path, one, two


def _is_rewritten(theirs: Json, ours: Json, sent: Json) -> bool:
    return isinstance(theirs, str) and isinstance(ours, str) and ours == sent


def _leaf(payload: Json, path: Path) -> Json:
    for step in path:
        payload = as_object(payload).get(step) if isinstance(step, str) else as_list(payload)[step]
    return payload


def _accepts(result: Any) -> bool:
    return result != 0 and (result.get("agree", False) or result["reference"]["accepts"])


def _dotted(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))


def _cut(payload: Json) -> str:
    text = json.dumps(payload, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
