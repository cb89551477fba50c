"""The fast reader and the careful one give the same rows, and together they lose none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.sources.police_uk import rows as reader
from lamplighter.sources.police_uk.kinds import header_of

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
PLAIN = st.text(alphabet="abc Ångström-0123456789'", max_size=12)
NUMBERS = st.sampled_from(["", "-1.5", "53.25", "0", "1e2", " 2.5 ", "nan", "-inf", ".5", "5.", "+1.5", "x", "1_0"])
ANYTHING = st.text(alphabet='ab,"\r\n ;é', max_size=30)


def lines_of(draw_rows: list[list[str]], end: str) -> bytes:
    return (end.join([HEADER, *(",".join(cells) for cells in draw_rows)]) + end).encode("utf-8")


def as_lists(found: reader.FileRows) -> dict[str, list[object]]:
    return {name: [repr(each) for each in found.rows.column(name).to_pylist()] for name in found.rows.column_names}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), end=st.sampled_from(["\n", "\r\n"]))
def test_both_ways_give_the_same_rows(data, end):
    drawn_rows = []
    for _ in range(data.draw(st.integers(1, 6))):
        cells = [data.draw(NUMBERS if place in (4, 5) else PLAIN) for place in range(12)]
        drawn_rows.append(["id", *cells[1:]])
    content = lines_of(drawn_rows, end)
    header = header_of(HEADER.split(","), file_name="x.csv")
    fast, careful = reader._plain(content, header), reader._careful(content, header)
    assert careful.rows_read == len(drawn_rows)
    if fast is not None:
        assert careful.malformed == ()
        assert as_lists(fast) == as_lists(careful)


@settings(max_examples=120, deadline=None)
@given(text=ANYTHING)
def test_whatever_stands_in_a_file_every_line_is_accounted_for(text):
    good = ",".join(["id", "2018-10", "F", "F", "-1.5", "53.5", "On or near A", "E1", "A 1", "Burglary", "", ""])
    content = f"{HEADER}\n{good}\n{text}\n{good}\n".encode()
    found = reader.rows_of(content, name="x.csv")
    rows = found.rows.column("row").to_pylist() + [each[0] for each in found.malformed]
    assert sorted(rows) == list(range(1, found.rows_read + 1))
    assert found.rows.column("reference" if "reference" in found.rows.column_names else "crime id").to_pylist()[:1] == [
        "id"
    ]
    last = found.rows.num_rows and found.rows.column("line").to_pylist()[-1]
    lost_after_quote = any(each[2] == reader.UNCLOSED for each in found.malformed)
    assert lost_after_quote or last == content.decode().replace("\r\n", "\n").replace("\r", "\n").count("\n")


def test_a_plain_file_is_read_the_fast_way_and_an_odd_one_is_not():
    header = header_of(HEADER.split(","), file_name="x.csv")
    cells = ["id", "2018-10", "F", "F", "-1.5", "53.5", "On or near A", "E1", "A 1", "Burglary", "", ""]
    assert reader._plain(lines_of([cells], "\r\n"), header) is not None
    quoted = [*cells[:6], '"On or near A"', *cells[7:]]
    assert reader._plain(lines_of([quoted], "\r\n"), header) is None
    assert reader._plain(lines_of([[*cells[:4], "west", *cells[5:]]], "\r\n"), header) is None
    assert reader._plain(lines_of([cells, [""]], "\r\n"), header) is None
