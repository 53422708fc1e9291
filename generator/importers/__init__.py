"""Reads official documents: file → blocks (one reader a file type) → form → records."""

import hashlib
from collections.abc import Callable
from pathlib import PurePath

from generator.errors import GeneratorError
from generator.importers.blocks import Blocks, without_control_characters
from generator.importers.imported import Hints, Imported
from generator.importers.matching import match
from generator.importers.page import read_page
from generator.importers.recognition import recognise
from generator.importers.text import decode, read_text
from generator.importers.word import read_word
from generator.importers.workbook import read_workbook
from generator.model import SourceDocument


def _read_plain_text(content: bytes, name: str) -> Blocks:
    text, findings = decode(content, name)
    blocks = read_text(text, name)
    return Blocks(blocks.blocks, blocks.residue, findings)


READERS: dict[str, Callable[[bytes, str], Blocks]] = {
    ".docx": read_word,
    ".txt": _read_plain_text,
    ".xlsx": read_workbook,
    ".html": read_page,
    ".htm": read_page,
}
"""The file types that can be read without another program, by suffix."""

CONVERTED = {".doc": ".docx", ".wps": ".docx", ".xls": ".xlsx"}
"""The file types that LibreOffice first has to convert, and into what."""


def read(name: str, content: bytes, hints: Hints) -> Imported:
    """Read a document; `name` is its file name, whose suffix says what it is.

    GeneratorError where the file type is unknown, the file is not what its name says, or is in no
    known form.
    """
    blocks = read_blocks(name, content)
    form = recognise(blocks, name)
    document = SourceDocument(file=name, sha256=hashlib.sha256(content).hexdigest(), form=form.id)
    return match(form, blocks, document, hints)


def read_blocks(name: str, content: bytes) -> Blocks:
    """Read a document into paragraphs and tables; GeneratorError as `read`."""
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = " ".join((*READERS, *CONVERTED))
        raise GeneratorError(
            name, f"不认识的文件类型“{suffix}”；可读 {known}；PDF 等先用 Word 打开，另存为 .docx", f"unknown file type `{suffix}`; can be read: {known}; open others, such as PDF, in Word and save them as .docx"
        )  # fmt: skip
    return without_control_characters(reader(content, name))
