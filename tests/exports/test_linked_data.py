import json
import posixpath
from collections.abc import Iterator
from typing import Any

from generator.exports.files import ExportFile
from generator.exports.linked_data import disclosure, home, project
from tests.exports.conftest import ADDRESS, BUILT, Published

DAY = "2021-06-30"


def nodes_of(published: Published) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each page's path with what it says of itself."""
    dataset = published.contents.dataset
    workbook = published.data / "projects.xlsx"
    infos = [ExportFile("data/projects.xlsx", workbook.read_bytes()).info()]
    yield "", home(dataset, infos, BUILT)
    for of in dataset.disclosures:
        yield f"{of.path}/", disclosure(dataset.site, of, DAY)
        yield from ((f"{p.path}/", project(dataset.site, of, p, DAY)) for p in of.projects)


def inner(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from ([value[key]] if key in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from inner(item, key)


def test_every_download_that_a_page_names_is_there(published: Published) -> None:
    pages = list(nodes_of(published))
    assert len(pages) == 1 + len(published.contents.dataset.disclosures) + len(
        published.contents.dataset.projects
    )
    for page, node in pages:
        downloads = list(inner(node, "contentUrl"))
        assert downloads
        for address in downloads:
            full = address.removeprefix(ADDRESS) if published.contents.dataset.site.base_url else posixpath.normpath(posixpath.join(page, address))  # fmt: skip
            assert (published.folder / full).is_file(), address


def test_addresses_are_full_where_the_site_has_one(addressed: Published, hostile: Published) -> None:
    for _, node in nodes_of(addressed):
        assert all(url.startswith(ADDRESS) for key in ("url", "contentUrl") for url in inner(node, key))
    for page, node in nodes_of(hostile):
        assert all("://" not in url for url in inner(node, "url")), page


def test_a_dataset_says_what_search_engines_ask_for(published: Published) -> None:
    for page, node in nodes_of(published):
        dataset = node["@graph"][1] if "@graph" in node else node
        assert dataset["@type"] == "Dataset"
        for key in ("name", "description", "url", "publisher", "license", "dateModified", "distribution"):
            assert dataset[key], (page, key)


def test_a_project_states_its_amounts_as_published(real: Published) -> None:
    dataset = real.contents.dataset
    of = dataset.disclosures[0]
    node = project(dataset.site, of, of.projects[1], DAY)
    assert [(m["name"], m["value"], m["unitText"]) for m in node["variableMeasured"]] == [
        ("预算数", "29.54", "万元"),
        ("财政资金", "29.54", "万元"),
        ("其他资金", "0", "万元"),
    ]


def test_it_is_plain_json(hostile: Published) -> None:
    for _, node in nodes_of(hostile):
        assert json.loads(json.dumps(node)) == node
