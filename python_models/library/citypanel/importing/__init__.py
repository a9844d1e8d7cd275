"""Reading other people's workbooks into a yearbook folder (`import_folder`), and checking one
(`check_folder`).
"""

from citypanel.importing.check import Problem, check_folder
from citypanel.importing.importer import import_folder
from citypanel.importing.summary import ImportSummary

__all__ = ["ImportSummary", "Problem", "check_folder", "import_folder"]
