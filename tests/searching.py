"""What the tests of the search share: addresses of a site, and the plain truth to compare with."""

from __future__ import annotations

import threading
import unicodedata
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.checks import RULES
from generator.render import search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.finding import Finding
    from generator.model import Dataset, Disclosure, Indicator, Project


def scripts(dataset: Dataset, findings: Sequence[Finding] = ()) -> Iterator[tuple[str, bytes]]:
    """Give the scripts of the search with their paths, the catalogue last."""
    texts = dict(map(search.texts, dataset.disclosures))
    yield from texts.items()
    addresses = {path: search.address(path, script) for path, script in texts.items()}
    yield search.catalogue(dataset, findings, RULES, addresses)


class _Server(SimpleHTTPRequestHandler):
    """Serves a folder below a path, silently; a missing page is answered with the site's own."""

    def __init__(self, *args: Any, below: str, **others: Any) -> None:
        self.below = below
        super().__init__(*args, **others)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.below))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, below: str = "") -> Iterator[str]:
    """Serve a folder on this machine, below a path such as `/portal/jx`, and give its address."""
    handler = partial(_Server, directory=str(folder), below=below)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fold(text: str) -> str:
    """Give text as a reader compares it: without regard to width and case."""
    return unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")


Truth = dict[str, list[str]]
"""The published values of everything that can be found, by the path of its page."""


def truth_of(dataset: Dataset) -> Truth:
    truth = {}
    for place, term in enumerate(dataset.terms, 1):
        truth[f"glossary/index.html#term-{place}"] = [term.term, term.explanation]
    for disclosure in dataset.disclosures:
        title = f"{disclosure.unit.label} {disclosure.year} 年预算绩效目标"
        part1 = [disclosure.overall_goal, *disclosure.itemised_goals, disclosure.safeguard_measures]
        truth[f"{disclosure.path}/index.html"] = [title, *_unit(disclosure), *filter(None, part1)]
        for project in disclosure.projects:
            values = _project(project, disclosure.amount_unit.value)
            truth[f"{project.path}/index.html"] = [*_unit(disclosure), *filter(None, values)]
    return truth


def matching(truth: Truth, query: str) -> list[str]:
    """Give the paths where every word of the query stands in some value."""
    words = fold(query).split()
    folded = {path: [fold(value) for value in values] for path, values in truth.items()}
    return sorted(p for p, values in folded.items() if all(any(w in v for v in values) for w in words))


def _unit(disclosure: Disclosure) -> list[str]:
    unit = disclosure.unit
    return [unit.name, unit.label, unit.code, disclosure.year, *unit.former_names, *unit.former_codes]


def _project(project: Project, unit: str) -> Iterator[str | None]:
    yield from (project.code, project.name, project.unit_name, project.purpose, *project.goals)
    for amount in (project.budget.total, project.budget.fiscal, project.budget.other):
        yield f"{amount}{unit}" if amount else None
    for step in project.spending_plan:
        yield from (step.date, step.cumulative.text)
    for indicator in project.indicators:
        yield from _indicator(indicator)


def _indicator(row: Indicator) -> Iterator[str | None]:
    yield from (row.level1, row.level2, row.level3, row.description, row.weight, row.direction, row.basis)
    yield f"{row.operator or ''}{row.target}{row.unit or ''}"
