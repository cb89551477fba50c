"""Commands run as a person would type them, in this process: exit code, standard output, standard error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.cli import main
from lamplighter.workspace import import_files

HEADER = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence"
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines on standard error."""
        return self.err.strip().splitlines()


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command; paths may be given as paths."""

    def type_in(*arguments: str | Path) -> Said:
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code=code, out=said.out, err=said.err)

    return type_in


def northam_lines() -> list[str]:
    """Two years of a made-up force: by place and by kind, four crimes a month, and one count that is no number."""
    lines = []
    for year in (2020, 2021):
        for month in range(1, 13):
            day = f"{year}-{month:02d}-01"
            lines.append(f"North,Northam,Abbey,{day},{day},4,Offence count location,,,,")
            lines.append(
                f",,,{day},{day},4,Offence count classification,Rape,Rape of a female aged 16 and over,Rape,Yes"
            )
    lines.append("North,Northam,Abbey,2021-12-01,2021-12-01,many,Offence count location,,,,")
    return lines


@pytest.fixture(scope="session")
def northam_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("northam") / "northam.csv"
    path.write_text("\n".join([HEADER, *northam_lines()]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def workspace(northam_csv: Path) -> Path:
    """A workspace with the made-up force's file; tests only read it."""
    folder = northam_csv.parent / "workspace"
    import_files([northam_csv], workspace=folder, now=datetime(2022, 2, 1, tzinfo=UTC))
    return folder


@pytest.fixture
def plan(tmp_path: Path, run: Run) -> Path:
    """A new plan folder with one action and one figure, as of 30 June 2022."""
    folder = tmp_path / "plan"
    assert run("plan", "new", folder, "--title", "Safer nights", "--body", "Northam Constabulary").code == 0
    assert run("plan", "as-of", folder, "2022-06-30").code == 0
    (folder / "promises.csv").write_text(
        "id,version,kind,title\nA1,V1,action,Train officers\nA2,V1,action,Mend lamps\n", encoding="utf-8"
    )
    (folder / "figures.csv").write_text(
        "id,promise_ids,role,label,value,unit,denominator\nG1,A1,current,Officers trained,1234567,officers,2345678\n",
        encoding="utf-8",
    )
    return folder
