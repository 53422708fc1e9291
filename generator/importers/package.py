"""The containers of office files, looked at before anything in them is parsed.

A .docx or .xlsx is a zip of XML. What could harm is refused by what the container says of itself:
too many or too large parts, passwords, entities. Nothing is unpacked to disk, nothing is executed.
"""

import io
import zipfile

from generator.container import DAMAGED
from generator.errors import GeneratorError

_MOST_PARTS = 5_000
_LARGEST_XML = 60_000_000  # bytes of XML in all, unpacked
_LARGEST_PART = 200_000_000  # bytes of everything, pictures too, unpacked
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_ole(content: bytes) -> bool:
    """Whether this is the container of .doc and .xls, and of everything with a password."""
    return content.startswith(_OLE)


def check_ole(content: bytes, name: str) -> None:
    """GeneratorError where the content is not an OLE file, or one locked with a password."""
    if _ENCRYPTED in content:
        raise GeneratorError(
            name, "文件设有打开密码；在 Word 中去掉密码，另存后再导入", "the file has a password; remove it in Word, save, and import again"
        )  # fmt: skip
    if not is_ole(content):
        raise GeneratorError(
            name, "不是 Word 97—2003 文件，或文件不完整；用 Word 打开并另存为 .docx", "not a Word 97–2003 file, or cut off; open it in Word and save it as .docx"
        )  # fmt: skip


def check_package(content: bytes, name: str, kind: str) -> None:
    """Check the zip of an office file; `kind` is what it should be, e.g. `Word`.

    GeneratorError where it is no such zip, is damaged, locked, too large, or declares entities.
    """
    if is_ole(content):
        check_ole(content, name)
        raise GeneratorError(
            name, f"内容是旧版 Office 格式，与后缀不符；用 {kind} 打开并另存为新格式", f"an old Office file under another suffix; open it in {kind} and save it in the new format"
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package, name)
    except (*DAMAGED, ValueError) as error:
        raise GeneratorError(
            name, f"不是 {kind} 文件，或文件不完整；重新下载，或用 {kind} 打开后另存", f"not a {kind} file, or cut off; download it again, or open it in {kind} and save it"
        ) from error  # fmt: skip


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    large = sum(p.file_size for p in parts) > _LARGEST_PART
    if len(parts) > _MOST_PARTS or large or sum(p.file_size for p in xml) > _LARGEST_XML:
        raise GeneratorError(
            name, "文件解压后过大，疑为压缩炸弹，没有读取；确为正常文件时删去图片后另存", "the file unpacks to an unreasonable size and was not read; if it is genuine, remove pictures and save it"
        )  # fmt: skip
    for part in parts:
        if part.flag_bits & 1:
            raise GeneratorError(
                name, "压缩包设有密码；去掉密码后再导入", "the package has a password; remove it and import again"
            )  # fmt: skip
    for part in xml:
        # No office program writes a document type; one could only declare entities.
        markup = package.read(part).replace(b"\0", b"")  # as in UTF-16
        if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
            raise GeneratorError(
                name, "文件中声明了外部实体，可能读取别的文件，没有读取；用 Word 打开后另存", "the file declares entities, which could read other files; it was not read. Open it in Word and save it"
            )  # fmt: skip
