"""The catalogue against the shapes that SEMIC publishes for DCAT-AP 3.0.0."""

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from tests.exports.conftest import ADDRESS, Published

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")
# rdflib's own parser of JSON-LD still makes one

SHAPES = Path(__file__).parent / "schemas" / "dcat-ap-3.0.0.ttl"
DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib's own knows only DCAT 2
SPDX = Namespace("http://spdx.org/rdf/terms#")


def graph_of(published: Published) -> Graph:
    """Read the catalogue as a harvester does that fetched it from the site."""
    address = published.contents.dataset.site.base_url or ADDRESS
    text = (published.data / "catalog.jsonld").read_text()
    return Graph().parse(data=text, format="json-ld", publicID=f"{address}data/catalog.jsonld")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def test_it_conforms_to_dcat_ap(published: Published, shapes: Graph) -> None:
    conforms, _, report = validate(graph_of(published), shacl_graph=shapes)
    assert conforms, report


@pytest.mark.parametrize("lost", [DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, SPDX.checksumValue])
def test_the_shapes_notice_what_is_lost(real: Published, shapes: Graph, lost: URIRef) -> None:
    graph = graph_of(real)
    assert list(graph.subject_objects(lost))
    graph.remove((None, lost, None))
    conforms, _, report = validate(graph, shacl_graph=shapes)
    assert not conforms, report


def test_the_catalogue_is_the_same_with_and_without_a_stated_address(
    hostile: Published, addressed: Published
) -> None:
    shared = {DCTERMS.title, DCTERMS.identifier, DCAT.landingPage, DCAT.mediaType, DCAT.inSeries}
    with_address, without = graph_of(addressed), graph_of(hostile)
    for predicate in shared:
        assert set(with_address.objects(None, predicate)) == set(without.objects(None, predicate))


def test_each_unit_is_a_series_and_each_disclosure_a_dataset_in_it(published: Published) -> None:
    graph, dataset = graph_of(published), published.contents.dataset
    assert len(set(graph.subjects(RDF.type, DCAT.DatasetSeries))) == len(dataset.units)
    members = set(graph.subject_objects(DCAT.inSeries))
    assert len(members) == len(dataset.disclosures)
    assert {str(series).rpartition("series-")[2] for _, series in members} == {
        d.unit.code for d in dataset.disclosures
    }


def test_every_download_is_there_with_its_size_and_checksum(published: Published) -> None:
    graph = graph_of(published)
    downloads = list(graph.subject_objects(DCAT.downloadURL))
    assert len(downloads) > 20
    for distribution, address in downloads:
        path = unquote(urlsplit(str(address)).path).removeprefix("/jxmb/")
        content = (published.folder / path).read_bytes()
        assert graph.value(distribution, DCAT.byteSize) == Literal(
            len(content), datatype=XSD.nonNegativeInteger
        )
        checksum = graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum).lower() == hashlib.sha256(content).hexdigest()
