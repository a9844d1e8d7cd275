"""Reading other people's workbooks into a yearbook folder (`import_folder`), and checking one
(`check_folder`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citypanel.importing.check import Problem, check_folder
    from citypanel.importing.importer import import_folder
    from citypanel.importing.summary import ImportSummary

__all__ = ["ImportSummary", "Problem", "check_folder", "import_folder"]

# loaded when asked for: the process that reads files needs none of it
_PLACES = {
    "ImportSummary": "summary", "Problem": "check", "check_folder": "check", "import_folder": "importer",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Return one of the room's names."""
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"citypanel.importing.{_PLACES[name]}"), name)
