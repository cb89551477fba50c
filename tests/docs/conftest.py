"""One run of the tutorial, in a folder that was empty; each how-to goes on from a copy of what it left."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.docs.pages import EXAMPLE, PROJECT, TUTORIAL, Block, blocks_of

from lamplighter.cli import main
from lamplighter.errors import LamplighterError
from lamplighter.reports.built import asset_folder

NO_NETWORK = '''"""Commands of the documentation reach no network."""
import socket
def refuse(*given):
    raise OSError("the documentation tried to reach a network")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
'''


class Reader:
    """Does what a page says, in a folder of her own."""

    def __init__(self, folder: Path, guard: Path):
        self.folder, self.guard = folder, guard
        self.begun: set[Path] = set()
        self.names: dict[Path, dict[str, Any]] = {}

    def follow(self, page: Path) -> None:
        """Writes the files, runs the commands and compares exit codes and the output that the page promises."""
        printed = ""
        words = page.read_text(encoding="utf-8")
        self.bring_data(words)
        for block in blocks_of(words):
            name = block.value("file")
            if name is not None:
                (self.folder / name).write_text(block.body, encoding="utf-8", newline="\n")
            elif block.is_runnable and block.language == "python":
                printed = self.evaluate(block, page)
            elif block.is_runnable:
                printed = "".join(self.run(line, block, page) for line in block.commands)
            elif "output" in block.words:
                told = " ".join(printed.split())
                for line in block.body.splitlines():
                    assert " ".join(line.split()) in told, f"{page.name} promises {line!r}; printed was:\n{printed}"

    def bring_data(self, words: str) -> None:
        """Puts the bundled data that a page names where a clone has it: `data/…` in the folder that she works in."""
        for name in sorted(set(re.findall(r"\bdata/([\w-]+)", words))):
            kept, here = PROJECT / "data" / name, self.folder / "data" / name
            if kept.is_dir() and not here.exists():
                shutil.copytree(kept, here)

    def evaluate(self, block: Block, page: Path) -> str:
        """Runs a block as a notebook would: after the page's earlier ones, and the value of its last line is shown.

        Returns all that it printed. An error of ours counts as its exit code and its sentence, as on the command line.
        """
        names = self.names.setdefault(page, {"__name__": "__main__"})
        lines = ast.parse(block.body)
        last = ast.Expression(lines.body.pop().value) if isinstance(lines.body[-1], ast.Expr) else None
        printed, code = io.StringIO(), 0
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            try:
                exec(compile(lines, page.name, "exec"), names)  # noqa: S102 - the page is ours
                shown = eval(compile(last, page.name, "eval"), names) if last else None  # noqa: S307
                if shown is not None:
                    print(repr(shown))  # noqa: T201
            except LamplighterError as error:
                code = error.exit_code
                print(error)  # noqa: T201
        assert code == block.expected_exit, f"{page.name}: {block.body} → {code}\n{printed.getvalue()}"
        return printed.getvalue()

    def run(self, line: str, block: Block, page: Path) -> str:
        """Runs one line and returns all that it printed.

        The first `lamplighter` of each page is a real `python -m lamplighter`; the others are called within this process,
        which is the same entry without starting Python again.
        """
        program, *arguments = shlex.split(line)
        assert program in ("lamplighter", "python"), f"{page.name}: {line!r} is not a command that runs everywhere"
        if program == "lamplighter" and page in self.begun:
            code, told = self.call(arguments)
        else:
            code, told = self.start(["-m", "lamplighter", *arguments] if program == "lamplighter" else arguments)
            self.begun.add(page)
        assert code == block.expected_exit, f"{page.name}: {line} → {code}\n{told}"
        return told

    def call(self, arguments: list[str]) -> tuple[int, str]:
        """The command line within this process, where pytest lets nothing reach a network."""
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = main(arguments)
        return code, printed.getvalue()

    def start(self, arguments: list[str]) -> tuple[int, str]:
        """Python with these arguments, in a process of its own that can reach no network."""
        path = os.pathsep.join([str(self.guard), str(PROJECT / "src")])
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def finished_tutorial(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The folder as the tutorial leaves it. The built assets are needed: `./run assets` makes them."""
    asset_folder()
    guard = tmp_path_factory.mktemp("guard")
    (guard / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    folder = tmp_path_factory.mktemp("reader")
    for table in EXAMPLE.glob("*.csv"):
        shutil.copy(table, folder)
    reader = Reader(folder, guard)
    reader.follow(TUTORIAL)
    return reader


@pytest.fixture
def reader(finished_tutorial: Reader, tmp_path: Path) -> Reader:
    """A reader who has done the tutorial, in a copy of her folder."""
    folder = tmp_path / "reader"
    shutil.copytree(finished_tutorial.folder, folder)
    return Reader(folder, finished_tutorial.guard)
