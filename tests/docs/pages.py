"""The documentation as the tests read it: pages, fenced blocks, and the commands that stand in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
EXAMPLE = DOCS / "example"
TUTORIAL = DOCS / "tutorial.md"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *(PROJECT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"))]
)

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One fenced block: ```` ```sh runnable exit=1 ```` has the language sh and the words runnable and exit=1."""

    language: str
    words: tuple[str, ...]
    body: str

    def value(self, name: str) -> str | None:
        """What stands behind `name=`, or None."""
        return next((word.split("=", 1)[1] for word in self.words if word.startswith(f"{name}=")), None)

    @property
    def is_runnable(self) -> bool:
        return self.language in ("sh", "python") and "runnable" in self.words

    @property
    def expected_exit(self) -> int:
        return int(self.value("exit") or 0)

    @property
    def commands(self) -> list[str]:
        return [line for line in self.body.splitlines() if line.strip() and not line.startswith("#")]


def blocks_of(text: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    found = []
    for each in _FENCE.finditer(text):
        language, *words = each["info"].split() or [""]
        found.append(Block(language=language, words=tuple(words), body=each["body"]))
    return found


def commands_in(text: str) -> Iterator[list[str]]:
    """Every `lamplighter …` that a page names, in a block or in a line of text, as its words after `lamplighter`."""
    lines = [line for block in blocks_of(text) for line in block.body.splitlines()]
    lines += _SPAN.findall(_FENCE.sub("", text))
    for line in lines:
        found = re.match(r"^\s*(?:\./run |py -m |python -m )?lamplighter(?: (?P<rest>.*))?$", line)
        if found and found["rest"]:
            yield shlex.split(found["rest"].replace("…", "").replace("[", "").replace("]", ""))


def run_commands_in(text: str) -> set[str]:
    """The X of every `./run X` that a page names."""
    return set(re.findall(r"\./run ([a-z]+)", text))


def bare_options_in(text: str) -> set[str]:
    """Options that a line of text names by themselves: `--as-of`."""
    return {
        span.split()[0].split("=")[0] for span in _SPAN.findall(_FENCE.sub("", text)) if re.match(r"^--?[a-z]", span)
    }


def links_in(text: str) -> list[str]:
    """Targets of the links and pictures of a page, blocks left out."""
    plain = _FENCE.sub("", text)
    return re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r"(?:src|href)=\"([^\"]+)\"", plain)


def anchors_of(text: str) -> set[str]:
    """The anchors that a page's headings give it, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


# Pages that a reader follows after the tutorial.
FOLLOWED = [
    page
    for page in PAGES
    if page != TUTORIAL and any(block.is_runnable for block in blocks_of(page.read_text(encoding="utf-8")))
]
