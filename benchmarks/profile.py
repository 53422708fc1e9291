"""Where the time of a cold build goes, step by step, in one process.

    python -m benchmarks.profile [PROJECTS]       5,000 when not told

Seconds are those of the processor. The pages of disclosures are taken apart into their own steps.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks import synthetic
from benchmarks.__main__ import copy_workspace
from generator import documents, exports, site
from generator.builder import Builder
from generator.exports.table import Contents
from generator.inputs import inputs_of
from generator.parts import parts
from generator.reading import inspect
from generator.render.head import Heads
from generator.render.pages import disclosure_pages, render_html
from generator.render.views.portal import Portal
from generator.render.views.similar import alike
from generator.stamping import Stamper
from generator.workspace import OWNED, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.checked import Checked

T = TypeVar("T")


class Steps:
    """Adds up the processor's seconds of each step."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def take(self, name: str, work: Callable[[], T]) -> T:
        """Do `work` and count its time for the step `name`."""
        begun = time.process_time()
        result = work()
        self.seconds[name] += time.process_time() - begun
        return result

    def table(self) -> str:
        """Give the steps with their shares, as Markdown."""
        whole = sum(self.seconds.values())
        lines = [f"| {name} | {took:.2f} | {took / whole:.0%} |" for name, took in self.seconds.items()]
        return "\n".join(
            ["| step | seconds | share |", "| --- | ---: | ---: |", *lines, f"| together | {whole:.2f} | |"]
        )


def cold(workspace: Workspace) -> tuple[Steps, Checked]:
    """Do what a build does, part by part."""
    steps = Steps()
    inputs = steps.take("fingerprints of the inputs", lambda: inputs_of(workspace))
    checked = steps.take("read, trace and check", lambda: inspect(workspace.data))
    made = steps.take("what each part is made of", lambda: parts(workspace, checked, inputs))
    settle = partial(site.settle, site=checked.dataset.site)
    builder = Builder(workspace.config, settle, OWNED, workspace.built)
    stubs = steps.take("shells", lambda: builder.stubs(workspace.site))
    learn = partial(builder.shells, stubs=stubs)
    stamper = Stamper(
        workspace.site, frozenset(stubs), {}, lambda shapes: steps.take("shells", lambda: learn(shapes))
    )
    told: dict[str, object] = {}
    for part in chain.from_iterable(made):
        name = "disclosures and projects" if part.name.startswith("units/") else part.name
        before = steps.seconds["shells"]
        told |= steps.take(name, partial(stamper.write, part, dict(told))).notes
        steps.seconds[name] -= steps.seconds["shells"] - before
    return steps, checked


def pages(checked: Checked, workspace: Workspace) -> Steps:
    """Do the steps of the pages of disclosures and projects one after the other."""
    steps, dataset = Steps(), checked.dataset
    portal = Portal(dataset.site, dataset.terms, alike(dataset.disclosures))
    heads = Heads(dataset.site, dataset.disclosures, workspace.built.date())
    for of, own in exports.each(Contents(dataset, checked.findings, checked.traces)):
        said = steps.take("views", lambda: list(disclosure_pages(of, own.findings, own.traces, portal)))  # noqa: B023 (done at once)
        headed = steps.take("heads", lambda: [heads.add(page) for page in said])  # noqa: B023
        steps.take("templates", lambda: [render_html(page) for page in headed])  # noqa: B023
        steps.take("Word file", lambda: documents.write(of, "docx"))  # noqa: B023
        rows = steps.take("rows of the tables", lambda: exports.portions(own, exports.FORMATS))  # noqa: B023
        steps.take("JSON and CSV files", lambda: list(exports.records(own, of, rows["json"])))  # noqa: B023
    return steps


def main() -> None:
    """Make the data, take the times, print the tables."""
    gc.disable()  # as the command does
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.write(folder / "data", size)
        copy_workspace(folder)
        os.chdir(folder)
        workspace = Workspace()
        steps, checked = cold(workspace)
        print(f"{steps.table()}\n\nOf disclosures and projects, without stamping and writing:\n")
        print(pages(checked, workspace).table())


if __name__ == "__main__":
    main()
