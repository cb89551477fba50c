"""Files of data.police.uk (street, outcomes, stop and search) → incident tables, with every refused row counted and kept."""

from lamplighter.sources.police_uk.finding import Offered, offered_files
from lamplighter.sources.police_uk.reading_files import READING_VERSION, read

__all__ = ["READING_VERSION", "Offered", "offered_files", "read"]
