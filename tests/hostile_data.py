"""A `data/` folder with several units and years whose texts try to leave their place on the page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from generator.yaml_source import dump

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[点这里](javascript:alert(1))",
    "# 标题 {#top}",
    "| 一 | 二 |",
    "***粗*** _斜_ `码` ~~删~~",
    "<!-- 注释 --> &amp; &#60; &copy;",
    "{{ 7 * 7 }}{% raw %}",
    '--8<-- "index.md"',
    "　　段首空格　",
    "\u00a0尾\u2003",
    "两  个   空格",
    "1. 一",
    "- 二",
    "    缩进",
    "=====",
    "----",
    "\\*反斜杠\\",
    "http://example.com/?a=1&b=2 a@example.com",
    "[^1] *[HTML]: x",
    '</td></tr></table><h2 id="x">',
    "'单引号' \"双引号\" `",
    "多行\n第二行\n\n# 第四行",
    "\tTAB",
    "$$x$$ :smile: ==高亮== ^^插^^",
    "zq1b乱zq1e",
    "📄 emoji 👩‍👩‍👧 𠮷",
    "e\u0301 ﬁ Ａ１％",
)  # fmt: skip


def write_hostile(data: Path, *, base_url: str = "") -> None:
    """Write two units with two and one year; the first disclosure has a hostile text in every field."""
    site = {"name": '绩效 <b>目标</b> & "公开"', "publisher": "发布", "base_url": base_url}
    _write(data / "site.yml", site)
    terms = [{"term": text, "explanation": text[::-1]} for text in HOSTILE]
    _write(data / "glossary.yml", {"terms": terms})
    _unit(data / "units" / "100001", "甲镇</h1>", {"2021": HOSTILE, "2022": HOSTILE[:3]})
    _unit(data / "units" / "100002", "乙镇", {"2021": ("平常的项目", "又一个项目")})


def _unit(folder: Path, name: str, years: dict[str, tuple[str, ...]]) -> None:
    _write(folder / "unit.yml", {"code": folder.name, "name": name})
    for year, texts in years.items():
        source = f"{name} 不合表式的文件\n".encode()
        (folder / year / "source").mkdir(parents=True, exist_ok=True)
        (folder / year / "source" / "原 件(1).txt").write_bytes(source)
        document = {"file": "原 件(1).txt", "sha256": hashlib.sha256(source).hexdigest(), "form": "hebei"}
        disclosure = {
            "amount_unit": "万元",
            "overall_goal": "\n".join(texts),
            "itemised_goals": list(texts),
            "safeguard_measures": texts[0],
            "source_documents": [document],
        }
        _write(folder / year / "disclosure.yml", disclosure)
        for number, text in enumerate(texts, 1):
            _write(folder / year / "projects" / f"P{number:03}.yml", _project(number, text, texts))


def _project(number: int, text: str, texts: tuple[str, ...]) -> dict[str, Any]:
    others = [texts[(number + shift) % len(texts)] for shift in range(6)]
    keys = ("level1", "level2", "level3", "description", "target", "basis")
    full: dict[str, Any] = {
        "number": str(number),
        "code": text if number % 2 else f"1306822{number:014}",
        "name": text,
        "purpose": others[0],
        "budget": {"total": others[1] if number % 3 else "80.00", "fiscal": "80.00", "other": "0"},
        "spending_plan": [{"date": "3月底", "cumulative": "30.00%"}, {"date": others[2], "cumulative": text}],
        "goals": [text, others[3]],
        "indicators": [
            dict(zip(keys, others, strict=True)),
            {"level1": "产出指标", "level2": "数量指标", "level3": text, "target": "≥90%"},
        ],
    }
    return full if number % 5 else {"name": text}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(content), encoding="utf-8", newline="")
