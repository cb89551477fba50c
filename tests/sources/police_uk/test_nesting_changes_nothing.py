"""Which folder, gzip or ZIP a file lies in changes nothing of what it says."""

from __future__ import annotations

import gzip
import io
import zipfile

from lamplighter.sources.police_uk import offered_files

OCTOBER, NOVEMBER = "2018-10-northam-street.csv", "2018-11-northam-street.csv"


def test_the_same_files_are_found_however_they_are_nested(tmp_path, drawn, found_in):
    files = {OCTOBER: drawn.street(drawn.row("a")), NOVEMBER: drawn.street(drawn.row("b", month="2018-11"))}
    flat, deep = tmp_path / "flat", tmp_path / "deep" / "2018-10" / "more"
    flat.mkdir()
    deep.mkdir(parents=True)
    for name, content in files.items():
        (flat / name).write_bytes(content)
    (deep / f"{OCTOBER}.gz").write_bytes(gzip.compress(files[OCTOBER]))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"2018-11/{NOVEMBER}", files[NOVEMBER])
    with zipfile.ZipFile(tmp_path / "deep" / "site.zip", "w") as made:
        made.writestr("archive/inner.zip", inner.getvalue())
        made.writestr("__MACOSX/._inner.zip", b"rubbish")
    (tmp_path / "deep" / "._2018-10-northam-street.csv").write_bytes(b"rubbish")
    (tmp_path / "deep" / "notes.txt").write_bytes(b"notes")
    assert list(found_in(flat).values()) == list(found_in(tmp_path / "deep").values()) == list(files.values())
    assert [each.stem for each in offered_files([tmp_path / "deep"])[0]] == [
        "2018-10-northam-street",
        "2018-11-northam-street",
    ]
    assert "deep" not in " ".join(found_in(tmp_path / "deep")), "a name says the archive, not where it lies"
    assert "site.zip/archive/inner.zip/2018-11/2018-11-northam-street.csv" in found_in(tmp_path / "deep")


def test_what_was_named_has_one_digest_in_any_order(tmp_path, drawn):
    for name in (OCTOBER, NOVEMBER):
        (tmp_path / name).write_bytes(drawn.street(drawn.row(name)))
    one, other = tmp_path / OCTOBER, tmp_path / NOVEMBER
    assert offered_files([one, other])[1] == offered_files([other, one])[1] == offered_files([tmp_path])[1]
    assert offered_files([one])[1] != offered_files([other])[1]
