"""Rules that hold the data to the kept source document: as published, to the character."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.changes import REMOVED_PROJECT
from generator.checks.facts import Facts
from generator.checks.registry import Doubt, DoubtAbout, Doubts, fact_rule, trace_rule
from generator.finding import Severity, Text, field_path
from generator.model import Disclosure, Project, Trace
from generator.rule import Family

_ROWS = re.compile(r"^(\w+)\[(\d+)\]")
_SHOWN = 40  # characters of a long text
_RESTORE = Text(
    "改回原文；原文有误而已正式更正的，写进 corrections",
    "restore the published text; if it was officially corrected, say so under `corrections`",
)


@trace_rule(Severity.ERROR, Family.SOURCE, "与公开文件不符", "differs from the document")
def differs_from_source(record: Project | Disclosure, trace: Trace) -> Doubts:
    """A value is not the one in the kept document, and no correction is listed for it.

    数据与保存的公开文件不同，又没有列为更正。

    Bad: 文件为 80.00%，数据为 100.00%
    Good: 与文件一字不差；或在 corrections 写明原文、更正后、理由和日期
    Basis: 地方预决算公开操作规程（财预〔2016〕143号）：公开应当真实、准确
    """
    corrected = {(c.field, c.published, c.corrected) for c in record.corrections}
    differing = {f: pair for f, pair in trace.differences.items() if (f, *pair) not in corrected}
    uneven = _uneven_lists(record, trace, differing)
    for name, (there, here) in uneven.items():
        message = Text(
            f"公开文件有 {there} 行，数据有 {here} 行",
            f"the document has {there} rows, the data {here}",
        )
        yield Doubt((name,), message, _RESTORE)
    for field, (published, ours) in differing.items():
        if _list_of(field) not in uneven:
            said = _shown(published)
            message = (
                Text(f"公开文件为“{said}”", f"the document says `{said}`")
                if published
                else Text("公开文件没有这一项", "the document has no such value")
            )
            yield Doubt(field_path(field), message, _RESTORE, ours)


@trace_rule(Severity.WARNING, Family.SOURCE, "更正对不上", "correction without a difference")
def stale_correction(record: Project | Disclosure, trace: Trace) -> Doubts:
    """A correction names another published or corrected text than document and data have.

    列出的更正与公开文件或数据对不上：原文不是所写的原文，或数据不是所写的更正。

    Bad: corrected: 100.00%，而数据是 80.00%
    Good: published 与文件相同，corrected 与数据相同
    """
    for row, correction in enumerate(record.corrections):
        if correction.field.startswith(REMOVED_PROJECT):
            continue  # of a project that is gone, document and data say nothing any more
        pair = (correction.published, correction.corrected)
        if trace.differences.get(correction.field) != pair:
            message = Text(
                f"{correction.field} 的原文或更正后的值与文件、数据对不上",
                f"published or corrected text of {correction.field} fits neither document nor data",
            )
            remedy = Text("改正这一条，或删去", "correct the entry, or remove it")
            yield Doubt(("corrections", row), message, remedy, correction.corrected)


@fact_rule(Severity.WARNING, Family.SOURCE, "公开文件无法核对", "document cannot be compared")
def source_not_compared(facts: Facts) -> Iterator[DoubtAbout]:
    """A source document is listed, but it is missing, was changed, or cannot be read.

    列出的公开文件缺失、已被改动（SHA-256 不符）或读不出来，数据没有与它核对。

    Bad: source 文件夹里没有所列的文件
    Good: 文件在，SHA-256 相符
    """
    for disclosure in facts.disclosures:
        documents = [document.file for document in disclosure.record.source_documents]
        if documents and not disclosure.traced:
            names = "、".join(documents)
            message = Text(
                f"没有与公开文件核对：{names}",
                f"the data was not compared with {', '.join(documents)}",
            )
            remedy = Text(
                "把公开文件原样放进 source 文件夹，并核对 sha256",
                "put the document as published into `source`, and check its sha256",
            )
            yield DoubtAbout(disclosure, Doubt(("source_documents",), message, remedy, names))


@fact_rule(Severity.WARNING, Family.SOURCE, "公开文件中没有这个项目", "project not in the document")
def not_in_source(facts: Facts) -> Iterator[DoubtAbout]:
    """The disclosure was compared with its document, which has no project of this code.

    绩效文本已与公开文件核对，而文件中没有这一编码的项目。

    Bad: 编码抄错一位，文件中找不到
    Good: 文件中有同一编码的项目；没有保存公开文件的，不查
    Basis: 地方预决算公开操作规程（财预〔2016〕143号）：公开应当真实、完整
    """
    for disclosure in facts.disclosures:
        for project in disclosure.projects:
            if disclosure.traced and not project.traced:
                message = Text("公开文件中没有这一编码的项目", "the document has no such project")
                yield DoubtAbout(project, Doubt(("code",), message, value=project.code))


def _uneven_lists(
    record: Project | Disclosure, trace: Trace, differing: Iterable[str]
) -> Mapping[str, tuple[int, int]]:
    """Give the differing lists that have another number of rows in the document, with both numbers.

    One row too many or too few shifts all that follow; saying so once says more than each of them.
    """
    theirs = _row_counts(trace.places)
    names = sorted({_list_of(field) for field in differing} - {""})
    counts = {name: (theirs[name], len(getattr(record, name))) for name in names}
    return {name: (there, here) for name, (there, here) in counts.items() if there != here}


def _row_counts(fields: Iterable[str]) -> Mapping[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for field in fields:
        if match := _ROWS.match(field):
            counts[match[1]] = max(counts[match[1]], int(match[2]))
    return counts


def _list_of(field: str) -> str:
    match = _ROWS.match(field)
    return match[1] if match else ""


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "……"
