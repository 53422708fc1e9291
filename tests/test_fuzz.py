"""Whatever stands in a file, the program answers with findings or a clear error, and says what it read.

`python -m tests.fuzz 100000` runs the same properties for long and prints how many cases passed.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests import fuzz

SHORT = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.parametrize("name", fuzz.PROPERTIES)
def test_short_run(name: str) -> None:
    holds, cases = fuzz.PROPERTIES[name]
    SHORT(given(cases)(holds))()
