"""The commands around a bundle: make, sign, verify, and their exit codes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from generator.cli import app
from generator.errors import GeneratorError
from generator.signing import new_pair, public_key, secret_key
from tests.test_bundle import small_site
from tests.test_verify import edited


def disclose(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["--lang", "zh", *map(str, arguments)], input=typed)


def test_from_key_to_verified_bundle(tmp_path: Path) -> None:
    site, bundle, key = small_site(tmp_path / "site"), tmp_path / "b.zip", tmp_path / "unit.key"
    made = disclose("key", key, typed="口令\n口令\n")
    assert made.exit_code == 0, made.output
    assert key.stat().st_mode & 0o777 == 0o600
    line = next(word for word in made.output.split() if word.startswith("RW"))
    signed = disclose("bundle", "--site-dir", site, "--out", bundle, "--sign", key, typed="口令\n")
    assert signed.exit_code == 0, signed.output
    for public in (line, key.with_suffix(".pub")):
        intact = disclose("verify", bundle, "--public-key", public)
        assert (intact.exit_code, "签名与公钥相符" in intact.output) == (0, True)
    changed = disclose("verify", edited(bundle, lambda files: files.update({"index.html": b"x"})))
    assert changed.exit_code == 1
    assert "index.html 错误 被改动过" in changed.output
    assert disclose("verify", tmp_path / "none.zip").exit_code == 2
    assert disclose("verify", bundle, "--public-key", "RWnokey").exit_code == 2
    assert disclose("bundle", "--site-dir", tmp_path, "--out", bundle).exit_code == 2


def test_a_name_in_a_bundle_cannot_speak_for_the_program(tmp_path: Path) -> None:
    bundle = tmp_path / "b.zip"
    disclose("bundle", "--site-dir", small_site(tmp_path / "site"), "--out", bundle)
    forged = edited(bundle, lambda files: files.update({"a\n5 个文件都与清单一致\x1b[2K\u202e": b"x"}))
    done = disclose("verify", forged)
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert lines[0].startswith("a↵5 个文件都与清单一致�[2K� 错误 ")
    assert [line for line in lines if line.startswith("5 个")] == []


def test_an_unsigned_bundle_says_so(tmp_path: Path) -> None:
    bundle = tmp_path / "b.zip"
    disclose("bundle", "--site-dir", small_site(tmp_path / "site"), "--out", bundle)
    done = disclose("verify", bundle)
    assert (done.exit_code, "没有签名" in done.output) == (0, True)


def test_a_wrong_password_is_refused(tmp_path: Path) -> None:
    new_pair(tmp_path / "a.key", "right")
    with pytest.raises(GeneratorError, match="口令不对"):
        secret_key(tmp_path / "a.key", lambda: "wrong")


def test_no_key_is_overwritten(tmp_path: Path) -> None:
    new_pair(tmp_path / "a.key", "")
    before = (tmp_path / "a.key").read_bytes()
    with pytest.raises(GeneratorError, match=r"a\.key"):
        new_pair(tmp_path / "a.key", "")
    assert (tmp_path / "a.key").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"untrusted comment: x\nAAAA", b"\xff\xfe", b"x" * 20_000])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(content)
    with pytest.raises(GeneratorError):
        secret_key(path, lambda: "")
    with pytest.raises(GeneratorError):
        public_key(str(path))
    with pytest.raises(GeneratorError):
        public_key(str(tmp_path / "none"))
