"""One side of a comparison: the sentences of a plain text, or of one version in a plan folder."""

from __future__ import annotations

from dataclasses import dataclass

from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.plan.folder import Plan
from lamplighter.plan.text import match, sentences_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence: its words, or our paraphrase of them, and the digest of the words if anybody has seen them.

    `plain`: the words normalised, where that is known already.
    """

    id: str
    words: str
    digest: str | None
    paraphrased: bool = False
    plain: str | None = None


@dataclass(frozen=True, kw_only=True)
class Side:
    """The sentences of one version in their order.

    ordered: whether their places in the text are known. complete: whether all of the version is held; of one that is not,
    nothing can be said to be gone.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    ordered: bool = True
    complete: bool = True

    @property
    def paraphrased(self) -> int:
        """Of how many sentences is only our paraphrase held?"""
        return sum(1 for each in self.lines if each.paraphrased)


def side_of_text(text: str, *, name: str) -> Side:
    """A plain text as a side: its sentences are S001, S002 … in the order in which they stand."""
    found = sentences_of(text)
    if not found:
        raise InputError(f"{name} has no sentence in it. Give a text with words.")
    width = max(3, len(str(len(found))))
    lines = tuple(
        Line(id=f"S{each.position:0{width}d}", words=each.text, digest=each.sha256, plain=each.plain) for each in found
    )
    return Side(name=name, title=name, lines=lines)


def side_of_version(plan: Plan, version: str | None, *, name: str, own_text: str | None = None) -> Side:
    """One version of a plan folder as a side; with a reader's own copy of its text, in the words of that copy.

    version: its id in plan.toml, or None where the folder has one version only.
    Misleads where only paraphrases are held: two that read alike may stand for texts that do not.
    """
    known = {each.id: each for each in plan.header.versions}
    if version is None:
        if len(known) > 1:
            raise InputError(f"{name} holds the versions {listed(known)}. Say which: {name}@{next(iter(known))}")
        version = next(iter(known))
    if version not in known:
        raise NoSuchName("version", version, list(known))
    records = [each for each in plan.sentences if each.version == version]
    if not records:
        raise InputError(f"{name}: sentences.csv has no sentence of {version}. Write them with: plan sentences TEXT")
    records.sort(key=lambda each: (each.position is None, each.position or 0, each.id))
    places = [each.position for each in records]
    seen = match(own_text, [each.sha256 for each in records if each.sha256]) if own_text is not None else {}
    lines = []
    for each in records:
        words = seen.get(each.sha256 or "")
        lines.append(
            Line(
                id=each.id,
                words=words or each.paraphrase or "",
                digest=each.sha256 or None,
                paraphrased=words is None,
            )
        )
    return Side(
        name=name,
        title=f"{known[version].title} ({version})",
        lines=tuple(lines),
        ordered=None not in places and len(set(places)) == len(places),
        complete=known[version].complete,
    )
