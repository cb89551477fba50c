"""What may a column of an export be? By its header's words and by its values; what is only likely is marked so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from lamplighter import definitions
from lamplighter.sources.extract.mapping import folded

DAY_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d/%m/%y %H:%M", "%d/%m/%y",
    "%d-%m-%Y %H:%M", "%d-%m-%Y", "%d-%b-%Y %H:%M", "%d-%b-%Y", "%d %b %Y %H:%M", "%d %b %Y", "%d %B %Y",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%d/%m/%Y %I:%M:%S %p",
)  # fmt: skip
TIME_FORMATS = ("%H:%M:%S", "%H:%M", "HHMM", "%I:%M %p")

# In order: the first field whose words fit a header takes it. Each pattern is looked for in the header in lower case.
_HEADERS: tuple[tuple[str, str], ...] = (
    ("victim_sex", r"^(vict(im)?s?_)?(sex|gender)$|^vict(im)?.*(sex|gender)"),
    ("victim_ethnicity", r"^(vict(im)?s?_)?(ethnic.*|descent|race)$|^vict(im)?.*(ethnic|descent|race)"),
    ("victim_age_band", r"^(vict(im)?s?_)?age_?(band|range|group)$"),
    ("victim_age", r"^(vict(im)?s?_)?age(_at.*|_years)?$"),
    ("relationship", r"relation"),
    ("outcome_date", r"(outcome|disposal|result|status).*date|date.*(outcome|disposal)"),
    ("from_time", r"^time_?(occ|from|committed|occurred|start)|^(from|start|committed_from|occ|occurred|offence)_?time$|^time$"),
    ("to_time", r"^time_?(to|end)|^(to|end|committed_to)_?time$"),
    ("reported_time", r"^time_?(rep|recorded)|^(reported|recorded|created)_?time$"),
    ("reported", r"report|rptd|recorded|created|logged"),
    ("to", r"committed.*to$|^(to|end|last|latest)(_?date)?(_?time)?$|date.*_to$|(occ|occurred).*to$|_to_date"),
    ("from", r"committed|occ|from|offen[cs]e_?date|crime_?date|incident_?date|^date(_?time)?$|^start|earliest"),
    ("lon", r"^(lon|lng|long|longitude|x_?wgs84?)$"),
    ("lat", r"^(lat|latitude|y_?wgs84?)$"),
    ("easting", r"^(os_?)?easting|^x(_?coord(inate)?)?$|^east$"),
    ("northing", r"^(os_?)?northing|^y(_?coord(inate)?)?$|^north$"),
    ("offence_code", r"(offen[cs]e|crime|crm|ho|home_office|classification).*(code|cd)$|^ho_?class"),
    ("offence", r"(offen[cs]e|crime|crm).*(desc|description|type|title|name|text|class|category)|^offen[cs]e$|^crime$"),
    ("premises", r"premis|location_?type|loc_cat|place_?type|scene_?type|venue_?type"),
    ("setting", r"^setting$|public_?(or_?)?private"),
    ("lsoa_code", r"lsoa.*(code|cd)$"),
    ("lsoa_name", r"lsoa.*(name|nm)$"),
    ("district", r"^(district|borough|area_?name|local_?authority|division)"),
    ("location", r"^(street|location|road|place)(_?name)?$"),
    ("outcome", r"outcome|disposal|status_?desc|^status$|result"),
    ("reference", r"crime_?(ref|no|number|id)|^ref(erence)?|dr_?no|incident_?(no|number|id|key)|case_?(no|number|id)|urn|^id$"),
    ("force", r"^force(_?name)?$|reported_?by"),
)  # fmt: skip
_FLAGS: tuple[tuple[str, str], ...] = (
    ("domestic_abuse", r"domestic|(^|_)d_?a(_|$)|(^|_)dv(_|$)"),
    ("online", r"online|cyber|internet|digital"),
    ("so_called_honour_based", r"honou?r|(^|_)hba(_|$)"),
    ("hate", r"hate"),
    ("repeat_victim", r"repeat"),
)
_IN_WORDS = ("offence", "premises", "outcome")
_YES = ("y", "yes", "1", "true", "t")
_NO = ("n", "no", "0", "false", "f")
_SEX = {
    "female": ("f", "female", "woman", "girl"),
    "male": ("m", "male", "man", "boy"),
    "other": ("other", "non-binary", "x - other"),
}
_SETTINGS = {
    "public": ("public", "public place"),
    "home": ("home", "private", "dwelling"),
    "online": ("online", "virtual"),
}
_RELATIONSHIPS: tuple[tuple[str, str], ...] = (
    ("stranger", r"stranger|unknown to victim"),
    ("partner or former partner", r"partner|spouse|husband|wife|boyfriend|girlfriend|cohabit|\bex\b"),
    ("family", r"parent|mother|father|son|daughter|sibling|brother|sister|family|relative|grand"),
    ("known otherwise", r"acquaint|friend|neighbour|colleague|known|carer"),
)


def plain(header: str) -> str:
    """`Crm Cd Desc` → `crm_cd_desc`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header.strip())
    return re.sub(r"[^a-z0-9]+", "_", parted.casefold()).strip("_")


def fields_of(values: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Our field → the header that fits it best; no header serves two.

    values: header → its values. Of two that fit, the one with words in it is better than the one with codes, and then the first.
    """
    found: dict[str, str] = {}
    for ours, pattern in _HEADERS:
        free = [header for header in values if header not in found.values() and re.search(pattern, plain(header))]
        if free:
            found[ours] = max(free, key=lambda header: _wordiness(values[header])) if ours in _IN_WORDS else free[0]
    return found


def _wordiness(values: Counter[str]) -> int:
    """Tenths of the rows whose value has a word of four letters or more."""
    rows = sum(values.values())
    return sum(count for word, count in values.items() if re.search(r"[A-Za-z]{4}", word)) * 10 // rows if rows else 0


def flag_of(header: str, values: Counter[str]) -> tuple[str, list[str]] | None:
    """A mark and the words that say it stands, where header and values both look like one."""
    named = next((flag for flag, pattern in _FLAGS if re.search(pattern, plain(header))), None)
    yes = sorted(word for word in values if folded(word) in _YES)
    others = [word for word in values if folded(word) not in (*_YES, *_NO)]
    return (named, yes) if named and yes and not others else None


def formats_of(values: Sequence[str], formats: Sequence[str]) -> list[str]:
    """The formats that nearly all values are written in (one in a hundred may be broken), in the order given."""
    fitting = []
    for form in formats:
        bad = sum(not _fits(value, form) for value in values)
        if values and bad * 100 <= len(values):
            fitting.append(form)
    return fitting


def _fits(value: str, form: str) -> bool:
    if form == "HHMM":
        return bool(re.fullmatch(r"\d{1,4}", value)) and int(value) // 100 < 24 and int(value) % 100 < 60
    try:
        datetime.strptime(value, form)  # noqa: DTZ007  (only whether it fits is asked)
    except ValueError:
        return False
    return True


def words_of(ours: str, values: Counter[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Our word → the file's, and the file's words that nobody could place."""
    means: dict[str, list[str]] = {}
    left = []
    for word in sorted(values):
        found = _meaning(ours, folded(word))
        if found is None:
            left.append(word)
        else:
            means.setdefault(found, []).append(word)
    return means, left


def _meaning(ours: str, word: str) -> str | None:
    if ours == "relationship":
        return next((our for our, pattern in _RELATIONSHIPS if re.search(pattern, word)), None)
    known = _SEX if ours == "victim_sex" else _SETTINGS
    return next((our for our, theirs in known.items() if word in theirs), None)


def vocabulary_of(values: Counter[str]) -> tuple[str | None, float]:
    """The shipped vocabulary of premises that knows most rows, and the share that it knows."""
    rows = sum(values.values())
    best: tuple[float, str] = (0.0, "")
    for vocabulary in definitions.premises_vocabularies():
        known = {folded(row["premises"]) for row in definitions.premises_kinds(vocabulary)}
        share = sum(count for word, count in values.items() if folded(word) in known) / rows if rows else 0.0
        best = max(best, (share, vocabulary))
    return (best[1], best[0]) if best[0] >= 0.5 else (None, best[0])
