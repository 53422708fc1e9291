"""Rules of 预算规模. Amounts are in the unit of their disclosure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from generator import money
from generator.checks.facts import Facts
from generator.checks.registry import Doubt, DoubtAbout, Doubts, fact_rule, project_rule
from generator.finding import Severity, Text, field_path
from generator.model import Disclosure, Project
from generator.money import Amount
from generator.number import normalise, plain
from generator.rule import Family

_NAMES = {"total": "预算数", "fiscal": "财政资金", "other": "其他资金"}
_NONE = frozenset({"-", "--", "—", "——", "–", "/", "无"})  # as forms print that there is none
_TEN_THOUSAND = 10_000  # 元 in 万元
_FAR = 100  # times the largest or the smallest peer
_FEWEST_PEERS = 3
_FEWEST_AMOUNTS = 4
_MOST = Decimal("0.8")  # of the amounts are printed alike


def _amounts(project: Project) -> dict[str, Amount]:
    budget = {name: getattr(project.budget, name) for name in _NAMES}
    return {name: amount for name, amount in budget.items() if amount}


def _values(project: Project) -> tuple[Decimal, Decimal, Decimal] | None:
    """Give total, fiscal and other where all three are numbers."""
    values = [a.value for a in _amounts(project).values() if a.value is not None]
    return (values[0], values[1], values[2]) if len(values) == len(_NAMES) else None


@project_rule(Severity.WARNING, Family.MONEY, "合计与各项不符", "total is not the sum")
def budget_sum(project: Project, disclosure: Disclosure) -> Doubts:
    """The total is not the sum of fiscal and other funds.

    预算数不等于财政资金与其他资金之和。

    Bad: 预算数 80.00，财政资金 70.00，其他资金 0
    Good: 预算数 80.00，财政资金 70.00，其他资金 10.00
    Basis: 河北省部门预算绩效文本表式（见于公开文件）：其中：财政资金、其他资金
    """
    values = _values(project)
    if not values or min(values) < 0 or values[0] == 0 or max(values[1:]) > values[0]:
        return  # said by a rule of its own
    total, fiscal, other = values
    if total != fiscal + other:
        unit, gap = disclosure.amount_unit, plain(abs(total - fiscal - other))
        sum_ = plain(fiscal + other)
        word = "多" if total > fiscal + other else "少"
        yield Doubt(
            ("budget", "total"),
            Text(
                f"预算数比财政资金与其他资金之和 {sum_} {unit}{word} {gap} {unit}",
                f"the total differs by {gap} {unit} from the sum of its parts, {sum_} {unit}",
            ),
        )


@project_rule(Severity.WARNING, Family.MONEY, "负数金额", "negative amount")
def negative_amount(project: Project, _: Disclosure) -> Doubts:
    """An amount of a budget is below zero.

    预算金额是负数。

    Bad: 其他资金 -5.00
    Good: 其他资金 0
    """
    for name, amount in _amounts(project).items():
        if amount.value is not None and amount.value < 0:
            message = Text(f"{_NAMES[name]}是负数", "the amount is negative")
            yield Doubt(("budget", name), message)


@project_rule(Severity.WARNING, Family.MONEY, "金额不是数", "amount is not a number")
def amount_not_number(project: Project, _: Disclosure) -> Doubts:
    """An amount states no number, so it is left out of every sum.

    金额读不出数，不计入合计。

    Bad: 预算数 约80
    Good: 预算数 80.00；1,680.00；其他资金 —（没有）
    """
    for name, amount in _amounts(project).items():
        if amount.value is None and normalise(amount.text) not in _NONE:
            message = (
                Text(
                    f"{_NAMES[name]}“{amount}”不是一个数，没有计入合计",
                    f"`{amount}` is not a number and is left out of the sums",
                )
                if amount.text.strip()
                else Text(f"{_NAMES[name]}是空白的", "the amount is blank")
            )
            yield Doubt(("budget", name), message)


@project_rule(Severity.WARNING, Family.MONEY, "分项大于合计", "part larger than the total")
def part_over_total(project: Project, disclosure: Disclosure) -> Doubts:
    """Fiscal or other funds alone are more than the total that they are part of.

    财政资金或其他资金一项就超过预算数。

    Bad: 预算数 80.00，财政资金 90.00
    Good: 预算数 90.00，财政资金 90.00
    """
    values = _values(project)
    if not values or values[0] <= 0:
        return
    for name, part in zip(("fiscal", "other"), values[1:], strict=True):
        if part > values[0]:
            unit, gap = disclosure.amount_unit, plain(part - values[0])
            yield Doubt(
                ("budget", name),
                Text(
                    f"{_NAMES[name]}比预算数多 {gap} {unit}",
                    f"the part is {gap} {unit} more than the total",
                ),
            )


@project_rule(Severity.WARNING, Family.MONEY, "合计为零而分项不为零", "total of zero with parts")
def zero_total(project: Project, disclosure: Disclosure) -> Doubts:
    """The total is 0 although its parts are not.

    预算数是 0，而财政资金或其他资金不是 0。

    Bad: 预算数 0，财政资金 90.00
    Good: 预算数 0，财政资金 0，其他资金 0
    """
    values = _values(project)
    if values and values[0] == 0 and max(values) > 0:
        parts = plain(values[1] + values[2])
        unit = disclosure.amount_unit
        yield Doubt(
            ("budget", "total"),
            Text(f"预算数是 0，而各项共 {parts} {unit}", f"the total is 0, its parts are {parts} {unit}"),
        )


@fact_rule(Severity.WARNING, Family.MONEY, "金额单位可能有误", "amount perhaps in another unit")
def unit_outlier(facts: Facts) -> Iterator[DoubtAbout]:
    """An amount is far from most others, and would be among them in the other money unit.

    这一金额与本单位多数项目相差悬殊，换成另一金额单位（相差一万倍）却正好在其中：可能把元写成了万元，或相反。

    Bad: 其他项目为 3.00 至 86.80 万元，这一项为 800000 万元
    Good: 其他项目为 3.00 至 86.80 万元，这一项为 5000 万元（换算后为 0.5，不在其中）
    """
    for disclosure in facts.disclosures:
        amounts = [
            (project, amount, amount.value)
            for project in disclosure.projects
            if (amount := project.record.budget.total) and amount.value
        ]
        low, high = _peers(sorted(value for _, _, value in amounts if value > 0))
        for project, amount, value in amounts:
            if _in_another_unit(value, low, high):
                unit = disclosure.record.amount_unit
                message = Text(
                    f"{amount} {unit}与其他项目（{plain(low)} 至 {plain(high)} {unit}）相差悬殊，可能是金额单位（元、万元）写错",
                    f"{amount} {unit} is far from the other projects ({plain(low)} to {plain(high)} {unit}), perhaps in 元 instead of 万元 or the reverse",
                )
                yield DoubtAbout(project, Doubt(("budget", "total"), message, value=amount.text))


def _peers(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Give the smallest and the largest of the amounts that stand together; 0 and 0 where no group is most.

    `values` are sorted. A group ends where the next amount is a hundred times the one before.
    """
    ends = [n for n, (a, b) in enumerate(pairwise(values), 1) if b > a * _FAR]
    groups = [values[a:b] for a, b in pairwise([0, *ends, len(values)])]
    most = max(groups, key=len, default=())
    if len(most) < _FEWEST_PEERS or 2 * len(most) <= len(values):
        return Decimal(0), Decimal(0)
    return most[0], most[-1]


def _in_another_unit(value: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a value is far outside its peers but among them when 10,000 times less or more."""
    if value > high * _FAR:
        return low <= value / _TEN_THOUSAND <= high
    return 0 < value * _FAR < low <= value * _TEN_THOUSAND <= high


@fact_rule(Severity.NOTE, Family.MONEY, "小数位数不一", "decimals printed unevenly")
def uneven_decimals(facts: Facts) -> Iterator[DoubtAbout]:
    """Nearly all amounts of the disclosure have the same number of decimals, and this one has not.

    本文件的金额几乎都印同样的小数位数，这一处不同，可能少印或多印了一位。0 不论。

    Bad: 其他金额都印两位小数，这一处是 29.5
    Good: 29.50；0
    """
    for disclosure in facts.disclosures:
        amounts = [
            (project, name, amount, _decimals(amount))
            for project in disclosure.projects
            for name, amount in project.amounts
            if amount.value
        ]
        counts = Counter(decimals for *_, decimals in amounts)
        usual, times = counts.most_common(1)[0] if counts else (0, 0)
        if len(amounts) < _FEWEST_AMOUNTS or times < _MOST * len(amounts):
            continue
        for project, name, amount, decimals in amounts:
            if decimals != usual:
                message = Text(
                    f"有 {decimals} 位小数，其他金额为 {usual} 位",
                    f"the decimals are {decimals}, where other amounts have {usual}",
                )
                yield DoubtAbout(project, Doubt(field_path(name), message, value=amount.text))


def _decimals(amount: Amount) -> int:
    return len(amount.text.strip().partition(".")[2])


@fact_rule(Severity.WARNING, Family.MONEY, "与文件所载合计不符", "sum is not the stated total")
def published_total(facts: Facts) -> Iterator[DoubtAbout]:
    """The document states a total, and the sum of its projects is another.

    文件写明了合计，而各项目相加不是这个数。

    Bad: 文件所载合计 306.84 万元，各项目相加 306.48 万元
    Good: 两数相同；文件没有写合计的，不比
    """
    for disclosure in facts.disclosures:
        stated = disclosure.record.published_total
        if stated is None or stated.value is None or disclosure.record.unread:
            continue
        totals = [project.record.budget.total for project in disclosure.projects]
        sum_ = money.total(totals)
        if all(t and t.value is not None for t in totals) and sum_ != stated.value:
            unit, gap = disclosure.record.amount_unit, plain(abs(sum_ - stated.value))
            message = Text(
                f"各项目相加为 {plain(sum_)} {unit}，与所载合计相差 {gap} {unit}",
                f"the projects add up to {plain(sum_)} {unit}, {gap} {unit} off the stated total",
            )
            yield DoubtAbout(disclosure, Doubt(("published_total",), message, value=stated.text))
