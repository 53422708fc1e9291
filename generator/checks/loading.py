"""Rules whose findings other steps make: reading YAML, validating it, finding files, importing.

They are declared here so that the catalogue is whole; what finds them is in `yaml_source`,
`validation`, `store` and `importers`.
"""

from generator.checks.registry import declare
from generator.finding import Severity, Text
from generator.rule import Family

_UNREADABLE = """The file was not read, and what it holds was not published; all other files were.

文件没有读入，其中的内容没有发布；其他文件不受影响。
"""


def _refusal(rule_id: str, zh: str, en: str, bad: str, good: str) -> None:
    doc = f"{_UNREADABLE}\nBad: {bad}\nGood: {good}\n"
    declare(rule_id, Severity.ERROR, Family.STRUCTURE, Text(zh, en), doc)


_refusal("yaml-syntax", "YAML 语法有误", "YAML syntax", "name：道路修建（全角冒号）", "name: 道路修建")
_refusal(
    "yaml-encoding", "不是 UTF-8 编码", "not encoded in UTF-8", "以 GBK 保存的文件", "以 UTF-8 保存的文件"
)
_refusal("yaml-too-large", "文件过大", "file too large", "全部项目写在一个几兆的文件里", "一个项目一个文件")
_refusal(
    "yaml-control-character",
    "有控制字符",
    "control character",
    "“道路”后面跟着 U+202E，使后面的字倒着显示",
    "“道路”",
)
_refusal(
    "yaml-not-a-mapping",
    "最外层不是“键: 值”",
    "not a file of keys and values",
    "- 道路修建",
    "name: 道路修建",
)
_refusal(
    "yaml-several-documents",
    "一个文件里有几个 YAML 文档",
    "several YAML documents",
    "name: 甲，下一行 ---，再下一行 name: 乙",
    "每个项目一个文件",
)
_refusal(
    "yaml-too-deep", "嵌套过深或条目过多", "nested too deeply", "[[[[[[[[[[[[[甲]]]]]]]]]]]]]", "goals: [甲]"
)
_refusal("yaml-key", "键不是一个词", "key is not a word", "[甲, 乙]: 丙", "name: 丙")
_refusal("yaml-merge-key", "合并键", "merge key", "<<: 其他内容", "把内容完整写出")
_refusal("yaml-duplicate-key", "键重复", "duplicate key", "name: 甲，另一行 name: 乙", "name: 甲")
_refusal("yaml-anchor", "锚点或引用", "anchor or alias", "purpose: *同上", 'purpose: "*同上"')
_refusal("yaml-tag", "标签", "tag", "total: !!float 80", "total: '80.00'")
_refusal("file-missing", "缺少文件", "file missing", "文件夹里没有 disclosure.yml", "每个年度有一份")
_refusal(
    "file-name", "文件名不能用作网址", "file name unfit for a URL", "projects/道路 1.yml", "projects/130682217RRL6F4PNQUL9.yml"
)  # fmt: skip
_refusal("folder-name", "文件夹名不对", "folder name", "units/912012/二〇二一/", "units/912012/2021/")
_refusal("missing-field", "缺少必填项", "required field missing", "项目没有 name", "name: 道路修建")
_refusal("wrong-type", "类型不对", "wrong type", "goals: 保障实施", "goals: ['保障实施']")
_refusal("wrong-value", "值不合格式", "value does not fit", "amount_unit: 亿", "amount_unit: 万元")

declare(
    "unknown-key",
    Severity.ERROR,
    Family.STRUCTURE,
    Text("不认识的键", "unknown key"),
    """The key is not one of the data format, so what it holds was not published.

    键不在数据格式之中，它的内容没有发布。

    Bad: purpos: 道路修建
    Good: purpose: 道路修建
    """,
)
declare(
    "yaml-comment-after-value",
    Severity.WARNING,
    Family.STRUCTURE,
    Text("值被注释截断", "value cut by a comment"),
    """What follows ` #` on the line was taken for a comment and is not part of the value.

    行内“ #”之后的文字被当作注释，没有读入。

    Bad: name: 道路 #1
    Good: name: '道路 #1'
    """,
)


def _importing(rule_id: str, title: Text, meaning: Text, severity: Severity = Severity.WARNING) -> None:
    doc = f"{meaning.en}\n\n{meaning.zh}\n"
    declare(rule_id, severity, Family.SOURCE, title, doc)


_importing(
    "import-unread",
    Text("文件中有没读入的文字", "text of the document not read"),
    Text(
        "公开文件中的这段文字不是表式里的内容，没有读入数据。",
        "This text of the document is no part of the form and was not read into the data.",
    ),
)
_importing(
    "import-no-name",
    Text("表中没有项目名称", "table without a project name"),
    Text(
        "文件里有一张表没有读出项目名称，没有成为项目。",
        "A table of the document gave no project name and so no project.",
    ),
    Severity.ERROR,
)
_importing(
    "import-name-differs",
    Text("项目名称与文件不同", "project name differs"),
    Text(
        "导入时给出的项目名称不是文件所印的，以文件为准。",
        "The project's name given for the import is not the one printed in the document, which counts.",
    ),
)
_importing(
    "import-title-differs",
    Text("表题与表内名称不同", "title and table differ"),
    Text(
        "表题中的项目名称与表内不同，以表内为准。",
        "The project's name in the table's title is not the one inside the table, which was taken.",
    ),
)
_importing(
    "import-unit-differs",
    Text("单位代码与文件不同", "unit code differs"),
    Text(
        "导入时给出的单位代码与文件所印不同。",
        "The unit code given for the import is not the one printed in the document.",
    ),
)
_importing(
    "import-not-stated",
    Text("文件没有写明", "not stated"),
    Text(
        "文件没有写明单位、年度、金额单位或项目名称，需要在导入时给出。",
        "The document does not state unit, year, money unit or project's name, which must be given for the import.",
    ),
    Severity.ERROR,
)
_importing(
    "import-year-differs",
    Text("年度与文件不同", "year differs"),
    Text(
        "导入时给出的年度与文件所印不同，以文件为准。",
        "The year given for the import is not the one printed in the document, which counts.",
    ),
)
_importing(
    "import-money-unit-differs",
    Text("金额单位与文件不同", "money unit differs"),
    Text(
        "导入时给出的金额单位与文件所印不同，以文件为准。",
        "The money unit given for the import is not the one printed in the document, which counts.",
    ),
)
_importing(
    "import-amount-unit-conflict",
    Text("文件里有两种金额单位", "two money units"),
    Text(
        "同一文件前后写着不同的金额单位，差一万倍，所以没有写入。",
        "The document states two money units; they differ by ten thousand, so nothing was written.",
    ),
    Severity.ERROR,
)
_importing(
    "import-year-conflict",
    Text("文件里有两个年度", "two years"),
    Text("同一文件前后写着不同的年度。", "The document states two years."),
    Severity.ERROR,
)
_importing(
    "import-unit-code",
    Text("单位代码不能用", "unfit unit code"),
    Text(
        "文件所印的单位代码不是字母和数字，不能用作网址。",
        "The unit code that is printed is not of letters and digits and cannot stand in a URL.",
    ),
)
_importing(
    "import-personal-data",
    Text("文件中有个人信息", "personal data in the document"),
    Text(
        "文件中有负责人姓名或电话，没有写入数据；公开的原件里仍有。",
        "The document names a responsible person or a telephone number; the data does not, the document still does.",
    ),
)
_importing(
    "import-outside",
    Text("表式前后的内容", "text around the form"),
    Text(
        "表式开始以前、结束以后的内容，如网页的导航，没有读入。",
        "What stands before the form begins and after it ends, such as a page's navigation, was not read.",
    ),
    Severity.NOTE,
)
_importing(
    "import-encoding",
    Text("文本编码", "encoding of a text"),
    Text("文本不是 UTF-8，按 GB 18030 读入。", "The text is not UTF-8 and was read as GB 18030."),
    Severity.NOTE,
)
_importing(
    "import-number-format",
    Text("不认识的数字格式", "unknown number format"),
    Text(
        "工作表单元格的格式不认识，读入的写法可能与显示的不同。",
        "A cell's number format is unknown; what was read may be written otherwise than what is shown.",
    ),
)
