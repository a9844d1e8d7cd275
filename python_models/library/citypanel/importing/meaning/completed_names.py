"""Names of columns that something beside them completes: a noun of the title, or the total left of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citypanel.importing.grammar import Grammar
from citypanel.importing.meaning.names import Meaning
from citypanel.importing.printed_text import folded

if TYPE_CHECKING:
    from citypanel.importing.mapping import Column


def completed(grammar: Grammar, column: Column, titles: Sequence[str]) -> Meaning | None:
    """Return the meaning of a header that only the title completes: 第一产业 under a title of 从业人员.

    A title with a word that changes the quantity (比重, 构成 …) completes nothing.
    """
    for title in titles:
        nouns = grammar.words("noun", title)
        if not nouns or grammar.words("modifier", folded(title).replace(nouns[0], "")):
            continue
        for noun in nouns:
            for name in (column.header.name, *column.header.names):
                if meaning := grammar.named(noun if is_total(grammar, name) else name + noun):
                    column.note = title
                    return meaning
    return None


def read_part(grammar: Grammar, column: Column, left: Sequence[Column]) -> None:
    """Read a column as a part of the total printed left of it: 地区生产总值, 第一产业, 第二产业 …

    Columns between them are parts too (`#工业`, or one read so), or say something of one (增速); area and
    year are the total's.
    """
    name = column.header.name.lstrip("#")
    for total in reversed(left):
        header = total.header
        if noun := grammar.part_nouns.get(total.indicator_id):
            same = (header.scope, header.price, header.year, header.treatment)
            mine = (column.header.scope, column.header.price, column.header.year, column.header.treatment)
            meaning = grammar.named(name + noun)
            if meaning and meaning.status == "indicator" and mine == same:
                column.indicator_id, column.reason, column.note = meaning.indicator_id, "", header.printed
                if not column.unit and total.unit:
                    column.unit, column.unit_origin = total.unit, "neighbours"
                    column.unit_evidence = header.printed
            return
        says_of_it = grammar.dependent(header.name.rpartition("_")[2])
        if not (total.note or says_of_it or header.name.startswith("#")):
            return


def is_total(grammar: Grammar, name: str) -> bool:
    """Say whether a name says only that it is the total (`合计`, `Total`)."""
    found = [grammar.qualifier(piece) for piece in name.split("_")]
    return all(each is not None and each[:2] == ("neutral", "total") for each in found)
