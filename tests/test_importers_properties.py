"""Whatever a document holds: nothing of it is lost, and what is written is read back the same."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import documents, importers, office
from generator.errors import GeneratorError
from generator.finding import Place
from generator.forms.form import FORMS, form, forms
from generator.importers.account import unaccounted
from generator.importers.blocks import Blocks, Cell, Line, Table
from generator.importers.imported import Hints
from generator.importers.matching import match
from generator.importers.recognition import recognise
from generator.importers.tracing import trace
from generator.model import Disclosure, Project, ProjectFile, SourceDocument, Unit, published_values
from generator.money import AmountUnit
from tests import office_files, office_forms

if TYPE_CHECKING:
    from tests.conftest import LibreOffice

HINTS = Hints("305001", "2021", "万元")
DOCUMENT = SourceDocument(file="x", sha256="0" * 64, form="hebei")

# --- complete accounting ---

LABELS = sorted({c.label for f in forms() for row in f.rows for c in row.cells if c.label} | {c.label for f in forms() for c in (*f.labels, *f.wide)})  # fmt: skip
WORDS = st.sampled_from(
    [*LABELS, "产出指标", "数量指标", "≥", "90", "%", "80.00", "第一部分", "一、总体绩效目标", "目录", "- 3 -", "单位：万元",
     "（2023年度）", "1.修路绩效目标表", "【产出指标-数量指标】", "【项目概况】：修路", "指标1：桥（≥1座）", "305001柳林镇", "项目名称：修桥", "", " "]
)  # fmt: skip
TEXTS = st.one_of(WORDS, WORDS, st.text("甲乙丙 丁\t0189.:：（）", max_size=12))
ROWS = st.lists(st.lists(TEXTS, min_size=1, max_size=7), min_size=1, max_size=6)


@st.composite
def blocks(draw: st.DrawFn) -> Blocks:
    made: list[Line | Table] = []
    for number, block in enumerate(draw(st.lists(st.one_of(TEXTS, ROWS), max_size=8)), 1):
        if isinstance(block, str):
            made.append(Line(block, Place("x", number)))
            continue
        rows = []
        for r, row in enumerate(block, 1):
            cells = []
            for c, text in enumerate(row, 1):
                place = Place("x", column=c, table=number, row=r)
                lines = tuple(Line(part, place) for part in text.split("\n"))
                cells.append(Cell(lines, c, 1, draw(st.booleans()) if not text.strip() else False))
            rows.append(tuple(cells))
        made.append(Table(tuple(rows), aligned=draw(st.booleans()), gaps=draw(st.booleans())))
    return Blocks(tuple(made))


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None, max_examples=150)
@given(document=blocks())
def test_nothing_is_lost_whatever_the_document_holds(name: str, document: Blocks) -> None:
    imported = match(form(name), document, DOCUMENT, HINTS)
    assert unaccounted(document, imported) == []


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None, max_examples=100)
@given(document=blocks())
def test_nothing_is_invented_whatever_the_document_holds(name: str, document: Blocks) -> None:
    printed = "".join("".join(line.text.split()) for line in document.lines)
    imported = match(form(name), document, DOCUMENT, HINTS)
    for disclosure in imported.disclosures:
        for project in disclosure.projects:
            for value in dict(published_values(project.record)).values():
                assert set("".join(value.split())) <= set(printed)


SUFFIXES = {".docx": office_files.docx, ".xlsx": office_files.xlsx, ".html": office_files.page, ".txt": office_files.text}  # fmt: skip
INSERTED = st.lists(st.tuples(st.integers(0, 14), TEXTS), max_size=4)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(inserted=INSERTED)
def test_nothing_is_lost_in_any_file_type(suffix: str, inserted: list[tuple[int, str]]) -> None:
    changed = [*office_forms.HEBEI]
    for position, text in inserted:
        changed.insert(position, " ".join(text.split()) or "空")
    content = SUFFIXES[suffix](changed)
    read = importers.read_blocks(f"x{suffix}", content)
    imported = importers.read(f"x{suffix}", content, HINTS)
    assert unaccounted(read, imported) == []


@settings(deadline=None, max_examples=300)
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".docx", ".xlsx", ".html", ".txt"]))
def test_any_bytes_are_read_or_refused(content: bytes, suffix: str) -> None:
    try:
        importers.read_blocks(f"x{suffix}", content)
    except GeneratorError as error:
        assert error.message  # noqa: PT017 (either outcome is right)


@settings(deadline=None, max_examples=100)
@given(document=blocks())
def test_a_form_is_recognised_or_refused(document: Blocks) -> None:
    try:
        assert recognise(document, "x").id in FORMS
    except GeneratorError as error:
        assert "已知的表式" in error.message  # noqa: PT017 (either outcome is right)


# --- round trips ---

# Text as offices print it. White space at the ends and blank lines are layout in some file types.
SIGNS = (
    "道路桥梁河水清理整修人民政府％≥≤０９Ａ（）“”、。；·—℃㎡①𠮷"
    + string.ascii_letters
    + string.digits
    + "%<>&'\"-_.,:;/\\|#@*[]{}"
)
PRINTED = st.text(SIGNS, min_size=1, max_size=20).map(str.strip).filter(bool)
VALUE = st.tuples(
    PRINTED.filter(lambda text: not importers.vocabulary.vocabulary(form("hebei")).known(text)),
    st.sampled_from(["", "", " ", "  ", "\u3000"]),  # a cell keeps what is printed behind its text
).map("".join)
SENTENCE = st.text(SIGNS, min_size=2, max_size=60).map(lambda text: f"为{text}。")
AMOUNT = st.decimals(0, 10**9, places=2).map(lambda n: f"{n:f}")
LEVELS = st.sampled_from(
    [(g, v) for g, vs in (("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")), ("效益指标", ("经济效益指标", "社会效益指标")), ("满意度指标", ("服务对象满意度指标",))) for v in vs]
)  # fmt: skip


@st.composite
def project(draw: st.DrawFn, number: int = 1) -> Project:
    dates = draw(
        st.lists(st.sampled_from(["3月底", "6月底", "10月底", "12月底"]), min_size=1, max_size=4, unique=True)
    )
    indicators = [
        {
            "level1": level1,
            "level2": level2,
            "level3": draw(VALUE),
            "description": draw(st.none() | VALUE),
            "target": draw(VALUE),
            "basis": draw(st.none() | VALUE),
        }
        for level1, level2 in draw(st.lists(LEVELS, min_size=1, max_size=6))
    ]
    data: dict[str, Any] = {
        "number": str(number),
        "code": f"130999219{draw(st.text(string.ascii_uppercase + string.digits, min_size=8, max_size=8))}{number:04}",
        "name": draw(st.text("道路桥梁河水清理整修人民政府（）", min_size=2, max_size=15)),
        "purpose": draw(st.none() | SENTENCE),
        "budget": {key: draw(AMOUNT) for key in ("total", "fiscal", "other")},
        "spending_plan": [
            {"date": date, "cumulative": f"{draw(st.integers(0, 2000))}.00%"} for date in dates
        ],
        "goals": draw(st.lists(SENTENCE, min_size=1, max_size=3)),
        "indicators": indicators,
    }
    return Project(**dict(ProjectFile.model_validate(data)), id=data["code"], unit_code="305001", year="2021")


@st.composite
def disclosure(draw: st.DrawFn) -> Disclosure:
    return Disclosure(
        unit=Unit(code="305001", name=draw(st.text("柳林镇河道路人民政府", min_size=2, max_size=12))),
        year="2021",
        amount_unit=draw(st.sampled_from(AmountUnit)),
        overall_goal="\n".join(draw(st.lists(SENTENCE, min_size=1, max_size=2))),
        itemised_goals=tuple(draw(st.lists(SENTENCE, max_size=3))),
        safeguard_measures=draw(SENTENCE),
        projects=tuple(draw(project(n)) for n in range(1, draw(st.integers(1, 3)) + 1)),
    )


def read_back(written: Disclosure, name: str, content: bytes) -> None:
    imported = importers.read(name, content, Hints(year=written.year))
    (read,) = imported.disclosures
    assert (read.unit_code, read.unit_name, read.year) == (written.unit.code, written.unit.name, written.year)
    assert dict(published_values(read.record)) == dict(published_values(written))
    for ours, theirs in zip(written.projects, read.projects, strict=True):
        assert dict(published_values(theirs.record)) == dict(published_values(ours))
    assert {residue.kind for residue in imported.residue} <= {"contents", "page-header"}
    assert unaccounted(importers.read_blocks(name, content), imported) == []
    traces = trace(written, read.record.source_documents[0], imported)
    assert len(traces) == 1 + len(written.projects)
    assert not any(found.differences for found in traces.values())


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(written=disclosure())
def test_a_word_document_is_read_back_as_it_was_written(written: Disclosure) -> None:
    content = documents.write(written, "docx")
    read_back(written, "x.docx", content)
    assert documents.write(written, "docx") == content


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(written=disclosure())
def test_a_text_is_read_back_as_it_was_written(written: Disclosure) -> None:
    read_back(written, "x.txt", documents.write(written, "txt"))


def test_a_doc_is_read_back_as_it_was_written(libreoffice: LibreOffice, liqingu: Disclosure) -> None:
    """LibreOffice takes a second to start, so all of them go through it at once, there and back."""
    assert libreoffice.path
    written = [liqingu]

    @settings(max_examples=12, derandomize=True, database=None, phases=[Phase.generate])
    @given(made=disclosure())
    def generate(made: Disclosure) -> None:
        written.append(made)

    generate()
    new = {f"{number}.docx": documents.write(made, "docx") for number, made in enumerate(written)}
    old = {name.replace(".docx", ".doc"): content for name, content in office.convert(new, "doc").items()}
    again = office.convert(old, "docx")
    for number, made in enumerate(written):
        read_back(made, "x.docx", again[f"{number}.doc"])
