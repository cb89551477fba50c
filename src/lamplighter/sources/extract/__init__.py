"""A force's own export (CSV or XLSX), read by a mapping → incident rows, with every refused row counted and kept."""

from lamplighter.sources.extract.checking import Checked, checked
from lamplighter.sources.extract.drafting import Draft, drafted
from lamplighter.sources.extract.mapping import Mapping, load_mapping, mapping_of
from lamplighter.sources.extract.reading_file import READING_VERSION, read

__all__ = ["READING_VERSION", "Checked", "Draft", "Mapping", "checked", "drafted", "load_mapping", "mapping_of", "read"]
