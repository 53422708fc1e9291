"""What is found in the real document of 2021. The golden file was compared with it by hand."""

from generator.reading import inspect
from tests.conftest import Golden
from tests.workspaces import ROOT


def test_the_findings_on_the_real_data(golden: Golden) -> None:
    lines = []
    for finding in inspect(ROOT / "data").findings:
        place = str(finding.place).removeprefix("units/912012/2021/")
        lines.append(f"{place} {finding.severity} {finding.rule} {finding.field}")
        lines.append(f"    “{finding.value}” {finding.message.zh}")
    golden("findings.txt", "\n".join(lines) + "\n")
