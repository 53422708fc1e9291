"""What a project's page says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator import money
from generator.finding import SEVERITY_NAMES, Finding, Severity
from generator.forms.grid import caption_values, form_of, lay_out
from generator.model import Budget, Disclosure, Project, Trace
from generator.money import Amount
from generator.number import share
from generator.render.views.citing import Citing, citing
from generator.render.views.corrections import CorrectionRow, correction_rows
from generator.render.views.notices import Notice, NoticesByField, by_field, notices_of
from generator.render.views.official import OfficialTable, official_table
from generator.render.views.plan import PlanView, plan_view
from generator.render.views.portal import Portal
from generator.render.views.similar import Similar
from generator.render.views.sources import SourceView, source_view
from generator.render.views.terms import Explained, Explainer, Said, length

NARROW = 12  # characters that fit a column
NOT_PUBLISHED = "公开文件没有这一项"


@dataclass(frozen=True)
class Fact:
    """A line of the card of facts; `yuan` is the amount in 元, for those who count in 元."""

    label: Said
    text: Said
    notices: Sequence[Notice] = ()
    unit: str = ""
    yuan: str = ""

    @property
    def wide(self) -> bool:
        """Whether it needs the room of two."""
        return length(self.text) > NARROW


@dataclass(frozen=True)
class Neighbour:
    """A link to the project before or after in the document."""

    name: str
    url: str


@dataclass(frozen=True)
class ProjectView:
    """Everything that the template of a project arranges."""

    project: Project
    disclosure: Disclosure
    unit_name: str
    title: str
    amount: Fact
    facts: Sequence[Fact]
    funds: str
    plan: PlanView | None
    goals: Sequence[tuple[Said, Sequence[Notice]]]
    captions: Sequence[str]
    table: OfficialTable
    doubts: str
    general_notices: Sequence[Notice]
    corrections: Sequence[CorrectionRow]
    source: SourceView | None
    citing: Citing
    similar: Sequence[Similar]
    terms: Sequence[Explained]
    previous: Neighbour | None
    following: Neighbour | None


def project_view(
    disclosure: Disclosure,
    place: int,
    findings: Iterable[Finding],
    trace: Trace | None,
    portal: Portal,
) -> ProjectView:
    """Work out the page of the project at `place` in its disclosure."""
    project = disclosure.projects[place]
    found = list(findings)
    notices = by_field(notices_of(found, project, trace))
    explainer = Explainer(portal.vocabulary)
    described = form_of(disclosure)
    values = caption_values(project, disclosure.unit.name, disclosure.amount_unit)
    amount = _amount("预算数", project.budget.total, disclosure, notices.get("budget.total", ()), explainer)
    facts = tuple(_facts(disclosure, project, notices, explainer))
    goals = [
        (explainer.pieces(goal), notices.get(f"goals[{n}]", ())) for n, goal in enumerate(project.goals, 1)
    ]
    grid = lay_out(described, project)
    spots = {field: place.spot.zh for field, place in trace.places.items()} if trace else {}
    table = official_table(grid, notices, spots, explainer)
    elsewhere = ("goals[", "spending_plan[")
    return ProjectView(
        project=project,
        disclosure=disclosure,
        unit_name=project.unit_name or disclosure.unit.name,
        title=described.title.format(**values),
        amount=amount,
        facts=facts,
        funds=_funds(project),
        plan=plan_view(project.spending_plan, notices) if project.spending_plan else None,
        goals=goals,
        captions=[caption.format(**values) for caption in described.captions],
        table=table,
        doubts=_doubts(found),
        general_notices=[n for field, some in notices.items() if field not in grid.layout.fields and not field.startswith(elsewhere) for n in some],
        corrections=correction_rows(project),
        source=source_view(disclosure, project, trace, spots) if trace else None,
        citing=citing(portal.site, disclosure, project, f"{project.name}绩效目标表"),
        similar=portal.alike.of(project),
        terms=explainer.used,
        previous=_neighbour(disclosure, place - 1),
        following=_neighbour(disclosure, place + 1),
    )  # fmt: skip


def _facts(
    disclosure: Disclosure, project: Project, notices: NoticesByField, explainer: Explainer
) -> Iterable[Fact]:
    def fact(label: str, text: str, field: str = "") -> Fact:
        return Fact(explainer.pieces(label), explainer.pieces(text), notices.get(field, ()) if field else ())

    yield _amount("财政资金", project.budget.fiscal, disclosure, notices.get("budget.fiscal", ()), explainer)
    yield _amount("其他资金", project.budget.other, disclosure, notices.get("budget.other", ()), explainer)
    yield fact("资金用途", project.purpose or NOT_PUBLISHED, "purpose")
    yield fact("项目编码", project.code or "公开文件没有公布项目编码", "code")
    yield fact("单位", project.unit_name or disclosure.unit.name)
    yield fact("年度", disclosure.year)


def _amount(
    label: str,
    amount: Amount | None,
    disclosure: Disclosure,
    notices: Sequence[Notice],
    explainer: Explainer,
) -> Fact:
    if amount is None:
        return Fact(explainer.pieces(label), NOT_PUBLISHED)
    unit = disclosure.amount_unit
    return Fact(explainer.pieces(label), amount.text, notices, unit.value, money.amount_in_yuan(amount, unit))


def _funds(project: Project) -> str:
    """Say in a sentence where the money comes from, if the published figures add up to the whole."""
    budget = project.budget
    figures = [a.value for a in (budget.total, budget.fiscal, budget.other) if a]
    if len(figures) < len(Budget.model_fields) or None in figures:
        return ""
    total, fiscal, other = (figure or Decimal(0) for figure in figures)
    if total <= 0 or fiscal + other != total or min(fiscal, other) < 0:
        return ""
    if not other:
        return "全部来自财政资金。"
    return f"财政资金占 {share(fiscal, total)}，其他资金占 {share(other, total)}。"


def _doubts(findings: Sequence[Finding]) -> str:
    counts = [(SEVERITY_NAMES[s], sum(f.severity is s for f in findings)) for s in Severity]
    said = "、".join(f"{word} {count} 处" for word, count in counts if count)
    return f"自动检查有{said}，都标在对应的数值旁边。" if said else "自动检查没有发现疑点。"


def _neighbour(disclosure: Disclosure, place: int) -> Neighbour | None:
    if not 0 <= place < len(disclosure.projects):
        return None
    project = disclosure.projects[place]
    return Neighbour(project.name, f"../{project.id}/index.html")
