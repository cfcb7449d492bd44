"""Findings as data: what a rule says, where, and about which Python names."""

from __future__ import annotations

import enum
import hashlib
from functools import cached_property

import attrs

from ..diagnostics.span import Span


class Impact(enum.Enum):
    """What a change does in one column, from harmless to bad."""

    OK = "ok"
    LOOK = "look"
    BREAKS = "breaks"

    @property
    def rank(self) -> int:
        """0 for harmless, 2 for bad."""
        return _RANKS.index(self)


_RANKS = (Impact.OK, Impact.LOOK, Impact.BREAKS)


class Column(enum.Enum):
    """The three questions. The value is the name of the field of `Verdict`."""

    WIRE = "wire"
    """Would an old client and the server still understand each other?"""

    TYPING = "typing"
    """Would code that type-checked still do so?"""

    RUNTIME = "runtime"
    """Would code that ran still run?"""


@attrs.frozen
class Verdict:
    """What is said to the three questions."""

    wire: Impact
    typing: Impact
    runtime: Impact

    def of(self, column: Column) -> Impact:
        """Return the impact in one column."""
        impact: Impact = getattr(self, column.value)
        return impact

    @property
    def worst(self) -> Impact:
        """The worst impact of the three."""
        return max((self.wire, self.typing, self.runtime), key=lambda impact: impact.rank)

    def covers(self, other: Verdict) -> bool:
        """Return whether `other` is worse in no column."""
        return all(self.of(column).rank >= other.of(column).rank for column in Column)


class Section(enum.Enum):
    """Where a finding stands in a changelog that nobody has to be warned by."""

    REMOVED = "Removed"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    ADDED = "Added"
    DOCUMENTATION = "Documentation"
    INTERNAL = "Internal"
    """Nothing that users of the package notice; left out of the changelog."""


@attrs.frozen(kw_only=True)
class Rule:
    """One entry of the table in `rules`. `wording`, `hint` and `keeping` are `str.format` templates; the first two are
    plain sentences without a full stop."""

    id: str
    verdict: Verdict
    section: Section
    wording: str
    hint: str | None = None
    keeping: str | None = None
    """Lines for sdk.yaml that keep what was."""


@attrs.frozen(kw_only=True, slots=False)
class Finding:
    """One fact about the change, with its verdict.

    `key` names the subject and the detail apart from any place or revision, so `id` is the same in every comparison
    that finds the same fact. `base` and `revision` are the places in the two specs; one of them is missing for what was
    added or removed. `symbols` are the Python names that users write. `files` are generated files (paths below the
    output folder) in which the change shows, and `words` are what to look for there.
    """

    rule: Rule
    key: str
    message: str
    hint: str | None = None
    symbols: tuple[str, ...] = ()
    pointer: str = ""
    base: Span | None = None
    revision: Span | None = None
    files: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    suggestion: str | None = None
    """Lines for sdk.yaml that keep an old name, or give what is new another one."""
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    """What the placeholders of the wording stand for."""
    resource: str = ""
    """The part of the SDK that it is about, such as `client.beta.sessions`; `client` for what is about all of it."""
    cause: str = ""
    """The id of the finding that it follows from, and with which it is told."""

    @cached_property
    def id(self) -> str:
        """Eight hexadecimal digits, made of the rule and of what the finding is about."""
        return hashlib.sha256(f"{self.rule.id}\n{self.key}".encode("utf-8", "surrogatepass")).hexdigest()[:8]

    @property
    def verdict(self) -> Verdict:
        """What its rule says to the three questions."""
        return self.rule.verdict


@attrs.frozen(kw_only=True)
class Ignored:
    """A finding that the ignore file takes out of the count, with the reason given there and the last day
    (ISO 8601) on which that holds."""

    finding: Finding
    reason: str
    expires: str


class Bump(enum.Enum):
    """The part of a version that has to grow (semver.org, 2.0.0)."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


TAGS = "tags"
"""What gives a version that nobody knows before it is built."""


@attrs.frozen(kw_only=True)
class Version:
    """What the findings ask of the package's version. `level` is what the change calls for; below 1.0.0 `bump` is one
    step smaller. `before` is the base's version, `given` the revision's, `due` the least that is enough."""

    level: Bump
    bump: Bump
    before: str
    given: str
    due: str

    is_enough: bool
    said_by: str = "sdk.yaml"
    """What gives the revision's version: `sdk.yaml`, `the document`, `TAGS` of git, or `""` for nothing."""


@attrs.frozen(kw_only=True)
class Report:
    """Everything that the output formats show. `base` and `revision` say what was compared, as the user named it.

    `findings` are sorted: the worst first, then by place. `sources` has the texts of the spec files by the names in the
    spans. `code` has the unified diff of every generated file that changes, by path; it is empty when nobody asked for
    the code. `changelog` is the Markdown entry.
    """

    base: str
    revision: str
    package: str
    findings: tuple[Finding, ...]
    lone_resources: frozenset[str] = frozenset()
    """The resources that only one of the two states has."""
    ignored: tuple[Ignored, ...] = ()
    version: Version
    changelog: str
    sources: dict[str, str] = attrs.field(factory=dict[str, str], eq=False, repr=False)
    code: dict[str, str] = attrs.field(factory=dict[str, str], eq=False, repr=False)

    def count(self, column: Column, impact: Impact) -> int:
        """Return how many findings say `impact` in `column`, without those that follow from another one."""
        return sum(finding.verdict.of(column) is impact for finding in self.findings if not finding.cause)

    def worst(self, column: Column) -> Impact:
        """Return the worst impact of all findings in `column`; harmless, if there are none."""
        found = [finding.verdict.of(column) for finding in self.findings]
        return max(found, key=lambda impact: impact.rank, default=Impact.OK)
