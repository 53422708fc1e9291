"""Lets a plain `mkdocs build` or `mkdocs serve` run the pipe first."""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer

from generator.alone import alone
from generator.clock import built_at
from generator.errors import GeneratorError
from generator.pipeline import generate
from generator.site import settle
from generator.workspace import Workspace


def _workspace(config: MkDocsConfig) -> Workspace:
    settings = Path(config.config_file_path)
    built = built_at(os.environ)
    return Workspace(settings.parent / "data", Path(config.docs_dir), settings, built=built)


def on_pre_build(config: MkDocsConfig) -> None:
    """Generate the pages before MkDocs collects its files; unchanged ones are not touched."""
    workspace = _workspace(config)
    try:
        with alone(workspace.lock):
            checked, _ = generate(workspace)
    except GeneratorError as error:
        raise PluginError(str(error)) from error
    settle(config, checked.dataset.site)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> LiveReloadServer:
    """Follow the YAML files in the preview."""
    server.watch(str(_workspace(config).data))
    return server
