"""Reads the data and writes the pages of disclosures and projects, and nothing else: what page builders do.

    python -m benchmarks.pages_alone          in the folder of a site

No Word files, open data, search or lists. The data are read and checked, because pages show what was found.
"""

from __future__ import annotations

import gc
import os
import shutil
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from generator import site
from generator.builder import Builder
from generator.parts import parts
from generator.reading import inspect
from generator.render.pages import Page
from generator.stamping import Part, Stamper, write_all
from generator.workspace import OWNED, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.stamping import Told


def main() -> None:
    """Write the pages into `site`, with all processors."""
    gc.disable()  # as the command does
    workspace, jobs = Workspace(), os.cpu_count() or 1
    shutil.rmtree(workspace.site, ignore_errors=True)
    checked = inspect(workspace.data, jobs=jobs)
    settle = partial(site.settle, site=checked.dataset.site)
    builder = Builder(workspace.config, settle, OWNED, workspace.built)
    stubs = builder.stubs(workspace.site)
    stamper = Stamper(workspace.site, frozenset(stubs), {}, partial(builder.shells, stubs=stubs))
    first, *others = map(_pages_of, parts(workspace, checked)[0])
    stamper.write(first, {})  # the others share its shells
    for _ in write_all(stamper, others, {}, jobs):
        pass


def _pages_of(part: Part) -> Part:
    """Give the part that stops after its pages, which come before its files."""

    def pages(told: Told) -> Iterator[Page]:
        for item in part.make(told):
            if not isinstance(item, Page):
                return
            yield item

    return replace(part, make=pages)


if __name__ == "__main__":
    main()
