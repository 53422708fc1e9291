"""The numbers that Word prints before paragraphs by itself; they stand nowhere in the text.

Offices number their goals this way, and 1. 2. 3. belong to what was published.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

_VAL = qn("w:val")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class _Level:
    start: int
    style: str
    text: str


class Numbering:
    """Counts through a document; ask for each paragraph once, in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._lists: dict[str, str] = {}
        part = next(
            (r.target_part for r in document.part.rels.values() if not r.is_external and r.reltype.endswith("/numbering")),
            None,
        )  # fmt: skip
        root = getattr(part, "element", None)
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            self._levels[str(abstract.get(qn("w:abstractNumId")))] = {
                int(level.get(qn("w:ilvl"), "0")): _Level(
                    int(_child(level, "w:start") or 1),
                    _child(level, "w:numFmt") or "decimal",
                    _child(level, "w:lvlText"),
                )
                for level in abstract.findall(qn("w:lvl"))
            }
        for number in root.findall(qn("w:num")):
            self._lists[str(number.get(qn("w:numId")))] = _child(number, "w:abstractNumId")

    def number(self, paragraph: etree._Element) -> str:
        """Give what Word prints before this paragraph: `1.`, `（二）`, or the empty string."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return ""
        name = _child(properties, "w:numId")
        depth = int(_child(properties, "w:ilvl") or 0)
        levels = self._levels.get(self._lists.get(name, ""), {})
        level = levels.get(depth)
        if level is None or level.style in ("bullet", "none"):
            return ""
        counts = self._counts[name]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            known = levels.get(at, level)
            return _STYLES.get(known.style, str)(counts.get(at, known.start))

        return re.sub(r"%([1-9])", counted, level.text)


def _child(element: etree._Element, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(_VAL) or "") if child is not None else ""


def _chinese(number: int) -> str:
    """Print 1 to 99 as 一 to 九十九; Word itself counts on in digits where lists are longer."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:  # noqa: PLR2004
        return str(number)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 0 < n <= 20 else str(n),  # noqa: PLR2004
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if 0 < n <= 20 else str(n),  # noqa: PLR2004
    "lowerLetter": lambda n: chr(96 + n) if 0 < n <= 26 else str(n),  # noqa: PLR2004
    "upperLetter": lambda n: chr(64 + n) if 0 < n <= 26 else str(n),  # noqa: PLR2004
}
