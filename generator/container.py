"""What lies in a bundle: the files of a zip or of a folder, to be read without unpacking or trusting it.

Names that lead elsewhere, links and devices are set aside and never opened; a zip that would unpack to
absurdly much is refused. What the files mean is for `verify` and `previous`.
"""

import lzma
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from generator.errors import GeneratorError
from generator.finding import Text
from generator.manifest import UNSAFE

HIGHEST_RATIO = 100  # unpacked to packed bytes of a whole zip; a real bundle has about 5
MOST_FILES = 3_000_000
DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What reading a damaged, encrypted or oddly packed file of a zip raises."""
_LINK = 0o170000


@dataclass(frozen=True)
class Container:
    """The files by their path below the top folder, and what was set aside, with why."""

    files: Mapping[str, Callable[[], IO[bytes]]]
    odd: tuple[tuple[str, Text], ...] = ()

    def read(self, path: str, largest: int) -> bytes | None:
        """Read a small file; None where it is missing, larger than `largest` bytes or damaged."""
        if path not in self.files:
            return None
        try:
            with self.files[path]() as file:
                content = file.read(largest + 1)
        except DAMAGED:
            return None
        return content if len(content) <= largest else None


@contextmanager
def opened(path: Path, mark: str) -> Iterator[Container]:
    """Open a zip or a folder; `mark` is a file of its top folder, by which a folder inside is known.

    GeneratorError where it is neither, or a zip bomb.
    """
    if path.is_dir():
        yield _folder(path, mark)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(path, archive)
            yield _archive(archive)
    except FileNotFoundError as error:
        raise GeneratorError(path, "没有这个文件", "there is no such file") from error
    except (*DAMAGED, ValueError) as error:
        raise GeneratorError(
            path,
            f"不是完好的 zip 压缩包（{error}）；重新下载或复制",
            f"is not a whole zip file ({error}); download or copy it again",
        ) from error


def _folder(folder: Path, mark: str) -> Container:
    files: dict[str, Callable[[], IO[bytes]]] = {}
    odd = []
    top = _top_of(folder, mark)
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            files[name] = _opener(path)
        elif not stat.S_ISDIR(mode):
            odd.append((name, Text("是链接或设备", "is a link or a device")))
    return Container(files, tuple(odd))


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _top_of(folder: Path, mark: str) -> Path:
    """Give the folder that holds `mark`: itself, or the one inside that unpacking made."""
    inner = [p for p in folder.iterdir() if (p / mark).is_file()]
    return inner[0] if not (folder / mark).exists() and len(inner) == 1 else folder


def _archive(archive: zipfile.ZipFile) -> Container:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    tops = {info.filename.partition("/")[0] for info in infos}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    seen = Counter(info.filename.casefold() for info in infos)
    files: dict[str, Callable[[], IO[bytes]]] = {}
    odd = []
    for info in infos:
        name = info.filename.removeprefix(top)
        if re.search(UNSAFE, info.orig_filename) or stat.S_ISLNK(info.external_attr >> 16 & _LINK):
            odd.append(
                (name, Text("名称会写到别处，或它是链接", "has a name that leads elsewhere, or is a link"))
            )
        elif seen[info.filename.casefold()] > 1:
            odd.append((name, Text("出现多次", "is there more than once")))
        else:
            files[name] = partial(archive.open, info)
    return Container(files, tuple(odd))


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a zip that unpacks to absurdly much, or whose files overlap each other."""
    infos = archive.infolist()
    size = path.stat().st_size
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES or packed > size or unpacked > HIGHEST_RATIO * size:
        raise GeneratorError(
            path,
            f"拒绝打开：{size} 字节的压缩包声称有 {unpacked} 字节内容（压缩炸弹）",
            f"refused: {size} bytes claim to hold {unpacked} bytes (a zip bomb)",
        )
