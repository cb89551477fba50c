"""Addresses that were published and would be there no longer: whoever quoted one must still be led somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lamplighter.plan.book import Book
from lamplighter.plan.former import leads, lost_addresses
from lamplighter.plan.releases.findings import Found
from lamplighter.plan.releases.manifest import Manifest

NAME = "address lost"


def addresses_kept(book: Book, previous: Manifest | None) -> Iterator[Found]:
    """The published pages of promises and measures that have neither a page now nor a former address that leads on.

    Only the release before is asked: it holds a page for all that any release before it had.
    """
    if previous is None:
        return
    for path in lost_addresses(book, frozenset(previous.files)):
        kind, record_id = (
            ("promise" if path.startswith("promises/") else "measure"),
            path.split("/")[1][: -len(".html")],
        )
        mend = "" if kind == "promise" else "Build with the workspace that it was measured from, or "
        message = (
            f"{path} was published in v{previous.number}, and there is no such {kind} now. {mend or 'Put it back, or '}"
            f"add {record_id} to former_addresses.csv with what it became and why."
        )
        yield Found(about=record_id, name=NAME, message=message, serious=True)
    measures = set(book.measures)
    for each in leads(book.plan):
        gone = [to_id for to_id in each.to_ids if to_id not in measures]
        if each.former.kind == "measure" and gone:
            message = (
                f"{each.former.id} leads to {', '.join(gone)}, which is not measured here. Mend former_addresses.csv."
            )
            yield Found(about=each.former.id, name=NAME, message=message, serious=True)
