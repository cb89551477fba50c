"""From a profile.json to the parts of its first page that anybody may see. Nothing else of the file leaves this module."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from lamplighter.errors import FileRefused, InputError, listed
from lamplighter.plan.cells import check_can_be_seen
from lamplighter.plan.records.profiling import CONFIDENCES

FILE = "profile.json"
READS_VERSION = "1"  # of profile.json, whose shape the profile publishes
MOST_FINDINGS = 5
MOST_LETTERS = 2_000  # of one text: a sentence of a profile is far shorter
# Findings that rest on these figures speak of the whole area. All others may name a place, a kind of victim or an hour.
_OF_THE_AREA = ("count", "completeness", "trend", "compared", "concentration", "outcomes")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A number that a public finding cites, as profile.json tells it."""

    id: str
    label: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    interval: tuple[float, float, str] | None
    definition: str
    period: str


@dataclass(frozen=True, kw_only=True)
class PublicFinding:
    """A sentence of page one that speaks of the whole area."""

    text: str
    figure_ids: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, kw_only=True)
class PublicParts:
    """What of a profile anybody may see.

    findings, figures: of open street data only. findings_left_out, limits_left_out: how many sentences of page one, and of
    what it can't say, are not in here. located_share: share of the force's rows with a point, None if unknown.
    """

    sha256: str
    title: str
    what_it_is: str
    made_up: bool
    is_street: bool
    caution: str
    area: str
    force: str
    offences: str
    first_month: str
    last_month: str
    months_present: int
    months_missing: tuple[str, ...]
    months_partial: tuple[str, ...]
    located_share: float | None
    counted: str
    counted_from: str
    definition_status: str
    limits: tuple[str, ...]
    limits_left_out: int
    findings: tuple[PublicFinding, ...]
    findings_left_out: int
    figures: tuple[PublicFigure, ...]
    made_on: date
    made_with: str


def read_profile(path: Path, *, restricted: bool | None = None) -> PublicParts:
    """The public parts of a profile.json, or of the one in a folder.

    restricted: whether it is linked for some eyes only; None: as its data are (open street data are for everybody). Of a
    restricted one, and of a force's own extract whatever is said, there are no findings, no figures and no sentence with a
    number in what it can't say. Raises FileRefused, naming what is wrong, for a file that is no profile, is damaged, or was
    written by a later version.
    """
    file = path / FILE if path.is_dir() else path
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"There is no file {file}. Name a profile.json, or the folder that `lamplighter profile --out` wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{file} can't be read ({error.strerror}).") from None
    told = _Told(file, _object(file, raw))
    told.check_version()
    is_street = told.flag("is_street")
    if is_street != (told.text("provenance.source") == "police-uk"):
        told.refuse("its is_street and its provenance.source contradict each other")
    findings = tuple(told.findings())
    open_to_all = is_street and not restricted
    kept = tuple(each for each in findings if open_to_all and told.speaks_of_the_area(each))
    limits = told.texts("what_this_cannot_say")
    kept_limits = tuple(each for each in limits if open_to_all or not re.search(r"[0-9]", each))
    return PublicParts(
        sha256=sha256(raw).hexdigest(),
        title=told.text("title"),
        what_it_is=told.text("what_it_is"),
        made_up=told.flag("synthetic"),
        is_street=is_street,
        caution=told.text("caution"),
        area=told.text("question.area.name"),
        force=told.text("question.area.force"),
        offences="all offences" if told.flag("question.all_offences") else "; ".join(told.texts("question.offences")),
        first_month=told.month("question.first_month"),
        last_month=told.month("question.last_month"),
        months_present=told.whole("question.months_present"),
        months_missing=told.months("completeness.months_missing_in_period"),
        months_partial=told.months("completeness.months_partial_in_period"),
        located_share=told.share("completeness.located_share"),
        counted=told.text("definition.words"),
        counted_from=told.text("definition.source"),
        definition_status=told.text("definition.status"),
        limits=kept_limits,
        limits_left_out=len(limits) - len(kept_limits),
        findings=kept,
        findings_left_out=len(findings) - len(kept),
        figures=tuple(told.figures_of(kept)),
        made_on=told.day("provenance.made_on"),
        made_with=told.text("provenance.made_with"),
    )


def _object(file: Path, raw: bytes) -> Mapping[str, Any]:
    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number")

    try:
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError:
        raise FileRefused(
            f"{file} is not UTF-8, so it is no profile.json. Name the file as the profile wrote it."
        ) from None
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"{file} is damaged: it is no JSON ({error}). Make the profile again.") from None
    if not isinstance(told, dict) or not {"what_it_is", "question", "provenance"} & set(told):
        raise FileRefused(f"{file} is no profile.json. Name the one that `lamplighter profile --out` wrote.")
    return told


class _Told:
    """A profile.json, read part by part: whatever is not as its published schema says is refused by its name."""

    def __init__(self, file: Path, told: Mapping[str, Any]):
        self._file, self._all = file, told

    def refuse(self, what: str) -> NoReturn:
        raise FileRefused(f"{self._file} is damaged: {what}. Make the profile again.")

    def check_version(self) -> None:
        version = self._all.get("schema_version")
        if isinstance(version, str) and version.isdecimal() and int(version) > int(READS_VERSION):
            raise FileRefused(
                f"{self._file} is a profile of schema_version {version}; this Lamplighter reads {READS_VERSION}. "
                "Upgrade Lamplighter."
            )
        if version != READS_VERSION:
            self.refuse(f"its schema_version is {version!r}, and profiles have {READS_VERSION!r}")

    def text(self, path: str) -> str:
        return self._words(self._at(path), path)

    def flag(self, path: str) -> bool:
        value = self._at(path)
        return value if isinstance(value, bool) else self.refuse(f"{path} is neither true nor false")

    def whole(self, path: str) -> int:
        value = self._at(path)
        if type(value) is not int or not 0 <= value < 10_000:
            self.refuse(f"{path} is no count of months")
        return value

    def share(self, path: str) -> float | None:
        value = self._number(self._at(path), path)
        if value is not None and not 0 <= value <= 1:
            self.refuse(f"{path} is no share between 0 and 1")
        return value

    def month(self, path: str) -> str:
        return self._month(self._at(path), path)

    def months(self, path: str) -> tuple[str, ...]:
        return tuple(self._month(each, path) for each in self._list(path))

    def day(self, path: str) -> date:
        value = self._at(path)
        try:
            return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")
        except ValueError:
            self.refuse(f"{path} is no day")

    def texts(self, path: str) -> tuple[str, ...]:
        return tuple(self._words(each, path) for each in self._list(path))

    def findings(self) -> Iterator[PublicFinding]:
        path = "summary.findings"
        found = self._list(path)
        if len(found) > MOST_FINDINGS:
            self.refuse(f"{path} holds {len(found)} sentences, and page one has at most {MOST_FINDINGS}")
        for each in found:
            if not isinstance(each, dict) or each.get("confidence") not in CONFIDENCES:
                self.refuse(f"{path} holds something that is no finding")
            ids = each.get("figure_ids")
            if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
                self.refuse(f"{path} holds a finding that does not name its figures")
            yield PublicFinding(
                text=self._words(each.get("text"), path), figure_ids=tuple(ids), confidence=each["confidence"]
            )

    def speaks_of_the_area(self, finding: PublicFinding) -> bool:
        """Does it rest on figures of the whole area, and name no place of the profile?"""
        if not finding.figure_ids or not all(each.split(".")[0] in _OF_THE_AREA for each in finding.figure_ids):
            return False
        figures = [f"{each.label} {each.definition}" for each in self.figures_of((finding,))]
        words = " ".join((finding.text, *figures)).casefold()
        return not any(name in words for name in self._place_names())

    def figures_of(self, findings: Sequence[PublicFinding]) -> Iterator[PublicFigure]:
        """The figures that these findings cite, each once, in the order in which they are cited."""
        by_id = {each["id"]: each for each in self._list("figures") if isinstance(each, dict) and "id" in each}
        for figure_id in dict.fromkeys(one for each in findings for one in each.figure_ids):
            if figure_id not in by_id:
                self.refuse(f"a finding cites the figure {figure_id!r}, which is not among its figures")
            yield self._figure(figure_id, by_id[figure_id])

    def _figure(self, figure_id: str, each: Mapping[str, Any]) -> PublicFigure:
        where = f"figure {figure_id!r}"
        inner = each.get("interval")
        interval = None
        if inner is not None:
            low, high = (
                self._number(inner.get(end), where) if isinstance(inner, dict) else None for end in ("low", "high")
            )
            if low is None or high is None:
                self.refuse(f"{where} has an interval without ends")
            interval = (low, high, self._words(inner.get("words"), where))
        return PublicFigure(
            id=figure_id,
            label=self._words(each.get("label"), where),
            value=self._number(each.get("value"), where),
            unit=self._words(each.get("unit"), where),
            numerator=self._number(each.get("numerator"), where),
            denominator=self._number(each.get("denominator"), where),
            interval=interval,
            definition=self._words(each.get("definition"), where),
            period=self._words(each.get("period"), where),
        )

    def _place_names(self) -> frozenset[str]:
        """Every name and id of its places and institutions, and each street of a name that is made of several."""
        found: set[str] = set()
        for section in ("places", "institutions"):
            for each in self._list(section):
                for key in ("name", "id"):
                    words = each.get(key) if isinstance(each, dict) else None
                    if isinstance(words, str):
                        found |= {part.strip().casefold() for part in (words, *re.split(r", | and ", words))}
        return frozenset(found - {""})

    def _at(self, path: str) -> Any:
        value: Any = self._all
        for key in path.split("."):
            if not isinstance(value, dict) or key not in value:
                self.refuse(f"it lacks {path}")
            value = value[key]
        return value

    def _list(self, path: str) -> Sequence[Any]:
        value = self._at(path)
        return value if isinstance(value, list) else self.refuse(f"{path} is no list")

    def _words(self, value: Any, where: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{where} holds no words")
        if len(value) > MOST_LETTERS:
            self.refuse(f"{where} holds a text of {len(value):,} letters")
        told = " ".join(value.split())
        try:
            check_can_be_seen(told)
        except ValueError as error:
            self.refuse(f"{where} {error}")
        return told

    def _month(self, value: Any, where: str) -> str:
        if not isinstance(value, str) or not _MONTH.fullmatch(value):
            self.refuse(f"{where} holds {value!r}, which is no month")
        return value

    def _number(self, value: Any, where: str) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.refuse(f"{where} holds {str(value)[:40]!r}, which is no number")
        return float(value)


def left_out_words(parts: PublicParts) -> str | None:
    """What of page one, and of what it can't say, stays in the profile; None where nothing does."""
    left = []
    if parts.findings_left_out:
        left.append(f"{parts.findings_left_out} of its first page's findings")
    if parts.limits_left_out:
        left.append(f"{parts.limits_left_out} sentences with numbers on what it can't say")
    return f"Not kept: {listed(left)}." if left else None
