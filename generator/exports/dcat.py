"""The catalogue for other portals: DCAT 3 by the application profile DCAT-AP 3.0, as JSON-LD.

One dataset with all tables, and a dataset series for each unit with a dataset for each year.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from generator.exports.dates import changed, last_changed
from generator.exports.files import FileInfo, licence_file, link
from generator.model import Dataset, Disclosure, Site, Unit

CATALOGUE = "data/catalog.jsonld"
Node = dict[str, Any]

_EU = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(
    dataset: Dataset,
    tables: Iterable[FileInfo],
    disclosures: Iterable[tuple[Disclosure, FileInfo]],
    built: date,
) -> Node:
    """Describe the files of all tables and the JSON file of each disclosure."""
    site = dataset.site
    members = [_of_year(site, d, file, built) for d, file in disclosures]
    series = [_series(site, u, dataset, built) for u in dataset.units]
    everything = _everything(dataset, tables, built)
    return {
        "@context": _CONTEXT,
        "@id": _own(site, "catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _zh(site.name),
        "dct:description": _zh(site.description or site.name),
        "dct:publisher": _publisher(site),
        "dct:language": _language(),
        "dct:modified": _day(last_changed(dataset, built)),
        "foaf:homepage": {"@id": link(site, CATALOGUE, ""), "@type": "foaf:Document"},
        **_licence(site),
        "dcat:dataset": [everything, *members],
        **({"dcat:resource": series} if series else {}),
    }


def _everything(dataset: Dataset, files: Iterable[FileInfo], built: date) -> Node:
    site = dataset.site
    return {
        **_described(site, "tables", site.name, site.description or site.name, "downloads/"),
        "dct:modified": _day(last_changed(dataset, built)),
        **({"dcat:keyword": [_zh(word) for word in site.keywords]} if site.keywords else {}),
        "dcat:distribution": [_distribution(site, file, "downloads/") for file in files],
    }


def _series(site: Site, unit: Unit, dataset: Dataset, built: date) -> Node:
    years = [d for d in dataset.disclosures if d.unit.code == unit.code]
    return {
        "@id": _own(site, f"series-{unit.code}"),
        "@type": "dcat:DatasetSeries",
        "dct:title": _zh(f"{unit.label}部门预算绩效文本"),
        "dct:description": _zh(f"{unit.name}历年的部门预算绩效文本"),
        "dct:publisher": _publisher(site),
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/ANNUAL", "@type": "dct:Frequency"},
        **({"dct:modified": _day(max(changed(d, built) for d in years))} if years else {}),
        **_spatial(unit),
    }


def _of_year(site: Site, of: Disclosure, file: FileInfo, built: date) -> Node:
    page = f"{of.path}/"
    title = f"{of.unit.label} {of.year} 年部门预算绩效文本"
    period = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(f"{of.year}-01-01"),
        "dcat:endDate": _day(f"{of.year}-12-31"),
    }
    return {
        **_described(site, f"{of.unit.code}-{of.year}", title, f"{of.unit.name}：{len(of.projects)} 个项目的绩效目标", page),
        "dcat:inSeries": {"@id": _own(site, f"series-{of.unit.code}")},
        "dct:modified": _day(changed(of, built)),
        **({"dct:issued": _day(of.published_date[:10])} if of.published_date else {}),
        "dct:temporal": period,
        **_spatial(of.unit),
        "dcat:distribution": [_distribution(site, file, page)],
    }  # fmt: skip


def _described(site: Site, name: str, title: str, about: str, page: str) -> Node:
    reach = "vcard:hasEmail" if site.contact.startswith("mailto:") else "vcard:hasURL"
    contact = {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": site.publisher,
        **({reach: {"@id": site.contact}} if site.contact else {}),
    }
    return {
        "@id": _own(site, name),
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _zh(title),
        "dct:description": _zh(about),
        "dct:publisher": _publisher(site),
        "dct:language": _language(),
        "dcat:contactPoint": contact,
        "dcat:theme": {
            "@id": f"{_EU}data-theme/GOVE",
            "@type": "skos:Concept",
            "skos:prefLabel": {"@language": "en", "@value": "Government and public sector"},
        },
        "dcat:landingPage": {"@id": link(site, CATALOGUE, page), "@type": "foaf:Document"},
    }


def _distribution(site: Site, file: FileInfo, page: str) -> Node:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _zh(f"{file.title.zh}（{file.format.upper()}）"),
        "dcat:accessURL": {"@id": link(site, CATALOGUE, page), "@type": "rdfs:Resource"},
        "dcat:downloadURL": {"@id": link(site, CATALOGUE, file.path), "@type": "rdfs:Resource"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{file.media_type}",
            "@type": "dct:MediaType",
        },
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
        **_licence(site),
    }


def _licence(site: Site) -> Node:
    file = licence_file(site)
    address = site.licence_url or (link(site, CATALOGUE, f"data/{file}") if file else "")
    if not address:
        return {}
    return {"dct:license": {"@id": address, "@type": "dct:LicenseDocument", "dct:title": _zh(site.licence)}}


def _publisher(site: Site) -> Node:
    return {"@id": _own(site, "publisher"), "@type": "foaf:Agent", "foaf:name": _zh(site.publisher)}


def _language() -> Node:
    return {"@id": f"{_EU}language/ZHO", "@type": "dct:LinguisticSystem"}


def _spatial(unit: Unit) -> Node:
    if not unit.division_code:
        return {}
    return {
        "dct:spatial": {
            "@type": "dct:Location",
            "dct:identifier": unit.division_code,
            "skos:prefLabel": _zh(unit.label),
        }
    }


def _own(site: Site, name: str) -> str:
    return f"{site.address(CATALOGUE)}#{name}"


def _zh(text: str) -> Node:
    return {"@language": "zh", "@value": text}


def _day(day: str) -> Node:
    return {"@type": "xsd:date", "@value": day}
