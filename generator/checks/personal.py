"""The rule of personal data: what must not be published at all."""

import re
from collections.abc import Iterator

from generator.checks.registry import Doubt, Doubts, text_rule
from generator.finding import Severity, Text
from generator.rule import Family

_CUES = ("电话", "手机", "座机", "传真", "方式", "号码")
_CUED = "|".join(f"(?<={cue}{sign})" for cue in _CUES for sign in ("", "[: ]"))
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z.])(?:"
    r"(?P<mobile>(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4})"
    r"|(?P<landline>(?:\(0\d{2,3}\)[- ]?|0\d{2,3}[- ])\d{7,8}"
    rf"|(?:{_CUED})\d{{7,12}}(?=$|[^\u4e00-\u9fff]|转))"
    r"|(?P<identity>\d{6} ?\d{8} ?\d{3}[\dXx])"
    r")(?![0-9A-Za-z]|\s?[.,]\d|\s?[万亿元])"
)
"""A number behind 电话 or another cue needs no area code and no hyphen to be one."""
_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ＋（）－—–‐‑−\u3000\xa0：．，", "0123456789Xx+()------  :.,")
"""Signs of full width and the many hyphens, each as one plain character, so that places stay."""
_HINT = re.compile(r"\d[-－—–‐‑− )）\u3000\xa0\d]{6}")
"""What every such number has in it; quickly looked for."""

_LOCAL = 9  # signs of a number without an area code; of a short number less is shown

_KINDS = {
    "mobile": Text("手机号码", "a mobile number"),
    "landline": Text("电话号码", "a telephone number"),
    "identity": Text("身份证号码", "an identity number"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_BIRTH = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_REMOVE = Text(
    "从数据中删去，并更正公开文件；确属机构对外公布的电话的，写明已知悉（acknowledged）",
    "remove it from the data and correct the document; acknowledge it if it is an office's public number",
)


@text_rule(_HINT, Severity.ERROR, Family.TEXT, "个人信息", "personal data")
def personal_data(text: str, _: re.Match[str]) -> Doubts:
    """A telephone or identity number stands in the text. Personal data is not to be published.

    文字中有电话号码或身份证号码，个人信息不应公开。检查结果只显示首尾几位。

    Bad: 联系人王某 13800138000；电话：２３４５６７８
    Good: 金额 13800138000 元；21 位的项目编码
    Basis: 国办发〔2017〕47号：不得公开个人隐私
    """
    found = list(_numbers(text))
    if found:
        kind, start, stop = found[0]
        masked, what = _masked(text[start:stop]), _KINDS[kind]
        more = Text(f"，共 {len(found)} 处", f", {len(found)} in all") if len(found) > 1 else Text("", "")
        message = Text(f"有{what.zh} {masked}{more.zh}", f"there is {what.en}, {masked}{more.en}")
        yield Doubt((), message, _REMOVE, masked)


def mask(text: str) -> str:
    """Give the text with every telephone or identity number made unreadable."""
    pieces, end = [], 0
    for _, start, stop in _numbers(text):
        pieces += [text[end:start], _masked(text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def _masked(number: str) -> str:
    first, last = (3, 2) if len(number) > _LOCAL else (1, 1)
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Give kind, begin and end of each number."""
    for match in _NUMBER.finditer(text.translate(_PLAIN)):
        kind = match.lastgroup or ""
        if kind != "identity" or _is_identity(match[0].replace(" ", "")):
            yield kind, *match.span()


def _is_identity(number: str) -> bool:
    """Whether a number has a possible birthday and the check digit of GB 11643."""
    total = sum(int(n) * weight for n, weight in zip(number, _WEIGHTS, strict=False))
    return bool(_BIRTH.match(number)) and _CHECK_DIGITS[total % 11] == number[-1].upper()
