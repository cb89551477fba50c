"""Not a test: changes a plan folder and ends its own process, without any clearing up, just before the step that it is told."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from lamplighter.plan.changing import change_files, end_broken_off
from lamplighter.workspace.durable import Disk

# One file that is there, one that is there and stays as it is, and one that is new.
NEW = {"promises.csv": b"id\nA1\nA2\n", "sentences.csv": b"id\nS1\n", "figures.csv": b"id\nG1\n"}


def disk_that_ends_at(at_step: int, steps: list[str]) -> Disk:
    """A disk whose process is killed before a step; step 0 is never reached."""

    def die_here(step: str) -> None:
        steps.append(step)
        if len(steps) == at_step:
            if hasattr(signal, "SIGKILL"):
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(9)

    return Disk(at=die_here)


def change_and_die(folder: str, at_step: int, what: str, files: Mapping[str, bytes] = NEW) -> None:
    """`what`: "change" makes the change, "end" ends one that was broken off. Prints the steps if it was not killed."""
    steps: list[str] = []
    disk = disk_that_ends_at(at_step, steps)
    if what == "end":
        end_broken_off(Path(folder), disk=disk)
    else:
        change_files(Path(folder), files, disk=disk)
    sys.stdout.write(f"{len(steps)}\n")


if __name__ == "__main__":
    change_and_die(sys.argv[1], int(sys.argv[2]), sys.argv[3])
