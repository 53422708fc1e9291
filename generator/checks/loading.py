"""Rules whose findings other steps make: reading YAML, validating it, finding files, importing.

They are declared here so that the catalogue is whole; what finds them is in `yaml_source`,
`validation`, `store` and `importers`.
"""

from generator.checks.registry import declare
from generator.finding import Severity, Text
from generator.rule import Family

_UNREADABLE = Text(
    "文件因此没有读入，其中的内容没有发布；其他文件不受影响。",
    "So the file was not read, and what it holds was not published; all other files were.",
)


def _refusal(rule_id: str, title: Text, meaning: Text, bad: str, good: str) -> None:
    head = f"{meaning.en} {_UNREADABLE.en}\n\n{meaning.zh}{_UNREADABLE.zh}"
    doc = f"{head}\n\nBad: {bad}\nGood: {good}\n"
    declare(rule_id, Severity.ERROR, Family.STRUCTURE, title, doc)


_refusal(
    "yaml-syntax",
    Text("YAML 语法有误", "YAML syntax"),
    Text(
        "数据文件用 YAML 写：一行一个“键: 值”，冒号是半角的，后面空一格，下一层缩进两格。有一处不合这个写法。",
        "Data files are YAML: a line for each `key: value`, with an ASCII colon and a space, the next level indented by two. One place is written otherwise.",
    ),
    "name：道路修建（全角冒号）",
    "name: 道路修建",
)
_refusal(
    "yaml-encoding",
    Text("不是 UTF-8 编码", "not encoded in UTF-8"),
    Text(
        "文件以别的编码（如 GBK）保存，汉字会变成乱码。",
        "The file was saved in another encoding, such as GBK, and its Chinese would be garbled.",
    ),
    "以 GBK 保存的文件",
    "以 UTF-8 保存的文件",
)
_refusal(
    "yaml-too-large",
    Text("文件过大", "file too large"),
    Text(
        "文件超过 2 MB，比最大的绩效文本大几十倍。",
        "The file has more than 2 MB, many times the largest disclosure.",
    ),
    "全部项目写在一个几兆的文件里",
    "一个项目一个文件",
)
_refusal(
    "yaml-control-character",
    Text("有控制字符", "control character"),
    Text(
        "文件中有看不见的控制字符，能使显示的内容与实际不同，如使后面的字倒着显示。",
        "The file holds an invisible control character, which can make a text look other than it is.",
    ),
    "“道路”后面跟着 U+202E，使后面的字倒着显示",
    "“道路”",
)
_refusal(
    "yaml-not-a-mapping",
    Text("最外层不是“键: 值”", "not a file of keys and values"),
    Text(
        "文件应由“键: 值”各行组成，却是一个列表或一段文字。冒号写成全角时也会这样。",
        "The file should hold `key: value` lines and is a list or a text. A full-width colon does that too.",
    ),
    "- 道路修建",
    "name: 道路修建",
)
_refusal(
    "yaml-several-documents",
    Text("一个文件里有几个 YAML 文档", "several YAML documents"),
    Text(
        "“---”把文件分成几份，只读一份会漏掉其余的。",
        "`---` cuts the file into several, and reading one would lose the others.",
    ),
    "name: 甲，下一行 ---，再下一行 name: 乙",
    "每个项目一个文件",
)
_refusal(
    "yaml-too-deep",
    Text("嵌套过深或条目过多", "nested too deeply"),
    Text(
        "数据格式只有四层，文件的层次或条目远多于此，多半是缩进写错了。",
        "The data format has four levels. The file has far more levels or entries, most likely by a wrong indent.",
    ),
    "[[[[[[[[[[[[[甲]]]]]]]]]]]]]",
    "goals: [甲]",
)
_refusal(
    "yaml-key",
    Text("键不是一个词", "key is not a word"),
    Text(
        "冒号前应是一个词，却是一个列表或一组值。",
        "A single word should stand before the colon, and it is a list or a group.",
    ),
    "[甲, 乙]: 丙",
    "name: 丙",
)
_refusal(
    "yaml-merge-key",
    Text("合并键", "merge key"),
    Text(
        "“<<”会把别处的内容合并进来，读的人看不到合并后的内容。",
        "`<<` merges what stands elsewhere, so a reader does not see what the file says.",
    ),
    "<<: 其他内容",
    "把内容完整写出",
)
_refusal(
    "yaml-duplicate-key",
    Text("键重复", "duplicate key"),
    Text(
        "同一个键写了两次，不知道以哪个值为准。", "A key stands twice, and nothing says which value counts."
    ),
    "name: 甲，另一行 name: 乙",
    "name: 甲",
)
_refusal(
    "yaml-anchor",
    Text("锚点或引用", "anchor or alias"),
    Text(
        "值以 & 或 * 开头时，YAML 当作给内容起名或引用别处，不是文字。",
        "A value that begins with & or * names a content or repeats another one to YAML, and is no text.",
    ),
    "purpose: *同上",
    'purpose: "*同上"',
)
_refusal(
    "yaml-tag",
    Text("标签", "tag"),
    Text(
        "值以 ! 开头时，YAML 当作类型的标签，不是文字；数据里的值一律是文字。",
        "A value that begins with ! has a type to YAML, and in the data every value is text.",
    ),
    "total: !!float 80",
    "total: '80.00'",
)
_refusal(
    "file-missing",
    Text("缺少文件", "file missing"),
    Text(
        "单位的文件夹里应有 unit.yml，年度的文件夹里应有 disclosure.yml，没有找到，或它只是一个链接。",
        "A unit's folder should hold unit.yml and a year's disclosure.yml; it is not there, or is a link.",
    ),
    "文件夹里没有 disclosure.yml",
    "每个年度有一份",
)
_refusal(
    "file-name",
    Text("文件名不能用作网址", "file name unfit for a URL"),
    Text(
        "项目文件的名称就是网页的地址，只能用字母、数字、- 和 _，扩展名是小写的 .yml；也不接受链接。",
        "A project's file name is its address on the site: letters, digits, - and _ only, ending in .yml, and no link.",
    ),
    "projects/道路 1.yml",
    "projects/130682217RRL6F4PNQUL9.yml",
)
_refusal(
    "folder-name",
    Text("文件夹名不对", "folder name"),
    Text(
        "单位的文件夹应以单位代码命名，其中各年度的文件夹应以四位年度命名。",
        "A unit's folder is named for its code, and those of its years for the four digits of the year.",
    ),
    "units/912012/二〇二一/",
    "units/912012/2021/",
)
_refusal(
    "missing-field",
    Text("缺少必填项", "required field missing"),
    Text(
        "缺少这一项，就不知道说的是什么，如项目没有名称。",
        "Without this field nobody knows what is meant, as with a project without a name.",
    ),
    "项目没有 name",
    "name: 道路修建",
)
_refusal(
    "wrong-type",
    Text("类型不对", "wrong type"),
    Text(
        "应是列表的写成了一段文字，或应是文字的写成了列表。",
        "A text stands where a list belongs, or a list where a text belongs.",
    ),
    "goals: 保障实施",
    "goals: ['保障实施']",
)
_refusal(
    "wrong-value",
    Text("值不合格式", "value does not fit"),
    Text(
        "这一项只能取规定的值，或只能写成规定的格式。",
        "This field takes one of a few values, or one format only.",
    ),
    "amount_unit: 亿",
    "amount_unit: 万元",
)

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


def _importing(
    rule_id: str,
    title: Text,
    meaning: Text,
    examples: tuple[str, str],
    severity: Severity = Severity.WARNING,
) -> None:
    bad, good = examples
    doc = f"{meaning.en}\n\n{meaning.zh}\n\nBad: {bad}\nGood: {good}\n"
    declare(rule_id, severity, Family.SOURCE, title, doc)


_importing(
    "import-unread",
    Text("文件中有没读入的文字", "text of the document not read"),
    Text(
        "公开文件中的这段文字不是表式里的内容，没有读入数据。",
        "This text of the document is no part of the form and was not read into the data.",
    ),
    ("表格下面多出一行“注：本表一式三份”", "文件里的每一段文字都读进了数据，或属于表式本身"),
)
_importing(
    "import-no-name",
    Text("表中没有项目名称", "table without a project name"),
    Text(
        "文件里有一张表没有读出项目名称，没有成为项目。",
        "A table of the document gave no project name and so no project.",
    ),
    ("表里“项目名称”后面的一格是空的", "项目名称 | 道路修建"),
    Severity.ERROR,
)
_importing(
    "import-name-differs",
    Text("项目名称与文件不同", "project name differs"),
    Text(
        "导入时给出的项目名称不是文件所印的，以文件为准。",
        "The project's name given for the import is not the one printed in the document, which counts.",
    ),
    ("给出的名称是“道路”，文件印的是“道路修建”", "不给出名称，或与文件相同"),
)
_importing(
    "import-title-differs",
    Text("表题与表内名称不同", "title and table differ"),
    Text(
        "表题中的项目名称与表内不同，以表内为准。",
        "The project's name in the table's title is not the one inside the table, which was taken.",
    ),
    ("表题“1.道路修建绩效目标表”，表内项目名称“道路硬化”", "表题与表内都是“道路修建”"),
)
_importing(
    "import-unit-differs",
    Text("单位代码与文件不同", "unit code differs"),
    Text(
        "导入时给出的单位代码与文件所印不同。",
        "The unit code given for the import is not the one printed in the document.",
    ),
    ("--unit 912013，文件印的是 912012", "--unit 912012，或不给出"),
)
_importing(
    "import-not-stated",
    Text("文件没有写明", "not stated"),
    Text(
        "文件没有写明单位、年度、金额单位或项目名称，需要在导入时给出。",
        "The document does not state unit, year, money unit or project's name, which must be given for the import.",
    ),
    ("全文没有年度，也没有给出 --year", "文件没有写明年度，导入时写 --year 2021"),
    Severity.ERROR,
)
_importing(
    "import-year-differs",
    Text("年度与文件不同", "year differs"),
    Text(
        "导入时给出的年度与文件所印不同，以文件为准。",
        "The year given for the import is not the one printed in the document, which counts.",
    ),
    ("--year 2022，封面印的是 2021年", "--year 2021，或不给出"),
)
_importing(
    "import-money-unit-differs",
    Text("金额单位与文件不同", "money unit differs"),
    Text(
        "导入时给出的金额单位与文件所印不同，以文件为准。",
        "The money unit given for the import is not the one printed in the document, which counts.",
    ),
    ("--money-unit 元，表头印的是 单位：万元", "--money-unit 万元，或不给出"),
)
_importing(
    "import-amount-unit-conflict",
    Text("文件里有两种金额单位", "two money units"),
    Text(
        "同一文件前后写着不同的金额单位，差一万倍，所以没有写入。",
        "The document states two money units; they differ by ten thousand, so nothing was written.",
    ),
    ("前一张表印“单位：万元”，后一张表印“单位：元”", "各表都是“单位：万元”"),
    Severity.ERROR,
)
_importing(
    "import-year-conflict",
    Text("文件里有两个年度", "two years"),
    Text("同一文件前后写着不同的年度。", "The document states two years."),
    ("封面 2021年，表头（2022年度）", "前后都是 2021年；正文里提到别的年份不算"),
    Severity.ERROR,
)
_importing(
    "import-unit-code",
    Text("单位代码不能用", "unfit unit code"),
    Text(
        "文件所印的单位代码不是字母和数字，不能用作网址。",
        "The unit code that is printed is not of letters and digits and cannot stand in a URL.",
    ),
    ("单位代码：办字一号", "单位代码：912012"),
)
_importing(
    "import-personal-data",
    Text("文件中有个人信息", "personal data in the document"),
    Text(
        "文件中有负责人姓名或电话，没有写入数据；公开的原件里仍有。",
        "The document names a responsible person or a telephone number; the data does not, the document still does.",
    ),
    ("项目负责人及联系电话：王某 13800000000", "表里没有负责人和电话"),
)
_importing(
    "import-outside",
    Text("表式前后的内容", "text around the form"),
    Text(
        "表式开始以前、结束以后的内容，如网页的导航，没有读入。",
        "What stands before the form begins and after it ends, such as a page's navigation, was not read.",
    ),
    ("网页的导航“首页 > 信息公开 > 预决算”", "文件从第一部分开始"),
    Severity.NOTE,
)
_importing(
    "import-encoding",
    Text("文本编码", "encoding of a text"),
    Text("文本不是 UTF-8，按 GB 18030 读入。", "The text is not UTF-8 and was read as GB 18030."),
    ("以 GBK 保存的 .txt", "以 UTF-8 保存的 .txt"),
    Severity.NOTE,
)
_importing(
    "import-number-format",
    Text("不认识的数字格式", "unknown number format"),
    Text(
        "工作表单元格的格式不认识，读入的写法可能与显示的不同。",
        "A cell's number format is unknown; what was read may be written otherwise than what is shown.",
    ),
    ("单元格格式 [DBNum2]，显示为“捌拾”", "单元格格式 0.00，显示为 80.00"),
)
