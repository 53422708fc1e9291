"""What the command says of findings, of a build and of an import: lines in both languages, and a table."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from generator.finding import SEVERITY_NAMES, Finding, Severity, Text, visible

if TYPE_CHECKING:
    from generator.intake import Outcome
    from generator.report import Report


def finding_line(finding: Finding) -> Text:
    """Say a finding on one line: place, severity, what is wrong, what to do, the rule."""
    word, place = SEVERITY_NAMES[finding.severity], finding.place
    at = (
        Text(f"{place.file} {place.spot.zh}", f"{place.file} {place.spot.en}")
        if place.table
        else Text(str(place), str(place))
    )
    return Text(
        f"{at.zh} {word} {finding.message.zh}。{finding.remedy.zh}。[{finding.rule}]",
        f"{at.en} {finding.severity} {finding.message.en}. {finding.remedy.en}. [{finding.rule}]",
    )


def build_lines(said: "Report") -> Iterator[Text]:
    """Say what a build published, how many files it wrote, and each error."""
    counts = Text(
        "，".join(f"{SEVERITY_NAMES[severity]} {said.counts[severity]}" for severity in Severity),
        ", ".join(f"{severity.value} {said.counts[severity]}" for severity in Severity),
    )
    yield Text(
        f"{said.units} 个单位，{said.disclosures} 份绩效文本，{said.projects} 个项目；{counts.zh}",
        f"{said.units} units, {said.disclosures} disclosures, {said.projects} projects; {counts.en}",
    )
    files = said.files
    yield Text(
        f"文件：新写 {files.written}，未变 {files.same}，删去 {files.removed}",
        f"files: {files.written} written, {files.same} unchanged, {files.removed} removed",
    )
    yield from map(finding_line, said.errors)


def import_lines(outcomes: Sequence["Outcome"]) -> Iterator[Text]:
    """Say what of an import is to be decided or mended."""
    for outcome in outcomes:
        if outcome.error:
            yield Text(
                f"{outcome.path}：{outcome.error.message}", f"{outcome.path}: {outcome.error.message_en}"
            )
        yield from map(finding_line, outcome.findings)
        for kept in outcome.kept:
            yield Text(
                f"{kept.file} 与文件不同，没有改动：{'、'.join(kept.fields)}。要按文件覆盖，加 --force",
                f"{kept.file} differs and was kept: {', '.join(kept.fields)}. To overwrite it, add --force",
            )
        for name in (name for filed in outcome.filed for name in filed.extra):
            yield Text(
                f"{name} 不在这份文件里，没有改动", f"{name} is not in this document and was left alone"
            )


_COLUMNS = (
    Text("文件", "file"),
    Text("表式", "form"),
    Text("单位", "unit"),
    Text("年度", "year"),
    Text("项目", "projects"),
    Text("疑点", "findings"),
    Text("结果", "result"),
)


def import_table(outcomes: Sequence["Outcome"], lang: str) -> Table:
    """Give the closing table of an import, a file a row."""
    table = Table(*(column.said(lang) for column in _COLUMNS))
    for outcome in outcomes:
        table.add_row(*map(escape, _cells(outcome, lang)))
    return table


def _cells(outcome: "Outcome", lang: str) -> Iterator[str]:
    read = outcome.imported
    disclosures = read.disclosures if read else ()
    yield visible(outcome.path.name)
    yield read.form if read else "—"
    yield "、".join(f"{d.unit_code} {d.unit_name}".strip() for d in disclosures) or "—"
    yield "、".join(dict.fromkeys(d.year for d in disclosures)) or "—"
    yield str(sum(len(d.projects) for d in disclosures)) if read else "—"
    yield str(len(outcome.findings)) if read else "—"
    yield _result(outcome).said(lang)


def _result(outcome: "Outcome") -> Text:
    disclosures = outcome.imported.disclosures if outcome.imported else ()
    written, kept = sum(len(filed.written) for filed in outcome.filed), len(outcome.kept)
    if outcome.error:
        return Text("读不了", "unreadable")
    if not disclosures or any(d.missing for d in disclosures):
        return Text("没有写入", "not written")
    if not outcome.filed:
        return Text("试读", "dry run")
    if kept:
        return Text(f"写入 {written}，保留 {kept}", f"{written} written, {kept} kept")
    return Text(f"写入 {written}", f"{written} written") if written else Text("没有变化", "unchanged")
