"""Whatever an export holds, every row is kept or refused with a reason, and the file at worst refused in a sentence."""

from __future__ import annotations

import tomllib
from hashlib import sha256

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lamplighter.errors import FileRefused, InputError
from lamplighter.sources.extract import drafted, mapping_of, read

MAPPING = mapping_of(
    'lamplighter_mapping = 1\nforce = "N"\n[columns]\nfrom = "d"\noffence = "o"\nlon = "x"\nlat = "y"\n'
    '[dates]\nfrom = "%d/%m/%Y"\n',
    name="m",
)
HEADER = "d,o,x,y"
CELL = st.one_of(
    st.sampled_from(
        ["31/03/2026", "31/13/2026", "Stalking", "-1.45", "53.5", "0", "inf", "nan", "", '"', '""', "1e400"]
    ),
    st.text(alphabet='abc",;\t\r\n\x0bé0123456789-.', max_size=6),
)
LINES = st.lists(st.lists(CELL, min_size=1, max_size=6).map(",".join), max_size=8)


@settings(deadline=None, max_examples=200)
@given(lines=LINES, end=st.sampled_from(["", "\n", "\r\n"]))
@example(
    lines=["31/03/2026,Stalking,-1.45,53.5", '31/03/2026,"Stalking,-1.45,53.5', "31/03/2026,Stalking,-1.45,53.5"],
    end="",
)
def test_rows_read_are_rows_kept_and_rows_refused(lines, end):
    content = ("\n".join([HEADER, "31/03/2026,Stalking,-1.45,53.5", *lines]) + end).encode("utf-8")
    try:
        reading = read(
            content, name="e", mapping=MAPPING, content_sha256=sha256(content).hexdigest(), reference_key=b"k" * 32
        )
    except InputError:  # values that look personal, or a file of which not one row is whole
        return
    assert reading.rows_read == reading.rows_kept + reading.rows_refused
    assert reading.rows_kept == reading.tables["incidents"].num_rows
    assert sum(reading.refused.values()) == reading.rows_refused == reading.refused_rows.num_rows


@settings(deadline=None, max_examples=200)
@given(
    content=st.binary(max_size=120),
    start=st.sampled_from([b"", b"d,o\n", b"Reported,Offence,Lon,Lat\n", b"PK\x03\x04"]),
)
def test_any_bytes_are_drafted_or_refused_in_a_sentence(content, start):
    try:
        draft = drafted(start + content, name="e.csv")
    except FileRefused:
        return
    assert tomllib.loads(draft.toml)["lamplighter_mapping"] == 1
