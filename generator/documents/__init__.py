"""Writes the official document again from the data, by the same form that read it."""

from collections.abc import Callable

from generator import office
from generator.documents.text import to_text
from generator.documents.word import to_word
from generator.errors import GeneratorError
from generator.forms.grid import form_of
from generator.model import Dataset, Disclosure


def _to_pdf(disclosure: Disclosure) -> bytes:
    printable = to_word(form_of(disclosure), disclosure, live=False)
    converted = office.convert({"document.docx": printable}, "pdf")
    if not converted:
        raise GeneratorError("LibreOffice", "没有转换成 PDF；用 --format docx 写出后在 Word 中另存", "no PDF was made; write a .docx and save it as PDF in Word")  # fmt: skip
    return converted["document.docx"]


def _to_word(disclosure: Disclosure) -> bytes:
    return to_word(form_of(disclosure), disclosure)


def _to_text(disclosure: Disclosure) -> bytes:
    return to_text(form_of(disclosure), disclosure).encode()


FORMATS: dict[str, Callable[[Disclosure], bytes]] = {"docx": _to_word, "pdf": _to_pdf, "txt": _to_text}
"""How a disclosure can be written. The same data gives the same bytes, but for PDF, which has its date."""


def disclosure_of(dataset: Dataset, unit: str, year: str) -> Disclosure:
    """Give the disclosure of a unit and year; GeneratorError where there is none."""
    found = next((d for d in dataset.disclosures if (d.unit.code, d.year) == (unit, year)), None)
    if found is None:
        known = "、".join(f"{d.unit.code} {d.year}" for d in dataset.disclosures)
        raise GeneratorError(f"{unit} {year}", f"没有这份绩效文本；有：{known}", f"there is no such disclosure; there are: {known}")  # fmt: skip
    return found


def write(disclosure: Disclosure, kind: str) -> bytes:
    """Give the official document as `docx`, `pdf` or `txt`.

    GeneratorError where LibreOffice is missing (PDF only).
    """
    return FORMATS[kind](disclosure)
