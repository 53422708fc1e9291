"""Verifying: each changed, missing or added file is named, and no bundle can do harm."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import minisign
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.bundle import make
from generator.errors import GeneratorError
from generator.manifest import MANIFEST, SIGNATURE, SUMS, Manifest, entry, sums
from generator.verify import verify
from tests.test_bundle import small_site, unpack

PAIR = minisign.KeyPair.generate()
OTHER = minisign.KeyPair.generate()
TOP = "门-户-2026-11-22/"
Edit = Callable[[dict[str, bytes]], object]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    site = small_site(tmp_path / "site")
    (site / "data/projects.csv").write_bytes(b"1,2\n" * 1000)
    return make(site, tmp_path / "bundle.zip", PAIR.secret_key).path


def found(bundle: Path, key: minisign.PublicKey | None = None) -> list[tuple[str, str]]:
    return [(f.rule, f.place.file) for f in verify(bundle, key).findings]


def edited(bundle: Path, edit: Edit, top: str = TOP) -> Path:
    """Change the files of a bundle by `edit`, as somebody with a zip program would."""
    with zipfile.ZipFile(bundle) as archive:
        files = {info.filename.removeprefix(top): archive.read(info) for info in archive.infolist()}
    edit(files)
    changed = bundle.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return changed


def relist(files: dict[str, bytes]) -> None:
    """Make manifest and sums anew, as a forger does."""
    release = Manifest.model_validate_json(files[MANIFEST]).release
    own = {MANIFEST, SUMS, SIGNATURE}
    manifest = Manifest(release=release, files=tuple(entry(n, c) for n, c in files.items() if n not in own))
    files[MANIFEST] = manifest.content()
    files[SUMS] = sums([*manifest.files, entry(MANIFEST, files[MANIFEST])])


def test_an_intact_bundle_has_no_findings_packed_or_unpacked(bundle: Path, tmp_path: Path) -> None:
    verdict = verify(bundle, PAIR.public_key)
    assert (verdict.findings, verdict.signed, verdict.files) == ((), True, 5)
    assert verdict.release.publisher == "某局"
    top = unpack(bundle, tmp_path / "unpacked")
    assert verify(top, PAIR.public_key) == verify(top.parent, PAIR.public_key) == verdict


def test_each_difference_is_named(bundle: Path) -> None:
    def edit(files: dict[str, bytes]) -> None:
        files["data/projects.csv"] = files["data/projects.csv"].replace(b"1", b"9", 1)
        files["index.html"] += b" "
        del files["README.txt"]
        files["new.html"] = b"<h1>"

    assert found(edited(bundle, edit)) == [
        ("bundle-missing", "README.txt"),
        ("bundle-changed", "data/projects.csv"),
        ("bundle-changed", "index.html"),
        ("bundle-added", "new.html"),
    ]


def test_a_forged_list_shows_by_the_signature(bundle: Path) -> None:
    def forge(files: dict[str, bytes]) -> None:
        files["index.html"] += b"<p>forged"
        relist(files)

    forged = edited(bundle, forge)
    assert found(forged) == []
    assert found(forged, PAIR.public_key) == [("bundle-forged", SIGNATURE)]
    assert found(bundle, OTHER.public_key) == [("bundle-forged", SIGNATURE)]


def test_a_signature_taken_away_or_broken_shows(bundle: Path) -> None:
    assert found(edited(bundle, lambda f: f.pop(SIGNATURE)), PAIR.public_key) == [("bundle-unsigned", SIGNATURE)]  # fmt: skip
    broken = edited(bundle, lambda f: f.update({SIGNATURE: b"\xff\n\n"}))
    assert found(broken, PAIR.public_key) == [("bundle-forged", SIGNATURE)]


def test_the_two_lists_must_agree(bundle: Path) -> None:
    assert found(edited(bundle, lambda f: f.update({SUMS: f[SUMS] + b"x"}))) == [("bundle-changed", SUMS)]
    assert found(edited(bundle, lambda f: f.update({MANIFEST: f[MANIFEST] + b" "}))) == [("bundle-changed", SUMS)]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format":2}', b"[" * 100_000, b'{"format":1,"release":{},"files":[]}', b"\xff"]
)
def test_what_has_no_manifest_is_no_bundle(bundle: Path, content: bytes) -> None:
    with pytest.raises(GeneratorError, match="不是离线包"):
        verify(edited(bundle, lambda f: f.update({MANIFEST: content})))


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 something")
    for path in (tmp_path / "a.zip", tmp_path / "missing.zip", tmp_path):
        with pytest.raises(GeneratorError):
            verify(path)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        TOP + "../../evil",
        TOP + "a\\..\\evil",
        "C:/evil",
        TOP + "a\x07b",
        TOP + "a//b",
    ],
)
def test_a_name_that_leads_elsewhere_is_named_and_nothing_is_written(
    bundle: Path, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(name, b"evil")
    try:
        rules = {rule for rule, _ in found(bundle)}
    except GeneratorError:
        rules = {"refused"}
    assert rules & {"bundle-unsafe", "refused"}
    assert sorted(tmp_path.rglob("*")) == before


def test_links_are_named_and_never_followed(bundle: Path, tmp_path: Path) -> None:
    top = unpack(bundle, tmp_path / "unpacked")
    (top / "index.html").unlink()
    (top / "index.html").symlink_to("/etc/passwd")
    (top / "elsewhere").symlink_to(tmp_path / "site")
    os.mkfifo(top / "pipe")
    assert found(top) == [
        ("bundle-unsafe", "elsewhere"),
        ("bundle-unsafe", "index.html"),
        ("bundle-unsafe", "pipe"),
        ("bundle-missing", "index.html"),
    ]
    link = zipfile.ZipInfo(TOP + "link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert found(bundle) == [("bundle-unsafe", "link")]


def test_a_name_that_stands_twice_is_named(bundle: Path) -> None:
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(TOP + "INDEX.html", b"which one?")
    assert ("bundle-unsafe", "INDEX.html") in found(bundle)
    assert ("bundle-unsafe", "index.html") in found(bundle)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/manifest.json", bytes(50_000_000))
    with pytest.raises(GeneratorError, match="压缩炸弹"):
        verify(bomb)


def test_files_that_overlap_are_refused(tmp_path: Path) -> None:
    """As in the bombs that give the same packed bytes to thousands of names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/manifest.json", os.urandom(10_000))
        [info] = archive.infolist()
        for number in range(50):
            again = zipfile.ZipInfo(f"a/{number:013}")
            again.compress_size, again.file_size, again.CRC = info.compress_size, info.file_size, info.CRC
            again.header_offset, again.compress_type = info.header_offset, info.compress_type
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
            archive._didModify = True  # type: ignore[attr-defined]
    (tmp_path / "overlap.zip").write_bytes(content.getvalue())
    with pytest.raises(GeneratorError, match="压缩炸弹"):
        verify(tmp_path / "overlap.zip")


def test_a_damaged_member_is_a_changed_file(bundle: Path) -> None:
    content = bytearray(bundle.read_bytes())
    with zipfile.ZipFile(bundle) as archive:
        info = archive.getinfo(TOP + "data/projects.csv")
    start = info.header_offset + 30 + len(info.orig_filename.encode())
    content[start] ^= 0xFF
    bundle.write_bytes(content)
    assert found(bundle) == [("bundle-changed", "data/projects.csv")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_anywhere_goes_unseen_or_breaks_the_program(
    small_bundle: tuple[Path, bytes], data: st.DataObject
) -> None:
    path, content = small_bundle
    place = data.draw(st.integers(0, len(content) - 1))
    flipped = bytes([content[place] ^ data.draw(st.integers(1, 255))])
    path.write_bytes(content[:place] + flipped + content[place + 1 :])
    try:
        verdict = verify(path, PAIR.public_key)
    except GeneratorError:
        return
    # dates, attributes and the like say nothing of what the files hold
    if not verdict.findings:
        with zipfile.ZipFile(path) as damaged, zipfile.ZipFile(io.BytesIO(content)) as whole:
            assert [damaged.read(i) for i in damaged.infolist()] == [whole.read(i) for i in whole.infolist()]


@pytest.fixture(scope="module")
def small_bundle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("small")
    path = make(small_site(folder / "site"), folder / "bundle.zip", PAIR.secret_key).path
    return path, path.read_bytes()


def test_the_manifest_is_plain_json(bundle: Path, tmp_path: Path) -> None:
    top = unpack(bundle, tmp_path / "unpacked")
    manifest = json.loads((top / MANIFEST).read_bytes())
    assert manifest["release"]["date"] == "2026-11-22"
    assert [f["path"] for f in manifest["files"]] == sorted(f["path"] for f in manifest["files"])
