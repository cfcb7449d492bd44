"""Verdicts that follow from what programs did, beside those that `sdkloom diff` gives."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterator

import attrs

from sdkloom.ir.walk import all_definitions, all_resources
from sdkloom.specdiff.model import Column, Finding, Impact

from .calls import Calls
from .checking import Complaints
from .client_programs import ClientPrograms
from .documents import as_program, facts
from .execution import Run, credentials, run_all
from .names import Names
from .program import ANYWHERE, Program, Source, source
from .server import Server, server_of
from .spelling import Spelling
from .states import State
from .values import Values


class Ruling(enum.Enum):
    """What the machine says of a verdict."""

    PROVEN = "proven"
    REFUTED = "refuted"
    NOT_SEEN = "not seen"
    """Nothing shows that it is as bad as the verdict says."""
    UNDECIDED = "not decided"
    """The same, and `undecided.py` says why."""


@attrs.frozen(kw_only=True)
class Witness:
    """What one program shows for one column."""

    program: Program
    impact: Impact
    reason: str = ""


@attrs.frozen(kw_only=True)
class Judged:
    """One verdict of one finding, and what became of it."""

    rule: str
    column: Column
    claim: Impact
    ruling: Ruling
    pair: str
    message: str
    reason: str = ""


def programs_of(old: State, new: State) -> Source:
    """The programs that somebody could have written against the package of `old`. Values are drawn with an eye on the
    limits of `new`."""
    api = old.spec_state.api
    values = Values(old.document, [new.document], [*_deprecated_values(old), *_deprecated_values(new)])
    spelling = Spelling(old.package, all_definitions(api), values.keywords)
    names = Names(api=api, spelling=spelling, values=values)
    clients = ClientPrograms(api=api, other=new.spec_state.api)
    programs = [*names.programs(), *clients.programs(), *Calls(api=api, spelling=spelling, values=values).programs()]
    shown = frozenset(f"{old.package}.{api.client.class_name}({option}=)" for option in credentials(old))
    programs = [_with_credentials(each, shown) for each in programs]
    unique = list({(each.body, each.parameters, each.is_async, each.env): each for each in programs}.values())
    return source(old.package, (api.client.class_name, api.client.async_class_name), names.modules(), unique)


def _deprecated_values(state: State) -> list[str]:
    """Values that only sdk.yaml knows."""
    methods = [method for resource in all_resources(state.spec_state.api.resources) for method in resource.methods]
    listed = [method.deprecated_values for method in methods if method.deprecated_values is not None]
    old = [value.value for method in methods for value in method.old_values]
    return [value for each in listed for value, _ in each.values] + old


def _with_credentials(program: Program, symbols: frozenset[str]) -> Program:
    """A program that is given a client uses the credentials with which it was made."""
    if not any("client." in line for line in program.body):
        return program
    return attrs.evolve(program, touches=program.touches | symbols)


def witnesses(
    old: State, new: State, programs: Source, before: list[Complaints] | None, after: list[Complaints] | None
) -> dict[Column, list[Witness]]:
    """What the programs show. `before` and `after` are what pyright says of them with either package."""
    found: dict[Column, list[Witness]] = {column: [] for column in Column}
    if old.code != new.code or old.document != new.document:
        for column, witness in _of_programs(old, new, programs, before, after):
            found[column].append(witness)
    for column, impact, text in facts(old, new):
        found[column].append(Witness(program=as_program(text), impact=impact, reason="the documents say so"))
    return found


def _of_programs(
    old: State, new: State, programs: Source, before: list[Complaints] | None, after: list[Complaints] | None
) -> Iterator[tuple[Column, Witness]]:
    """What each program shows in each column that it is a witness of."""
    present, future = server_of(old), server_of(new)
    servers = [present] if present.does_as(future) else [present, future]
    runs = run_all(old, programs, old, servers, is_strict=True)
    control, wire = runs[0], runs[-1]
    (runtime,) = run_all(new, programs, old, servers[-1:], is_strict=False)
    for number, program in enumerate(programs.programs):
        if before is not None and after is not None and program.checked and not before[number].errors:
            yield Column.TYPING, _capped(program, *_typing(before[number], after[number]))
        if not program.runs or not control[number].is_good:
            continue
        if Column.RUNTIME in program.columns and not _never_comes(program, control[number], present, future):
            yield Column.RUNTIME, _capped(program, *_runtime(program, control[number], runtime[number], wire[number]))
        if Column.WIRE in program.columns:
            yield Column.WIRE, _capped(program, *_wire(program, control[number], wire[number], runtime[number]))


def _never_comes(program: Program, control: Run, present: Server, future: Server) -> bool:
    """Whether a program makes an object with something that the API gave, and doesn't give any more. What is made by
    hand stands for a response, and such a response never comes."""
    return any(
        future.values.excluded(program.made, value) - present.values.excluded(program.made, value)
        for value in map(json.loads, control.objects)
    )


def _capped(program: Program, impact: Impact, reason: str) -> Witness:
    """What an unusual program can't do any more needs a look."""
    if impact is Impact.BREAKS and not program.usual:
        impact = Impact.LOOK
    return Witness(program=program, impact=impact, reason=reason)


def _typing(before: Complaints, after: Complaints) -> tuple[Impact, str]:
    if after.errors:
        return Impact.BREAKS, after.errors[0]
    if len(after.style) > len(before.style):
        return Impact.LOOK, next(text for text in after.style if text not in before.style)
    return Impact.OK, ""


_NEVER = "what it reads never comes any more"


def _runtime(program: Program, before: Run, after: Run, outdated: Run) -> tuple[Impact, str]:
    """What becomes of a program with the new package. `outdated` is the old one, which gets the same responses."""
    if after.failed:
        return (Impact.LOOK if after.passed else Impact.BREAKS), after.error
    if program.awaits and not after.passed:
        return Impact.LOOK, _NEVER
    if after.passed < outdated.passed and not outdated.failed:
        return Impact.LOOK, "the old package makes more of the same responses"
    if after.warned - before.warned:
        return Impact.LOOK, min(after.warned - before.warned)
    if program.makes_client and Column.WIRE not in program.columns and after.sent != before.sent:
        return Impact.LOOK, f"sends {sorted(after.sent ^ before.sent)}"
    return Impact.OK, ""


def _wire(program: Program, before: Run, after: Run, updated: Run) -> tuple[Impact, str]:
    """What becomes of a program with the new server. `updated` is the new package, which gets the same responses."""
    if after.failed:
        reason = "; ".join(sorted(after.refused)) or after.error
        return (Impact.LOOK if after.passed else Impact.BREAKS), reason
    if updated.is_good and not after.passed:
        return Impact.BREAKS, "only the new package makes something of the responses"
    if program.awaits and not after.passed:
        return Impact.LOOK, _NEVER
    if updated.is_good and updated.understood == before.understood != after.understood:
        return Impact.BREAKS, f"is taken for {sorted(after.understood - before.understood)}"
    doubtful = after.doubtful - before.doubtful
    if doubtful:  # what the server passes over is lost, if there is another way to say it: the new package knows
        is_said_anew = (updated.sent, updated.bodies) != (before.sent, before.bodies)
        is_lost = updated.is_good and not updated.doubtful and is_said_anew
        return (Impact.BREAKS if is_lost else Impact.LOOK), min(doubtful)
    if updated.is_good and updated.sent != before.sent:
        return Impact.LOOK, f"sends {sorted(updated.sent ^ before.sent)}"
    return Impact.OK, ""


def judge(pair: str, findings: tuple[Finding, ...], found: dict[Column, list[Witness]]) -> Iterator[Judged]:
    """Yield what the witnesses say of every verdict, and of what no finding covers."""
    for column, seen in found.items():
        guilty: dict[str, Witness] = {}
        for witness in seen:
            if witness.impact is Impact.OK:
                continue
            near = [each for each in findings if _is_about(each, witness.program)]
            if any(each.verdict.of(column).rank >= witness.impact.rank for each in near):
                continue
            if not near:
                yield _judged("(nothing)", column, Impact.OK, Ruling.REFUTED, pair, "", witness)
            for each in near:
                guilty.setdefault(each.id, witness)
        for finding in findings:
            yield _ruling(pair, finding, column, seen, guilty.get(finding.id))


def _ruling(pair: str, finding: Finding, column: Column, seen: list[Witness], guilty: Witness | None) -> Judged:
    claim = finding.verdict.of(column)
    rule, message = finding.rule.id, finding.message
    if guilty is not None:
        return _judged(rule, column, claim, Ruling.REFUTED, pair, message, guilty)
    if claim is Impact.OK:
        return _judged(rule, column, claim, Ruling.PROVEN, pair, message)
    near = [each for each in seen if _is_about(finding, each.program)]
    exact = next((each for each in near if each.impact is claim), None)
    if exact is not None:
        return _judged(rule, column, claim, Ruling.PROVEN, pair, message, exact)
    worst = max((each.impact for each in near), key=lambda impact: impact.rank, default=Impact.OK)
    text = f"{len(near)} programs, the worst is {worst.value}"
    return attrs.evolve(_judged(rule, column, claim, Ruling.NOT_SEEN, pair, message), reason=text)


def _judged(
    rule: str, column: Column, claim: Impact, ruling: Ruling, pair: str, message: str, witness: Witness | None = None
) -> Judged:
    reason = "" if witness is None else f"{witness.impact.value}: {' ⏎ '.join(witness.program.body)} → {witness.reason}"
    return Judged(rule=rule, column=column, claim=claim, ruling=ruling, pair=pair, message=message, reason=reason)


def _is_about(finding: Finding, program: Program) -> bool:
    """Whether a program uses what a finding is about. What isn't about a Python name may concern any program."""
    names = [symbol for symbol in finding.symbols if _is_name(symbol)]
    return (
        not names
        or ANYWHERE in program.touches
        or any(_is_within(name, touched) for name in names for touched in program.touches)
    )


def _is_name(symbol: str) -> bool:
    return bool(re.match(r"(client\.|[a-z_0-9]+\.)", symbol)) and not symbol.startswith(("info.", "servers", "#"))


def _is_within(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    return one == other or (other.startswith(one) and other[len(one)] in ".[(")
