"""Findings as flat records for programs, with their JSON Schema. Names as in the open data."""

import json
from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from generator.checks.registry import rule_of
from generator.finding import Finding, Severity
from generator.model import Record
from generator.rule import Family


class FindingRecord(Record):
    """One finding. Texts are in Chinese, and in English under `…_en`."""

    rule: str = Field(title="规则编号", description="如 plan-over-100")
    severity: Severity = Field(title="程度")
    family: Family = Field(title="类别")
    file: str = Field(title="文件", description="在数据文件夹中的路径")
    line: int = Field(title="行", ge=0, description="从 1 数起；0 是整个文件")
    column: int = Field(title="列", ge=0, description="从 1 数起，按字符；0 是整行")
    unit_code: str = Field(title="单位代码")
    year: str = Field(title="年度")
    project_id: str = Field(title="项目", description="项目编码；空是绩效文本本身")
    field: str = Field(title="字段", description="如 spending_plan[4].cumulative，行从 1 数起")
    value: str = Field(title="原文", description="照原文；个人信息只显示首尾")
    message: str = Field(title="问题")
    message_en: str = Field(title="问题（英文）")
    remedy: str = Field(title="怎么办")
    remedy_en: str = Field(title="怎么办（英文）")
    acknowledged: str = Field(title="已知悉的理由", description="空是未写明已知悉")


class FindingsReport(Record):
    """What `disclose check --format json` prints."""

    title: ClassVar[str] = "检查结果"
    error: int = Field(title="错误", ge=0, description="未写明已知悉的")
    warning: int = Field(title="疑点", ge=0, description="未写明已知悉的")
    note: int = Field(title="提示", ge=0, description="未写明已知悉的")
    acknowledged: int = Field(title="已知悉", ge=0)
    findings: tuple[FindingRecord, ...] = Field(title="检查结果")


def to_json(findings: Sequence[Finding]) -> str:
    """Write the findings as JSON, in their order."""
    counts = {s.value: sum(f.severity is s and not f.acknowledged for f in findings) for s in Severity}
    report = FindingsReport(
        error=counts["error"],
        warning=counts["warning"],
        note=counts["note"],
        acknowledged=sum(bool(f.acknowledged) for f in findings),
        findings=tuple(map(record, findings)),
    )
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def record(finding: Finding) -> FindingRecord:
    """Flatten one finding."""
    return FindingRecord(
        rule=finding.rule,
        severity=finding.severity,
        family=rule_of(finding.rule).family,
        file=finding.place.file,
        line=finding.place.line,
        column=finding.place.column,
        unit_code=finding.unit,
        year=finding.year,
        project_id=finding.project,
        field=finding.field,
        value=finding.value,
        message=finding.message.zh,
        message_en=finding.message.en,
        remedy=finding.remedy.zh,
        remedy_en=finding.remedy.en,
        acknowledged=finding.acknowledged,
    )
