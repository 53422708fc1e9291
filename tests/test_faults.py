"""Whatever happens to a build, the published site is one whole version and the next build succeeds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from generator.alone import alone
from generator.errors import GeneratorError
from generator.publishing import publish
from generator.stamping import Part, Stamper, Told
from generator.swap import recover
from generator.workspace import Workspace
from tests.faults import fingerprint, in_child, later, prepare, set_version, starved
from tests.workspaces import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from generator.last_build import Made

Published = tuple[Workspace, tuple[str, str]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return prepare(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("rounds", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_build_leaves_a_whole_site_and_the_next_succeeds(rounds: int) -> None:
    done = run("-m", "tests.faults", str(rounds))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"0 something else; the next build succeeded {rounds} times" in done.stdout


@pytest.mark.parametrize("bytes_a_file", [0, 1_000, 20_000])
def test_a_full_disk_leaves_the_old_site(published: Published, bytes_a_file: int) -> None:
    workspace, prints = published
    set_version(workspace, 1)
    publish(workspace)
    set_version(workspace, 0)
    assert in_child(starved(bytes_a_file, partial(publish, workspace))) == 2
    assert fingerprint(workspace.site) == prints[1]
    publish(workspace)
    assert fingerprint(workspace.site) == prints[0]


def test_a_disk_that_fills_up_or_is_read_only_is_said(published: Published) -> None:
    """On a real small disk, in a mount namespace of its own."""
    workspace, _ = published
    done = on_small_disk(
        workspace,
        "mount -t tmpfs -o size=300k none $DISK; $BUILD --site-dir $DISK/site; echo full: $?; ls -A $DISK;"
        "mount -o remount,ro $DISK; $BUILD --site-dir $DISK/site; echo read-only: $?",
    )
    assert done.stdout.splitlines() == ["full: 2", "read-only: 2"], done.stderr
    assert "检查磁盘空间和权限" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_builds_at_once_end_in_a_whole_site(published: Published) -> None:
    workspace, prints = published
    set_version(workspace, 0)
    command = [sys.executable, "-m", "generator.cli", "build"]
    root = workspace.config.parent
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "315504000"}
    both = [
        subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert fingerprint(workspace.site) == prints[0]


def test_a_lost_worker_is_an_error_and_not_a_wait(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine is short of memory and the system chooses."""
    workspace, prints = published
    set_version(workspace, 0)
    publish(workspace)
    parent, write = os.getpid(), Stamper.write

    def lost(stamper: Stamper, part: Part, told: Told) -> Made:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(stamper, part, told)

    set_version(workspace, 1)
    with monkeypatch.context() as patch:
        patch.setattr(Stamper, "write", lost)
        with pytest.raises(GeneratorError, match="内存不足"):
            publish(workspace, 2)
    assert fingerprint(workspace.site) == prints[0]
    publish(workspace, 2)
    assert fingerprint(workspace.site) == prints[1]


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    lock = tmp_path / "cache" / "lock"
    with alone(lock), pytest.raises(GeneratorError, match="另一个 disclose"), alone(lock, 0.1):
        pass
    with alone(lock, 0.1):  # and afterwards it is free
        pass


def test_a_clock_set_back_changes_nothing_but_the_date(published: Published) -> None:
    workspace, prints = published
    set_version(workspace, 0)
    publish(later(workspace, 2050))
    assert fingerprint(workspace.site) != prints[0]
    publish(workspace)
    assert fingerprint(workspace.site) == prints[0]


def test_a_crash_between_two_renames_is_mended(tmp_path: Path) -> None:
    old = tmp_path / "site.old"
    old.mkdir()
    (old / "index.html").write_text("old", encoding="utf-8")
    recover(tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "old"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def on_small_disk(workspace: Workspace, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount; `$DISK` is an empty folder, `$BUILD` builds the workspace."""
    disk = workspace.config.parent / "disk"
    disk.mkdir(exist_ok=True)
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount in a namespace of their own")
    build = f"{sys.executable} -m generator.cli --lang zh build"
    return subprocess.run(
        [*own, "sh", "-c", script],
        cwd=workspace.config.parent,
        env={**os.environ, "DISK": str(disk), "BUILD": build, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
