"""From drafts to records: which unit and year they belong to, and what the document does not state."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.finding import Severity, Text
from generator.importers.account import Account
from generator.importers.blocks import Line
from generator.importers.draft import Draft, Projects
from generator.importers.imported import Hints, ImportedDisclosure, ImportedProject
from generator.model import DisclosureFile, ProjectFile, SourceDocument

_UNIT_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_OPTION = Text("用选项给出", "give it as an option")
_NAMELESS = Text("这张表没有项目名称，没有读入", "this table has no project name; it was not read")


@dataclass(frozen=True)
class Read:
    """The disclosures of a document, and the lines that became their values."""

    disclosures: tuple[ImportedDisclosure, ...]
    values: tuple[Line, ...]


def disclosures(
    document: SourceDocument,
    hints: Hints,
    part1: Draft,
    projects: Projects,
    stated: Mapping[str, Line],
) -> Read:
    """Make records of what was read, by unit. What contradicts the options is a finding; the document counts."""
    account, last_unit = projects.account, projects.last_unit
    named = _named(projects.drafts, hints, account)
    groups: dict[str, list[Draft]] = {}
    for draft in named:
        code, name = draft.unit
        groups.setdefault(code or name, []).append(draft)
    if not groups and part1.data:
        groups[last_unit[0] or last_unit[1]] = []
    assembly = _Assembly(document, hints, stated, account, several=len(groups) > 1)
    made = []
    for number, members in enumerate(groups.values()):
        unit = members[0].unit if members else last_unit
        made.append(assembly.disclosure(part1 if number == 0 else Draft(), members, unit))
    values = [*part1.lines, *(line for draft in named for line in draft.lines)]
    return Read(tuple(made), tuple(values))


def _named(drafts: Iterable[Draft], hints: Hints, account: Account) -> list[Draft]:
    """Give the drafts that are projects; what has no name is residue.

    Where a document has one table only, and its name was left blank, the option may give it.
    """
    read = [draft for draft in drafts if draft.lines]
    named = [draft for draft in read if draft.data.get("name", "").strip()]
    if named and hints.name and [draft.data["name"] for draft in named] != [hints.name]:
        account.say(
            "import-name-differs",
            Text(f"文件写明了项目名称，没有用“{hints.name}”", f"the document states project names; `{hints.name}` was not used"),
            Text("核对 --name", "check --name"),
        )  # fmt: skip
    if not named and len(read) == 1 and read[0].count("indicators"):
        read[0].data["name"] = hints.name
        return read
    for draft in read:
        if draft not in named:
            account.say(
                "import-no-name", _NAMELESS, Text("在原文件中补上项目名称", "add the project's name to the document"), draft.lines[0], Severity.ERROR
            )  # fmt: skip
            for line in draft.lines:
                account.set_aside(line, "nameless")
    return named


class _Assembly:
    def __init__(
        self,
        document: SourceDocument,
        hints: Hints,
        stated: Mapping[str, Line],
        account: Account,
        *,
        several: bool,
    ) -> None:
        self._document = document
        self._hints = hints
        self._stated = stated
        self._account = account
        self._several = several

    def disclosure(self, part1: Draft, drafts: list[Draft], unit: tuple[str, str]) -> ImportedDisclosure:
        code, name = self._unit_code(unit[0]), unit[1]
        year = self._either("year", self._hints.year, "年度", "year")
        amount_unit = self._either("amount_unit", self._hints.amount_unit, "金额单位", "money unit")
        has_amounts = any(draft.data.get("budget") for draft in drafts)
        conflict = any(f.rule == "import-amount-unit-conflict" for f in self._account.findings)
        lacking = {
            "unit": not code,
            "year": not year,
            "money-unit": has_amounts and (not amount_unit or conflict),
            "name": not all(draft.data["name"].strip() for draft in drafts),
        }
        self._ask([option for option, lacks in lacking.items() if lacks], name)
        record = DisclosureFile.model_validate(
            # Without amounts it does not matter; with amounts the disclosure is not written unless stated.
            {"amount_unit": amount_unit or "万元", **part1.data, "source_documents": [self._source(drafts)]}
        )
        places = dict(part1.places)
        if "amount_unit" in self._stated:
            places["amount_unit"] = self._stated["amount_unit"].place
        return ImportedDisclosure(
            code,
            name,
            year,
            record,
            places,
            tuple(self._project(draft, name) for draft in drafts),
            tuple(option for option, lacks in lacking.items() if lacks),
        )

    def _source(self, drafts: list[Draft]) -> SourceDocument:
        """Note on the document a name that it does not state, so that it can be read again."""
        given = any("name" not in draft.places for draft in drafts)
        return self._document.model_copy(update={"project_name": self._hints.name}) if given and self._hints.name else self._document  # fmt: skip

    def _project(self, draft: Draft, unit_name: str) -> ImportedProject:
        own = draft.unit[1]
        data = {**draft.data, "unit_name": own} if own and own != unit_name else dict(draft.data)
        # a step may be printed without its date or share
        data["spending_plan"] = [
            {"date": "", "cumulative": "", **step} for step in data.get("spending_plan", ())
        ]
        # a record without a name is shown, but never written
        record = ProjectFile.model_validate({**data, "name": data["name"] or "?"})
        return ImportedProject(record.model_copy(update={"name": data["name"]}), draft.places)

    def _unit_code(self, code: str) -> str:
        if code and not _UNIT_CODE.fullmatch(code):
            self._account.say(
                "import-unit-code",
                Text(f"“{code}”不能用作单位代码", f"`{code}` cannot be a unit code"),
                Text("用 --unit 给出单位代码", "give the unit code with --unit"),
            )
            code = ""
        hint = "" if self._several else self._hints.unit
        return self._preferred(code, hint, "unit", "单位代码", "unit code")

    def _either(self, key: str, hint: str, zh: str, en: str) -> str:
        own = self._stated[key].text if key in self._stated else ""
        return self._preferred(own, hint, {"amount_unit": "money-unit"}.get(key, key), zh, en)

    def _preferred(self, own: str, hint: str, option: str, zh: str, en: str) -> str:
        """Give what the document states, else the option; say where they differ."""
        if own and hint and own != hint:
            self._account.say(
                f"import-{option}-differs",
                Text(f"文件写明的{zh}是“{own}”，不是“{hint}”；以文件为准", f"the document states the {en} `{own}`, not `{hint}`; the document counts"),
                Text(f"核对 --{option}", f"check --{option}"),
            )  # fmt: skip
        return own or hint

    def _ask(self, options: list[str], name: str) -> None:
        words = {
            "unit": ("单位代码", "unit code"),
            "year": ("年度", "year"),
            "money-unit": ("金额单位", "money unit"),
            "name": ("项目名称", "project's name"),
        }
        for option in options:
            zh, en = words[option]
            self._account.say(
                "import-not-stated",
                Text(f"文件没有写明{zh}" + (f"（{name}）" if name else ""), f"the document does not state the {en}"),
                Text(f"{_OPTION.zh} --{option}", f"{_OPTION.en}: --{option}"),
                severity=Severity.ERROR,
            )  # fmt: skip
