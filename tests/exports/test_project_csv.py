import csv
import io

import pytest

from generator.exports.csv_format import published
from generator.exports.project_csv import project_csv
from generator.model import published_values
from tests.exports.conftest import Published


@pytest.mark.parametrize("which", ["real", "hostile"])
def test_every_published_value_stands_in_the_file(which: str, request: pytest.FixtureRequest) -> None:
    at: Published = request.getfixturevalue(which)
    for disclosure in at.contents.dataset.disclosures:
        for project in disclosure.projects:
            file = project_csv(disclosure, project)
            header, *rows = csv.reader(
                io.StringIO((at.folder / file.path).read_bytes().decode("utf-8-sig"), newline="")
            )
            assert header == ["field", "title", "text"]
            texts = {field: published(text) for field, _, text in rows}
            assert texts.pop("unit_code") == disclosure.unit.code
            assert texts.pop("year") == disclosure.year
            assert texts.pop("amount_unit") == disclosure.amount_unit
            assert texts == dict(published_values(project))


def test_a_row_says_in_words_what_it_is(real: Published) -> None:
    [disclosure] = real.contents.dataset.disclosures
    file = project_csv(disclosure, disclosure.projects[0])
    assert file.path == "data/units/912012/2021/130682217RRL6F4PNQUL9.csv"
    lines = file.content.decode("utf-8-sig").splitlines()
    assert "indicators[1].target,绩效指标 第 1 行 指标值,≥90完成数量" in lines
