from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.escape import escape

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "`code` **bold** _em_ ~~x~~",
    "| a | b |",
    "# heading",
    "1. item",
    "- item",
    "    code",
    "{: onclick=alert(1) }",
    "{#id}",
    "{{ 7*7 }} {% raw %}",
    '" onmouseover="alert(1)',
    "&lt;script&gt;",
    "https://evil.example",
    '--8<-- "mkdocs.yml"',
    "[toc]",
    "[^1]: x",
    "a\\*b",
    "三会一课; 群众满意 ",
    "≥90% & <5",
]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.snippets"]


def shown(source: str) -> _Text:
    parser = _Text()
    parser.feed(markdown.markdown(source, extensions=EXTENSIONS))
    return parser


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("before", "after", "tags"),
    [
        ("", "", ["p"]),
        ("- ", "", ["ul", "li"]),
        ("## ", " {#x}", ["h2"]),
        ("[", "](x.md)", ["p", "a"]),
        ("<p>", "</p>", ["p"]),
        ('<p title="', '">x</p>', ["p"]),
        ("| a |\n| --- |\n| ", " |", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
    ],
)
def test_hostile_text_adds_no_element_anywhere(text: str, before: str, after: str, tags: list[str]) -> None:
    page = shown(before + escape(text) + after)
    assert page.tags == tags
    if "title=" not in before:
        assert text.strip() in page.text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1))
def test_every_character_arrives(text: str) -> None:
    page = shown(f"<p>{escape(text)}</p>")
    assert (page.tags, page.text) == (["p"], text)


@given(st.text())
def test_nothing_is_left_that_could_be_markup(text: str) -> None:
    left = str(escape(text))
    for reference in {part.split(";")[0] for part in left.split("&#")[1:]}:
        assert reference.isdecimal()
    assert not set(left) & set("<>\"'`*_[](){}|!\\~=+-.:/")
