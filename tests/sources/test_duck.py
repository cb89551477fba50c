"""How DuckDB is opened."""

import subprocess
import sys


def test_no_bar_is_drawn_into_standard_output_where_python_runs_without_a_script():
    script = (
        "from lamplighter.sources.duck import connection;"
        "print(connection().execute(\"select current_setting('enable_progress_bar')\").fetchall())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[(False,)]"
