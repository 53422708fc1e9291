"""Makes data as large as a city's or a province's: seeded, so that every run measures the same.

    python -m benchmarks.synthetic FOLDER PROJECTS

Fifty projects a disclosure, three years a unit; names, purposes, goals and indicators are put together
from the vocabulary of real documents, with a misprint here and there for the checks to find.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from generator.yaml_source import dump

A_DISCLOSURE = 50  # projects
YEARS = ("2023", "2022", "2021")
PLACES = ("东关", "西湖", "南王", "北城", "李家", "张庄", "赵村", "高台", "柳林", "白沙", "青山", "石桥")
WORKS = ("道路修建", "饮水改造", "路灯安装", "环境整治", "校舍维修", "河道清淤", "文化广场建设", "防汛物资", "信访维稳", "三会一课", "人大活动", "环保网格", "养老服务", "农机补贴", "档案整理")  # fmt: skip
KINDS = ("项目", "专项经费", "补助资金", "工程", "工作经费")
GOALS = ("保障{}按计划完成", "改善{}涉及的群众生产生活条件", "提高{}的管理水平和资金使用效益", "推动{}长期发挥作用")  # fmt: skip
ROWS = (
    ("产出指标", "数量指标", ("完成数量", "覆盖村庄数", "购置设备台数"), ("≥{}个", "≥{}次", "={}处")),
    ("产出指标", "质量指标", ("验收合格率", "工作完成率"), ("≥{}%", "≥{}百分比")),
    ("产出指标", "时效指标", ("完成及时率", "资金拨付及时率"), ("≥{}%", "按时完成")),
    ("产出指标", "成本指标", ("项目成本控制", "单位成本"), ("≤{}万元", "≤{}元")),
    ("效益指标", "经济效益指标", ("带动增收", "节约支出"), ("≥{}%", "有所提高")),
    ("效益指标", "社会效益指标", ("受益人口", "群众知晓率"), ("≥{}人", "≥{}%")),
    ("效益指标", "生态效益指标", ("环境改善程度", "垃圾清运率"), ("明显改善", "≥{}%")),
    ("效益指标", "可持续影响指标", ("长效机制健全", "持续发挥作用年限"), ("健全", "≥{}年")),
    ("满意度指标", "服务对象满意度指标", ("群众满意度", "受益对象满意度"), ("≥{}%", "≥{}百分比")),
)
BASES = ("年度工作计划", "项目实施方案", "上级文件要求", "历史数据", "行业标准")


def write(data: Path, projects: int, seed: int = 1) -> None:
    """Write a `data/` folder with this many projects, rounded up to whole disclosures."""
    chance = random.Random(seed)  # noqa: S311 (made-up data)
    _put(
        data / "site.yml", {"name": "预算绩效目标公开", "publisher": "某市财政局", "description": "合成数据"}
    )
    _put(data / "glossary.yml", {"terms": [{"term": "绩效目标", "explanation": "花钱要达到的效果"}]})
    for number in range(-(-projects // A_DISCLOSURE)):
        unit, year = f"{100001 + number // len(YEARS)}", YEARS[number % len(YEARS)]
        place = f"{PLACES[number // len(YEARS) % len(PLACES)]}镇{number // 36 or ''}"
        folder = data / "units" / unit
        _put(folder / "unit.yml", {"code": unit, "name": f"某市{place}人民政府", "short_name": place})
        _put(folder / year / "disclosure.yml", _disclosure(chance, place, year))
        for row in range(1, A_DISCLOSURE + 1):
            project = _project(chance, place, number, row, year)
            _put(folder / year / "projects" / f"{project['code']}.yml", project)


def _disclosure(chance: random.Random, place: str, year: str) -> dict[str, Any]:
    goals = [
        f"{n}.{chance.choice(GOALS).format(work)}；" for n, work in enumerate(chance.sample(WORKS, 8), 1)
    ]
    whole = f"{year}年，{place}围绕年度中心工作，" + "，".join(chance.sample(WORKS, 6)) + "等工作全面推进。"
    return {
        "amount_unit": "万元",
        "overall_goal": whole * 2,
        "itemised_goals": goals,
        "safeguard_measures": f"加强组织领导，明确责任分工，{chance.choice(GOALS).format('各项工作')}。",
    }


def _project(chance: random.Random, place: str, number: int, row: int, year: str) -> dict[str, Any]:
    name = f"{place}{chance.choice(PLACES)}村{chance.choice(WORKS)}{chance.choice(KINDS)}{row}"
    total = chance.randrange(100, 200_000) / 100
    steps = sorted(chance.sample(range(5, 100), 3))
    last = 1000 if chance.random() < 0.02 else 100  # noqa: PLR2004 (a misprint in fifty)
    return {
        "number": str(row),
        "code": f"130682{year[2:]}{number:08}{row:05}",
        "name": name,
        "purpose": f"用于{name}的材料、人工和管理支出",
        "budget": {"total": f"{total:.2f}", "fiscal": f"{total:.2f}", "other": "0"},
        "spending_plan": [
            {"date": date, "cumulative": f"{share}.00%"}
            for date, share in zip(("3月底", "6月底", "10月底", "12月底"), (*steps, last), strict=True)
        ],
        "goals": [f"{n}.{chance.choice(GOALS).format(name)}" for n in range(1, chance.randrange(2, 4))],
        "indicators": [_indicator(chance, *form) for form in ROWS + tuple(chance.sample(ROWS, 1))],
    }


def _indicator(
    chance: random.Random, level1: str, level2: str, names: tuple[str, ...], targets: tuple[str, ...]
) -> dict[str, str]:
    name = chance.choice(names)
    return {
        "level1": level1,
        "level2": level2,
        "level3": name,
        "description": f"反映{name}的情况",
        "target": chance.choice(targets).format(chance.randrange(80, 100)),
        "basis": chance.choice(BASES),
    }


def _put(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(content), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
