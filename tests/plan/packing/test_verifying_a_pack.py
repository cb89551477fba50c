"""A pack is held to its manifest file by file: what was altered, added, taken away or torn is named."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.packing.knowing import LeftOut
from lamplighter.plan.packing.manifest import MANIFEST, manifest_bytes, verify_pack
from lamplighter.workspace.zipping import zip_bytes

FILES = {"index.html": b"<p>Evidence</p>", "records/figures.csv": b"id,value\nG1,40\n"}


def manifest(files: Mapping[str, bytes]) -> bytes:
    return manifest_bytes(
        title="Safer nights", body="Northam", as_of="2022-06-30", about="all",
        left_out=(LeftOut(what="Figures", count=2),), restricted=(), digests={"plan_folder": "0" * 64}, files=files,
    )  # fmt: skip


def pack(folder: Path, files: Mapping[str, bytes], told: bytes | None = None) -> Path:
    path = folder / "pack.zip"
    path.write_bytes(zip_bytes({MANIFEST: manifest(FILES) if told is None else told, **files}))
    return path


def test_a_pack_as_it_was_written_is_whole(tmp_path: Path) -> None:
    told = verify_pack(pack(tmp_path, FILES))
    assert (told.found, told.files) == ((), 2)
    assert told.digest == sha256(manifest(FILES)).hexdigest()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({**FILES, "index.html": b"<p>evidence</p>"}, ("index.html: altered.",)),
        ({"index.html": FILES["index.html"]}, ("records/figures.csv: taken away.",)),
        ({**FILES, "more.txt": b""}, ("more.txt: added.",)),
        ({"INDEX.html": FILES["index.html"], "records/figures.csv": FILES["records/figures.csv"]},
         ("index.html: taken away.", "INDEX.html: added.")),
    ],
)  # fmt: skip
def test_what_was_done_to_it_is_named(tmp_path: Path, files: dict[str, bytes], found: tuple[str, ...]) -> None:
    assert verify_pack(pack(tmp_path, files)).found == found


def test_a_file_changed_together_with_the_manifest_is_seen_only_with_the_lodged_digest(tmp_path: Path) -> None:
    forged = {**FILES, "index.html": b"<p>Kept!</p>"}
    path = pack(tmp_path, forged, manifest(forged))
    lodged = sha256(manifest(FILES)).hexdigest()
    assert verify_pack(path).found == ()
    (found,) = verify_pack(path, digest=lodged).found
    assert found.startswith("manifest.json: its SHA-256 is ")
    assert verify_pack(pack(tmp_path, FILES), digest=f" {lodged.upper()}\n").found == ()


def test_a_name_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = pack(tmp_path, FILES)
    with zipfile.ZipFile(path, "a") as more, pytest.warns(UserWarning, match="Duplicate name"):
        more.writestr("index.html", FILES["index.html"])
    assert verify_pack(path).found == ("index.html: stands twice in the ZIP.",)


def test_torn_bytes_are_named_and_end_in_no_traceback(tmp_path: Path) -> None:
    path = pack(tmp_path, {**FILES, "index.html": FILES["index.html"]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as made:
        at = made.getinfo("index.html").header_offset
    start = at + 30 + len("index.html")
    content[start : start + 6] = b"\xff" * 6
    path.write_bytes(bytes(content))
    assert verify_pack(path).found == ("index.html: damaged, it can't be unpacked.",)


@pytest.mark.parametrize("content", [b"", b"no zip", zip_bytes({}), zip_bytes({MANIFEST: b"{}"}), zip_bytes({MANIFEST: b"[]"}),
                                     zip_bytes({MANIFEST: b"\xff\xfe"})])  # fmt: skip
def test_what_is_no_pack_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"other\.zip (is no ZIP|holds no manifest\.json)"):
        verify_pack(path)
    with pytest.raises(InputError, match="There is no file"):
        verify_pack(tmp_path / "missing.zip")


def test_a_pack_of_a_later_version_says_so(tmp_path: Path) -> None:
    told = {**json.loads(manifest(FILES)), "schema_version": 2}
    with pytest.raises(InputError, match="is a pack of version 2; this Lamplighter reads 1"):
        verify_pack(pack(tmp_path, FILES, json.dumps(told).encode()))
