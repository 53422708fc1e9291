"""The bundle: whole, small, the same wherever it is packed, and true to the site."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import zipfile
from functools import partial
from pathlib import Path

import minisign
import pytest

from generator.bundle import EDITION, make
from generator.errors import GeneratorError
from generator.manifest import KNOWN, MANIFEST, SIGNATURE, SUMS
from generator.release import PATH, Release
from generator.swap import swap


def unpack(bundle: Path, folder: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    [top] = folder.iterdir()
    return top


def read(bundle: Path, name: str) -> str:
    with zipfile.ZipFile(bundle) as archive:
        top = archive.namelist()[0].partition("/")[0]
        return archive.read(f"{top}/{name}").decode()


@pytest.fixture(scope="module")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    return unpack(make(built_site, folder / "bundle.zip").path, folder / "unpacked")


def test_it_opens_at_the_top_of_a_folder_named_for_portal_and_date(built_site: Path, unpacked: Path) -> None:
    release = json.loads((built_site / PATH).read_bytes())
    assert unpacked.name == f"{release['portal']}-{release['date']}"
    assert (unpacked / "index.html").is_file()


def test_it_holds_the_site_without_what_nobody_asks_for(built_site: Path, unpacked: Path) -> None:
    site = {p.relative_to(built_site).as_posix() for p in built_site.rglob("*") if p.is_file()}
    bundle = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert bundle - site == {MANIFEST, SUMS, "README.txt"}
    left_out = {
        f for f in site - bundle if not f.startswith("assets/javascripts/") and not f.endswith(".map")
    }
    left_out -= {"404.html", "assets/images/favicon.png", "robots.txt", "sitemap.xml"}
    assert {f.partition(".")[0] for f in left_out} <= {"assets/stylesheets/palette"}
    assert not [f for f in bundle if f.endswith((".map", ".gz"))]


def test_every_page_says_its_edition_and_publisher(built_site: Path, unpacked: Path) -> None:
    release = json.loads((built_site / PATH).read_bytes())
    said = (
        f"版本日期 {release['date']} · 数据版本 {release['data_version'][:12]} · 最新版本：请向发布单位索取"
    )
    pages = list(unpacked.rglob("*.html"))
    assert len(pages) >= 15
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert said in text, page
        assert release["publisher"] in text, page


def test_files_other_than_pages_are_the_sites_own(built_site: Path, unpacked: Path) -> None:
    for path in unpacked.rglob("*"):
        name = path.relative_to(unpacked).as_posix()
        if (
            path.is_file()
            and not name.endswith(".html")
            and name not in {MANIFEST, SUMS, KNOWN, "README.txt"}
        ):
            assert path.read_bytes() == (built_site / name).read_bytes(), name


def test_the_usual_tools_check_it(unpacked: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=unpacked, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_packed_elsewhere_later_and_in_another_order_it_has_the_same_bytes(
    built_site: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "else where"
    for path in sorted((p for p in built_site.rglob("*") if p.is_file()), reverse=True):
        copy = elsewhere / path.relative_to(built_site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copy.chmod(stat.S_IRUSR)
        os.utime(copy, (1, 1))
    one, other = make(built_site, tmp_path / "1.zip"), make(elsewhere, tmp_path / "2.zip")
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()


def test_a_signature_is_the_same_each_time_and_fits_its_key(built_site: Path, tmp_path: Path) -> None:
    pair = minisign.KeyPair.generate()
    one = make(built_site, tmp_path / "1.zip", pair.secret_key)
    other = make(built_site, tmp_path / "2.zip", pair.secret_key)
    assert one.sha256 == other.sha256
    top = unpack(one.path, tmp_path / "unpacked")
    signature = minisign.Signature.from_file(top / SIGNATURE)
    pair.public_key.verify((top / SUMS).read_bytes(), signature)


def test_what_is_no_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError, match="先运行 disclose build"):
        make(tmp_path, tmp_path / "bundle.zip")
    assert list(tmp_path.iterdir()) == []


def small_site(folder: Path, page: bytes = EDITION) -> Path:
    (folder / "data").mkdir(parents=True)
    release = {"portal": "门 户/", "publisher": "某局", "date": "2026-11-22", "data_version": "ab" * 32}
    (folder / PATH).write_text(json.dumps(release), encoding="utf-8")
    (folder / "index.html").write_bytes(page)
    return folder


def test_a_link_in_the_site_is_refused(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    (site / "passwords.txt").symlink_to("/etc/passwd")
    with pytest.raises(GeneratorError, match=r"passwords\.txt"):
        make(site, tmp_path / "bundle.zip")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_a_page_without_a_place_for_the_edition_is_named(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", b"<html>")
    with pytest.raises(GeneratorError, match=r"index\.html"):
        make(site, tmp_path / "bundle.zip")


def test_it_says_where_a_newer_one_is(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    release = json.loads((site / PATH).read_bytes())
    assert "最新版本：请向发布单位索取" in read(make(site, tmp_path / "1.zip").path, "README.txt")
    (site / PATH).write_text(json.dumps(release | {"address": "https://x.gov.cn/a/"}), encoding="utf-8")
    assert "最新版本：https://x.gov.cn/a/" in read(make(site, tmp_path / "2.zip").path, "README.txt")


def renewed(other: Path, site: Path, _: Release) -> bytes:
    """Stand for the last file that is packed, during which a build ends."""
    swap(other, site)
    return b""


def test_a_site_built_anew_meanwhile_is_not_mixed_with_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, other = small_site(tmp_path / "site"), small_site(tmp_path / "other")
    bundle = make(site, tmp_path / "bundle.zip").path
    before = bundle.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("generator.bundle._readme", partial(renewed, other, site))
        with pytest.raises(GeneratorError, match="再运行一次"):
            make(site, bundle)
    assert bundle.read_bytes() == before
    assert make(site, bundle).path == bundle
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bundle.zip", "site"]


def test_a_failed_bundle_leaves_the_old_one(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    bundle = make(site, tmp_path / "bundle.zip").path
    before = bundle.read_bytes()
    (site / "index.html").write_bytes(b"broken")
    with pytest.raises(GeneratorError):
        make(site, bundle)
    assert bundle.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bundle.zip", "site"]


def test_its_name_can_be_written_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert make(small_site(tmp_path / "site"), None).path == Path("dist/门-户-2026-11-22.zip")
