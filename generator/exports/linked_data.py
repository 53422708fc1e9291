"""What a page says of its data to machines: schema.org as JSON-LD.

Pages get plain values. Addresses are full where the site's is known, else relative to the page, as
JSON-LD allows.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.exports.dates import last_changed
from generator.exports.files import MEDIA_TYPES, FileInfo, data_path, licence_file, link
from generator.model import Dataset, Disclosure, Project, Site
from generator.money import AmountUnit, add, convert
from generator.number import plain

Node = dict[str, Any]


def home(dataset: Dataset, files: Iterable[FileInfo], built: date) -> Node:
    """Describe the whole site: the portal, and the dataset with its downloads."""
    site = dataset.site
    years = sorted({d.year for d in dataset.disclosures})
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "WebSite",
                "name": site.name,
                "url": link(site, "", ""),
                "inLanguage": "zh-CN",
                "publisher": _publisher(site),
                **_search(site),
            },
            {
                **_dataset(site, "", "", site.name, _about(dataset)),
                "dateModified": last_changed(dataset, built),
                **_stated(keywords=list(site.keywords), temporalCoverage="/".join(dict.fromkeys(years[:1] + years[-1:]))),
                "distribution": [_download(site, "", file) for file in files],
            },
        ],
    }  # fmt: skip


def disclosure(site: Site, of: Disclosure, day: str) -> Node:
    """Describe a disclosure, which last changed on a day, and its JSON file."""
    page = f"{of.path}/"
    about = f"{of.unit.name}{of.year}年部门预算绩效文本：总体目标、分项目标、保障措施和{len(of.projects)}个项目的绩效目标。"
    return {
        "@context": "https://schema.org",
        **_dataset(site, page, page, f"{of.unit.label} {of.year} 年部门预算绩效文本", about),
        "dateModified": day,
        **_stated(datePublished=(of.published_date or "")[:10]),
        "temporalCoverage": of.year,
        **_place(of),
        "isPartOf": {"@type": "Dataset", "name": site.name, "url": link(site, page, "")},
        "distribution": [_file(site, page, data_path(of))],
    }


def project(site: Site, within: Disclosure, of: Project, day: str) -> Node:
    """Describe a project, its amounts and its files; its disclosure last changed on `day`."""
    page = f"{of.path}/"
    about = f"{within.unit.name}{within.year}年预算项目“{of.name}”的预算、资金支出计划、绩效目标和{len(of.indicators)}条绩效指标。"
    return {
        "@context": "https://schema.org",
        **_dataset(site, page, page, of.name, about),
        **_stated(identifier=of.code),
        "dateModified": day,
        "temporalCoverage": within.year,
        **_place(within),
        "isPartOf": {"@type": "Dataset", "name": f"{within.unit.label} {within.year}", "url": link(site, page, f"{within.path}/")},
        **_stated(variableMeasured=_amounts(within, of)),
        "distribution": [_file(site, page, data_path(of, ending)) for ending in ("json", "csv")],
    }  # fmt: skip


def _dataset(site: Site, page: str, target: str, name: str, about: str) -> Node:
    licence = licence_file(site)
    return {
        "@type": "Dataset",
        "name": name,
        "description": about,
        "url": link(site, page, target),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "publisher": _publisher(site),
        **_stated(license=site.licence_url or (link(site, page, f"data/{licence}") if licence else "")),
    }


def _about(dataset: Dataset) -> str:
    total = add(convert(d.total, d.amount_unit, AmountUnit.WAN) for d in dataset.disclosures)
    counts = f"{len(dataset.units)}个单位、{len(dataset.disclosures)}份绩效文本、{len(dataset.projects)}个项目，预算合计{plain(total)}万元"
    return f"{dataset.site.description}{counts}。"


def _publisher(site: Site) -> Node:
    return {"@type": "GovernmentOrganization", "name": site.publisher, **_stated(url=site.base_url)}


def _search(site: Site) -> Node:
    if not site.base_url:
        return {}
    return {
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.address('search/')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
    }


def _place(of: Disclosure) -> Node:
    if not of.unit.division_code:
        return {}
    code = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": of.unit.division_code}
    return {"spatialCoverage": {"@type": "AdministrativeArea", "name": of.unit.label, "identifier": code}}


def _amounts(within: Disclosure, of: Project) -> list[Node]:
    budget = of.budget
    named = {"预算数": budget.total, "财政资金": budget.fiscal, "其他资金": budget.other}
    return [
        {"@type": "PropertyValue", "name": name, "value": amount.text, "unitText": within.amount_unit.value}
        for name, amount in named.items()
        if amount
    ]


def _download(site: Site, page: str, file: FileInfo) -> Node:
    return {
        "@type": "DataDownload",
        "name": f"{file.title.zh}（{file.format.upper()}）",
        "contentUrl": link(site, page, file.path),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _file(site: Site, page: str, path: str) -> Node:
    return {
        "@type": "DataDownload",
        "contentUrl": link(site, page, path),
        "encodingFormat": MEDIA_TYPES[path.rpartition(".")[2]],
    }


def _stated(**values: Any) -> Mapping[str, Any]:
    return {key: value for key, value in values.items() if value}
