"""The report as JUnit XML, the form in which CI servers show tests.

One suite per column, with one case per finding: a case fails if the finding breaks in that column, is skipped if it
needs a look or is ignored, and passes otherwise. A fourth suite has one case, the version. Nothing has a time.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ...diagnostics.terminal import printable_lines
from ..model import Column, Finding, Impact, Report
from . import overview
from .prose import one_line


def render(report: Report) -> str:
    """An XML document, with all texts on one line where the form has attributes."""
    root = Element("testsuites", name=f"sdkloom diff {report.package}")
    for column in Column:
        _column(SubElement(root, "testsuite", name=column.value), report, column)
    _version(SubElement(root, "testsuite", name="version"), report)
    for suite in [*root, root]:
        _count(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _column(suite: Element, report: Report, column: Column) -> None:
    for finding in report.findings:
        case = _case(suite, finding)
        impact = finding.verdict.of(column)
        if impact is Impact.BREAKS:
            SubElement(case, "failure", type=finding.rule.id, message=one_line(finding.message)).text = _details(
                finding
            )
        elif impact is Impact.LOOK:
            SubElement(case, "skipped", message="needs a look")
            SubElement(case, "system-out").text = _details(finding)
    for ignored in report.ignored:
        case = _case(suite, ignored.finding)
        SubElement(case, "skipped", message=one_line(f"ignored {overview.ignored_note(ignored)}"))
    if len(suite) == 0:
        # Some servers take a suite without cases for a failure.
        SubElement(suite, "testcase", classname="nothing-changed", name=one_line(overview.headline(report)))


def _case(suite: Element, finding: Finding) -> Element:
    case = SubElement(suite, "testcase", classname=finding.rule.id, name=one_line(f"{finding.message} [{finding.id}]"))
    for _, span in overview.places(finding)[-1:]:
        case.set("file", one_line(span.file))
        case.set("line", str(span.line))
    return case


def _details(finding: Finding) -> str:
    lines = [overview.verdict_words(finding.verdict)]
    lines += [f"{state}: {overview.place(span)}" for state, span in overview.places(finding)]
    lines += [f"also: {symbol}" for symbol in finding.symbols if f"`{symbol}`" not in finding.message]
    if finding.cause:
        lines.append(f"follows from: {finding.cause}")
    if finding.hint:
        lines.append(f"hint: {finding.hint}")
    if finding.suggestion:
        lines += ["lines for sdk.yaml:", finding.suggestion.rstrip()]
    return printable_lines("\n".join(lines))


def _version(suite: Element, report: Report) -> None:
    case = SubElement(
        suite, "testcase", classname="version", name=one_line(overview.version_change(report.version, "->"))
    )
    note = one_line(overview.version_note(report.version))
    if not report.version.is_enough:
        SubElement(case, "failure", type="version-too-low", message=note)
    else:
        SubElement(case, "system-out").text = note


def _count(suite: Element) -> None:
    suite.set("tests", str(len(list(suite.iter("testcase")))))
    suite.set("failures", str(len(list(suite.iter("failure")))))
    suite.set("skipped", str(len(list(suite.iter("skipped")))))
    suite.set("errors", "0")
