"""Checks a bundle against its own list: what is changed, missing or added, and who signed it.

Whatever the bundle is, nothing is written, nothing outside it is read, and no more is unpacked than
its list says. A list that somebody made anew shows only by its signature.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import minisign
from pydantic import ValidationError

from generator import manifest as listing
from generator.container import DAMAGED, Container, opened
from generator.errors import GeneratorError
from generator.finding import Finding, Place, Severity, Text
from generator.manifest import MANIFEST, SIGNATURE, SUMS, Entry, Manifest
from generator.release import Release

LARGEST_SIGNATURE = 10_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Verdict:
    """What was found, of which release, in how many files; `signed` is true where the key fits."""

    release: Release
    files: int
    findings: tuple[Finding, ...]
    signed: bool
    signature: bool
    """Whether there is a signature at all."""


def verify(bundle: Path, key: minisign.PublicKey | None = None) -> Verdict:
    """Check a zip or an unpacked folder. GeneratorError where it is not a bundle at all."""
    with opened(bundle, MANIFEST) as container:
        return _judge(bundle, container, key)


def _judge(bundle: Path, container: Container, key: minisign.PublicKey | None) -> Verdict:
    content = container.read(MANIFEST, listing.LARGEST)
    try:
        manifest = Manifest.model_validate_json(content or b"")
    except ValidationError as error:
        raise GeneratorError(
            bundle,
            f"不是离线包，或它的清单 {MANIFEST} 缺失、损坏；重新下载",
            f"is not a bundle, or its {MANIFEST} is missing or damaged; download it again",
        ) from error
    sums = listing.sums([*manifest.files, listing.entry(MANIFEST, content or b"")])
    signature = container.read(SIGNATURE, LARGEST_SIGNATURE)
    findings = [_finding("bundle-unsafe", name, why) for name, why in container.odd]
    findings += _compare(container, manifest)
    if container.read(SUMS, listing.LARGEST) != sums:
        findings.append(_finding("bundle-changed", SUMS, Text(f"与 {MANIFEST} 不一致", f"does not agree with {MANIFEST}")))  # fmt: skip
    wrong = _signature_finding(signature, sums, key) if key else None
    if wrong:
        findings.append(wrong)
    signed = key is not None and wrong is None
    return Verdict(manifest.release, len(manifest.files), tuple(findings), signed, signature is not None)


def _compare(container: Container, manifest: Manifest) -> Iterator[Finding]:
    for entry in manifest.files:
        if entry.path not in container.files:
            yield _finding("bundle-missing", entry.path, Text("缺少", "is missing"))
        elif not _is_whole(container, entry):
            yield _finding("bundle-changed", entry.path, Text("被改动过", "was changed"))
    listed = {entry.path for entry in manifest.files} | {MANIFEST, SUMS, SIGNATURE}
    for path in sorted(container.files.keys() - listed):
        yield _finding("bundle-added", path, Text("是清单里没有的", "is not on the list"))


def _is_whole(container: Container, entry: Entry) -> bool:
    """Whether a file is as the list says; no more than its size is read."""
    digest = hashlib.sha256()
    left = entry.bytes
    try:
        with container.files[entry.path]() as file:
            while left > 0 and (chunk := file.read(min(left, _CHUNK))):
                left -= len(chunk)
                digest.update(chunk)
            return left == 0 and not file.read(1) and digest.hexdigest() == entry.sha256
    except DAMAGED:
        return False


def _signature_finding(signature: bytes | None, signed: bytes, key: minisign.PublicKey) -> Finding | None:
    if signature is None:
        return _finding("bundle-unsigned", SIGNATURE, Text("没有签名", "there is no signature"))
    try:
        key.verify(signed, minisign.Signature.from_bytes(signature))
    except ValueError:
        return _finding("bundle-forged", SIGNATURE, Text("签名与公钥不符：不是这把钥匙的主人签的，或签名后有改动", "the signature does not fit the key: someone else signed, or it was changed since"))  # fmt: skip
    return None


def _finding(rule: str, path: str, message: Text) -> Finding:
    remedy = Text("不要使用，向发布单位重新索取", "do not use it; get it from the publisher again")
    return Finding(rule, Severity.ERROR, message, remedy, Place(path))
