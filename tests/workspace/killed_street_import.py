"""Not a test: imports street files and ends its own process, without any clearing up, just before the step that it is told."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from lamplighter.workspace import import_police_uk
from lamplighter.workspace.durable import Disk


def import_and_die(workspace: str, at_step: int, files: Sequence[str]) -> None:
    """Step 0 is never reached: the import then ends well and prints its steps."""
    steps: list[str] = []

    def die_here(step: str) -> None:
        steps.append(step)
        if len(steps) == at_step:
            if hasattr(signal, "SIGKILL"):
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(9)

    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    import_police_uk([Path(file) for file in files], workspace=Path(workspace), now=now, disk=Disk(at=die_here))
    print("\n".join(steps))  # noqa: T201


if __name__ == "__main__":
    import_and_die(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
