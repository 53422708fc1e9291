"""What every test may use: golden files, a browser, LibreOffice, the built site, and silence in the log.

Owns how a missing program is treated: `tests/setup.sh` tries to install it, here its tests
are skipped with the reason, or fail when CI=true.
"""

from __future__ import annotations

import difflib
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from playwright.sync_api import sync_playwright

from generator import documents, store
from tests import programs
from tests.workspaces import REAL_DATA, make_workspace

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

    from generator.model import Disclosure

GOLDEN = Path(__file__).parent / "golden"
SHOWN_LINES = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh-golden",
        action="store_true",
        help="write what the tests produce over tests/golden/ instead of comparing",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


# --- golden files ---


@dataclass(frozen=True)
class Golden:
    """Compares a result with a file of `folder`, or writes the file when `refresh` is set."""

    folder: Path
    refresh: bool
    test: str

    def __call__(self, name: str, result: str | bytes) -> None:
        """Fail unless the golden file `name` holds `result`; text is compared as UTF-8."""
        path = self.folder / name
        data = result.encode() if isinstance(result, str) else result
        if self.refresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        elif not path.exists():
            pytest.fail(f"there is no golden file {path}\n{self._remedy()}", pytrace=False)
        elif (expected := path.read_bytes()) != data:
            difference = _difference(expected, data)
            pytest.fail(f"{path} differs:\n{difference}\n{self._remedy()}", pytrace=False)

    def _remedy(self) -> str:
        return (
            "If the new result is right, write it and read the diff before committing:\n"
            f"  .venv/bin/python -m pytest --refresh-golden '{self.test}'"
        )


def _difference(expected: bytes, result: bytes) -> str:
    try:
        before, after = expected.decode(), result.decode()
    except UnicodeDecodeError:
        pairs = enumerate(zip(expected, result, strict=False))
        at = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(result)))
        return f"{len(expected)} bytes expected, {len(result)} made; the first difference at {at}"
    # not splitlines(): it also cuts at characters that documents may hold, such as U+2028
    lines = list(
        difflib.unified_diff(before.split("\n"), after.split("\n"), "expected", "made", n=2, lineterm="")
    )
    left_out = len(lines) - SHOWN_LINES
    return "\n".join(lines[:SHOWN_LINES] + ([f"… {left_out} more lines"] if left_out > 0 else []))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    refresh = bool(request.config.getoption("--refresh-golden"))
    return Golden(GOLDEN, refresh, request.node.nodeid)


# --- programs ---


def missing(program: str) -> NoReturn:
    """Skip the test, or fail it when CI=true, for want of a program."""
    reason = f"no {program} on this machine; `make test` tries to install it (tests/setup.sh)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium that asks the network for nothing by itself."""
    path = programs.browser()
    if path is None:
        missing("Chromium")
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox refuses to run as root
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@dataclass(frozen=True)
class LibreOffice:
    """Converts documents with a profile of its own, so that two tests may do so at once."""

    path: str
    profile: Path

    def convert(self, document: Path, to: str, folder: Path) -> Path:
        """Convert `document` to the format `to` (pdf, docx, txt:Text …) in `folder`."""
        subprocess.run(
            [
                self.path,
                f"-env:UserInstallation={self.profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                to,
                "--outdir",
                folder,
                document,
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        result = folder / f"{document.stem}.{to.partition(':')[0]}"
        # LibreOffice exits with 0 when it could not read the document
        assert result.exists(), f"LibreOffice made no {result.name} of {document}"
        return result


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    path = programs.office()
    if path is None:
        missing("LibreOffice")
    return LibreOffice(path, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def calc(libreoffice: LibreOffice) -> LibreOffice:
    """Give a LibreOffice that computes spreadsheets."""
    if programs.spreadsheet() is None:
        missing("LibreOffice Calc")
    return libreoffice


# --- the real document ---


@pytest.fixture(scope="session")
def liqingu() -> Disclosure:
    """Give the disclosure that this repository publishes, as loaded."""
    dataset, _ = store.load(REAL_DATA)
    return documents.disclosure_of(dataset, "912012", "2021")


@pytest.fixture(scope="session")
def validator() -> str:
    """Give the path of the Nu HTML checker, which a Java runs."""
    path = programs.validator()
    if path is None:
        missing("Nu HTML checker (vnu.jar) or Java")
    return path


# --- the built site ---


def build_site(folder: Path, data: Path = REAL_DATA) -> Path:
    """Build `data` with the command, in a copy of the hand-written pages, and give the site's folder."""
    workspace = make_workspace(folder, data)
    subprocess.run(
        [sys.executable, "-m", "generator.cli", "build"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        check=True,
    )
    return workspace.site


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the finished site of the repository's own data. Tests only read it."""
    return build_site(tmp_path_factory.mktemp("built") / "workspace")


# --- a logged warning fails the test ---


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@contextmanager
def _no_warnings(item: pytest.Item) -> Iterator[None]:
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
    if handler.lines and item.get_closest_marker("logs_warnings") is None:
        logged = "\n".join(handler.lines)
        pytest.fail(f"warnings were logged (expected? mark it logs_warnings):\n{logged}", False)  # noqa: FBT003


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with _no_warnings(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with _no_warnings(item):
        yield
