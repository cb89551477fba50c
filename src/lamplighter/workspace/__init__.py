"""The evidence store: a folder of Parquet and JSON, as it was before an import or as it is after."""

from lamplighter.workspace.folder import Workspace
from lamplighter.workspace.importing import ImportDone, import_files
from lamplighter.workspace.importing_extract import import_extract
from lamplighter.workspace.importing_parts import import_incidents, import_police_uk
from lamplighter.workspace.listing import imports_listing, is_made_up, revision_rows
from lamplighter.workspace.manifests import FileLine, SourceFile, TableChange

__all__ = [
    "FileLine",
    "ImportDone",
    "SourceFile",
    "TableChange",
    "Workspace",
    "import_extract",
    "import_files",
    "import_incidents",
    "import_police_uk",
    "imports_listing",
    "is_made_up",
    "revision_rows",
]
