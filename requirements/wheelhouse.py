"""Pack the wheel and every locked wheel it needs on another platform into one ZIP, for a machine without a network.

Run by `./run wheelhouse --platform win_amd64`, which builds our wheel first. Needs pip and uv, and nothing of ours.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DIST = PROJECT / "dist"
LOCKED = PROJECT / "requirements" / "run.txt"
EXTRAS = ("report", "xlsx", "draft")


@dataclass(frozen=True, kw_only=True)
class Platform:
    """What uv and pip each call the machine that the ZIP is for, and how Python is called in a terminal there."""

    uv_name: str
    pip_tags: tuple[str, ...]
    python: str
    newline: str = "\n"


LINUX = tuple(f"manylinux_2_{minor}_x86_64" for minor in (28, 27, 26, 24, 17, 12, 5))
PLATFORMS = {
    "win_amd64": Platform(
        uv_name="x86_64-pc-windows-msvc", pip_tags=("win_amd64",), python="py -{python}", newline="\r\n"
    ),
    "manylinux_x86_64": Platform(
        uv_name="x86_64-manylinux_2_28", pip_tags=(*LINUX, "manylinux2014_x86_64"), python="python{python}"
    ),
    "macosx_arm64": Platform(uv_name="aarch64-apple-darwin", pip_tags=("macosx_14_0_arm64",), python="python{python}"),
}


def readme(*, platform: str, python: str, wheel: str) -> str:
    """What stands in README.txt: two commands, and what was not tried."""
    there = PLATFORMS[platform]
    call = there.python.format(python=python)
    folder = "wheels\\" if there.newline == "\r\n" else "wheels/"
    lines = [
        f"Lamplighter for a machine without a network ({platform}, Python {python}).",
        "",
        "Unpack this ZIP, open a terminal in its folder and type these two commands:",
        "",
        f"{call} -m pip install --no-index --find-links wheels --require-hashes -r requirements.txt",
        f"{call} -m pip install --no-index --no-deps {folder}{wheel}",
        "",
        f"Then: {call} -m lamplighter --help",
        "",
        "The first command checks each wheel against the hash in requirements.txt and asks no network.",
    ]
    if platform == "win_amd64":
        lines.append("Not yet tried on Windows: if it fails there, please report what pip said.")
    return there.newline.join([*lines, ""])


def locked_for(platform: str, python: str, to: Path) -> None:
    """The locked versions that this platform needs, with hashes.

    pip reads the markers of a requirement file for the machine that it runs on, not for the one that it fetches for, so
    the markers are resolved here first.
    """
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "-q", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--no-emit-find-links", "--python-version", python),
            *("--python-platform", PLATFORMS[platform].uv_name, "--constraint", str(LOCKED)),
            *(str(PROJECT / "pyproject.toml"), "-o", str(to)),
            *(part for extra in EXTRAS for part in ("--extra", extra)),
        ],
        check=True,
        cwd=PROJECT,
    )


def fetch(platform: str, python: str, requirements: Path, to: Path) -> None:
    """Every wheel of the requirement file for that platform, checked against its hash."""
    tags = [word for tag in PLATFORMS[platform].pip_tags for word in ("--platform", tag)]
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "-q", "--only-binary", ":all:", "--no-deps", "--require-hashes"),
            *("--python-version", python, "--implementation", "cp", *tags, "-d", str(to), "-r", str(requirements)),
        ],
        check=True,
        cwd=PROJECT,
    )


def pack(folder: Path, to: Path) -> None:
    """The folder as a ZIP with sorted names and one fixed date: the same wheels give the same bytes."""
    fresh = to.with_suffix(".part")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as zipped:  # wheels are packed already
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            zipped.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    fresh.replace(to)


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments, lock, fetch, pack, say where it lies."""
    parser = argparse.ArgumentParser(prog="./run wheelhouse", description=__doc__)
    parser.add_argument("--platform", required=True, choices=sorted(PLATFORMS))
    parser.add_argument("--python", default="3.11", help="the Python version on that machine (default: 3.11)")
    asked = parser.parse_args(arguments)
    name = f"lamplighter-wheelhouse-{asked.platform}"
    folder = PROJECT / ".cache" / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    ours = max(DIST.glob("lamplighter-*-py3-none-any.whl"), key=lambda path: path.stat().st_mtime)
    locked_for(asked.platform, asked.python, folder / "requirements.txt")
    fetch(asked.platform, asked.python, folder / "requirements.txt", folder / "wheels")
    shutil.copyfile(ours, folder / "wheels" / ours.name)
    text = readme(platform=asked.platform, python=asked.python, wheel=ours.name)
    (folder / "README.txt").write_bytes(text.encode("utf-8"))
    pack(folder, DIST / f"{name}.zip")
    count = len(list((folder / "wheels").iterdir()))
    size_mb = (DIST / f"{name}.zip").stat().st_size / 1e6
    sys.stdout.write(f"dist/{name}.zip: {count} wheels, {size_mb:.0f} MB. Its README.txt holds the two commands.\n")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
