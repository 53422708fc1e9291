"""What a reader of the data has to know first, in a few sentences for page, workbook and descriptor."""

from generator.finding import Text

RULES = (
    Text(
        "同一个数有两列：名称不带 _value 的是原文（如 80.00、1000.00%），带 _value 的是程序读出的数；读不出来的为空。",
        "A figure has two columns: the published text (80.00, 1000.00%), and under the name with _value the number read from it, empty where it cannot be read.",
    ),
    Text(
        "金额的单位见 amount_unit 列；名称带 _yuan 的列已换算成元，可以跨单位相加。",
        "Amounts are in the unit of the column amount_unit; those under a name with _yuan are in yuan and can be added up across units.",
    ),
    Text(
        "各种代码都是文本，前面的零有意义；用 Excel 打开请用 projects.xlsx，直接打开 CSV 会丢掉前面的零。",
        "Codes are texts and their leading zeros count: in Excel open projects.xlsx, since a CSV file opened directly loses them.",
    ),
    Text(
        "CSV 为 UTF-8（带 BOM）。文字以 = + - @、制表符、换行或撇号开头的，前面加了一个撇号，防止表格软件当作公式计算；去掉开头的一个撇号就是原文。数值列和单独一个等号不加。",
        "CSV is UTF-8 with BOM. A text that begins with = + - @, a tab, a line break or an apostrophe has one apostrophe in front, so that no spreadsheet computes it; take it off and you have the published text. Columns of numbers and a lone = have none.",
    ),
    Text(
        "CSV 中空格子表示没有；JSON 中写作 null。",
        "An empty cell means that there is nothing; in JSON it is null.",
    ),
    Text(
        "看起来不对的数照原文发布，不作改动；疑点见“检查结果”表。",
        "Figures that look wrong are published as they stand; doubts are in the table findings.",
    ),
)
