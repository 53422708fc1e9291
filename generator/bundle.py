"""Makes the offline bundle: one zip that opens from a USB stick, with the means to check it.

Reads a finished site and nothing else. The same site gives the same bytes wherever it is packed.
Checking a bundle is for `verify`.
"""

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import escape
from pathlib import Path
from typing import Any

import minisign

from generator import manifest as listing
from generator import release as edition
from generator.errors import GeneratorError
from generator.manifest import KNOWN, MANIFEST, SIGNATURE, SUMS, Entry, Manifest
from generator.release import Release

UNUSED = (
    "*.map",  # for those who debug Material
    "assets/javascripts/*",  # Material's scripts, which no page loads; ours lie in assets/
    "assets/stylesheets/palette.*",  # colours to choose from, which ours replace
    "assets/images/favicon.png",  # Material's own
    "404.html",  # for a web server; from disk it would look for its files at the root
    "sitemap*.xml",  # for the search engines of a website
    "robots.txt",
)
"""Files of the site that nothing in an opened bundle ever asks for."""

EDITION = b'<span class="release__edition"></span>'
"""The place in every page where a bundle says which edition it is; `overrides/` puts it there."""

README = """{portal}
{line}

双击 index.html 打开，不需要网络。
Double-click index.html to open; no network is needed.

发布单位：{publisher}
版本日期：{date}
数据版本：{data_version}
最新版本：{address}

核对是否完整、有无改动：打开 verify/index.html，把下载的压缩包拖进去；
或在本文件夹运行 sha256sum --check SHA256SUMS。
"""

_ASK = "请向发布单位索取"
"""Said where `site.yml` names no `base_url`; else the page names it itself."""


@dataclass(frozen=True)
class Bundle:
    """What was made: where, of how many files, and what they weigh in bytes."""

    path: Path
    files: int
    bytes: int
    packed: int
    left_out: int
    sha256: str


def make(site: Path, out: Path | None, key: minisign.SecretKey | None = None) -> Bundle:
    """Pack `site` into `out` (or a name made of portal and date, in `dist/`), signed when there is a key.

    GeneratorError where `site` is not a finished site, or another takes its place meanwhile. An older
    bundle at `out` stays until the new one is whole.
    """
    release = _release(site)
    top = folder_name(release)
    out = out or Path("dist") / f"{top}.zip"
    fresh = out.with_name(f"{out.name}.{os.getpid()}.new")
    before = _identity(site)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            files, left_out = _pack(site, _Packer(archive, f"{top}/", release), release, key)
        _unless_renewed(site, before)
        fresh.replace(out)
    except OSError as error:
        _unless_renewed(site, before)
        raise GeneratorError(
            out, f"写不成离线包：{error.strerror}", f"cannot write the bundle: {error.strerror}"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    with out.open("rb") as packed:
        digest = hashlib.file_digest(packed, "sha256").hexdigest()
    return Bundle(out, len(files), sum(f.bytes for f in files), out.stat().st_size, left_out, digest)


def _identity(site: Path) -> tuple[int, int] | None:
    """Tell a folder from another that takes its place; None where there is none."""
    try:
        found = site.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _unless_renewed(site: Path, before: tuple[int, int] | None) -> None:
    """GeneratorError where a build has put another site in the place: the bundle would mix the two."""
    if _identity(site) != before:
        raise GeneratorError(
            site,
            "打包时网站被重新生成，没有写离线包；再运行一次",
            "was built anew while it was packed, so no bundle was written; run the command again",
        )


def folder_name(release: Release) -> str:
    """Name the bundle's top folder for portal and date, in signs that every system can write."""
    name = re.sub(r"[^0-9A-Za-z\u3400-\u9fff]+", "-", release.portal).strip("-")[:40]
    return f"{name or 'site'}-{release.date}"


class _Packer:
    """Writes files into the zip with nothing of the machine in them, and lists them."""

    def __init__(self, archive: zipfile.ZipFile, top: str, release: Release) -> None:
        self._archive, self._top = archive, top
        self._date = (max(release.date.year, 1980), release.date.month, release.date.day, 0, 0, 0)
        self.entries: list[Entry] = []

    def add(self, path: str, content: bytes) -> None:
        info = zipfile.ZipInfo(self._top + path, self._date)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3  # Unix, also when packed on Windows
        info.external_attr = 0o100644 << 16
        self._archive.writestr(info, content)
        self.entries.append(listing.entry(path, content))


def _pack(
    site: Path, packer: _Packer, release: Release, key: minisign.SecretKey | None
) -> tuple[list[Entry], int]:
    left_out = 0
    stamp = _edition(release)
    for path in _files(site):
        if any(fnmatchcase(path, unused) for unused in UNUSED):
            left_out += 1
        elif path != KNOWN:
            content = (site / path).read_bytes()
            packer.add(path, _stamped(path, content, stamp) if path.endswith(".html") else content)
    packer.add("README.txt", _readme(release))
    packer.add(KNOWN, listing.known((e.path, e.sha256) for e in packer.entries))
    manifest = Manifest(release=release, files=tuple(sorted(packer.entries, key=lambda e: e.path)))
    packer.add(MANIFEST, manifest.content())
    signed = listing.sums(packer.entries)
    packer.add(SUMS, signed)
    if key is not None:
        comment = f"{release.date} {release.data_version}"  # ASCII, as minisign asks
        packer.add(SIGNATURE, bytes(key.sign(signed, trusted_comment=comment)))
    return packer.entries, left_out


def _release(site: Path) -> Release:
    path = site / edition.PATH
    if not path.is_file():
        raise GeneratorError(
            site,
            "不是建成的网站；先运行 disclose build",
            "is not a finished site; run `disclose build` first",
        )
    return edition.from_json(path.read_bytes(), str(path))


def _files(site: Path) -> Iterator[str]:
    """Give the paths of the site's files in one order everywhere; a link is refused."""
    found = sorted((p.relative_to(site).as_posix(), p) for p in site.rglob("*") if p.is_symlink() or not p.is_dir())  # fmt: skip
    for name, path in found:
        if path.is_symlink() or not path.is_file() or re.search(listing.UNSAFE, name):
            raise GeneratorError(
                path,
                "是链接、不是普通文件，或文件名不是每个系统都能写；先重新运行 disclose build",
                "is a link, no regular file, or has a name that not every system can write; "
                "run `disclose build` again",
            )
        yield name


def _edition(release: Release) -> bytes:
    said = f"版本日期 {release.date} · 数据版本 {release.short_version}"
    if not release.address:
        said += f" · 最新版本：{_ASK}"
    return EDITION.replace(b"></", f">{escape(said)}</".encode())


def _stamped(path: str, content: bytes, stamp: bytes) -> bytes:
    """Say in a page which edition it is of. GeneratorError where the page has no place for it."""
    if EDITION not in content:
        raise GeneratorError(
            path,
            "页面没有写版本的地方（overrides/partials/release.html）",
            "the page has no place for the edition (overrides/partials/release.html)",
        )
    return content.replace(EDITION, stamp)


def _readme(release: Release) -> bytes:
    values: dict[str, Any] = release.model_dump() | {"line": "=" * 40, "address": release.address or _ASK}
    return README.format(**values).encode()
