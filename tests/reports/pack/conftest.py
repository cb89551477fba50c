"""A small plan that one recommendation speaks to, with one promise that none does, and records of two days."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from lamplighter.plan.editing import start_folder

FILES = {
    "sources": "id,title,publisher,access,published_on,address\n"
    "Q-AUDIT,Northam audit,Auditors,open,2022-03-01,northam.example/audit\n"
    "Q-REVIEW,Review of Northam,Reviewers,open,2022-02-01,northam.example/review\n"
    "Q-LATER,A later report,Reviewers,open,2022-09-01,\n"
    "Q-CLOSED,Minutes of a board,Northam,restricted,2022-01-01,\n",
    "promises": "id,version,kind,title,definition_ids\n"
    "A1,V1,action,Train officers,D-TRAIN\nA2,V1,action,Mend lamps,\nA3,V1,action,Ask women,\n",
    "definitions": "id,version,name,plain_definition,denominator\n"
    "D-TRAIN,1,Officers trained,Officers who finished the course.,officers\nD-OTHER,1,Lamps,Lamps mended.,lamps\n",
    "figures": "id,promise_ids,role,label,value,unit,denominator,denominator_label,definition_id,definition_version,as_of,"
    "source_id,typed_on\n"
    "G-EARLY,A1,current,Officers trained,40,officers,100,officers,D-TRAIN,1,2022-03-01,Q-AUDIT,2022-03-02\n"
    "G-TYPED-LATER,A1,current,Officers trained in all,70,officers,100,officers,D-TRAIN,1,2022-03-01,Q-AUDIT,2022-08-01\n"
    "G-LAMPS,A2,current,Lamps mended,7,lamps,,,D-OTHER,1,2022-03-01,Q-AUDIT,2022-03-02\n",
    "evidence": "id,promise_ids,title,says,happened_on,source_id\n"
    "E-COURSE,A1,The course began,In two boroughs.,2022-03-01,Q-AUDIT\n"
    "E-LATE,A1,The course ended,,2022-07-01,Q-AUDIT\n"
    "E-BOARD,A2,=1+1 the board was told,,2022-03-01,Q-CLOSED\n",
    "milestones": "id,promise_id,title,completes,due_to,done_on,evidence_ids\n"
    "M1,A1,All are trained,yes,2022-12-31,2022-07-02,E-LATE\n",
    "recommendations": "id,review,says,response,reason,promise_ids,source_id,made_on\n"
    "RC-1,Review of Northam,Train <everybody> & soon.,accepted,Said in public.,A1,Q-REVIEW,2022-02-01\n"
    "RC-2,Review of Northam,Count what women say.,,,,Q-REVIEW,2022-02-01\n"
    "RC-LATER,A later report,Do it again.,,,A1,Q-LATER,2022-09-01\n",
}
DAY = date(2022, 6, 30)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    start_folder(folder, title="Safer nights", body="Northam Constabulary (made up)", today=date(2022, 12, 31))
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    return folder


def content_of(pack: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(pack) as made:
        return {each: made.read(each) for each in made.namelist()}


def rows_of(pack: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content_of(pack)[name].decode("utf-8"))))
