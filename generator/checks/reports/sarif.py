"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from generator.checks.registry import rule_of
from generator.finding import Finding
from generator.rule import FAMILY_NAMES, Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(findings: Sequence[Finding], folder: str, lang: str) -> str:
    """Write the findings as one run. `folder` is the data folder as seen from the repository."""
    rules = sorted({finding.rule for finding in findings})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "disclose", "rules": [_rule(rule_of(r), lang) for r in rules]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(f, rules.index(f.rule), folder, lang) for f in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, lang: str) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.said(lang)},
        "fullDescription": {"text": rule.meaning.said(lang)},
        "help": {"text": _help(rule, lang)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [FAMILY_NAMES[rule.family].said(lang)]},
    }


def _help(rule: Rule, lang: str) -> str:
    """Say what the rule finds and leaves alone, and what it rests on; the examples are in Chinese."""
    words = ("会查出：", "不会查出：", "依据：") if lang == "zh" else ("Finds: ", "Leaves: ", "Basis: ")
    said = zip(words, (rule.bad, rule.good, rule.basis), strict=True)
    return "\n".join([rule.meaning.said(lang), *(word + text for word, text in said if text)])


def _result(finding: Finding, index: int, folder: str, lang: str) -> Mapping[str, Any]:
    end = "。" if lang == "zh" else ". "
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{finding.message.said(lang)}{end}{finding.remedy.said(lang)}"},
        "locations": [_location(finding, folder)],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    if finding.acknowledged:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.acknowledged}]
    return result


def _location(finding: Finding, folder: str) -> Mapping[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(PurePosixPath(folder, place.file))}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.field:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.field, "kind": "member"}]
    return location


def _uri(path: PurePosixPath) -> str:
    return path.as_uri() if path.is_absolute() else quote(str(path))


def _fingerprint(finding: Finding) -> str:
    """Name the finding independently of its line, so that a host knows it again after an edit."""
    parts = (finding.rule, finding.place.file, finding.field, finding.value, finding.message.zh)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
