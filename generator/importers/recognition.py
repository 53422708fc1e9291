"""Finds out in which form a document is: by the labels that the descriptions say mark it."""

from collections.abc import Iterator

from generator.errors import GeneratorError
from generator.forms.form import Form, forms, pattern
from generator.forms.framework import frameworks
from generator.importers.blocks import Blocks, Line
from generator.importers.vocabulary import Vocabulary, plain, vocabulary


def recognise(blocks: Blocks, name: str) -> Form:
    """Give the form whose marks the document has; of several, the one most of whose labels it has.

    GeneratorError where it has the marks of none; it names the forms that are known.
    """
    found = []
    for form in forms():
        groups = list(_labels(vocabulary(form), blocks))
        marked = _marked(form, groups, blocks)
        if marked:
            found.append((form.together, len({label for group in groups for label in group}), form))
    if not found:
        known = "；".join(f"{form.name}（{'、'.join(map(_shown, form.marks))}）" for form in forms())
        raise GeneratorError(
            name, f"没有认出表式。已知的表式和它们的标签：{known}", f"no known form. The forms and the labels that mark them: {known}"
        )  # fmt: skip
    return max(found, key=lambda f: f[:2])[2]


def _shown(mark: str) -> str:
    """Give a mark as it may be printed: 【{level1}-{level2}】 as 【产出指标-数量指标】."""
    group = frameworks()[0].groups[0]
    return mark.format(level1=group.name, level2=group.levels[0].name)


def _marked(form: Form, groups: list[set[str]], blocks: Blocks) -> bool:
    words = vocabulary(form)
    sentences = [pattern(mark) for mark in form.marks if "{" in mark]
    marks = {name for mark in form.marks if "{" not in mark for name in [_name(words, mark)] if name}
    if any(not any(s.match(line.text.strip()) for line in blocks.lines) for s in sentences):
        return False
    if form.together:
        return any(marks <= group for group in groups)
    everything = set().union(*groups) if groups else set()
    headings = {plain(h.heading) for h in form.outline if h.field}
    whole_outline = bool(headings) and headings <= {plain(line.text) for line in blocks.lines}
    return marks <= everything or whole_outline


def _labels(words: Vocabulary, blocks: Blocks) -> Iterator[set[str]]:
    """Give the labels of the form that stand in the document, by row or line."""
    for block in blocks.blocks:
        if isinstance(block, Line):
            yield set(filter(None, (_name(words, t) for t, is_label in words.split(block.text) if is_label)))
            continue
        for row in block.rows:
            texts = [cell.text for cell in row if not cell.blank]
            inside = [t for text in texts for t, is_label in words.split(text) if is_label]
            yield set(filter(None, (_name(words, text) for text in (*texts, *inside))))


def _name(words: Vocabulary, text: str) -> str:
    """Give one name for a label, whichever of its printings it is."""
    if column := words.column(text):
        return f"{column.each}.{column.field}" if column.field or column.each else plain(text)
    label = words.label(text)
    return label.name if label else ""
