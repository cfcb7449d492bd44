"""The version that a change calls for: Semantic Versioning 2.0.0 (semver.org), with its rule for 0.x."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .model import TAGS, Bump, Finding, Impact, Section, Version

_RELEASE = re.compile(r"\d+(?:\.\d+)*")


def due_version(
    findings: Iterable[Finding], before: str, given: str, *, same_package: bool, said_by: str = "sdk.yaml"
) -> Version:
    """What the package's version has to be. `same_package` says that nothing in the package changes; `said_by` is what
    gives the version `given`, `""` if it is only a default. Tags give the version that is due, or a later one.

    What breaks in one of the three columns is major, also where the package stays the same; what adds or changes
    something is minor; documentation is a patch. Below 1.0.0 each is one step smaller: what breaks is minor, everything
    else a patch.
    """
    level = max((_level(finding) for finding in findings), key=_rank, default=Bump.PATCH)
    if same_package and level is not Bump.MAJOR:
        level = Bump.NONE
    bump = level
    old = _parts(before)
    if old[0] == 0 and level is not Bump.NONE:
        bump = Bump.MINOR if level is Bump.MAJOR else Bump.PATCH
    due = _raised(old, bump)
    if said_by == TAGS:
        given = before if bump is Bump.NONE else ".".join(map(str, due))
    return Version(
        level=level,
        bump=bump,
        before=before,
        given=given,
        said_by=said_by,
        due=before if bump is Bump.NONE else ".".join(map(str, due)),
        is_enough=bump is Bump.NONE or _parts(given) >= due,
    )


def _level(finding: Finding) -> Bump:
    if finding.verdict.worst is Impact.BREAKS:
        return Bump.MAJOR
    return Bump.PATCH if finding.rule.section in (Section.DOCUMENTATION, Section.INTERNAL) else Bump.MINOR


def _rank(bump: Bump) -> int:
    return tuple(Bump).index(bump)


def _parts(version: str) -> tuple[int, int, int]:
    """The first three numbers of a version; what follows them, such as `rc1`, doesn't count."""
    found = _RELEASE.match(version)
    numbers = [int(number) for number in found[0].split(".")] if found else []
    major, minor, patch, *_ = [*numbers, 0, 0, 0]
    return major, minor, patch


def _raised(version: tuple[int, int, int], bump: Bump) -> tuple[int, int, int]:
    major, minor, patch = version
    match bump:
        case Bump.MAJOR:
            return major + 1, 0, 0
        case Bump.MINOR:
            return major, minor + 1, 0
        case Bump.PATCH:
            return major, minor, patch + 1
        case Bump.NONE:
            return version
