"""Not a test: imports files and ends its own process, without any clearing up, just before the step that it is told."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from lamplighter.workspace import import_files
from lamplighter.workspace.durable import Disk

pa.array([""])  # PyArrow loads pandas here where it is installed: once in the server, not again in every process


def import_and_die(workspace: str, at_step: int, files: Sequence[str], steps_file: str | None = None) -> None:
    """Step 0 is never reached: the import then ends well and its steps are written down."""
    steps: list[str] = []

    def die_here(step: str) -> None:
        steps.append(step)
        if len(steps) == at_step:
            if hasattr(signal, "SIGKILL"):
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(9)

    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    import_files([Path(file) for file in files], workspace=Path(workspace), now=now, disk=Disk(at=die_here))
    if steps_file:
        Path(steps_file).write_text("\n".join(steps), encoding="utf-8")
