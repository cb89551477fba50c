"""A whole profile as one document: its sections in the order in which they are read, from profile.json and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lamplighter.reports.profile import advised_sections as advised
from lamplighter.reports.profile import asked_sections as asked
from lamplighter.reports.profile import found_sections as found
from lamplighter.reports.profile import people_sections as people
from lamplighter.reports.profile import place_sections as placed
from lamplighter.reports.profile.blocks import Block, Document
from lamplighter.reports.profile.wording import Data, part, shortened, text

NO_HANDLING = "No handling mark was given"
NO_HANDLING_EXTRACT = "Restricted until somebody gives a handling mark"  # records of a force, no open data
_SHORT_TITLE = 90


def document_of(told: Data, drawings: Mapping[str, str]) -> Document:
    """What the PDF and the Word document say, block by block.

    told: profile.json. drawings: SVG by name; a picture without one is left out, its table stands. Counts are those of told.
    """
    terms = part(told, "terms")
    title = text(told.get("title"), lacking="Problem profile")
    return Document(
        title=title,
        short_title=shortened(title, _SHORT_TITLE),
        caution=text(told.get("caution")),
        handling=text(terms.get("handling"), lacking=no_handling(told)),
        subject=text(told.get("what_it_is")),
        author=text(terms.get("author"), lacking="Lamplighter"),
        made_on=part(told, "provenance").get("made_on"),
        first=tuple(asked.first_page(told)),
        blocks=tuple(_sections(told, drawings)),
    )


def no_handling(told: Data) -> str:
    """What stands where nobody gave a handling mark: open street data are open, a force's own records are not."""
    return NO_HANDLING if told.get("is_street", True) else NO_HANDLING_EXTRACT


def _sections(told: Data, drawings: Mapping[str, str]) -> Iterator[Block]:
    yield from asked.terms(told)
    yield from asked.definition(told)
    yield from asked.completeness(told)
    yield from found.trend(told, drawings)
    yield from found.compared(told)
    yield from found.time(told, drawings)
    yield from placed.concentration(told, drawings)
    yield from placed.places(told, drawings)
    yield from placed.kinds(told)
    yield from placed.surface(told, drawings)
    yield from found.harm(told)
    yield from people.victims(told, drawings)
    yield from people.outcomes(told, drawings)
    yield from advised.drivers(told)
    yield from advised.inferences(told)
    yield from advised.requirements(told)
    yield from advised.response(told)
    yield from advised.elsewhere(told)
    yield from advised.alternatives(told)
    yield from advised.recommendations(told)
    yield from advised.glossary(told)
    yield from advised.citing(told)
    yield from advised.provenance(told)
