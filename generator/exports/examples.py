"""Worked examples for readers of the data. Tests run each as it is printed."""

from dataclasses import dataclass

from generator.exports.tables import PROJECTS
from generator.finding import Text


@dataclass(frozen=True)
class Example:
    """An example: what it is run with, what it finds out, and the text to paste."""

    tool: str
    shows: Text
    code: str


PANDAS = Example(
    "Python · pandas",
    Text("每个单位每年的预算合计，单位万元", "The total budget of each unit and year, in 万元"),
    """\
import pandas as pd

codes = {"unit_code": str, "project_id": str, "code": str, "number": str}
projects = pd.read_csv("projects.csv", dtype=codes)
totals = projects.groupby(["unit_code", "year"])["budget_total_yuan"].sum() / 10_000
print(totals.round(2))
""",
)
DUCKDB = Example(
    "SQL · DuckDB",
    Text("累计支出比例超过 100% 的项目", "Projects that plan to spend more than 100%"),
    """\
SELECT p.name, s.date, s.cumulative
FROM 'projects.json' AS p
JOIN 'spending_plans.json' AS s USING (unit_code, year, project_id)
WHERE s.cumulative_value > 100;
""",
)
PARQUET = Example(
    "Parquet · DuckDB",
    Text("把一张表转成 Parquet", "Turn a table into Parquet"),
    """\
COPY (FROM 'projects.json') TO 'projects.parquet';
""",
)
SQLITE = Example(
    "SQL · SQLite",
    Text(
        "各单位各年度的项目数和预算合计（万元）", "Projects and total budget of each unit and year, in 万元"
    ),
    """\
SELECT unit_name, year, project_count, round(budget_total_yuan / 10000, 2) AS total
FROM yearly_totals;
""",
)


def _column(name: str) -> str:
    """Give the letter of a column of the sheet 项目."""
    return chr(ord("A") + PROJECTS.column_names.index(name))


_SHEET = PROJECTS.title.zh
_YUAN, _UNIT, _YEAR = (f"{_SHEET}!{c}:{c}" for c in map(_column, ("budget_total_yuan", "unit_code", "year")))
EXCEL = Example(
    "Excel · WPS",
    Text(
        "在 projects.xlsx 里新建一张工作表，粘贴到任一格：一个单位一年的预算合计（万元）",
        "In a new sheet of projects.xlsx, paste into any cell: the total of a unit and year, in 万元",
    ),
    f'=SUMIFS({_YUAN},{_UNIT},"912012",{_YEAR},2021)/10000\n',
)
EXAMPLES = (PANDAS, DUCKDB, SQLITE, EXCEL, PARQUET)
