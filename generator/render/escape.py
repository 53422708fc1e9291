"""The one function that lets a value onto a page.

Python-Markdown does not sanitise, and `html.escape` alone leaves Markdown's own signs alive. Written
as numeric references, every ASCII sign is inert in Markdown, HTML text and quoted attributes alike.
"""

import re
from functools import lru_cache

from markupsafe import Markup

_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")  # fmt: skip
_EDGE_SPACE = re.compile(r"\A\s|\s\Z|(?<= ) |[\t\n]")  # Markdown strips U+3000 too
_SAFE = re.compile(r"[0-9A-Za-z\u3007\u4e00-\u9fff、。，；：？！（）《》“”‘’【】—…·～％＋－×≥≤]+")


def escape(value: object) -> Markup:
    """Give a value as text that no Markdown or HTML parser can mistake for anything else.

    Chinese stays as it is; spaces that HTML would drop are kept; control and bidi characters go.
    """
    return value if isinstance(value, Markup) else escape_text(str(value))


@lru_cache(maxsize=16_384)  # labels and common words come back on every page
def escape_text(text: str) -> Markup:
    """Do what `escape` does with what is known to be text."""
    if _SAFE.fullmatch(text):
        return Markup(text)
    text = _INVISIBLE.sub("", text)
    text = _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", text)
    return Markup(_EDGE_SPACE.sub(lambda space: f"&#{ord(space[0])};", text))
