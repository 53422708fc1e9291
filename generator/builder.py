"""Runs MkDocs: for the whole site, for the shells of the generated pages, or for the hand-written pages.

MkDocs is asked by its documented ways only: its settings, `build`, and the events of a plugin.
"""

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.errors import GeneratorError
from generator.render.compiled import Compiled
from generator.render.shells import BODY, Shape, Shell, UnknownShellError, learn, probe


class _NoSettings(Config):  # type: ignore[no-untyped-call]  # as below
    """The settings of a plugin that has none."""


@dataclass(frozen=True)
class Builder:
    """MkDocs with its settings: the file, and what `settle` makes of them for this site."""

    config_file: Path
    settle: Callable[[MkDocsConfig], None]
    folders: Collection[str]
    """Those of `docs/` that the generator owns whole."""
    built: datetime
    """The date of the build that MkDocs states, instead of today's."""

    def settings(self, site_dir: Path, *, strict: bool) -> MkDocsConfig:
        """Read the settings. GeneratorError where they make no sense."""
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        with _failing(self.config_file):
            config = load_config(str(self.config_file), site_dir=str(site_dir), strict=strict, hooks=[])
        self.settle(config)
        return config

    def build(self, site_dir: Path, *, strict: bool = True) -> None:
        """Build the whole site from `docs/`. GeneratorError when MkDocs fails."""
        self._run(self.settings(site_dir, strict=strict), None, logging.WARNING)

    def build_hand_written(self, site_dir: Path, generated: "Generated") -> None:
        """Build all but the generated pages, which may be linked to. GeneratorError when MkDocs fails."""
        guest = _HandWritten(generated, self.folders)
        self._run(self.settings(site_dir, strict=True), guest, logging.WARNING)

    def shells(self, shapes: Sequence[Shape], stubs: Mapping[str, str]) -> dict[Shape, Shell]:
        """Have the theme build a page of each shape, and learn the shells from them.

        UnknownShellError where a shell cannot be learned.
        """
        probes = {shape.probe_path(number): shape for number, shape in enumerate(shapes)}
        guest = _Probes({path: probe(shape) for path, shape in probes.items()}, stubs)
        with TemporaryDirectory() as folder:
            self._run(self.settings(Path(folder), strict=False), guest, logging.CRITICAL)
        return {shape: learn(guest.built[path]) for path, shape in probes.items()}

    def stubs(self, site_dir: Path) -> dict[str, str]:
        """Give the generated pages in `nav`, as far as the theme shows them on other pages: their titles.

        UnknownShellError where pages cannot be stamped: they may stand in `nav` without a title, or a
        plugin may want to see each.
        """
        config = self.settings(site_dir, strict=False)
        entries = list(_nav_entries(config.nav))
        generated = [
            (title, path)
            for title, path in entries
            if not Path(config.docs_dir, path).is_file() or path.partition("/")[0] in self.folders
        ]
        if config.plugins or not entries or not all(title for title, _ in generated):
            raise UnknownShellError("mkdocs.yml")
        return {path: "" for _, path in generated}

    def _run(self, config: MkDocsConfig, guest: "_Guest | None", level: int) -> None:
        if guest:
            config.plugins["disclose"] = guest
        os.environ["SOURCE_DATE_EPOCH"] = str(int(self.built.timestamp()))
        with _logging(level), _failing(self.config_file):
            mkdocs_build(config)


@dataclass(frozen=True)
class Generated:
    """What the generator adds to a site: the paths of its pages, those of them in `nav`, other files."""

    stubs: Mapping[str, str]
    pages: Collection[str]
    files: Collection[str]


def _nav_entries(nav: Any, title: str = "") -> Iterator[tuple[str, str]]:
    """Give title and path of each page that `nav` names; the title may be missing."""
    if isinstance(nav, str):
        yield title, nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _nav_entries(item)
    elif isinstance(nav, dict):
        for name, item in nav.items():
            yield from _nav_entries(item, name)


class _Guest(BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """Has the templates of the theme kept as they were compiled."""

    def on_env(self, env: Environment, **_: object) -> Environment:
        env.bytecode_cache = Compiled()
        return env


class _Probes(_Guest):  # type: ignore[no-untyped-call]  # as above
    """Puts probes in the place of all pages but those in `nav`, and takes what becomes of them."""

    def __init__(self, probes: Mapping[str, str], stubs: Mapping[str, str]) -> None:
        self.built: dict[str, str] = {}
        self._probes = probes
        self._added = {**stubs, **probes}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        shown = {"index.md", *(path for _, path in _nav_entries(config.nav))} - self._added.keys()
        kept = [file for file in files if file.src_uri in shown]
        added = [_page(config, path, text) for path, text in self._added.items()]
        return Files([*kept, *added])

    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        """Leave of other pages their headings, one of which may be the title that `nav` shows."""
        if page.file.src_uri in self._probes:
            return markdown
        return "\n\n".join(line for line in markdown.split("\n") if line.startswith("#"))

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        return BODY if page.file.src_uri in self._probes else html

    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        if page.file.src_uri in self._probes:
            self.built[page.file.src_uri] = output
        return ""


class _HandWritten(_Guest):  # type: ignore[no-untyped-call]  # as above
    """Leaves the generated pages to be stamped, and lets the others link to them."""

    def __init__(self, generated: Generated, folders: Collection[str]) -> None:
        self._generated = generated
        self._folders = folders

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        written = [
            file
            for file in files
            if file.src_uri.partition("/")[0] not in self._folders
            and file.src_uri not in self._generated.files
        ]
        stubs = [_page(config, path, text) for path, text in self._generated.stubs.items()]
        return _Linkable([*written, *stubs], self._generated, config)

    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        return "" if page.file.src_uri in self._generated.stubs else output


class _Linkable(Files):
    """Files that know generated ones too, by their addresses only."""

    def __init__(self, files: Iterable[File], generated: Generated, config: MkDocsConfig) -> None:
        super().__init__(files)
        self._generated = generated
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        file = super().get_file_from_path(path)
        if file is None and (path in self._generated.pages or path in self._generated.files):
            return _page(self._config, path, "")
        return file


def _page(config: MkDocsConfig, path: str, text: str) -> File:
    return File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)


@contextmanager
def _failing(config_file: Path) -> Iterator[None]:
    try:
        yield
    except (Abort, MkDocsException, TemplateError) as error:
        raise GeneratorError(
            config_file, f"MkDocs 没有建成网站：{error}", f"MkDocs failed: {error}"
        ) from error


@contextmanager
def _logging(level: int) -> Iterator[None]:
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.setLevel(before)
