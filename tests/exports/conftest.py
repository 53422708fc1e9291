"""The open data of the repository's own documents, and of the awkward ones, written once."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.exports import export
from generator.exports.table import Contents
from generator.reading import inspect
from tests.exports import awkward

BUILT = date(2026, 11, 22)
ADDRESS = "https://example.gov.cn/jxmb/"


@dataclass(frozen=True)
class Published:
    """Contents, and the folder that their files were written to."""

    contents: Contents
    folder: Path

    @property
    def data(self) -> Path:
        """Where the tables are."""
        return self.folder / "data"


def publish(contents: Contents, folder: Path) -> Published:
    for file in export(contents, BUILT):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), f"{file.path} was given twice"
        path.write_bytes(file.content)
    return Published(contents, folder)


@pytest.fixture(scope="session")
def real_contents() -> Contents:
    checked = inspect(Path(__file__).parents[2] / "data")
    return Contents(checked.dataset, checked.findings, checked.traces)


@pytest.fixture(scope="session")
def real(real_contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(real_contents, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(awkward.contents(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The awkward data on a site that has an address."""
    return publish(awkward.contents(ADDRESS), tmp_path_factory.mktemp("addressed"))


@pytest.fixture(params=["real", "hostile", "addressed"])
def published(request: pytest.FixtureRequest) -> Published:
    """Each of them in turn."""
    given: Published = request.getfixturevalue(request.param)
    return given
