"""Keys for signatures in the form of minisign: read, made and written.

What is signed is for `bundle`, what a signature is worth for `verify`.
"""

import os
from collections.abc import Callable
from pathlib import Path

import minisign

from generator.errors import GeneratorError

LARGEST_KEY = 10_000  # bytes; a key file has about 200


def secret_key(path: Path, password: Callable[[], str]) -> minisign.SecretKey:
    """Read the key that signs; `password` is asked only where the key has one.

    GeneratorError where it is no such key, or the password does not open it.
    """
    try:
        key = minisign.SecretKey.from_bytes(_read(path))
        if key.is_encrypted():
            key.decrypt(password())
    except ValueError as error:
        raise GeneratorError(
            path,
            "不是 minisign 私钥，或口令不对",
            "is no minisign secret key, or the password is wrong",
        ) from error
    return key


def public_key(text: str) -> minisign.PublicKey:
    """Read the key that checks: its one line `RW…`, or the path of its file. GeneratorError else."""
    try:
        if text.startswith("RW") and not Path(text).exists():
            return minisign.PublicKey.from_base64(text)
        return minisign.PublicKey.from_bytes(_read(Path(text)))
    except ValueError as error:
        raise GeneratorError(
            text,
            "不是 minisign 公钥（RW 开头的一行，或它的文件）",
            "is no minisign public key (a line that begins with RW, or its file)",
        ) from error


def new_pair(path: Path, password: str) -> tuple[Path, str]:
    """Make a pair: the secret key at `path`, encrypted when there is a password, the public one beside it.

    Gives the public key's path and its line. GeneratorError where a file is there already.
    """
    pair = minisign.KeyPair.generate()
    beside = path.with_suffix(".pub")
    line = pair.public_key.to_base64().decode()
    with pair.secret_key as secret:
        if password:
            secret.encrypt(password)
        _write(path, bytes(secret), 0o600)
    _write(beside, bytes(pair.public_key), 0o644)
    return beside, line


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY)
    except OSError as error:
        raise GeneratorError(
            path, f"读不了：{error.strerror}", f"cannot be read: {error.strerror}"
        ) from error


def _write(path: Path, content: bytes, mode: int) -> None:
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
            file.write(content + b"\n")
    except OSError as error:
        raise GeneratorError(
            path, f"写不成：{error.strerror}", f"cannot be written: {error.strerror}"
        ) from error
