"""The made-up plan of a made-up force as a text, its labels, and documents of each kind written by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from lamplighter.plan.drafting.documents import read_document
from lamplighter.plan.drafting.draft import draft
from lamplighter.plan.drafting.draft_folder import write_draft

HERE = Path(__file__).parent
NORTHAM = HERE / "northam-plan.txt"
NORTHAM_LABELS = HERE / "northam-plan.csv"
TODAY = date(2021, 11, 5)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def northam() -> str:
    return read_document(NORTHAM)


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[[str], Path]:
    """A plan folder with the draft of a text in it."""

    def make(text: str, *, name: str = "plan") -> Path:
        folder = tmp_path / name
        write_draft(
            draft(text), folder=folder, name="plan.txt", title="Plan", body="Northam", version=None, today=TODAY
        )
        return folder

    return make


def docx(path: Path, paragraphs: Sequence[tuple[str, bool]]) -> Path:
    """A DOCX of (words, is it a list item?)."""
    listed = "<w:pPr><w:numPr/></w:pPr>"
    body = "".join(
        f"<w:p>{listed if item else ''}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words, item in paragraphs
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return path


def pdf(path: Path, pages: Sequence[Sequence[str]]) -> Path:
    """A PDF with a text layer, one line of text a line; a page without lines has none."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 40 800 Td {shown} ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = b"%PDF-1.4\n"
    places = []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, begins)
    path.write_bytes(out)
    return path
