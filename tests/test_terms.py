"""The one translation of the words of the forms: whole, and the headings that readers see are from it."""

from generator.exports.dictionary import DICTIONARY, TABLES
from generator.forms.framework import frameworks
from generator.forms.terms import sections, title
from generator.model import Dataset, Disclosure, Site, Unit
from generator.money import AmountUnit
from generator.render.views.english import english

WORDS = {word.zh: word for section in sections() for word in section.terms}


def test_every_word_stands_once_and_is_explained() -> None:
    assert len(WORDS) == sum(len(section.terms) for section in sections())
    for word in WORDS.values():
        assert word.en.isascii(), word.zh
        assert word.meaning, word.zh


def test_what_a_form_prints_is_headed_by_a_word_of_the_list() -> None:
    printed = {c.title for t in TABLES if t is not DICTIONARY for c in t.columns if c.origin}
    assert {heading for heading in printed if heading != title(heading.zh)} == set()


def test_every_name_of_the_frameworks_is_in_the_list() -> None:
    groups = [group for framework in frameworks() for group in framework.groups]
    names = {group.name for group in groups} | {level.name for group in groups for level in group.levels}
    assert names <= WORDS.keys()


def test_a_word_says_which_column_has_it() -> None:
    words = {zh: column for part in english(Dataset(Site(name="站", publisher="局"))).vocabulary for zh, _, _, column in part.words}  # fmt: skip
    assert words["预算数"] == "budget_total"
    assert words["指标值确定依据"] == "basis"
    assert words["绩效自评"] == ""


def test_one_is_not_plural() -> None:
    unit = Unit(code="1", name="某单位")
    years = tuple(Disclosure(unit=unit, year=year, amount_unit=AmountUnit.WAN) for year in ("2021", "2022"))
    held = english(Dataset(Site(name="站", publisher="局"), years, (unit,))).holds
    assert held == "1 unit, 2 disclosures, 0 projects"
