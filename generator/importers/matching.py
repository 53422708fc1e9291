"""Reads the blocks of a document by a form: which line is a label, which a value, which neither.

It knows no form: headings, titles, labels, columns and paragraphs are the description's. What fits
nothing is residue with a finding. Nothing is guessed, nothing is dropped.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.finding import Severity, Text
from generator.forms.form import Form, Heading, pattern
from generator.importers.account import Account
from generator.importers.blocks import Blocks, Line, Table
from generator.importers.draft import Draft, Projects
from generator.importers.imported import Hints, Imported
from generator.importers.prose import Prose
from generator.importers.result import disclosures
from generator.importers.tables import Tables
from generator.importers.vocabulary import plain, vocabulary
from generator.model import SourceDocument

_PAGE_NUMBER = re.compile(
    r"\s*+(?:第\s*+)?[-—–·]*+\s*+\d{1,4}\s*+[-—–·]*+\s*+页?(?:\s*+[/,，共]\s*+共?\s*+\d{1,4}\s*+页?)?\s*+"
)
_BARE = re.compile(r"(\(\?P<\w+>[^()]*\))+")
"""A pattern of placeholders only, such as a caption's unit code and name: it needs company to count."""
_CAPTION = range(8, 60)  # signs; a unit's code has six, and a name follows
_CONTENTS = "目录"
_ENTRY = re.compile(r"(.{1,200}?)(?:\t|\s*+[.…·]{2,}+\s*+|\s{2,}+)\s*+\d{1,4}\s*+")


def match(form: Form, blocks: Blocks, document: SourceDocument, hints: Hints) -> Imported:
    """Read `blocks` by `form`. Unit, year and money unit come from the document, else from `hints`."""
    return _Matching(form, document).run(blocks, hints)


class _Matching:
    def __init__(self, form: Form, document: SourceDocument) -> None:
        self._form = form
        self._document = document
        self._account = Account(document.file)
        self._part1 = Draft()
        self._stated: dict[str, Line] = {}
        self._projects = Projects(vocabulary(form), self._account, self._state)
        self._prose = Prose(self._projects)
        self._tables = Tables(self._projects, self._sentence, self._line, self._prose)
        self._headings = dict(_headings(form))
        self._titles = [pattern(title) for title in (form.title, *form.titles)]
        # `单位：万元` states the money unit before it could state a unit's name
        sentences = sorted(
            (*form.cover, *form.captions, *form.statements), key=lambda s: "{amount_unit}" not in s
        )
        self._sentences = [pattern(sentence) for sentence in sentences]
        self._heading: Heading | None = None
        self._in_contents = False
        self._ahead: Counter[str] = Counter()

    def run(self, blocks: Blocks, hints: Hints) -> Imported:
        self._ahead.update(plain(b.text) for b in blocks.blocks if isinstance(b, Line))
        for block in blocks.blocks:
            if isinstance(block, Table):
                self._prose.end()
                self._tables.read(block)
            else:
                self._ahead[plain(block.text)] -= 1
                self._line(block)
        self._prose.end()
        self._projects.close_title()
        read = disclosures(self._document, hints, self._part1, self._projects, self._stated)
        self._account.close(blocks)
        return Imported(
            self._form.id,
            read.disclosures,
            tuple(self._account.labels),
            read.values,
            (*blocks.residue, *self._account.residue),
            (*blocks.findings, *self._account.findings),
        )

    # lines

    def _line(self, line: Line) -> None:
        text = line.text.strip()
        if not text or self._contents(line):
            return
        if heading := self._headings.get(plain(text)):
            self._prose.end()
            self._account.label(line, text)
            self._heading = heading
        elif self._sentence([line]):
            pass
        elif self._heading and self._heading.field:
            if _PAGE_NUMBER.fullmatch(line.text):
                self._account.set_aside(line, "page-number")
            else:
                self._paragraph(self._heading.field, line)
        elif _PAGE_NUMBER.fullmatch(line.text) and not self._prose.expecting:
            self._account.set_aside(line, "page-number")
        else:
            self._prose.take(line)

    def _contents(self, line: Line) -> bool:
        """Whether the line is part of a list of contents: an entry with its page, or one that comes again."""
        name = plain(line.text)
        if name == _CONTENTS:
            self._in_contents = True
        elif self._in_contents:
            entry = _ENTRY.fullmatch(line.text)
            self._in_contents = bool(entry) or self._ahead[name] > 0
        if self._in_contents:
            self._account.set_aside(line, "contents")
        return self._in_contents

    def _paragraph(self, field: str, line: Line) -> None:
        draft = self._part1
        draft.take(line)
        if field == "itemised_goals":
            draft.put((field, draft.count(field)), line.text, line.place)
        elif field in draft.data:
            draft.data[field] += "\n" + line.text
        else:
            draft.put((field,), line.text, line.place)

    # titles, captions and other sentences that state something

    def _sentence(self, lines: Sequence[Line]) -> bool:
        """Read a line, or the cells of a row, if each is a title or states unit, year or money unit."""
        found = [self._stating(line.text.strip()) for line in lines]
        telling = any(f and not _BARE.fullmatch(f[0].re.pattern) for f in found)
        if not all(found) or not (telling or (len(lines[0].text) in _CAPTION and not lines[0].place.table)):
            return False
        for line, (match_, is_title) in zip(lines, filter(None, found), strict=True):
            groups = match_.groupdict()
            self._account.label(line, line.text.strip())
            if is_title:
                self._prose.end()
                self._tables.reset()
                if self._heading and self._heading.field:
                    self._heading = None
                if "name" in groups or self._projects.begun:
                    self._projects.title(groups.get("number") or "", groups.get("name") or "", line)
            elif {"unit_code", "unit_name"} <= groups.keys() and self._projects.begun:
                self._projects.open()  # a caption with the unit stands above a project's table
            self._take_groups(groups, line)
        return True

    def _take_groups(self, groups: dict[str, str | None], line: Line) -> None:
        code, name = groups.get("unit_code") or "", groups.get("unit_name") or ""
        if code or name:
            if self._projects.drafts:
                self._projects.unit(code, name)
            else:
                self._projects.unit_ahead(code, name)
        for key in ("year", "amount_unit"):
            if value := groups.get(key):
                self._state(key, Line(value, line.place))

    def _stating(self, text: str) -> tuple[re.Match[str], bool] | None:
        for title in self._titles:
            if found := title.fullmatch(text):
                return found, True
        for sentence in self._sentences:
            if found := sentence.fullmatch(text):
                return found, False
        return None

    def _state(self, key: str, line: Line) -> None:
        text = line.text.strip()
        first = self._stated.setdefault(key, Line(text, line.place))
        if first.text != text:
            self._account.say(
                f"import-{key.replace('_', '-')}-conflict",
                Text(f"文件前后不一致：先写“{first.text}”，这里写“{text}”", f"the document says `{first.text}` first, and `{text}` here"),
                Text("拆成几个文件分别导入", "split the document and import the parts"),
                line,
                Severity.ERROR,
            )  # fmt: skip


def _headings(form: Form) -> Iterator[tuple[str, Heading]]:
    """Give the printings of each heading: two of a part may stand on one line."""
    for number, heading in enumerate(form.outline):
        yield plain(heading.heading), heading
        after = form.outline[number + 1 : number + 2]
        for following in after:
            if not heading.field and not following.field:
                yield plain(heading.heading + following.heading), following
