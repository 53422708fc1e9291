"""A record while it is being read: values with their places, and the projects of a document in turn."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.finding import FieldPath, Place, Text, field_name
from generator.forms.form import Cell as FormCell
from generator.importers.account import Account
from generator.importers.blocks import Cell, Line
from generator.importers.vocabulary import Vocabulary, plain, unit_of

_TWICE = Text("同一项内容出现了两次，没有读入第二次", "the same item stands twice; the second was not read")
_REQUIRED = ("level1", "level2", "level3", "target")
_STATING = {"year": re.compile(r"((?:19|20)\d{2})\s*年?度?"), "amount_unit": re.compile(r"(万元|元)")}
STATED = ("unit", "unit_code", "unit_name", "year", "amount_unit")
"""What a document states of the disclosure rather than of a project."""


class Draft:
    """The values of one record, each with its place, and the lines that they were read from."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.lines: list[Line] = []
        self.unit = ("", "")
        self.unit_given = False

    def put(self, path: FieldPath, text: str, place: Place) -> bool:
        """Store a value at `path`; False, and nothing stored, where another text stands there."""
        *way, last = path
        node: Any = self.data
        for part, following in zip(way, path[1:], strict=True):
            node = _child(node, part, [] if isinstance(following, int) else {})
        if isinstance(last, str) and last in node:
            return bool(node[last] == text)
        _child(node, last, text)
        self.places[field_name(path)] = place
        return True

    def count(self, each: str) -> int:
        """How many items its list `each` has."""
        return len(self.data.get(each, ()))

    def take(self, cell: Cell | Line) -> None:
        """Note that the text of a cell or line became a value."""
        lines = cell.lines if isinstance(cell, Cell) else (cell,)
        self.lines += [line for line in lines if line.text.strip()]


def _child(node: Any, key: str | int, default: Any) -> Any:
    if isinstance(node, list):
        if key == len(node):
            node.append(default)
        return node[int(key)]
    return node.setdefault(key, default)


class Projects:
    """The projects of a document in the order in which they are met; one is current."""

    def __init__(self, vocabulary: Vocabulary, account: Account, state: Callable[[str, Line], None]) -> None:
        self.vocabulary = vocabulary
        self.account = account
        self.drafts: list[Draft] = []
        self.state = state
        self._titled: tuple[str, Line] | None = None
        self._carried: dict[str, tuple[str, Place]] = {}
        self._unit = ("", "")

    @property
    def current(self) -> Draft:
        """The project that values go to; the first value opens the first."""
        if not self.drafts:
            self.open()
        return self.drafts[-1]

    @property
    def begun(self) -> bool:
        """Whether the current project has a value of its table, not only a title."""
        return bool(self.drafts and self.drafts[-1].lines)

    def open(self) -> None:
        """Begin a project."""
        self.close_title()
        draft = Draft()
        draft.unit = self._unit
        self.drafts.append(draft)
        self._carried = {}

    def title(self, number: str, name: str, line: Line) -> None:
        """Begin a project with the number and name of its title; the table's name counts more."""
        self.open()
        if number:
            self.current.put(("number",), number, line.place)
        self._titled = (name, line) if name else None

    def close_title(self) -> None:
        """Where the table gave no name, the title's is the project's."""
        if self._titled and self.drafts and "name" not in self.drafts[-1].data:
            name, line = self._titled
            self.drafts[-1].put(("name",), name, line.place)
        self._titled = None

    # values

    def value(self, described: FormCell, cell: Cell | Line) -> None:
        """Put what a cell or line holds where its described cell says."""
        lines = cell.lines if isinstance(cell, Cell) else (cell,)
        printed = [line for line in lines if line.text.strip()]
        if not printed:
            return
        if described.leave:
            for line in printed:
                self.account.set_aside(line, described.leave)
            if described.leave == "personal":
                self._say_personal(printed[0])
        elif described.field in STATED:
            self._stated(described.field, Line(cell.text, cell.place))
        elif described.each and not described.field:
            for line in printed:
                self.line(described.each, line)
        elif described.each:
            self._single((described.each, self._next(described), described.field), cell)
        else:
            self._single(tuple(described.field.split(".")), cell)

    def spread(self, described: FormCell, cells: Sequence[Cell]) -> None:
        """Put the cells of a row into the items of a list, by position: a blank cell keeps its place."""
        filled = [index for index, cell in enumerate(cells) if not cell.blank]
        count = max(max(filled, default=-1) + 1, self.current.count(described.each))
        for index, cell in enumerate(cells[:count]):
            self._single((described.each, index, described.field), cell)

    def line(self, each: str, line: Line) -> None:
        """Add a line to a list of texts, such as `goals`."""
        text = Line(line.text, line.place)
        self.current.put((each, self.current.count(each)), text.text, text.place)
        self.current.take(line)

    def paragraph(self, field: str, line: Line) -> None:
        """Add a paragraph to a field: another line of a text, or another item of `goals`."""
        if field == "goals":
            self.line(field, line)
        elif field in self.current.data:
            self.current.data[field] += "\n" + line.text
            self.current.take(line)
        else:
            self._single((field,), line)

    def _next(self, described: FormCell) -> int:
        items = self.current.data.get(described.each, [])
        return next((n for n, item in enumerate(items) if described.field not in item), len(items))

    def _single(self, path: FieldPath, cell: Cell | Line) -> None:
        if path in (("name",), ("code",)) and path[0] in self.current.data:
            self.open()
        if path == ("name",):
            self._check_title(cell)
        if self.current.put(path, cell.text, cell.place):
            self.current.take(cell)
        elif isinstance(cell, Cell):
            self.account.unread_cell(cell, _TWICE)
        else:
            self.account.unread(cell, _TWICE)

    def _check_title(self, cell: Cell | Line) -> None:
        if self._titled and self._titled[0] != cell.text:
            title = self._titled[0]
            self.account.say(
                "import-title-differs",
                Text(
                    f"表题中的名称“{title}”与表内“{cell.text}”不同",
                    f"the title says `{title}`, the table `{cell.text}`",
                ),
                Text("以表内为准读入；核对原文件", "the table's was read; check the document"),
                cell,
            )
        self._titled = None

    def _stated(self, field: str, line: Line) -> None:
        if field in _STATING:
            if found := _STATING[field].fullmatch(line.text.strip()):
                self.account.label(line)
                self.state(field, Line(found[1], line.place))
            else:
                self.account.unread(line)
            return
        code, name = unit_of(line.text) if field == "unit" else ("", line.text)
        if field == "unit_code":
            code, name = line.text.strip(), ""
        if self.unit(code, name):
            self.account.label(line)
        else:
            self.account.set_aside(line, "no-field")

    def unit_ahead(self, code: str, name: str) -> None:
        """Note the unit of the projects to come."""
        self._unit = (code or self._unit[0], name or self._unit[1])

    @property
    def last_unit(self) -> tuple[str, str]:
        """The unit that was named last, code and name."""
        return self._unit

    def unit(self, code: str, name: str) -> bool:
        """Note the unit of the current project and of those that follow.

        False, and nothing noted, where the project has another unit already, such as the one that
        carries it out beside the one whose budget it is in; after its indicators the next project begins.
        """
        draft = self.current
        again = draft.unit_given and bool((code and draft.unit[0]) or (name and draft.unit[1]))
        if again and draft.count("indicators"):
            self.open()
            draft = self.current
            draft.unit = ("", "")
        elif again and not (code in ("", draft.unit[0]) and name in ("", draft.unit[1])):
            return False
        elif not draft.unit_given and draft.unit[0] not in ("", code):
            draft.unit = ("", "")
        draft.unit_given = True
        self._unit = draft.unit = (code or draft.unit[0], name or draft.unit[1])
        return True

    def _say_personal(self, line: Line) -> None:
        self.account.say(
            "import-personal-data",
            Text("个人信息没有写入数据，但公开的原件里仍有", "personal data was left out of the data, but the document still holds it"),
            Text("公开原件以前先删去姓名和电话", "remove names and telephone numbers from the document before publishing it"),
            Line("", line.place),
        )  # fmt: skip

    # items of lists

    def item(self, each: str, cells: Mapping[str, tuple[FormCell, Cell]]) -> None:
        """Add an item to the list `each`, by field; blanks in columns of known names continue those above.

        A row that holds such names only is the form's print, not an item.
        """
        values = {field: self._item_value(each, d, c) for field, (d, c) in cells.items()}
        if all(cell.blank for described, cell in cells.values() if not described.known):
            for described, cell in cells.values():
                if cell.blank or self.vocabulary.level("".join(cell.text.split()), described.known):
                    self.account.label_cell(cell)
                else:
                    self.account.unread_cell(cell)
            return
        draft, index = self.current, self.current.count(each)
        for field in (*_REQUIRED, *(f for f in values if f not in _REQUIRED)):
            text, place = values.get(field, ("", None))
            if not text and field not in _REQUIRED:
                continue
            some = next(c for _, c in cells.values() if not c.blank)
            draft.put((each, index, field), text, place or some.place)
        for _, cell in cells.values():
            draft.take(cell)

    def _item_value(self, each: str, described: FormCell, cell: Cell) -> tuple[str, Place]:
        field = described.field
        if described.known:
            if not cell.blank:
                name = self._level_name(described, cell)
                if field == "level1" and self._carried.get(field, ("",))[0] != name:
                    self._carried.pop("level2", None)
                self._carried[field] = (name, cell.place)
            if field in self._carried:
                return self._carried[field]
        if cell.covered and cell.blank and self.current.count(each):
            above = self.current.data[each][-1].get(field, "")
            name = field_name((each, self.current.count(each) - 1, field))
            return above, self.current.places.get(name, cell.place)
        return ("", cell.place) if cell.blank else (cell.text, cell.place)

    def _level_name(self, described: FormCell, cell: Cell) -> str:
        """Give a level's name; narrow cells break it over lines, which is layout."""
        joined = "".join(cell.text.split())
        broken = len(joined) < len(cell.text) and self.vocabulary.level(plain(joined), described.known)
        return joined if broken else cell.text
