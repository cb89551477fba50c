"""How every part of Lamplighter opens DuckDB: few threads, nothing fetched from a network, paths taken literally."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

THREADS = 2


def connection() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory. Two threads: the tables are small, and a police desktop has other work to do."""
    import duckdb

    # An extension that DuckDB would fetch by itself is a network call in the middle of a report.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    opened = duckdb.connect(config=settings)
    # Where Python runs without a script (`python -c`, a notebook) it would draw a bar into standard output, amid JSON.
    opened.execute("set enable_progress_bar = false")
    return opened


def path_in_sql(path: Path) -> str:
    """The path as a quoted SQL literal that DuckDB takes literally: `[`, `*` and `?` would match other files."""
    taken_literally = re.sub(r"([\[*?])", r"[\1]", path.as_posix())
    return "'" + taken_literally.replace("'", "''") + "'"
