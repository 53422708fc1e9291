"""LibreOffice without a window: converts many documents in one call, in a profile of its own.

The profile is made for the call and thrown away: no macro of a document is trusted in it, no link is
updated, and a LibreOffice that the user has open is not disturbed. It gets no proxy and no display.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.errors import GeneratorError

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECONDS = 120  # for the start, and for a document of unreasonable size
_SECONDS_EACH = 10

# Refuses macros and updates of links whatever a document asks for, and sends every request of the
# network to a port where nobody listens.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def find() -> str:
    """Give the path of LibreOffice; GeneratorError with how to install it where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if not found:
        raise GeneratorError(
            "LibreOffice",
            "没有找到 LibreOffice，.doc、.xls 和 PDF 要用它转换。安装：Windows、macOS 从 libreoffice.org 下载；Debian、Ubuntu 用 sudo apt install libreoffice-writer libreoffice-calc。或在 Word 中另存为 .docx",
            "LibreOffice was not found; .doc, .xls and PDF need it. Install it from libreoffice.org, or with `sudo apt install libreoffice-writer libreoffice-calc`; or save the file as .docx in Word",
        )
    return found


def convert(documents: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """Convert documents, each under its file name, to the format `to` (`docx`, `xlsx`, `pdf`).

    What could not be converted is missing in the result. GeneratorError where LibreOffice is missing
    or does not end in time.
    """
    if not documents:
        return {}
    program = find()
    with tempfile.TemporaryDirectory(prefix="disclose-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        profile, out = base / "profile", base / "out"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        out.mkdir()
        names: dict[str, str] = {}
        for number, (name, content) in enumerate(documents.items()):
            # never the document's own name: it could be an option, or too long
            (base / f"{number}{Path(name).suffix.lower()}").write_bytes(content)
            names[name] = f"{number}{Path(name).suffix.lower()}"
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", str(out)]  # fmt: skip
        _run([*arguments, *(str(base / name) for name in names.values())], base, len(documents))
        made = {name: out / f"{Path(given).stem}.{to}" for name, given in names.items()}
        return {name: path.read_bytes() for name, path in made.items() if path.is_file()}


def _run(command: list[str], folder: Path, documents: int) -> None:
    seconds = _SECONDS + _SECONDS_EACH * documents
    environment = {
        "HOME": str(folder),
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        **{name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ},
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise GeneratorError(
            "LibreOffice",
            f"LibreOffice 在 {seconds} 秒内没有完成；文件可能过大或已损坏，在 Word 中另存为 .docx 后再导入",
            f"LibreOffice did not finish within {seconds} seconds; the file may be too large or damaged: save it as .docx in Word",
        ) from error
    finally:
        # The started program has children of its own; they are of our session and end with it.
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
        process.wait()
