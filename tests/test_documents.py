"""The official document again: what Word, LibreOffice and a reader find in it."""

from __future__ import annotations

import io
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from typer.testing import CliRunner

from generator import documents, importers
from generator.cli import app
from generator.importers.imported import Hints
from generator.model import Disclosure, SourceDocument, published_values
from tests import office_files, office_forms

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from tests.conftest import LibreOffice

LIQINGU = Path("data/units/912012/2021/source/liqingu-2021.txt")


@pytest.fixture(scope="module")
def word(liqingu: Disclosure) -> WordDocument:
    return Document(io.BytesIO(documents.write(liqingu, "docx")))


def test_the_page_is_a4_with_official_margins(word: WordDocument) -> None:
    for section in word.sections:
        sizes = (section.page_width, section.page_height, section.left_margin)
        assert [round(size.mm) for size in sizes if size] == [210, 297, 28]


def test_headings_fill_words_contents(word: WordDocument, liqingu: Disclosure) -> None:
    headings = [p.text for p in word.paragraphs if p.style and p.style.name in ("Heading 1", "Heading 2")]
    assert headings[:3] == ["第一部分", "部门整体绩效目标", "一、总体绩效目标"]
    assert headings[-1] == "9.环保机构经费绩效目标表"
    assert len(headings) == 7 + len(liqingu.projects)
    xml = word.element.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count("PAGEREF") == len(headings)


def test_fonts_are_those_that_offices_use(word: WordDocument) -> None:
    fonts = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in word.styles
        if style.name in ("Title", "Heading 1", "Heading 2", "Body Text", "Table Text")
    }
    assert fonts == {
        "Title": "方正小标宋简体",
        "Heading 1": "方正小标宋简体",
        "Heading 2": "黑体",
        "Body Text": "仿宋",
        "Table Text": "宋体",
    }
    table = next(r.target_part for r in word.part.rels.values() if r.reltype.endswith("/fontTable"))
    substitutes = re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', table.blob.decode())
    assert set(fonts.values()) <= {name for name, _ in substitutes}
    assert all("Noto" in names for _, names in substitutes)


def test_tables_are_merged_as_the_form(word: WordDocument) -> None:
    table = word.tables[0]
    assert len(word.tables) == 9
    caption, *_ = table.rows
    assert [cell.text for cell in (caption.cells[0], caption.cells[-1])] == [
        "912012定州市李亲顾镇党政综合办公室",
        "单位：万元",
    ]
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc  # 预算规模及资金用途 stands beside two rows
    assert table.cell(8, 0)._tc is table.cell(11, 0)._tc  # 产出指标 beside its four indicators
    rows = table._tbl.tr_lst
    assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows] == [True, *[False] * (len(rows) - 1)]
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)


def test_nothing_of_the_template_is_carried_that_is_not_used(liqingu: Disclosure) -> None:
    with zipfile.ZipFile(io.BytesIO(documents.write(liqingu, "docx"))) as package:
        sizes = {info.filename: info.file_size for info in package.infolist()}
    assert sizes.pop("word/document.xml") > sum(sizes.values())
    assert not [name for name in sizes if "thumbnail" in name or "customXml" in name or "Effects" in name]


def test_the_same_data_gives_the_same_bytes(liqingu: Disclosure) -> None:
    first, second = (documents.write(liqingu, "docx") for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_the_real_document_goes_round(liqingu: Disclosure, kind: str) -> None:
    imported = importers.read(f"x.{kind}", documents.write(liqingu, kind), Hints(year="2021"))
    (read,) = imported.disclosures
    assert dict(published_values(read.record)) == dict(published_values(liqingu))
    assert [p.record for p in read.projects] == [
        type(p.record).model_validate(ours.model_dump(include=set(type(p.record).model_fields)))
        for p, ours in zip(read.projects, liqingu.projects, strict=True)
    ]


def test_the_text_is_the_published_one_byte_for_byte_but_for_the_residue(liqingu: Disclosure) -> None:
    published = LIQINGU.read_bytes()
    lines = published.decode().split("\n")
    for residue in importers.read(LIQINGU.name, published, Hints()).residue:
        line = residue.place.line - 1
        assert lines[line].count(residue.text) == 1
        lines[line] = lines[line].replace(residue.text, "")
    number, *after = lines[-3:]
    assert (number, after) == ("", ["", ""])  # the line of the page number, and the blank one below it
    assert documents.write(liqingu, "txt") == "\n".join(lines[:-2]).encode()


@pytest.mark.parametrize("name", ["declaration", "wide", "paragraphs"])
@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_every_form_can_be_written_and_read_again(name: str, kind: str) -> None:
    blocks = {
        "declaration": office_forms.DECLARATION,
        "wide": office_forms.WIDE,
        "paragraphs": office_forms.PARAGRAPHS,
    }[name]
    first = importers.read("a.docx", office_files.docx(blocks), Hints(unit="305001")).disclosures[0]
    disclosure = Disclosure.model_validate(
        {
            **dict(first.record),
            "unit": {"code": first.unit_code, "name": first.unit_name},
            "year": first.year,
            "projects": [
                {**dict(p.record), "id": str(n), "unit_code": first.unit_code, "year": first.year}
                for n, p in enumerate(first.projects)
            ],
        }
    )
    again = importers.read(f"b.{kind}", documents.write(disclosure, kind), Hints()).disclosures[0]
    assert [p.record for p in again.projects] == [p.record for p in first.projects]
    assert (again.unit_code, again.unit_name, again.year) == (first.unit_code, first.unit_name, first.year)
    assert again.record.amount_unit == first.record.amount_unit


def test_a_form_that_is_not_known_gives_way_to_the_first(liqingu: Disclosure) -> None:
    strange = SourceDocument(file="x", sha256="0" * 64, form="mars")
    written = documents.write(liqingu.model_copy(update={"source_documents": (strange,)}), "docx")
    assert written == documents.write(liqingu, "docx")


def test_an_unknown_disclosure_is_named() -> None:
    result = CliRunner().invoke(app, ["--lang", "zh", "document", "912012", "1999"])
    assert result.exit_code == 2
    assert "没有这份绩效文本；有：912012 2021" in result.stderr


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "a.docx"
    result = CliRunner().invoke(app, ["--lang", "zh", "document", "912012", "2021", "--out", str(out)])
    assert result.exit_code == 0
    assert "已写好" in result.stderr
    assert out.read_bytes().startswith(b"PK")


def test_the_pdf_has_every_page_number_and_table(libreoffice: LibreOffice, liqingu: Disclosure) -> None:
    assert libreoffice.path
    pages = PdfReader(BytesIO(documents.write(liqingu, "pdf"))).pages
    assert len(pages) >= 2 + 1 + 9  # cover and contents, part 1, tables
    text = "\n".join(page.extract_text() for page in pages)
    contents = [line for line in text.splitlines() if "...." in line]
    assert len(contents) == 16
    assert all(line.rstrip()[-1].isdigit() for line in contents)
    assert contents[-1].split(".")[-1].strip() == "11"
