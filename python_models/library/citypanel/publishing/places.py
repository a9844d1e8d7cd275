"""Where publications lie, and the exchange of one for the next: at any moment a whole one stands.

A publication is written into `<name>.writing`, beside the one that stands. When it is whole and on the disk:

1. `<name>.previous` becomes `<name>.oldest`,
2. `<name>` becomes `<name>.previous`,
3. `<name>.writing` becomes `<name>`,
4. `<name>.oldest` is removed.

Each step is one rename, which either happens or does not. Between 2 and 3 nothing is called `<name>`: readers
take `<name>.previous`, and the next publication renames it back before anything else. Renames, not a symbolic
link that is turned: Windows makes links for administrators only, archives and file servers follow or drop
them, and people who open the folder find files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from citypanel.project import BUILD_FOLDER
from citypanel.publishing import disk

PUBLISHED_FOLDER = "published"
MANIFEST = "manifest.json"
ENDINGS = (".previous", ".writing", ".oldest")


@dataclass(frozen=True)
class Places:
    """The folders of one database's publications: `folder` holds all, `name` is the database's."""

    folder: Path
    name: str

    @classmethod
    def of(cls, root: Path, name: str) -> Places:
        """Return the places below build/published of the project."""
        return cls(root / BUILD_FOLDER / PUBLISHED_FOLDER, name)

    @property
    def current(self) -> Path:
        """The publication that stands."""
        return self.folder / self.name

    @property
    def previous(self) -> Path:
        """The one before it."""
        return self.folder / f"{self.name}.previous"

    @property
    def writing(self) -> Path:
        """The one that is being written."""
        return self.folder / f"{self.name}.writing"

    @property
    def oldest(self) -> Path:
        """The previous one while it is being replaced."""
        return self.folder / f"{self.name}.oldest"

    def standing(self) -> Path | None:
        """Return the folder to read: the current one, else (while they are exchanged) the previous."""
        for folder in (self.current, self.previous):
            if (folder / MANIFEST).is_file():
                return folder
        return None


def recover(places: Places) -> None:
    """Undo what a killed run left half done; removes what it had begun to write."""
    if not places.current.exists() and places.previous.exists():
        disk.rename(places.previous, places.current)
    if places.oldest.exists() and not places.previous.exists():
        disk.rename(places.oldest, places.previous)
    disk.remove(places.writing)
    disk.remove(places.oldest)


def exchange(places: Places) -> None:
    """Let the publication that was written stand, and keep the one before it."""
    if places.previous.exists():
        disk.rename(places.previous, places.oldest)
    if places.current.exists():
        disk.rename(places.current, places.previous)
    disk.rename(places.writing, places.current)
    disk.remove(places.oldest)
