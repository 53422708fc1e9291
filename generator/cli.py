"""The command `disclose`: options in, messages and exit codes out. Everything else is below.

Exit codes: 0 done, 1 findings, 2 wrong use or unreadable input. Results go to stdout, messages to
stderr, in Chinese or with `--lang en` in English.
"""

import gc
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from generator import publishing
from generator.clock import built_at
from generator.errors import GeneratorError
from generator.finding import Text, visible
from generator.progress import Steps
from generator.saying import build_lines, finding_line, import_lines, import_table
from generator.workspace import Workspace


class Format(StrEnum):
    """In which form findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Table(StrEnum):
    """In which format the tables of the open data are written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SQLITE = "sqlite"


app = typer.Typer(
    help="把部门预算绩效文本变成可以检索、查阅、下载的网站。",
    no_args_is_help=True,
    add_completion=False,
)
_messages = Console(stderr=True, highlight=False, soft_wrap=True)

Data = Annotated[Path, typer.Option(help="数据文件夹")]
SiteDir = Annotated[Path, typer.Option("--site-dir", help="网站文件夹")]


@app.callback()
def language(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help="消息的语言：zh 或 en；默认看系统")] = "",
) -> None:
    """Choose the language of messages."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    context.obj = _known(lang) or ("en" if system.startswith("en") else "zh")


def _known(lang: str) -> str:
    if lang and lang not in Text._fields:
        raise typer.BadParameter("zh 或 en", param_hint="--lang")
    return lang


def say(context: typer.Context, text: Text) -> None:
    """Print a message in the chosen language, on stderr."""
    _messages.print(visible(text.said(context.obj)), markup=False)


@contextmanager
def failing(context: typer.Context) -> Iterator[None]:
    """Turn what stops the program into a message and exit code 2."""
    try:
        yield
    except GeneratorError as error:
        say(
            context,
            Text(f"{error.path}：{error.message}", f"{error.path}: {error.message_en}"),
        )
        raise typer.Exit(2) from error
    except OSError as error:  # the disk is full, a folder is read-only, …
        where = error.filename or ""
        say(
            context,
            Text(f"{where}：读写失败（{error.strerror}）；检查磁盘空间和权限", f"{where}: {error.strerror}; check space and rights"),
        )  # fmt: skip
        raise typer.Exit(2) from error


@app.command()
def build(
    context: typer.Context,
    data: Data = Path("data"),
    site_dir: SiteDir = Path("site"),
    strict: Annotated[bool, typer.Option("--strict", help="有错误时以 1 退出")] = False,
    previous: Annotated[
        Path | None, typer.Option(help="与这一版比较并记下变更：离线包、网站文件夹或它的 data/")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="用几个进程；0 为处理器核数")] = 0,
    pages_only: Annotated[
        bool, typer.Option("--pages-only", help="只把网页写成 docs/ 里的 Markdown，供其他引擎")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="说明时间用在哪里")] = False,
) -> None:
    """生成网站：读数据、检查、生成页面，建成后整个换上。"""
    with failing(context), Steps(_messages, context.obj) as steps:
        workspace = Workspace(data=data, site=site_dir, built=built_at(os.environ), previous=previous)
        if pages_only:
            from generator import pipeline

            said = pipeline.report(*pipeline.generate(workspace))
        else:
            said = publishing.publish(workspace, jobs or os.cpu_count() or 1, steps.tell)
    for name, seconds in steps.seconds.items() if timings else ():
        say(context, Text(f"{seconds:8.2f} 秒  {name}", f"{seconds:8.2f} s  {name}"))
    for line in build_lines(said):
        say(context, line)
    if pages_only:
        return
    index = (site_dir / "index.html").resolve()
    say(context, Text(f"网站已建成，打开：{index}", f"The site is ready, open: {index}"))
    if strict and said.fails:
        raise typer.Exit(1)


@app.command()
def check(
    context: typer.Context,
    data: Data = Path("data"),
    form: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="疑点和提示也算不通过")] = False,
    lang: Annotated[str, typer.Option(help="zh 或 en；默认同 disclose --lang")] = "",
) -> None:
    """检查数据：哪里读不出来，哪里值得疑问。有错误以 1 退出，--strict 时有任何未写明已知悉的即以 1 退出。"""
    from generator import store
    from generator.checks import fails
    from generator.checks.reports import records, sarif, terminal
    from generator.reading import inspect

    lang = _known(lang) or context.obj
    with failing(context):
        checked = inspect(data, jobs=os.cpu_count() or 1)
    if form is Format.JSON:
        sys.stdout.write(records.to_json(checked.findings))
    elif form is Format.SARIF:
        sys.stdout.write(sarif.to_sarif(checked.findings, data.as_posix(), lang))
    else:
        read = partial(store.read_lines, data)
        console = Console(highlight=False, soft_wrap=True)
        for line in terminal.to_terminal(checked.findings, checked.dataset, data.as_posix(), read, lang):
            console.print(line)
    if fails(checked.findings, strict=strict):
        raise typer.Exit(1)


@app.command()
def export(
    context: typer.Context,
    data: Data = Path("data"),
    out: Annotated[Path, typer.Option(help="写到哪个文件夹，文件的位置与网站上一样")] = Path("export"),
    forms: Annotated[
        list[Table] | None, typer.Option("--format", help="只要这种格式的表，可写几次；不写为全部")
    ] = None,
    lang: Annotated[str, typer.Option(help="工作簿的表头用 zh 或 en")] = "zh",
) -> None:
    """写出开放数据：与网站上的一样，不生成网页。"""
    from generator import pipeline

    headings = _known(lang) or "zh"
    with failing(context):
        workspace = Workspace(data=data, built=built_at(os.environ))
        written = pipeline.export(workspace, out, forms or (), headings)
    say(context, Text(f"写了 {written} 个文件：{out}", f"{written} files written to {out}"))


@app.command()
def serve(
    context: typer.Context,
    address: Annotated[str, typer.Option(help="地址和端口")] = "127.0.0.1:8000",
) -> None:
    """实时预览：保存 YAML 后一两秒内更新。"""
    from mkdocs.commands.serve import serve as mkdocs_serve

    gc.enable()  # this one stays
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with failing(context):
        mkdocs_serve("mkdocs.yml", dev_addr=address)


@app.command()
def bundle(
    context: typer.Context,
    site_dir: SiteDir = Path("site"),
    out: Annotated[Path | None, typer.Option(help="写到哪个 zip；默认按网站名称和日期放在 dist/")] = None,
    sign: Annotated[Path | None, typer.Option(help="用这把 minisign 私钥签名")] = None,
) -> None:
    """打成离线包：一个 zip，解开后双击 index.html 就能看，可以核对。"""
    from generator.bundle import make
    from generator.signing import secret_key

    def password() -> str:
        asked = {"zh": "私钥口令", "en": "Password of the key"}[context.obj]
        return str(typer.prompt(asked, hide_input=True, err=True))

    with failing(context):
        made = make(site_dir, out, secret_key(sign, password) if sign else None)
    say(
        context,
        Text(
            f"{made.files} 个文件，{made.bytes / 1e6:.1f} MB，压缩后 {made.packed / 1e6:.1f} MB；略去用不到的 {made.left_out} 个",
            f"{made.files} files, {made.bytes / 1e6:.1f} MB, packed {made.packed / 1e6:.1f} MB; {made.left_out} left out as unused",
        ),
    )  # fmt: skip
    typer.echo(f"{made.sha256}  {made.path}")


@app.command()
def verify(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE.zip|FOLDER", help="离线包，或解开的文件夹")],
    public_key: Annotated[str, typer.Option(help="发布单位的 minisign 公钥，或它的文件")] = "",
) -> None:
    """核对离线包：指出每个被改动、缺少、多出的文件；有公钥时核对签名。"""
    from generator import signing
    from generator.verify import verify as examine

    with failing(context):
        verdict = examine(path, signing.public_key(public_key) if public_key else None)
    for finding in verdict.findings:
        typer.echo(visible(finding_line(finding).said(context.obj)))
    release = verdict.release
    said = Text(f"{release.publisher}，{release.date}，数据版本 {release.data_version}", f"{release.publisher}, {release.date}, data version {release.data_version}")  # fmt: skip
    if verdict.findings:
        say(context, Text(f"不可信：{len(verdict.findings)} 处不符", f"Not to be trusted: {len(verdict.findings)} differences"))  # fmt: skip
        raise typer.Exit(1)
    say(context, Text(f"{verdict.files} 个文件都与清单一致（{said.zh}）", f"All {verdict.files} files agree with the list ({said.en})"))  # fmt: skip
    if verdict.signed:
        say(context, Text("签名与公钥相符", "The signature fits the key"))
    elif verdict.signature:
        say(context, Text("有签名，未核对：请用 --public-key 给出公钥", "Signed, but not checked: give the key with --public-key"))  # fmt: skip
    else:
        say(
            context,
            Text("没有签名：清单本身是谁写的无从证明", "Not signed: nothing proves who wrote the list"),
        )


@app.command()
def key(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="私钥写到哪里，如 unit.key；公钥在它旁边")],
    no_password: Annotated[bool, typer.Option("--no-password", help="私钥不设口令")] = False,
) -> None:
    """做一对签名用的钥匙：私钥自己保管，公钥公布在网站上。"""
    from generator.signing import new_pair

    asked = {"zh": "给私钥设口令", "en": "Password for the key"}[context.obj]
    password = "" if no_password else typer.prompt(asked, hide_input=True, confirmation_prompt=True, err=True)
    with failing(context):
        public, line = new_pair(path, password)
    say(context, Text(f"私钥 {path}（不要外传），公钥 {public}", f"Secret key {path} (keep it), public key {public}"))  # fmt: skip
    typer.echo(line)


@app.command()
def new(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(help="单位代码，如 912012")],
    year: Annotated[str, typer.Argument(help="年度，如 2021")],
    code: Annotated[str, typer.Argument(help="项目编码")],
    data: Data = Path("data"),
) -> None:
    """写一个带注释的项目文件，照着填；没有单位、年度的文件时一并写好。"""
    from generator import filing, schemas

    with failing(context):
        written = filing.file_samples(data, unit, year, code, schemas.samples(unit, code))
    for name in written:
        say(context, Text(f"已写好 {data / name}，请填写", f"Wrote {data / name}; please fill it in"))


@app.command()
def schema(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")] = Path("schemas"),
) -> None:
    """写出 JSON Schema，编辑器据此补全和解释。"""
    from generator import schemas

    out.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.json_schemas().items():
        (out / name).write_bytes(content)
    say(context, Text(f"已写到 {out}", f"Written to {out}"))


@app.command("import")
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="公开文件或文件夹：.docx .doc .txt .xlsx .html")],
    data: Data = Path("data"),
    unit: Annotated[str, typer.Option(help="单位代码；文件没有写明时用")] = "",
    year: Annotated[str, typer.Option(help="年度；文件没有写明时用")] = "",
    money_unit: Annotated[str, typer.Option(help="金额单位，万元或元；文件没有写明时用")] = "",
    name: Annotated[str, typer.Option(help="项目名称；文件里只有一个项目、又没有写明时用")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只读不写")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖手工改过的文件")] = False,
    format: Annotated[str, typer.Option(help="text 或 json")] = "text",  # noqa: A002 (the option's name)
) -> None:
    """读入公开文件，写成 YAML；手工改过的文件不覆盖。"""
    from rich.progress import Progress

    from generator import intake
    from generator.importers.imported import Hints

    _one_of("--format", format, "text", "json")
    _one_of("--money-unit", money_unit, "", "万元", "元")
    _fits("--unit", unit, r"([0-9A-Za-z][0-9A-Za-z_-]{0,63})?")
    _fits("--year", year, r"((19|20)[0-9]{2})?")
    order = intake.Order(Hints(unit, year, money_unit, name.strip()), dry_run=dry_run, force=force)
    with failing(context):
        found = intake.files_of(files)
        with Progress(console=_messages, transient=True) as progress:
            task = progress.add_task("import", total=len(found))

            def begin(path: Path) -> None:
                progress.update(task, advance=1, description=escape(visible(path.name)))

            outcomes = list(intake.take_in(found, data, order, begin))
    if format == "json":
        typer.echo(json.dumps(intake.as_json(outcomes), ensure_ascii=False, indent=2))
    for line in import_lines(outcomes):
        say(context, line)
    if format == "text":
        width = None if sys.stdout.isatty() else 160
        Console(highlight=False, width=width).print(import_table(outcomes, context.obj))
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(2)
    if any(outcome.asks for outcome in outcomes):
        raise typer.Exit(1)


@app.command()
def document(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(help="单位代码，如 912012")],
    year: Annotated[str, typer.Argument(help="年度，如 2021")],
    format: Annotated[str, typer.Option(help="txt、docx 或 pdf")] = "docx",  # noqa: A002 (the option's name)
    out: Annotated[Path | None, typer.Option(help="写到哪个文件；默认 <单位>-<年度>.<格式>")] = None,
    data: Data = Path("data"),
) -> None:
    """由数据写出正式文件：.docx、.pdf 或 .txt。"""
    from generator import documents, store

    _one_of("--format", format, *documents.FORMATS)
    with failing(context):
        dataset, _ = store.load(data)
        disclosure = documents.disclosure_of(dataset, unit, year)
        content = documents.write(disclosure, format)
        path = out or Path(f"{disclosure.stem}.{format}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise GeneratorError(
                path, f"写不了（{error.strerror}）", f"cannot be written ({error.strerror})"
            ) from error
    say(context, Text(f"已写好 {path}", f"Wrote {path}"))


def _one_of(option: str, value: str, *choices: str) -> None:
    if value not in choices:
        raise typer.BadParameter("、".join(filter(None, choices)), param_hint=option)


def _fits(option: str, value: str, form: str) -> None:
    if not re.fullmatch(form, value):
        raise typer.BadParameter(value, param_hint=option)


def main() -> None:
    """Run the command."""
    gc.disable()  # a command ends soon, and counting references frees nearly all: a third of the time
    try:
        app()
    finally:
        gc.freeze()  # nor does Python look for garbage among all that is left when it ends


if __name__ == "__main__":
    main()
