"""Builds the site, unless it stands as the same inputs would make it.

The pipe is imported when there is something to do: that alone takes longer than finding that there is not.
"""

from dataclasses import replace

from generator import last_build
from generator.alone import alone
from generator.inputs import inputs_of
from generator.progress import Tell, silent
from generator.report import Report, Written
from generator.workspace import Workspace


def publish(workspace: Workspace, jobs: int = 1, tell: Tell = silent) -> Report:
    """Bring the site up to date with the data; see `pipeline.publish`."""
    with alone(workspace.lock):
        last, inputs = last_build.read(workspace.last_build), inputs_of(workspace)
        compared = workspace.previous is not None  # with what, is no input that has a fingerprint
        if last.report and not compared and last.still_holds(inputs.whole, workspace.site):
            return replace(last.report, files=Written(same=len(last.looks)))
        from generator import pipeline  # noqa: PLC0415 (see above)

        return pipeline.publish(workspace, inputs, last, jobs, tell)
