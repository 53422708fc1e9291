"""How a page is cited, found again and answered: permalink, citation, QR code, report of an error."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import segno

from generator.model import Disclosure, Project, Site

SUBJECT = "报告错误：{}"
BODY = "网址：{}\n位置：\n问题：\n"

_MASK = 0  # a chequerboard
_DARK = re.compile(rb"\x01+")


@dataclass(frozen=True)
class QrCode:
    """A QR code as a drawing: `path` fills the dark modules of a square of `size` units."""

    size: int
    path: str


@dataclass(frozen=True)
class Citing:
    """What a reader needs to cite a page; `permalink` is empty where the site has no address of its own.

    The citations end where the reader's date and the address go; `report` is where errors go, or empty.
    """

    permalink: str
    plain: str
    standard: str
    published: str
    qr: QrCode | None
    report: str


def citing(site: Site, disclosure: Disclosure, project: Project, title: str) -> Citing:
    """Work out how the page of a project is cited, in plain words and by GB/T 7714—2015."""
    permalink = site.address(f"{project.path}/")
    author = project.unit_name or disclosure.unit.name
    work = f"{title}（{disclosure.year} 年度）"
    return Citing(
        permalink,
        f"{author}：《{work}》，{site.name}",
        f"{author}. {work}[EB/OL]. ",
        f"({disclosure.published_date[:10]})" if disclosure.published_date else "",
        _qr(permalink) if permalink else None,
        _report(site.contact, permalink or project.path, title),
    )


def _report(contact: str, address: str, title: str) -> str:
    """Give the link by which an error is reported; the reader's browser adds the place of the value."""
    if not contact:
        return ""
    contact, mark, fragment = contact.partition("#")
    joint = "&" if "?" in contact else "?"
    if not contact.startswith("mailto:"):
        return f"{contact}{joint}url={quote(address, safe='')}&title={quote(title)}{mark}{fragment}"
    return f"{contact}{joint}subject={quote(SUBJECT.format(title))}&body={quote(BODY.format(address))}"


def _qr(address: str) -> QrCode:
    # with any mask it can be read; to try which of the eight looks best takes four fifths of the time
    rows = segno.make(address, error="m", micro=False, mask=_MASK).matrix
    runs = ((run.start(), y, len(run[0])) for y, row in enumerate(rows) for run in _DARK.finditer(row))
    return QrCode(len(rows), "".join(f"M{x} {y}h{length}v1H{x}z" for x, y, length in runs))
