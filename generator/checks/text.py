"""Rules of the characters: what is printed oddly, what cannot be seen, what must not be there."""

import re

from generator.checks.registry import Doubt, Doubts, text_rule
from generator.finding import Severity, Text
from generator.rule import Family

# Each pattern begins with the set of its first characters, which `re` can look for quickly; what must
# stand before them is looked at behind.
_SPACES = " \u3000\xa0\t"
_SURROUNDING = re.compile(rf"[{_SPACES}](?:$|(?<=^.))", re.MULTILINE)
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_HALF_WIDTH = re.compile(r"[,;:?!](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff“《]|\s*$)", re.MULTILINE)
_INVISIBLE = re.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\U000e0000-\U000e007f]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd锟](?:(?<!锟)|斤拷)")
_OTHER_SCRIPTS = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХаеорсухіјѕ"  # Greek and Cyrillic that look like Latin
_RADICALS = "\u2e80-\u2fdf\uf900-\ufad9"  # with compatibility forms
_UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"  # real characters
_LOOK_ALIKE = re.compile(
    f"[OoIl{_OTHER_SCRIPTS}{_RADICALS}](?:"
    f"(?<=[{_RADICALS}])(?<![{_UNIFIED}])"
    f"|(?<=[A-Za-z0-9][{_OTHER_SCRIPTS}])|(?<=[{_OTHER_SCRIPTS}])(?=[A-Za-z0-9])"
    "|(?<=[0-9≥≤><=][OoIl])(?=[0-9]*[%％])"  # a letter among the digits of a percentage
    "|(?<=[0-9][OoIl])(?=[0-9]+(?:\\.[0-9]+)?[万元年月日个次人户]))"  # or of a count: 2O21年
)
_LEFTOVER = re.compile(
    r"\*{2,}|[×✕╳]{2,}|(?<![A-Za-z0-9])(?:20)?[Xx]{2,}(?![A-Za-z0-9])|[○△]{2,}|指标\s?\d+\s?[:：]|_{3,}"
    r"|(?:此处|请)填写|^[….。]{2,}$",
    re.MULTILINE,
)
_LEFTOVER_HINT = re.compile(r"[*×✕╳Xx○△_….。\d填](?:(?<!\d)[*×✕╳Xx○△_….。写]|(?<=\d)\s?[:：])")
_PAIRS = {"“": "”", "《": "》", "【": "】", "「": "」"}
_BRACKET = re.compile(f"[{''.join([*_PAIRS, *_PAIRS.values()])}]")


@text_rule(_SURROUNDING, Severity.NOTE, Family.TEXT, "前后有空格", "surrounding space")
def surrounding_space(text: str, _: re.Match[str]) -> Doubts:
    """A text begins or ends with white space, which defeats exact searches and comparisons.

    文字前面或后面有空格：看不见，却让精确查找和比对落空。

    Bad: “群众满意 ”
    Good: “群众满意”；文字中间的空格
    """
    if text.strip(_SPACES) != text:
        yield Doubt((), Text("前面或后面有空格", "white space before or after the text"))


@text_rule(_FULL_WIDTH, Severity.NOTE, Family.TEXT, "全角数字或字母", "full-width digits or letters")
def full_width(_: str, match: re.Match[str]) -> Doubts:
    """Digits or letters are printed in full width, so a search for the plain ones misses them.

    数字或字母是全角的，用半角查找时找不到。

    Bad: ９０％
    Good: 90％；全角标点
    """
    yield Doubt((), Text(f"“{match[0]}”是全角字符", f"`{match[0]}` is in full width"))


@text_rule(_HALF_WIDTH, Severity.NOTE, Family.TEXT, "标点全半角混用", "mixed punctuation")
def mixed_punctuation(_: str, match: re.Match[str]) -> Doubts:
    """A half-width mark stands between Chinese characters, where Chinese text has a full-width one.

    汉字之间用了半角标点。

    Bad: 改造提升镇区环境，实施乡村振兴战略;
    Good: 做好招商引资；每日 8:00；1.保障实施
    """
    yield Doubt((), Text(f"汉字后用了半角“{match[0]}”", f"half-width `{match[0]}` in Chinese text"))


@text_rule(_BRACKET, Severity.NOTE, Family.TEXT, "引号、书名号不成对", "unbalanced quotes")
def unbalanced_quotes(text: str, _: re.Match[str]) -> Doubts:
    """A quotation mark or title mark is opened and not closed, or closed and not opened.

    引号、书名号等有开无合，或有合无开，可能漏印了字。

    Bad: 开展“三会一课、主题党日
    Good: 开展“三会一课”、主题党日
    """
    for opening, closing in _PAIRS.items():
        if text.count(opening) != text.count(closing):
            message = Text(f"标点 {opening} {closing} 不成对", f"{opening} and {closing} do not pair")
            yield Doubt((), message)


@text_rule(_INVISIBLE, Severity.WARNING, Family.TEXT, "看不见的字符", "invisible character")
def invisible_character(_: str, match: re.Match[str]) -> Doubts:
    """A character without width stands in the text, so equal texts are not equal.

    文字中有零宽等看不见的字符，看上去一样的文字并不一样。

    Bad: “道路\u200b修建”中间有一个看不见的字符
    Good: “道路修建”
    """
    code = f"U+{ord(match[0]):04X}"
    yield Doubt((), Text(f"有看不见的字符 {code}", f"there is an invisible character, {code}"))


@text_rule(_UNREADABLE, Severity.WARNING, Family.TEXT, "无法显示的字符", "unreadable character")
def unreadable_character(_: str, match: re.Match[str]) -> Doubts:
    """A character was lost in a conversion, or exists in one maker's font only.

    字符在转换中丢失，或只有某一家的字库才有，读者的设备上显示不出来。

    Bad: 李亲\ufffd镇
    Good: 李亲顾镇；𠮷、㐂等 Unicode 已收的生僻字
    """
    code = f"U+{ord(match[0][0]):04X}"
    yield Doubt((), Text(f"有无法显示的字符 {code}", f"{code} cannot be displayed"))


@text_rule(_LOOK_ALIKE, Severity.WARNING, Family.TEXT, "形近字符", "look-alike character")
def look_alike_character(_: str, match: re.Match[str]) -> Doubts:
    """A character looks like a common one and is another, as scans and conversions produce.

    看上去是常用字、字母或数字，其实是另一个字符（部首、兼容汉字、西里尔字母、数字里的字母），多来自扫描或转换。

    Bad: ≥9O%（字母 O）；⼯程（部首“⼯”）
    Good: ≥90%；工程；5μg；Φ110 管
    """
    code = f"U+{ord(match[0]):04X}"
    message = Text(
        f"“{match[0]}”（{code}）不是通常的字符，只是形状相近",
        f"`{match[0]}` ({code}) only looks like the usual character",
    )
    yield Doubt((), message)


@text_rule(_LEFTOVER_HINT, Severity.WARNING, Family.TEXT, "模板留下的文字", "leftover of a template")
def template_leftover(text: str, _: re.Match[str]) -> Doubts:
    """A hint or placeholder of the template was left where a content should be.

    填表提示或占位符号留在了表里，没有换成内容。

    Bad: （≥**个）；指标1：；××项目；20XX年；……
    Good: 修建道路3条；“五位一体”；A4纸；XXL 号
    """
    if found := _LEFTOVER.search(text):
        message = Text(f"“{found[0]}”像是模板里没有填写的内容", f"`{found[0]}` looks like a template's")
        yield Doubt((), message)
