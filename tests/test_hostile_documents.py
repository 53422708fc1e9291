"""Files that are broken or mean harm: a clear message or a right reading, in bounded time and memory."""

from __future__ import annotations

import io
import os
import re
import resource
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import nsdecls

from generator import importers
from generator.errors import GeneratorError
from generator.importers.account import unaccounted
from generator.importers.imported import Hints, Imported
from tests import office_files, office_forms

WORD = office_files.docx(office_forms.HEBEI)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def read(name: str, content: bytes) -> Imported:
    return importers.read(name, content, Hints("1", "2021", "万元"))


def refused(name: str, content: bytes) -> str:
    with pytest.raises(GeneratorError) as caught:
        read(name, content)
    assert caught.value.path == name
    assert caught.value.message_en
    return caught.value.message


def repacked(content: bytes, **changed: bytes) -> bytes:
    """Replace or add parts of a package; `__` stands for `/`, `_` for `.`."""
    parts = {key.replace("__", "/").replace("_", "."): value for key, value in changed.items()}
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, value in parts.items():
            new.writestr(name, value)
    return result.getvalue()


def part(content: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 but no more", b"%PDF-1.7"]
)
def test_what_is_no_office_file_is_named(name: str, content: bytes) -> None:
    assert "重新下载" in refused(name, content)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_truncated_files_are_named(cut: float) -> None:
    assert "不完整" in refused("a.docx", WORD[: int(len(WORD) * cut)])


def test_a_zip_that_is_no_word_file_is_named() -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as new:
        new.writestr("readme.txt", "no document here")
    assert "不是 .docx 文件" in refused("a.docx", package.getvalue())
    assert "不是 .xlsx 文件" in refused("a.xlsx", package.getvalue())
    assert "不是 .xlsx 文件" in refused("a.xlsx", WORD)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as body,
    ):
        for _ in range(400):
            body.write(b" " * 1_000_000)
    assert "过大" in refused("a.docx", bomb.getvalue())
    many = repacked(WORD, **{f"word__media__{number}_png": b"x" for number in range(6_000)})
    assert "过大" in refused("a.docx", many)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize(("name", "content", "where"), [
    ("a.docx", WORD, "word/document.xml"),
    ("a.xlsx", office_files.xlsx(office_forms.WIDE), "xl/worksheets/sheet1.xml"),
])  # fmt: skip
def test_entities_are_refused(doctype: str, name: str, content: bytes, where: str) -> None:
    xml = part(content, where)
    head, _, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
    evil = (head + b"?>" if head else b"") + doctype.encode() + rest
    assert "外部实体" in refused(
        name, repacked(content, **{where.replace("/", "__").replace(".", "_"): evil})
    )


def test_entities_in_another_encoding_are_refused_too() -> None:
    xml = part(WORD).decode().replace("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", "")
    evil = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "ha">]>{xml}'.encode("utf-16")
    assert "外部实体" in refused("a.docx", repacked(WORD, word__document_xml=evil))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_inside_a_part_is_named(method: int) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", method) as new:
        new.writestr("[Content_Types].xml", os.urandom(5_000).hex())
    content = bytearray(package.getvalue())
    content[100:160] = b"\xff" * 60
    assert "不完整" in refused("a.docx", bytes(content))


def test_a_relationship_without_target_is_named() -> None:
    """Python-docx raises a TypeError of its own."""
    relations = re.sub(rb' Target="[^"]*"', b"", part(WORD, "_rels/.rels"), count=1)
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(package, "w") as new:
        for name in old.namelist():
            new.writestr(name, relations if name == "_rels/.rels" else old.read(name))
    assert "已损坏" in refused("a.docx", package.getvalue())


@pytest.mark.parametrize(
    "line",
    [
        " " * 20_000 + "x",
        "甲" + "\t" * 20_000 + "x",
        " TC " * 10_000,
        "第" * 50_000,
        "甲" + "…" * 50_000 + "x",
    ],
    ids=["spaces", "tabs", "fields", "numbers", "dots"],
)
def test_a_line_that_would_try_any_pattern_for_hours_is_read(line: str) -> None:
    for blocks in (office_forms.HEBEI, office_forms.PARAGRAPHS):
        text = f"目录\n{line}\n{office_files.text(blocks).decode()}\n{line}"
        assert len(read("a.txt", text.encode()).disclosures[0].projects) == 2


def test_thousands_of_unread_lines_outside_the_form_are_read() -> None:
    text = office_files.text(office_forms.HEBEI).decode() + "\n闲话一句\n" * 20_000
    assert len([r for r in read("a.txt", text.encode()).residue if r.kind == "outside"]) == 20_000


def test_a_text_with_endless_cells_is_refused() -> None:
    rows = "项目名称\t一级指标\t三级指标\t指标值\n" + ("\t" * 3_000 + "\n") * 200
    assert "格" in refused("a.txt", rows.encode())
    assert "格" in refused("a.txt", ("|" * 3_000 + "x|\n").encode() * 200)


def test_a_password_is_named_as_such() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "密码" in refused("a.docx", locked)
    assert "密码" in refused("a.xlsx", locked)
    assert "旧版 Office 格式" in refused("a.docx", OLE)


def test_macros_are_never_looked_at() -> None:
    types = part(WORD, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(package, "w") as new:
        for name in old.namelist():
            new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))
        new.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    assert "宏" in refused("a.docx", package.getvalue())


def test_links_to_elsewhere_are_not_followed() -> None:
    relations = part(WORD, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"'
        b' Target="http://127.0.0.1:9/header.xml" TargetMode="External"/></Relationships>',
    )
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(package, "w") as new:
        for name in old.namelist():
            new.writestr(name, relations if name.endswith("document.xml.rels") else old.read(name))
    assert len(read("a.docx", package.getvalue()).disclosures[0].projects) == 2


@pytest.mark.slow
def test_a_table_of_5000_rows_is_read() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = [["产出指标", "数量指标", f"第{n}条", f"≥{n}"] for n in range(5_000)]
    table = [["项目名称", "大表"], ["预算数", "5"], head, *body]
    for name, content in (("b.xlsx", office_files.xlsx([table])), ("b.html", office_files.page([table])), ("b.txt", office_files.copied([table])), ("b.docx", _word_table(table))):  # fmt: skip
        (project,) = read(name, content).disclosures[0].projects
        assert len(project.record.indicators) == 5_000, name


@pytest.mark.slow
def test_10000_merged_cells_are_read() -> None:
    up = office_files.UP
    rows = [
        ["产出指标", up if n % 2 else "数量指标", f"第{n}条", up if n % 2 else "≥1"] for n in range(10_000)
    ]
    table = [["项目名称", "大表"], ["一级指标", "二级指标", "三级指标", "指标值"], *rows]
    for name, content in (("b.html", office_files.page([table])), ("b.docx", _word_table(table))):
        imported = read(name, content)
        (project,) = imported.disclosures[0].projects
        assert len(project.record.indicators) == 10_000
        assert project.record.indicators[9_999].level2 == "数量指标"
        assert project.record.indicators[9_999].target == "≥1"
        assert unaccounted(importers.read_blocks(name, content), imported) == []


def test_a_sheet_that_claims_to_be_endless_is_refused() -> None:
    content = office_files.xlsx(office_forms.WIDE)
    sheet = part(content, "xl/worksheets/sheet1.xml").replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    assert "格" in refused("a.xlsx", repacked(content, xl__worksheets__sheet1_xml=sheet))


@pytest.mark.slow
def test_too_many_cells_are_refused() -> None:
    cell = "<w:tc><w:p/></w:tc>"
    row = f"<w:tr>{cell * 1000}</w:tr>"
    assert "300000 格" in refused("a.docx", _word_xml(f"<w:tbl>{row * 301}</w:tbl>"))
    table = f"<table>{('<tr>' + '<td>' * 1000 + '</tr>') * 301}</table>"
    assert "300000 格" in refused("a.html", table.encode())


def test_nested_tables_are_read_after_their_outer_one() -> None:
    inner = _word_table_xml(
        [["项目名称", "里面的项目"], ["一级指标", "三级指标", "指标值"], ["产出指标", "桥", "1座"]]
    )
    content = _word_xml(f"<w:tbl><w:tr><w:tc><w:p/>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    (project,) = read("a.docx", content).disclosures[0].projects
    assert project.record.name == "里面的项目"
    assert project.places["name"].table == 2
    page = b"<table><tr><td>" * 3 + _html() + b"</td></tr></table>" * 3
    assert read("a.html", page).disclosures[0].projects[0].record.name == "修桥"


def test_tables_nested_beyond_reason_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200
    refused("a.docx", _word_xml(deep))
    assert "嵌套过深" in refused("a.html", b"<div>" * 50_000 + _html())


def test_unbalanced_and_hidden_html_is_read_as_shown() -> None:
    page = (
        b"<p>x<script>alert('<table>')</script><style>p{}</style><!-- <td> -->" + _html() + b"</span></td><p>"
    )
    (project,) = read("a.html", page).disclosures[0].projects
    assert project.record.name == "修桥"


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"\xff\xfe\x00\xd8", b"\x81\xff\xff"])
def test_text_that_is_no_text_is_named(content: bytes) -> None:
    assert "不是文本文件" in refused("a.txt", content)


def test_absurd_spans_and_numbers_are_bounded() -> None:
    page = "<table><tr><td colspan='99999999' rowspan='99999999'>项目名称</td></tr><tr><td>一级指标</td><td>三级指标</td><td>指标值</td></tr></table>"  # fmt: skip
    assert importers.read_blocks("a.html", page.encode()).blocks
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='x'/><w:numId w:val='9'/></w:numPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>"
    refused("a.docx", _word_xml(numbered))


def test_unknown_types_are_named_with_the_known_ones() -> None:
    assert ".docx .txt .xlsx .html .htm .doc" in refused("a.pdf", b"%PDF-1.7")
    assert "“”" in refused("a", b"x")


def _word_table_xml(rows: list[list[str]]) -> str:
    pieces = []
    for number, row in enumerate(rows):
        cells = ""
        for column, cell in enumerate(row):
            below = (
                number + 1 < len(rows)
                and column < len(rows[number + 1])
                and rows[number + 1][column] == office_files.UP
            )
            merge = (
                "<w:vMerge/>" if cell == office_files.UP else '<w:vMerge w:val="restart"/>' if below else ""
            )
            text = "" if cell == office_files.UP else f"<w:r><w:t>{cell}</w:t></w:r>"
            cells += f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"
        pieces.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl>{''.join(pieces)}</w:tbl>"


def _word_table(rows: list[list[str]]) -> bytes:
    return _word_xml(_word_table_xml(rows))


def _word_xml(body: str) -> bytes:
    """Give a Word document with this body; python-docx would take minutes to build large tables."""
    document = io.BytesIO()
    Document().save(document)
    xml = f"<w:document {nsdecls('w')}><w:body>{body}<w:p/></w:body></w:document>"
    return repacked(document.getvalue(), word__document_xml=xml.encode())


def _html() -> bytes:
    rows = [["项目名称", "修桥"], ["一级指标", "三级指标", "指标值"], ["产出指标", "桥", "1座"]]
    table = office_files.page([rows]).decode()
    return table[table.index("<table>", table.index("article")) : table.index("</table>") + 8].encode()
