"""Every rule explains itself, and the catalogue in the docs says what the rules say."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.checks import RULES
from generator.checks.catalogue import to_markdown
from generator.rule import Rule
from tests.conftest import Golden

ROOT = Path(__file__).parents[1]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_catalogue_in_the_docs_is_current(golden: Golden) -> None:
    replace(golden, folder=ROOT / "docs" / "reference")("rules.md", to_markdown(RULES.values()))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_says_what_it_means_in_both_languages(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    for text in (rule.title, rule.meaning):
        assert CHINESE.search(text.zh)
        assert text.en
        assert not CHINESE.search(re.sub("[“`].*?[”`]", "", text.en)), text.en
    assert rule.bad
    assert rule.good


def test_no_two_rules_mean_the_same() -> None:
    for texts in ([r.title.zh for r in RULES.values()], [r.meaning.zh for r in RULES.values()]):
        assert len(set(texts)) == len(texts)


def test_no_rule_rests_on_an_unverified_regulation() -> None:
    assert not [rule.id for rule in RULES.values() if "101号" in rule.basis]
