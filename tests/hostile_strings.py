"""Texts that try to leave their place: on a page, in Markdown, a template, an address, a spreadsheet.

`{n}` in each becomes a number, so that every text of a test is found by itself. What runs calls
`pwned()`; what escapes carries the word pwn as id, class or address.
"""

from __future__ import annotations

MARKUP = (
    "<script>pwned({n})</script>",
    "</script><script>pwned({n})</script>",
    "</title><script>pwned({n})</script>",
    "</textarea></style></noscript></template><img src=x onerror=pwned({n})>",
    "<img src=x onerror=pwned({n})>",
    "<svg onload=pwned({n})>",
    "<svg><animate onbegin=pwned({n}) attributeName=x dur=1s>",
    "<details open ontoggle=pwned({n})>",
    "<iframe srcdoc='<script>parent.pwned({n})</script>'></iframe>",
    "<a id=pwn href=javascript:pwned({n})>x</a>",
    "<b id=pwn>{n}</b>",
    "<!-- {n} --><b id=pwn>",
    "<!--{n}",
    "<![CDATA[{n}]]>",
    "<?php echo {n} ?>",
    "<base href=https://pwn.example/{n}/>",
    "<meta http-equiv=refresh content='0;url=https://pwn.example/{n}'>",
    "<link rel=stylesheet href=https://pwn.example/{n}.css>",
    "<style>*{{display:none}}/*{n}*/</style>",
    "<form action=https://pwn.example/{n}><button>x",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwned({n})>",
    "<noscript><p title='</noscript><img src=x onerror=pwned({n})>'>",
    "</td></tr></table><h2 id=pwn>{n}",
    "</p></div></article></main></body></html>{n}",
    "<ScRiPt/**/>pwned({n})</sCrIpT >",
    "＜script＞pwned({n})＜/script＞",
    "&lt;script&gt;pwned({n})&lt;/script&gt;",
    "&#60;script&#62;pwned({n})&#60;/script&#62;",
    "&amp;lt;{n}&amp;gt; &copy; &nbsp; &#0; &#x110000;",
)
ATTRIBUTES = (
    '" onmouseover="pwned({n})" class="pwn',
    "' onfocus='pwned({n})' autofocus='",
    '"><script>pwned({n})</script>',
    "'><svg onload=pwned({n})>",
    "` onclick=pwned({n}) `",
    '" style="background:url(https://pwn.example/{n})',
    "x\"y'z`{n}",
)
MARKDOWN = (
    "[pwn{n}](javascript:pwned({n}))",
    '[pwn{n}](https://pwn.example/{n} "pwn")',
    "![pwn{n}](https://pwn.example/{n}.png)",
    "[pwn{n}][pwn]\n\n[pwn]: https://pwn.example/{n}",
    "<https://pwn.example/{n}>",
    "https://pwn.example/{n} www.pwn.example pwn{n}@pwn.example",
    "# 标题{n} {{#pwn}}",
    "标题{n}\n=====",
    "标题{n}\n-----",
    "***粗{n}*** _斜_ ~~删~~ ==亮== ^^插^^ ^上^ ~下~",
    "`码{n}` ``码`` ```\n块\n```",
    "    缩进的代码{n}",
    "\t制表{n}\t符",
    "> 引用{n}",
    "1. 一{n}\n2. 二",
    "- 项{n}\n- [ ] 任务",
    "| 一{n} | 二 |\n| --- | --- |\n| 三 | 四 |",
    "||||{n}",
    "---\ntitle: pwn{n}\n---",
    "***",
    "{{: #pwn{n} .pwn onclick=pwned({n}) }}",
    "文字{n}{{ #pwn onclick=pwned() }}",
    "<div markdown=1 id=pwn>\n\n# {n}\n\n</div>",
    "[^{n}]: 脚注 [^{n}]",
    "*[HTML{n}]: 缩写",
    '!!! danger "pwn{n}"\n    x',
    "[TOC] [[pwn{n}]] :smile: :material-skull: $$x_{n}$$ \\(y\\)",
    '--8<-- "index.md" {n}',
    '--8<-- "../../../../etc/passwd"\n{n}',
    "\\*反\\_斜\\`杠{n}\\",
    "行尾{n}  \n两个空格",
    "klzzwxh:{n:04} wzxhzdk:{n}",
)
TEMPLATES = (
    "{{{{ 7 * {n} }}}} {{{{ config }}}} {{{{ ''.__class__.__mro__ }}}}",
    "{{% raw %}} {{% include '/etc/passwd' %}} {{% for x in y %}} {n}",
    "{{# 注释{n} #}}",
    "${{7*{n}}} #{{7*7}} <%= 7*7 %> %{{7*7}} {{0.__class__}} %s %(x)s %n {{}}",
    "{{{{{{pwned({n})}}}}}} [[${{{n}}}]] @(7*7)",
    "<!--#include virtual=/etc/passwd -->{n}",
    "<!-- md-body --> <!--release-->{n}",
)
ADDRESSES = (
    "javascript:pwned({n})",
    "JaVaScRiPt:pwned({n})//",
    "data:text/html,<script>pwned({n})</script>",
    "vbscript:pwned({n})",
    "//pwn.example/{n}",
    "../../../../etc/passwd?{n}#x",
    "file:///etc/passwd{n}",
    "%3Cscript%3Epwned({n})%3C/script%3E %00 %2e%2e%2f {n}",
    "mailto:pwn@pwn.example?subject={n}&body=x",
)
SPREADSHEETS = (
    '=HYPERLINK("https://pwn.example/{n}","点")',
    "=cmd|' /C calc'!A{n}",
    "+{n}+cmd|' /C calc'!A0",
    "-{n}+3",
    "@SUM({n},1)",
    "＝{n}+1",
    "'{n}",
    '"{n}",x\n=1+1',
    "00{n}",
    "1E{n}",
    "{n}/1",
)
SCRIPTS = (
    "'-pwned({n})-'",
    '";pwned({n})//',
    "\\u003cscript\\u003epwned({n})\\u003c/script\\u003e",
    "`${{pwned({n})}}`",
    "*/pwned({n})/*",
    "]]>{n}</x>",
    "__proto__{n} constructor toString null undefined NaN true {n}",
    "'; DROP TABLE projects; --{n}",
)
LETTERS = (
    "  　两边空格{n}　  ",
    "中  间   空格{n}",
    "\u00a0\u2003\u202f不断行空格{n}",
    "👩‍👩‍👧‍👦📄🇨🇳1️⃣{n}",
    "𠮷𪚥𰻝{n}",
    "e\u0301\u0323 ﬁ Ａ１％ ㎡ ① Ⅷ{n}",
    "Z\u0351\u036b\u0343a\u0358l\u035cg\u0322o{n}",
    "שלום عربي{n}",
    "零宽\u200b连接\u200d不连\u200c断{n}\u2060",
    "软\u00ad连{n}",
    "汉" * 500 + "{n}",
    "no yes null ~ 1_000 0x{n} 12:30:45 2021-01-01 {n}",
    "：{n}，＃ - ? | > ! % @ ` & *",
)

KINDS = {
    "markup": MARKUP,
    "attributes": ATTRIBUTES,
    "markdown": MARKDOWN,
    "templates": TEMPLATES,
    "addresses": ADDRESSES,
    "spreadsheets": SPREADSHEETS,
    "scripts": SCRIPTS,
    "letters": LETTERS,
}
STRINGS = tuple(text for texts in KINDS.values() for text in texts)

INVISIBLE = "\x00\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9f\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff"
"""Characters that no file of the data may hold: control, bidirectional, no characters at all."""


def numbered(text: str, number: int) -> str:
    """Give the text with its number."""
    return text.format(n=number)
