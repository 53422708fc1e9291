"""The descriptor of the CSV files: Data Package v2, with the ColumnTypes of the Fiscal Data Package."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator.exports.dates import instant
from generator.exports.files import FileInfo, licence_file
from generator.exports.table import AnyTable, Column
from generator.model import Dataset, Site

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
OWN_TYPES = (
    {"name": "disclosure:indicator:level1", "dataType": "string"},
    {"name": "disclosure:indicator:level2", "dataType": "string", "prior": "disclosure:indicator:level1"},
    {"name": "disclosure:indicator:level3", "dataType": "string", "prior": "disclosure:indicator:level2"},
    {"name": "disclosure:target:published", "dataType": "string"},
    {"name": "disclosure:target:value", "dataType": "number"},
)
"""What the budget taxonomy has no type for: indicators and targets."""

FUNDS = {"budget_fiscal_yuan": "财政资金", "budget_other_yuan": "其他资金"}
"""The measures of `projects`, which together are its total, by their source of funds."""


def describe(dataset: Dataset, tables: Sequence[tuple[AnyTable, FileInfo]], built: date) -> dict[str, Any]:
    """Describe the package of these tables and their CSV files; paths are relative to `data/`."""
    site = dataset.site
    keys = {table.name: table.key for table, _ in tables}
    return {
        "$schema": PROFILE,
        "name": "budget-performance-disclosures",
        "title": site.name,
        **_stated(description=site.description, homepage=site.address()),
        "created": instant(built.isoformat()),
        **_stated(keywords=list(site.keywords), licenses=_licences(site), sources=list(_sources(dataset))),
        "contributors": [_publisher(site)],
        "columnTypes": [TAXONOMY, list(OWN_TYPES)],
        "resources": [_resource(table, file, keys) for table, file in tables],
    }


def _stated(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _licences(site: Site) -> list[dict[str, str]]:
    if not site.licence:
        return []
    return [{"path": site.licence_url or licence_file(site), "title": site.licence}]


def _publisher(site: Site) -> dict[str, Any]:
    kind, _, address = site.contact.partition(":")
    reach = {"mailto": {"email": address}, "https": {"path": site.contact}, "http": {"path": site.contact}}
    return {"title": site.publisher, "roles": ["publisher"], **reach.get(kind, {})}


def _sources(dataset: Dataset) -> Iterator[dict[str, str]]:
    for disclosure in dataset.disclosures:
        for document in disclosure.source_documents:
            title = f"{disclosure.unit.label} {disclosure.year}：{document.file}"
            yield {"title": title, **_stated(path=dataset.site.address(f"{disclosure.path}/")), "version": f"sha256:{document.sha256}"}  # fmt: skip


def _resource(table: AnyTable, file: FileInfo, keys: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": file.path.removeprefix("data/"),
        "title": table.title.zh,
        "description": table.meaning.zh,
        "titles": table.title._asdict(),
        "descriptions": table.meaning._asdict(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table, keys),
    }


def _schema(table: AnyTable, keys: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    foreign = [
        {"fields": list(r.columns), "reference": {"resource": r.table, "fields": list(keys[r.table])}}
        for r in table.references
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        **_stated(primaryKey=list(table.key), foreignKeys=foreign),
        **_stated(extraFields=_denormalised() if table.name == "projects" else []),
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    bounds = {"minimum": column.minimum, "maximum": column.maximum}
    constraints = {
        **_stated(
            required=column.required, enum=list(column.choices), pattern=column.pattern.strip("^$")
        ),  # patterns of XML Schema have no anchors
        **{name: bound for name, bound in bounds.items() if bound is not None},
    }
    funds = FUNDS.get(column.name)
    return {
        "name": column.name,
        "type": column.type.value,
        "title": column.title.zh,
        "description": column.meaning.zh,
        "titles": column.title._asdict(),
        "descriptions": column.meaning._asdict(),
        **_stated(
            example=column.example,
            unit=column.unit.zh,
            origin=column.origin,
            constraints=constraints,
            columnType=column.fiscal,
            normalize={"fund_source": funds} if funds else {},
        ),
    }


def _denormalised() -> list[dict[str, Any]]:
    """Say how to get one amount a row from `projects`, as the Fiscal Data Package does."""
    return [
        {"name": "fund_source", "type": "string", "columnType": "fin-source:generic:label"},
        {"name": "amount", "type": "number", "columnType": "value", "normalizationTarget": True},
        {"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": "CNY"},
        {"name": "direction", "type": "string", "columnType": "direction", "constant": "expenditure"},
    ]
