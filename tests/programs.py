"""Finds the programs that tests use and pip cannot install.

Owns the search; `tests/setup.sh` installs what is missing, the fixtures of
`tests/conftest.py` hand the programs to the tests.

    python -m tests.programs browser        prints where it is, or exits with 1
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
OFFICES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
VALIDATOR = Path(__file__).parent.parent / ".setup/vnu.jar"


def browser() -> str | None:
    """Return the path of a Chromium that starts: the system's, else Playwright's own."""
    return _first_that_starts(BROWSERS) or _first_that_starts(_browsers_of_playwright())


def office() -> str | None:
    """Return the path of a LibreOffice that starts."""
    return _first_that_starts(OFFICES)


def spreadsheet() -> str | None:
    """Return the path of a LibreOffice that has Calc; only Debian's packages come without."""
    path = office()
    if path is None or not sys.platform.startswith("linux"):
        return path
    return path if Path(path).resolve().with_name("libsclo.so").exists() else None


def chinese_font() -> str | None:
    """Return the name of a font with Chinese characters; macOS and Windows always have one."""
    if not sys.platform.startswith("linux"):
        return "system"
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return next(iter(listed.stdout.splitlines()), None)


def validator() -> str | None:
    """Return the path of the HTML checker that `tests/setup.sh` fetches, if there is a Java that runs it."""
    java = _first_that_starts(["java"])
    if java is None or not VALIDATOR.exists():
        return None
    done = subprocess.run([java, "-jar", VALIDATOR, "--version"], capture_output=True, check=False)
    return str(VALIDATOR) if done.returncode == 0 else None


SEARCHES = {
    "browser": browser,
    "office": office,
    "spreadsheet": spreadsheet,
    "chinese-font": chinese_font,
    "validator": validator,
}


def _browsers_of_playwright() -> Iterator[str]:
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _first_that_starts(candidates: Iterable[str]) -> str | None:
    # Being there is not enough: Ubuntu's chromium-browser may be a script that says
    # "install the snap", and Playwright's Chromium needs libraries of the system.
    for candidate in candidates:
        path = shutil.which(candidate)
        if path is not None and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    if Path(path).suffix == ".exe":  # on Windows --version opens a window
        return True
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Print what each named search finds; return 1 when one finds nothing, 2 on wrong use."""
    if not arguments or not set(arguments) <= SEARCHES.keys():
        print(f"usage: python -m tests.programs {'|'.join(SEARCHES)}…", file=sys.stderr)
        return 2
    found = [SEARCHES[name]() for name in arguments]
    for path in filter(None, found):
        print(path)
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
