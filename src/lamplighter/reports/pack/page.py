"""The page of an evidence pack: every link of the chain in the order in which an inspector asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lamplighter import definitions
from lamplighter.plan.packing.choosing import ALL
from lamplighter.plan.packing.knowing import Known
from lamplighter.plan.packing.linking import Chain
from lamplighter.plan.records.showing import Card
from lamplighter.reports.site.pages import LEAVE_TO, SITE_NAME
from lamplighter.reports.site.templating import templates_of

FILE_WORDS = {
    "index.csv": "The chain of this page as a table, a row a piece of evidence",
    "standing.csv": "Where each promise stood on the day, and the rule that says so",
    "rules.csv": "The rules, in the order in which they decide",
    "definitions.csv": "The definitions of the numbers",
    "imports.csv": "The files that had been imported by the day, with their SHA-256",
}


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of the pack and its SHA-256."""

    name: str
    sha256: str

    @property
    def words(self) -> str:
        if self.name.startswith("records/"):
            return "Records of the plan as they were known"
        return FILE_WORDS.get(self.name, "Every month of a measure")


def pack_page(
    *, known: Known, found: Sequence[Chain], cards: Mapping[str, Card], files: Sequence[FileLine], about: str,
    restricted: Sequence[str], measures_left_out: int, digests: Mapping[str, str], mark: str,
) -> str:  # fmt: skip
    """The page as HTML without a script, with links that lead nowhere but into the pack and to sources."""
    made = templates_of("lamplighter.reports.pack", "lamplighter.reports.site")
    links = {link.promise.id: link for chain in found for link in chain.links}
    return made.get_template("pack.html").render(
        what="Evidence pack",
        style="pack.css",
        header=known.plan.header,
        day=known.day,
        left_out=known.left_out,
        measures_left_out=measures_left_out,
        found=found,
        counts=(sum(1 for each in found if each.recommendation), len(links)),
        everything=about == ALL,
        about=about,
        cards=[card for _, card in sorted(cards.items())],
        rules=(("Evidence", definitions.evidence_rules()), ("Delivery", definitions.delivery_rules())),
        files=files,
        imports=known.imports,
        restricted=restricted,
        digests=digests,
        mark=Markup(mark),  # noqa: S704 (a built asset of ours)
        name=SITE_NAME,
        leave_to=LEAVE_TO,
    )
