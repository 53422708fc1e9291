"""The catalogue of rules for `docs/reference/`, made from what the rules say of themselves."""

from collections.abc import Iterable, Iterator

from generator.finding import SEVERITY_NAMES
from generator.rule import FAMILY_NAMES, Family, Rule

_HEAD = """\
# 检查规则 Rules

由规则自身的说明生成，不要手改：`make golden ONLY=tests/test_checks_catalogue.py`。
程度：错误（error）必须改正；疑点（warning）和提示（note）只是提出疑问，原文照录，发布者可写明已知悉。
以 import- 开头的，由 disclose import 在导入时说明；其余由 disclose check 检查，也登在网站的“检查”页上。

Made from what the rules say of themselves; do not edit it. An error must be corrected. A warning or a
note only asks a question: the text stands as published, and the publisher may acknowledge it.
What begins with import- is said by `disclose import`, all else by `disclose check` and the site.
"""


def to_markdown(rules: Iterable[Rule]) -> str:
    """Write all rules by family, in the order of their ids."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    return "\n".join([_HEAD, *(part for family in Family for part in _family(family, ordered))])


def _family(family: Family, rules: Iterable[Rule]) -> Iterator[str]:
    name = FAMILY_NAMES[family]
    yield f"## {name.zh} {name.en}\n"
    for rule in rules:
        if rule.family is family:
            yield "\n".join(_rule(rule))


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"**{rule.title.zh}** {rule.title.en} · {SEVERITY_NAMES[rule.severity]} {rule.severity}\n"
    yield f"{rule.meaning.zh}\n"
    yield f"{rule.meaning.en}\n"
    if rule.bad:
        yield f"- 查出 finds: `{rule.bad}`"
    if rule.good:
        yield f"- 不查 leaves: `{rule.good}`"
    if rule.basis:
        yield f"- 依据 basis: {rule.basis}"
    if rule.bad or rule.basis:
        yield ""
