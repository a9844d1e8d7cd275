"""Reading files: every sheet of a workbook, page or text file as rows of printed text, or a refusal that says
why.

The first bytes of a file decide what it is, never its name. Nothing in a file is executed: the readers take
stored values, never formulas, links or macros.
"""

from citypanel.importing.reading.sheet import Refused, Sheet, Workbook

__all__ = ["Refused", "Sheet", "Workbook"]
