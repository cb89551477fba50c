"""The problem profile as a tagged PDF: page one on one page, the caution and the handling mark on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lamplighter.reports.profile.blocks import as_data
from lamplighter.reports.profile.document import document_of
from lamplighter.reports.profile.typesetting import day_of, set_whatever_stands_there
from lamplighter.reports.profile.wording import shortened

FIRST_SIZES_PT = (10.5, 9.5, 8.5, 7.5, 6.5)
_MOST_LETTERS_OF_A_MARK = 48


def profile_pdf(told: Mapping[str, Any], *, drawings: Mapping[str, str]) -> bytes:
    """The whole profile, in the order and with the counts of profile.json, for reading and printing.

    told: profile.json as a dict. drawings: SVG by name (`trend`, `places-map`, `inset-<place id>` …); a picture that is not
    there is left out, the table beside it stands. PDF/UA-1 in British English, dated by `provenance.made_on`; every table's
    head repeats. Page one is set in the largest type in which it fits one page.
    Misleads when it is cut: a page taken out has the caution but not the definition. A letter that no font has stands as “?”.
    Raises PartMissing without the typesetting engine, ReportNotSet when the engine refuses.
    """
    document = document_of(told, drawings)
    data = {
        "title": document.title,
        "short_title": document.short_title,
        "caution": document.caution,
        "handling": shortened(document.handling, _MOST_LETTERS_OF_A_MARK),
        "subject": document.subject,
        "author": document.author,
        "first": as_data(document.first),
        "blocks": as_data(document.blocks),
        "drawings": {name: svg for name, svg in sorted(drawings.items()) if svg},
    }
    pdf = b""
    for size_pt in FIRST_SIZES_PT:
        pdf, (first_ends, _pages) = set_whatever_stands_there(
            "profile.typ",
            {**data, "first_size_pt": size_pt},
            day=day_of(document.made_on),
            labels=("first-page-ends", "pages"),
        )
        if first_ends == 1:
            break
    return pdf
