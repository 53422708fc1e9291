"""What became of each line of a document: a label, a value, or residue. Nothing may be left over."""

from collections import Counter, defaultdict

from generator.finding import Finding, Place, Severity, Text
from generator.importers.blocks import Blocks, Cell, Line, Residue
from generator.importers.imported import Imported

_UNREAD = Text("表式中没有这一内容，没有读入", "the form has no such content; it was not read")
_CHECK = Text("核对原文件；需要的内容手工补入", "check the document; add by hand what is needed")
REASONS = {
    "page-number": Text("页码", "a page number"),
    "contents": Text("目录，由标题生成", "the table of contents, made from the headings"),
    "spacing": Text("标题前后的空格", "white space around a heading"),
    "personal": Text("个人信息，不写入数据", "personal data, not taken over"),
    "no-field": Text("数据中没有对应的字段，只见于原文件", "the data has no field for it; see the document"),
    "subtotal": Text("合计或分类的行，不是项目", "a row of totals or a category, not a project"),
    "outside": Text("表式以外的内容，如网页的导航", "outside the form, such as a page's navigation"),
    "nameless": Text("所在的表没有项目名称，没有读入", "its table has no project name; it was not read"),
    "unread": _UNREAD,
}
"""Why a line is residue, by kind."""


class Account:
    """Collects labels, values, residue and findings while a document is read."""

    def __init__(self, file: str) -> None:
        self.labels: list[Line] = []
        self.residue: list[Residue] = []
        self.findings: list[Finding] = []
        self._file = file

    def label(self, line: Line, text: str | None = None) -> None:
        """Take a line as a label; what stands around the label's `text` is spacing."""
        self.labels.append(line)
        if text is not None and line.text != text:
            self.set_aside(Line(line.text.replace(text, "", 1), line.place), "spacing")

    def label_cell(self, cell: Cell) -> None:
        """Take a whole cell as a label."""
        self.labels += [line for line in cell.lines if line.text.strip()]

    def set_aside(self, line: Line, kind: str) -> None:
        """Take a line as residue of a kind that needs no finding."""
        self.residue.append(Residue(line.place, line.text, kind, REASONS[kind]))

    def set_cell_aside(self, cell: Cell, kind: str) -> None:
        """Take a whole cell as residue."""
        for line in cell.lines:
            if line.text.strip():
                self.set_aside(line, kind)

    def unread(self, line: Line, reason: Text = _UNREAD) -> None:
        """Take a line as residue that the form has no place for, and say so."""
        if line.text.strip():
            self.residue.append(Residue(line.place, line.text, "unread", reason))
            self.say("import-unread", reason, _CHECK, line)

    def unread_cell(self, cell: Cell, reason: Text = _UNREAD) -> None:
        """Take a whole cell as residue that the form has no place for."""
        for line in cell.lines:
            self.unread(line, reason)

    def say(
        self,
        rule: str,
        message: Text,
        remedy: Text,
        at: Line | Cell | None = None,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Add a finding about a line or cell, or about the whole document."""
        place = at.place if at else Place(self._file)
        value = at.text if at else ""
        self.findings.append(Finding(rule, severity, message, remedy, place, value=value))

    def close(self, blocks: Blocks) -> None:
        """Take what was unread before the form began, and after it ended, as standing outside of it."""
        unread = {r.place for r in self.residue if r.kind == "unread"}
        outside: set[Place] = set()
        for way in (blocks.blocks, reversed(blocks.blocks)):
            for block in way:
                lines = list(Blocks((block,)).lines)
                if any(line.text.strip() and line.place not in unread for line in lines):
                    break
                outside.update(line.place for line in lines)

        def is_outside(residue: Residue) -> bool:
            return residue.kind == "unread" and residue.place in outside

        pieces = sum(map(is_outside, self.residue))
        if not pieces:
            return
        self.residue = [
            Residue(r.place, r.text, "outside", REASONS["outside"]) if is_outside(r) else r
            for r in self.residue
        ]
        self.findings = [f for f in self.findings if not (f.rule == "import-unread" and f.place in outside)]
        self.say(
            "import-outside",
            Text(f"表式前后有 {pieces} 处内容没有读入", f"{pieces} pieces before or after the form were not read"),
            Text("在 --dry-run 的 residue 中核对", "look at them in the residue of --dry-run"),
            severity=Severity.NOTE,
        )  # fmt: skip


def unaccounted(blocks: Blocks, imported: Imported) -> list[Line]:
    """Give the printed characters that are in no value, label or residue, by place; none is right.

    White space and the signs that part labels from values do not count.
    """
    pieces: tuple[Line | Residue, ...] = (*imported.labels, *imported.values, *imported.residue)
    taken: dict[Place, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        taken[piece.place].update(_signs(piece.text))
    printed: dict[Place, Counter[str]] = defaultdict(Counter)
    for line in blocks.lines:
        printed[line.place].update(_signs(line.text))
    return [
        Line("".join(missing.elements()), place)
        for place, signs in printed.items()
        if (missing := signs - taken[place])
    ]


def _signs(text: str) -> str:
    return "".join(text.split())
