"""The finished site is valid HTML, says the Nu HTML checker; what is Material's own is listed with a reason."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MATERIALS_OWN = {
    # base.html, outside its blocks: <input data-md-toggle="drawer" type="checkbox" autocomplete="off">
    # and the same for search; the attribute keeps Firefox from opening the drawer again after a reload.
    "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”,"
    " “email”, “hidden”, “month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”,"
    " or “week”.": 'type="checkbox"',
}
"""Errors that no override of a block can mend, with a piece of the element that they are about."""


def errors(validator: str, folder: Path) -> list[dict[str, str]]:
    done = subprocess.run(
        ["java", "-jar", validator, "--errors-only", "--skip-non-html", "--exit-zero-always", "--format", "json", folder],
        capture_output=True, check=True,
    )  # fmt: skip
    found: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return found


def test_every_page_is_valid(validator: str, built_site: Path) -> None:
    ours = Counter(
        f"{error['message']} {error['extract']}"
        for error in errors(validator, built_site)
        if MATERIALS_OWN.get(error["message"], "\0") not in error["extract"]
    )
    assert ours == {}


def test_the_checker_sees_what_is_wrong(validator: str, tmp_path: Path) -> None:
    page = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>t</title><img src="x.png">'
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert [error["type"] for error in errors(validator, tmp_path)] == ["error"]
