"""Where things are: the data, the pages, MkDocs' settings, the finished site; and when it is built."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.clock import UNDATED

OWNED = (
    "home",
    "units",
    "projects",
    "glossary",
    "quality",
    "downloads",
    "search",
    "changes",
    "en",
    "verify",
    "data",
)
"""The folders of `docs/` that the generator owns whole; people write in the others."""
OWNED_TOP = "sitemap*.xml"
"""The generated files beside those folders that may be there in one build and not in the next."""


@dataclass(frozen=True)
class Workspace:
    """The folders and files of one site, and the time of its build."""

    data: Path = Path("data")
    docs: Path = Path("docs")
    config: Path = Path("mkdocs.yml")
    site: Path = Path("site")
    built: datetime = UNDATED
    previous: Path | None = None
    """The bundle or site of the release before, to compare with; else the one that `site.yml` names."""

    @property
    def root(self) -> Path:
        """The folder that holds the settings, the theme's overrides and the cache."""
        return self.config.parent

    @property
    def lock(self) -> Path:
        """The file that a build holds, because it writes `docs` and `site`."""
        return self.root / ".cache" / "build.lock"

    @property
    def readings(self) -> Path:
        """The folder of what was read of the data."""
        return self.root / ".cache" / "readings"

    @property
    def portions(self) -> Path:
        """The folder of what each disclosure adds to the tables."""
        return self.root / ".cache" / "portions"

    @property
    def last_build(self) -> Path:
        """The file that says what the last build made, and of what."""
        return self.root / ".cache" / "last-build.json"
