"""The properties that no input may break, and a long run of them.

python -m tests.fuzz 100000 [NAME…]     tries so many cases of each and prints the figures
"""

from __future__ import annotations

import contextlib
import io
import itertools
import sys
import tempfile
import time
import zipfile
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import importers, previous
from generator.container import Container
from generator.errors import GeneratorError
from generator.importers.imported import Hints
from generator.manifest import MANIFEST, SUMS, Manifest, entry, sums
from generator.model import DisclosureFile, ProjectFile
from generator.money import Amount, AmountUnit, Percentage
from generator.release import Release
from generator.render.escape import escape
from generator.store import to_yaml
from generator.target import Target
from generator.validation import validate
from generator.verify import verify
from generator.yaml_source import FORBIDDEN, parse
from tests import office_files, office_forms
from tests.hostile_strings import STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DATA = Path(__file__).parent.parent / "data/units/912012/2021"
PROJECT = (DATA / "projects/130682217RRL6F4PNQUL9.yml").read_bytes()
DOCUMENT = (DATA / "source/liqingu-2021.txt").read_bytes()

text = st.text(st.characters(codec="utf-8")) | st.sampled_from(STRINGS)
visible = text.map(lambda t: FORBIDDEN.sub("", t.replace("\r", "")))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Cut, repeat, flip and replace pieces of a file."""
    content = whole
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        piece = draw(st.sampled_from([b"", content[start:end] * 2, b"\x00", b"\xff", b"\t", b": ", b"- ", b"&a ", b"*a", b"|\n", b"\xe2\x80\xae"]) | st.binary(max_size=12) | visible.map(str.encode))  # fmt: skip
        content = content[:start] + piece + content[end:]
    return content


def yaml_is_read_or_refused(content: bytes) -> None:
    """A YAML file gives a record, or at least one finding with a line of the file."""
    source, findings = parse(content, "x.yml")
    if source is not None:
        _, more = validate(source, ProjectFile)
        findings += more
    lines = content.count(b"\n") + content.count(b"\r") + 2
    assert source is not None or findings
    assert all(0 <= f.place.line <= lines for f in findings)


def records_survive_their_file(record: dict[str, Any]) -> None:
    """What is written as YAML is read back to the character."""
    for kind in (ProjectFile, DisclosureFile):
        values = {key: value for key, value in record.items() if key in kind.model_fields}
        written = kind.model_validate(values | ({"amount_unit": "万元"} if kind is DisclosureFile else {}))
        source, findings = parse(to_yaml(written, "project"), "x.yml")
        assert source is not None, findings
        assert validate(source, kind) == (written, [])


class _Shown(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def escaped_text_is_inert(value: str) -> None:
    """In Markdown and in an attribute, an escaped text adds no element and shows as it is."""
    extensions = ["attr_list", "md_in_html", "tables", "toc"]
    shown = _Shown(
        markdown.markdown(f'x{escape(value)}x\n\n<p title="{escape(value)}">y</p>', extensions=extensions)
    )
    assert shown.tags == ["p", "p"]
    assert shown.text.replace("\n", "").startswith(f"x{value}x".replace("\n", ""))


def documents_are_accounted_for(content: bytes) -> None:
    """A damaged document is read or refused; nothing is read that does not stand in it."""
    try:
        imported = importers.read("a.txt", content, Hints("912012", "2021", AmountUnit.WAN))
    except GeneratorError:
        return
    try:
        whole = FORBIDDEN.sub("", content.decode())
    except UnicodeDecodeError:
        return  # read as another encoding
    for disclosure in imported.disclosures:
        for project in disclosure.projects:
            assert all(row.target in whole and row.level3 in whole for row in project.record.indicators)


def packages_are_read_or_refused(case: tuple[str, bytes]) -> None:
    """A damaged Word, Excel or web file is read or refused with a sentence."""
    with contextlib.suppress(GeneratorError):
        importers.read(*case, Hints("912012", "2021", AmountUnit.WAN))


def figures_are_read_or_left(value: str) -> None:
    """No text makes reading an amount, a share or a target fail, and none is changed by it."""
    amount, share, target = Amount(value), Percentage(value), Target(value, value, value)
    assert (str(amount), str(share)) == (value, value)
    assert amount.value is None or amount.value.is_finite()
    assert share.value is None or share.value.is_finite()
    assert (str(target), target.operator in {"", "≥", "≤", ">", "<", "="}) == (value, True)
    assert target.number is None or target.number.is_finite()


def manifests_are_read_or_refused(content: bytes) -> None:
    """A damaged manifest is valid or refused, never more."""
    try:
        Manifest.model_validate_json(content)
    except ValueError:
        return


def releases_are_read_or_refused(content: bytes) -> None:
    """A damaged record of an earlier release is read or refused; what is read may be published."""
    content_of = {"release.json": RELEASE, "units/1/2021/A.json": content}
    files = {name: partial(io.BytesIO, inner) for name, inner in content_of.items()}
    with contextlib.suppress(GeneratorError):
        values = previous.record("x", Container(files), "units/1/2021/A.json", "A")
        assert not FORBIDDEN.search(repr(values))


def bundles_are_judged_or_refused(content: bytes) -> None:
    """A damaged bundle is judged or refused, and nothing of it is judged whole that is not."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content)
        file.flush()
        with contextlib.suppress(GeneratorError):
            if verify(Path(file.name)).findings:
                return
            with zipfile.ZipFile(file.name) as damaged, zipfile.ZipFile(io.BytesIO(BUNDLE)) as whole:
                assert {i.filename: damaged.read(i) for i in damaged.infolist() if not i.is_dir()} == {i.filename: whole.read(i) for i in whole.infolist()}  # fmt: skip


@st.composite
def packages(draw: st.DrawFn) -> tuple[str, bytes]:
    """Damage an office file: its bytes, or one of the files inside, which keeps its checksum right."""
    name, content = draw(st.sampled_from(OFFICE_FILES))
    if name.endswith(".html") or draw(st.integers(0, 4)) == 0:
        return name, draw(damaged(content) | st.binary(max_size=200))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    chosen = draw(st.sampled_from([p for p in parts if p.endswith((".xml", ".rels"))]))
    parts[chosen] = draw(damaged(parts[chosen]))
    return name, _zip(parts)


def _zip(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, inner in parts.items():
            archive.writestr(name, inner)
    return content.getvalue()


def _bundle() -> bytes:
    release = Release.model_validate_json(RELEASE)
    files = {"index.html": b"<html>", "data/projects.csv": b"1,2\n" * 20}
    listed = Manifest(release=release, files=tuple(entry(n, c) for n, c in sorted(files.items())))
    list_sums = sums([*listed.files, entry(MANIFEST, listed.content())])
    return _zip({f"a/{n}": c for n, c in {**files, MANIFEST: listed.content(), SUMS: list_sums}.items()})


RELEASE = b'{"portal": "a", "publisher": "b", "date": "2026-11-22", "data_version": "c"}'
BUNDLE = _bundle()
FORMS = (office_forms.HEBEI, office_forms.DECLARATION, office_forms.WIDE)
OFFICE_FILES = [
    (name, write(form))
    for form in FORMS
    for name, write in (
        ("a.docx", office_files.docx),
        ("a.xlsx", office_files.xlsx),
        ("a.html", office_files.page),
    )
]
RECORD = b'{"name": "\xe9\x81\x93\xe8\xb7\xaf", "code": "A", "budget": {"total": "80.00", "total_value": 80}, "goals": [{"text": "1"}], "indicators": [{"level1": "a", "level2": "b", "level3": "c", "target": "d"}], "spending_plan": [{"date": "3", "cumulative": "30.00%", "cumulative_value": 30}]}'  # fmt: skip

RECORDS = st.fixed_dictionaries(
    {"name": visible.filter(bool)},
    optional={
        "purpose": visible,
        "overall_goal": visible,
        "budget": st.fixed_dictionaries({"total": visible}),
        "goals": st.lists(visible, max_size=3),
        "itemised_goals": st.lists(visible, max_size=3),
        "spending_plan": st.lists(
            st.fixed_dictionaries({"date": visible, "cumulative": visible}), max_size=2
        ),
        "indicators": st.lists(
            st.fixed_dictionaries(dict.fromkeys(("level1", "level2", "level3", "target"), visible)),
            max_size=2,
        ),
    },
)
MANIFEST_JSON = b'{"format": 1, "release": {"portal": "a", "publisher": "b", "date": "2026-11-22", "data_version": "c"}, "files": [\n{"path": "index.html", "bytes": 1, "sha256": "' + b"0" * 64 + b'"}\n]}'  # fmt: skip

PROPERTIES: dict[str, tuple[Callable[[Any], None], st.SearchStrategy[Any]]] = {
    "yaml": (yaml_is_read_or_refused, damaged(PROJECT) | st.binary(max_size=200) | visible.map(str.encode)),
    "records": (records_survive_their_file, RECORDS),
    "escaping": (escaped_text_is_inert, visible),
    "documents": (documents_are_accounted_for, damaged(DOCUMENT)),
    "packages": (packages_are_read_or_refused, packages()),
    "figures": (figures_are_read_or_left, text | st.from_regex(r"[-+]?[0-9０-９,.%％eE>=≥]{1,50}")),
    "manifest": (manifests_are_read_or_refused, damaged(MANIFEST_JSON)),
    "bundle": (bundles_are_judged_or_refused, damaged(BUNDLE)),
    "release": (releases_are_read_or_refused, damaged(RECORD)),
}


def _counted(holds: Callable[[Any], None]) -> tuple[Callable[[Any], None], Iterator[int]]:
    count = itertools.count()

    def run(case: Any) -> None:
        next(count)
        holds(case)

    return run, count


def main(arguments: list[str]) -> int:
    """Try many cases of the named properties, or of all; Hypothesis raises where one breaks."""
    most = int(arguments[0]) if arguments else 10_000
    for name in arguments[1:] or PROPERTIES:
        holds, cases = PROPERTIES[name]
        run, count = _counted(holds)
        long = settings(
            max_examples=most,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        started = time.monotonic()
        long(given(cases)(run))()
        print(f"{name}: {next(count)} cases, none broke it ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
