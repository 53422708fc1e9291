"""The paper that the official document is written on: page, styles, fonts, page numbers.

A4 with margins, fonts and sizes as official papers have them (GB/T 9704-2012): 小标宋 for titles, 黑体
and 楷体 for headings, 仿宋 for text, 宋体 in tables. Fonts are named, not carried; where one is missing
Word takes the substitute that the font table names.
"""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import BaseStyle, ParagraphStyle

from generator.documents import wordml

_PAGE = (210, 297)  # mm
_MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28}  # mm


def _twips(millimetres: float) -> int:
    return int(millimetres * 1440 / 25.4)


TEXT_WIDTH = _twips(_PAGE[0] - _MARGINS["left"] - _MARGINS["right"])
"""Between the margins, in twentieths of a point."""


@dataclass(frozen=True)
class _Style:
    """A paragraph style; sizes and distances in points, `line` 0 for single spacing."""

    name: str
    font: str
    size: float
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 0
    left: float = 0
    more: str = ""


_KEEP = "<w:keepNext/>"
_NEW_PAGE = "<w:pageBreakBefore/>"
_LEADER = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_STYLES = (
    _Style("Normal", "仿宋", 16),
    _Style("Title", "方正小标宋简体", 26, "center", before=180, after=60),
    _Style("Subtitle", "楷体", 18, "center", after=12),
    _Style("TOC Heading", "方正小标宋简体", 22, "center", after=18, more=_NEW_PAGE),
    _Style("toc 1", "黑体", 14, line=26, more=_LEADER),
    _Style("toc 2", "仿宋", 14, line=26, left=14, more=_LEADER),
    _Style("Heading 1", "方正小标宋简体", 22, "center", after=12, more=_KEEP),
    _Style("Heading 2", "黑体", 16, before=6, after=6, more=_KEEP),
    _Style("Body Text", "仿宋", 16, "both", line=28),
    _Style("Table Text", "宋体", 9),
    _Style("Table Label", "宋体", 9, "center"),
    _Style("Table Right", "宋体", 9, "right"),
    _Style("footer", "宋体", 14, "center"),
)
_FONTS = {
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    "黑体": "SimHei,华文黑体,Heiti SC,Noto Sans CJK SC",
    "楷体": "KaiTi,楷体_GB2312,华文楷体,Kaiti SC,Noto Serif CJK SC",
    "仿宋": "FangSong,仿宋_GB2312,华文仿宋,STFangsong,Noto Serif CJK SC",
    "宋体": "SimSun,华文宋体,Songti SC,Noto Serif CJK SC",
}
"""The fonts that offices use by name, each with its substitutes on Windows, macOS and Linux, best first."""

_LATIN = "Times New Roman"
_DATE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # the first that a zip can state


_MARK = "WHAT-THE-DOCUMENT-SAYS"
_OWN_PARTS = ("word/document.xml", "docProps/core.xml")
"""The parts that differ between documents, each with the mark in it: for the body, and for the title."""

_LEVEL = 3  # of compression: half the time of the usual 6, for half as many bytes again


def written(body: str, title: str) -> bytes:
    """Give the document that has `body`, the XML of its paragraphs and tables.

    The same body gives the same bytes: the zip has a fixed date.
    """
    paper, own_parts = _paper()
    result = io.BytesIO(paper)
    with zipfile.ZipFile(result, "a") as package:
        for name, text in zip(_OWN_PARTS, (body, escape(title)), strict=True):
            _add(package, name, text.encode().join(own_parts[name]))
    return result.getvalue()


@cache
def _paper() -> tuple[bytes, dict[str, list[bytes]]]:
    """Give a zip of the parts that all documents share, and what stands around the mark in their own."""
    saved, shared = io.BytesIO(), io.BytesIO()
    _blank().save(saved)
    with zipfile.ZipFile(saved) as blank, zipfile.ZipFile(shared, "w") as package:
        for name in blank.namelist():
            if name not in _OWN_PARTS:
                _add(package, name, blank.read(name))
        own_parts = {name: blank.read(name).split(_MARK.encode()) for name in _OWN_PARTS}
    return shared.getvalue(), own_parts


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, (_DATE.year, _DATE.month, _DATE.day, 0, 0, 0))
    info.external_attr = 0o644 << 16
    info.create_system = 3
    package.writestr(info, content, zipfile.ZIP_DEFLATED, _LEVEL)


def _blank() -> WordDocument:
    document = Document()
    _leave_out(document)
    document.element.body.text = _MARK
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
    for side, size in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    known = {style.name.lower(): style for style in document.styles if style.name}
    for wanted in _STYLES:
        style = known.get(wanted.name.lower())
        _set_style(style or document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH), wanted)
    _name_fonts(document)
    section.footer.is_linked_to_previous = False
    number = f"{wordml.run('— ')}{wordml.field('PAGE', '1')}{wordml.run(' —')}"
    footer = section.footer.paragraphs[0]._p  # noqa: SLF001 (python-docx has no fields of its own)
    for run in _element(f"<w:p>{number}</w:p>"):
        footer.append(run)
    properties = section._sectPr  # noqa: SLF001
    properties.insert_element_before(_element('<w:pgNumType w:start="1"/>'), "w:cols", "w:docGrid")
    # Word then fills the contents list when it opens the document, after asking.
    document.settings.element.append(_element('<w:updateFields w:val="true"/>'))
    core = document.core_properties
    core.title, core.author, core.comments = _MARK, "", ""
    core.created = core.modified = _DATE.replace(tzinfo=None)
    return document


def _leave_out(document: WordDocument) -> None:
    """Remove what python-docx's own template brings and nothing here uses: nine tenths of its bytes.

    The table styles are Word's own; whoever edits the document still finds them in its gallery.
    """
    plain = document.styles.default(WD_STYLE_TYPE.TABLE)
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.TABLE and style != plain:
            style.delete()
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/customXml", "/thumbnail")):
                del relations[key]


def section_end() -> str:
    """End the pages of cover and contents, which have no page numbers."""
    margins = " ".join(f'w:{side}="{_twips(size)}"' for side, size in _MARGINS.items())
    return (
        '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{_twips(_PAGE[0])}" w:h="{_twips(_PAGE[1])}"/>'
        f'<w:pgMar {margins} w:header="850" w:footer="992" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
    )


def _element(xml: str) -> BaseOxmlElement:
    """Make an element of its XML, which names no namespace."""
    return parse_xml(re.sub(r"^<w:\w+", rf'\g<0> xmlns:w="{wordml.NAMESPACE}"', xml))


def _set_style(style: BaseStyle, wanted: _Style) -> None:
    assert isinstance(style, ParagraphStyle)  # noqa: S101 (for the type checker)
    for name in ("w:pPr", "w:rPr"):
        for old in style.element.findall(qn(name)):
            style.element.remove(old)
    line = (
        f'w:line="{int(wanted.line * 20)}" w:lineRule="exact"'
        if wanted.line
        else 'w:line="240" w:lineRule="auto"'
    )
    indent = (
        '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
        if wanted.align == "both"
        else f'<w:ind w:left="{int(wanted.left * 20)}"/>'
    )
    level = f'<w:outlineLvl w:val="{int(wanted.name[-1]) - 1}"/>' if wanted.name.startswith("Heading") else ""
    spacing = f'<w:spacing w:before="{int(wanted.before * 20)}" w:after="{int(wanted.after * 20)}" {line}/>'
    style.element.append(
        _element(f'<w:pPr>{wanted.more}{spacing}{indent}<w:jc w:val="{wanted.align}"/>{level}</w:pPr>')
    )
    fonts = f'w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:eastAsia="{wanted.font}"'
    style.element.append(_element(f"<w:rPr><w:rFonts {fonts}/></w:rPr>"))
    style.font.size = Pt(wanted.size)


def _name_fonts(document: WordDocument) -> None:
    table = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FONTS.items()
    )
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    content = f'{declaration}<w:fonts xmlns:w="{wordml.NAMESPACE}">{fonts}</w:fonts>'
    table._blob = content.encode()  # noqa: SLF001 (python-docx keeps the part as bytes)
