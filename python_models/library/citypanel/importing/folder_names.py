"""Names that a yearbook folder may not have, since its database bears the name of the folder."""

from __future__ import annotations

from pathlib import Path

from citypanel.messages import Mistake
from citypanel.project import SAMPLE_YEARBOOK, project_root

RESERVED = frozenset(
    {
        "staging", "observations", "indicators", "panels", "quality", "estimates", "exhibits", "replication",
        "publication", "reference", "specifications", "yearbook", "published", "main", "temp", "system",
    }
)  # fmt: skip


def name_is_reserved(folder: Path) -> bool:
    """Say whether the folder's name is a schema's, or `sample`, or a name that no database can bear."""
    shipped = project_root(Path(__file__).parent) / SAMPLE_YEARBOOK
    return folder.resolve() != shipped.resolve() and folder.name.casefold() in RESERVED | {"sample"}


def check_folder_name(folder: Path) -> None:
    """Raise `Mistake` for a reserved name."""
    if name_is_reserved(folder):
        raise Mistake("import_folder_name_reserved", file=str(folder), value=folder.name)
