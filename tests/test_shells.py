"""What shells are learned from and how pages are stamped into them, without any theme."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from generator.render.shells import BODY, SetPage, UnknownShellError, learn, probe, stamp

TITLE = "<b>甲 &amp; 乙</b>  \"丙\" '丁'"


def _page(title: str = TITLE, folder: str = "units/1/2021") -> SetPage:
    body = '<h1 id="top">一</h1>\n<p>文</p>\n<h2 id="x">二&#46;  三</h2>'
    return SetPage(f"{folder}/index.md", {"title": title, "hide": ["toc"]}, body, in_nav=False)


THEME = Environment(autoescape=False)  # noqa: S701 (as MkDocs sets its pages)


@pytest.mark.parametrize(
    "writing", ["", "| e", "| striptags", "| striptags | e", "| tojson", "| e }} – {{ title | striptags"]
)
def test_a_title_is_written_as_the_theme_writes_it(writing: str) -> None:
    theme = THEME.from_string(f"<i>{{{{ title {writing} }}}}</i>{{{{ body }}}}")
    page = _page()
    mark = next(line for line in probe(page.shape).split("\n") if line.startswith("title:"))
    marked = mark.removeprefix("title: ").strip("'").replace("''", "'")
    shell = learn(theme.render(title=marked, body=BODY))
    assert stamp(shell, page) == theme.render(title=TITLE, body=page.body)


def test_a_use_that_is_not_known_is_refused() -> None:
    theme = THEME.from_string("{{ text | upper }}{{ body }}")
    for text in ("shellmark0bxshellmark0e", "shellmark0b"):
        with pytest.raises(UnknownShellError):
            learn(theme.render(text=text, body=BODY))
    with pytest.raises(UnknownShellError):
        learn("no place for the body")


def test_pages_of_one_shape_share_a_shell() -> None:
    assert _page().shape == _page("别的", "units/2/2022").shape
    assert _page().shape != _page("").shape, "a theme may leave out what is empty"
    assert _page().shape != _page(folder="units/1").shape, "addresses differ with the depth"


def test_the_address_is_what_the_shape_leaves_open() -> None:
    shape = _page().shape
    path = shape.probe_path(3).removesuffix("index.md")
    page = _page()
    assert stamp(learn(f"/{path}index.html {BODY}"), page) == f"/units/1/2021/index.html {page.body}"
