"""What is never imported: names, birth dates, addresses and ways to reach somebody. Told by headers and by values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lamplighter.errors import InputError

_HEADERS: tuple[tuple[str, str], ...] = (
    (r"(?:fore|sur|first|last|middle|family|full|given|maiden|nick)_?names?|initials?|alias(?:es)?", "a person's name"),
    (r"names?", "a person's name"),
    (r"(?:vict(?:im)?s?|suspects?|offenders?|witness(?:es)?|persons?|complainants?|accused|officers?)_?(?:full_?)?names?",
     "a person's name"),
    (r"d_?o_?b|birth(?:_?da(?:te|y))?|(?:date|day|year|month)_of_birth|born", "a birth date"),
    (r"address(?:es)?|addr|house(?:_?(?:no|number|name))?|flat(?:_?(?:no|number))?|post_?codes?|zip(?:_?code)?|uprn|block_?address",
     "an address"),
    (r"e?_?mails?|tele?_?phones?|phone|mobile|contact_(?:no|number|details)", "a way to reach somebody"),
    (r"nhs(?:_?(?:no|number))?|ni_?(?:no|number)|national_insurance|passport|pnc(?:_?id)?|vrm|number_?plate|registration|"
     r"ip_?address|imei", "a number that names a person"),
    (r"narrative|mo_text|free_?text|summary|notes?|comments?|log_text|incident_details?", "free text, which may name anybody"),
)  # fmt: skip
# `Name` alone is a person's; `Area name` is not.
_WHOLE = tuple(
    (re.compile(pattern if pattern == "names?" else rf"(?:.*_)?(?:{pattern})(?:_.*)?"), what)
    for pattern, what in _HEADERS
)

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_VALUES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "e-mail addresses"),
    (_POSTCODE, "whole postcodes"),
    (re.compile(r"(?:^|,\s*|\s)(?:\+44|0)(?:[ -]?\d){9,10}$"), "telephone numbers"),
    (re.compile(r"(?i)^(?:flat|apartment|apt|unit|room)\.? ?\w+\b.*\d|^\d+[A-Za-z]?(?:[-/]\d+[A-Za-z]?)?,? +(?=.*[A-Za-z]{3})"
                r"(?!.*\bminutes?\b)"), "house numbers"),
    (re.compile(r"(?i)^(?:mr|mrs|miss|ms|dr)\.? +[a-z]"), "people's names"),
)  # fmt: skip
_DATE = re.compile(r"\d{1,4}[-/.](?:\d{1,2}|[A-Za-z]{3})[-/.]\d{2,4}")
_LONG_TEXT_CHARS = 120
_MOST_OF_A_HUNDRED = 2.0

# Text that stays text in what is stored. Everything else becomes a number, a band, a hash or one of our own words.
TEXT_FIELDS = (
    "offence",
    "location",
    "premises",
    "district",
    "lsoa_code",
    "lsoa_name",
    "outcome",
    "victim_age_band",
    "victim_ethnicity",
    "force",
)
_MAY_BEGIN_WITH_NUMBERS = ("offence", "victim_age_band", "outcome", "premises", "lsoa_code", "lsoa_name")


def personal_header(header: str) -> str | None:
    """What personal thing a header names, or None: `Victim Surname` → `a person's name`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header.strip())
    plain = re.sub(r"[^a-z0-9]+", "_", parted.casefold()).strip("_")
    return next((what for pattern, what in _WHOLE if pattern.fullmatch(plain)), None)


def check_headers(columns: Mapping[str, str], flags: Sequence[tuple[str, str]], *, name: str) -> None:
    """Refuse a mapping that asks for a column which its header calls personal. Raises InputError."""
    asked = [*columns.items(), *((f"flags.{flag}", column) for flag, column in flags)]
    for ours, header in asked:
        what = personal_header(header)
        if what:
            raise InputError(
                f"{name}: {ours} asks for the column {header!r}, which by its header holds {what}. Names, birth dates,"
                " addresses and free text are not imported: take it out, and better out of the export too."
            )


def check_values(ours: str, header: str, texts: Iterable[str | None], *, name: str) -> None:
    """Refuse a column of text whose values look personal, whatever its header says. Raises InputError.

    texts: the values as they would be stored, distinct ones suffice. A few odd ones among hundreds pass.
    """
    given = [text.strip() for text in texts if text and text.strip()]
    if given and ours == "victim_age" and sum(_DATE.search(text) is not None for text in given) * 2 > len(given):
        raise InputError(
            f"{name}: the values of {header!r} (victim_age) look like birth dates. Export the age in years instead."
        )
    if not given or ours not in TEXT_FIELDS:
        return
    most = max(1, len(given) * _MOST_OF_A_HUNDRED / 100)
    for pattern, what in _VALUES:
        if what == "house numbers" and ours in _MAY_BEGIN_WITH_NUMBERS:
            continue
        found = sum(pattern.search(text) is not None for text in given)
        if found > most or found == len(given):
            mend = "Take it out of the mapping, and better out of the export too."
            if what == "house numbers" and ours == "location":
                mend = "Write drop_house_numbers = true under [location] to keep the street only, or take it out."
            raise InputError(
                f"{name}: {found:,} of {len(given):,} values of {header!r} ({ours}) look like {what}. {mend}"
            )
    long = sum(len(text) > _LONG_TEXT_CHARS for text in given)
    if long > most or long == len(given):
        raise InputError(
            f"{name}: {long:,} of {len(given):,} values of {header!r} ({ours}) are longer than {_LONG_TEXT_CHARS} characters:"
            " free text, which may name anybody. Take it out of the mapping."
        )


def street_only(text: str) -> str | None:
    """`1100 W  39TH   PL` → `W 39TH PL`, `Flat 2, 14B Acre Lane` → `Acre Lane`: what stays when no house may be named."""
    kept = _POSTCODE.sub("", " ".join(text.split()))
    kept = re.sub(r"(?i)^(?:(?:flat|apartment|apt|unit|room)\.? ?\w+,? +)+", "", kept.strip(" ,"))
    kept = re.sub(r"^(?:\d+[A-Za-z]?(?:[-/]\d+[A-Za-z]?)?,? +)+(?=.*[A-Za-z]{2})", "", kept).strip(" ,")
    return kept if re.search(r"[A-Za-z]", kept) else None
