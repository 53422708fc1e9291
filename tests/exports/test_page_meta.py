from generator.exports.page_meta import Article, article, page_meta
from generator.model import Site
from tests.exports import awkward

SITE = Site(
    name="某市某局",
    publisher="某市某局",
    base_url="https://www.example.gov.cn/jxmb",
    site_id_code="1306820001",
    column_name="预算绩效",
    column_type="信息公开",
    keywords=("预算", "绩效"),
    licence="自由使用",
)


def test_an_article_bears_the_names_of_government_sites() -> None:
    meta = page_meta(SITE, "units/0042/2021/", "标题", "说明", Article("2021-03-15", "某单位"))
    assert dict(meta) | {"ArticleTitle": "标题"} == {
        "SiteName": "某市某局",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "1306820001",
        "ColumnName": "预算绩效",
        "ColumnKeywords": "预算,绩效",
        "ColumnType": "信息公开",
        "ArticleTitle": "标题",
        "PubDate": "2021-03-15 00:00",
        "ContentSource": "某单位",
        "DC.title": "标题",
        "DC.description": "说明",
        "DC.publisher": "某市某局",
        "DC.creator": "某单位",
        "DC.date": "2021-03-15",
        "DC.language": "zh-CN",
        "DC.type": "Dataset",
        "DC.identifier": "https://www.example.gov.cn/jxmb/units/0042/2021/",
        "DC.rights": "自由使用",
    }


def test_a_column_page_is_no_article() -> None:
    names = {name for name, _ in page_meta(SITE, "projects/", "全部项目", "")}
    assert not names & {"ArticleTitle", "PubDate", "ContentSource", "DC.date"}


def test_what_is_not_known_is_left_out() -> None:
    bare = Site(name="站", publisher="局")
    assert dict(page_meta(bare, "", "首页", "")) == {
        "SiteName": "站",
        "ColumnName": "站",
        "DC.title": "首页",
        "DC.publisher": "局",
        "DC.language": "zh-CN",
        "DC.type": "Text",
    }


def test_the_hour_of_publication_is_kept() -> None:
    of = article(awkward.contents().dataset.disclosures[0])
    assert dict(page_meta(SITE, "", "标题", "", of))["PubDate"] == "2021-03-15 10:30"
