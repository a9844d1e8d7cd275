"""A header of several levels and two languages, read from the top: group > indicator > 全市 or 市辖区.

What is a unit, scope, price basis or year on any level qualifies the column; what remains are names. A group
over an indicator that is known by itself is a heading, unless it holds a word that changes the quantity
(人均, 比重, 城镇 …: rows `modifier` of header_tokens.csv); then only the combination may be known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citypanel.importing.grammar import QUALIFIERS, Grammar, Header
from citypanel.importing.meaning.languages import split_languages
from citypanel.importing.meaning.translations import Level, with_translations
from citypanel.importing.printed_text import folded, printed_period

_NUMBERING = re.compile(
    r"^(#|其中[:：]?|求和项[:：]|sum of\s|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]"
    r"|\d{1,2}[.、．](?=\D)|\d-\d+\s)\s*"
)
_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2}")
_FOOTNOTE_MARK = re.compile(r"[①-⑳]|[*※]+(?=$|[(（])")
_YEAR_END = re.compile(r"(末|底|数据|数值|数|值|全年|合计|[(（]?(预计|初步|快报)数?[)）]?)$")
_YEAR_MARK = re.compile(r"^(fy|yr|year|y|x|_)[\s_]*(?=(19|20)\d{2}$)", re.IGNORECASE)  # names of variables
_YEAR_FIRST = re.compile(r"^((?:19|20)\d{2})(?:年度?(?![末底]))?_?(?=[^\d年_\-—~至].|年[末底].)")
_YEAR_IN_BRACKETS = re.compile(r"\s*\(((?:19|20)\d{2})年?\)$")
_YEAR_LAST = re.compile(r"(?<=[^\d\-—~至(])_?((?:19|20)\d{2})年?$")
# a quarter, months, half a year: no year's number
_PART_OF_YEAR = re.compile(
    r"[-_./]?(Q[1-4]|[1-4]Q|H[12]|M\d{1,2}$|第?[一二三四1-4]季|[上下]半年|前?[一二三四\d]+个?[月季]|\d{1,2}[-—–~～至到]\d{1,2}月|\d{1,2}月)",
    re.IGNORECASE,
)


def path_header(grammar: Grammar, pieces: Sequence[str], *, years: bool = False) -> Header:
    """Take a header apart whose levels are `pieces`, from the top.

    `years`: a year inside a name (`GDP_2015`, `2015年GDP`) is the data year of the column.
    """
    levels = with_translations(grammar, [_level(grammar, piece, years) for piece in pieces])
    taken: dict[str, str] = {}
    for level in levels:
        for kind, value in level.taken.items():
            taken.setdefault(kind, value)
            taken |= {"unit": value} if kind == "unit" else {}  # the lowest is the column's own
    printed = pieces[0] if len(pieces) == 1 else " > ".join(" ".join(piece.split()) for piece in pieces)
    chinese = [level.chinese for level in levels if level.chinese]
    english = [level.english for level in levels if level.english]
    label = "_".join(level.label for level in levels if level.label)
    year = next((level.year for level in reversed(levels) if level.year), None)
    name = "_".join(chinese or english)
    if not name and not year:  # qualifiers alone name nothing: they stay as printed
        name = label = "_".join(" ".join(piece.split()) for piece in pieces)
    names = tuple(_names(grammar, levels))
    unit, scope, price, treatment = (taken.get(kind, "") for kind in QUALIFIERS)
    return Header(printed, label or name, name, unit, scope, price, treatment, names, year)


def is_qualifier(grammar: Grammar, piece: str) -> bool:
    """Say whether a piece of a header cannot stand alone: a scope, a unit, a year."""
    chinese, english = split_languages(piece)
    text = chinese or english
    return bool(_year(text) or grammar.qualifier(text))


def _level(grammar: Grammar, piece: str, years: bool) -> Level:
    """Take one level apart."""
    level = Level()
    for language, text in zip(("chinese", "english"), split_languages(piece), strict=True):
        text = _FOOTNOTE_MARK.sub("", text).strip()
        if not _NUMBERING.sub("", text):  # 其中： over the parts of a total
            continue
        if year := _year(text):
            level.year = year
            continue
        if _WORD.search(text):
            level.languages.add(language)
        if found := grammar.qualifier(text):
            kind, value, label = found
            level.taken.setdefault(kind, value)
            level.label = level.label or ("" if kind == "neutral" else label)
        else:
            _name(grammar, level, language, text, years)
    return level


def _name(grammar: Grammar, level: Level, language: str, text: str, years: bool) -> None:
    """Note the name that a level prints in a language, and what qualifies it there."""
    header = grammar.header(text)
    name, label = header.name, header.label
    if name != text and (found := grammar.qualifier(name)) and found[0] != "unit":
        name = ""  # 绝对数(亿元), 市辖区(万人): a qualifier with its unit names nothing
        label = "" if found[0] == "neutral" else found[2]
        level.taken.setdefault(found[0], found[1])
    if years:
        name, label = _inner_year(level, name), _inner_year(level, label)
    setattr(level, language, name)
    level.label = level.label or label
    for kind in QUALIFIERS:
        if value := getattr(header, kind):
            level.taken.setdefault(kind, value)


def _year(text: str) -> int | None:
    return printed_period(_YEAR_MARK.sub("", _YEAR_END.sub("", text.strip())))


def _inner_year(level: Level, text: str) -> str:
    """Take a year from the beginning or the end of a name; return the rest."""
    for pattern in (_YEAR_FIRST, _YEAR_LAST, _YEAR_IN_BRACKETS):
        if (found := pattern.search(text)) and not _PART_OF_YEAR.match(pattern.sub("", text).strip("_ ")):
            level.year = int(found.group(1))
            return pattern.sub("", text).strip("_ ")
    return text


def _names(grammar: Grammar, levels: list[Level]) -> list[str]:
    """Return the names to look up, the surest first: combinations of the levels, the last level, the
    translation.

    Where levels are of different languages (`GDP` > `增速`) a name of one language leaves out the others: it
    stands for all only where these hold no word that changes the quantity.
    """
    chinese = [level.chinese for level in levels if level.chinese]
    english = [level.english for level in levels if level.english]
    bare = [_NUMBERING.sub("", name) for name in chinese]
    names = []
    if 0 < len(chinese) < len([level for level in levels if level.chinese or level.english]):
        whole = [level.chinese or level.english for level in levels if level.chinese or level.english]
        names += ["".join(whole), "".join(reversed(whole))]
    left_out = [level.english for level in levels if not level.chinese]
    if not _changes(grammar, left_out):
        for parts in (chinese, bare):
            names += ["".join(parts), "".join(reversed(parts))]
        if bare and not _changes(grammar, bare[:-1]):
            names += [chinese[-1], bare[-1]]
    left_out = [level.chinese for level in levels if not level.english]
    if english and not _changes(grammar, left_out):
        names.append(" ".join(english))
        if len(bare) < 2 or not _changes(grammar, bare[:-1]):
            names.append(english[-1])
    return list(dict.fromkeys(name for name in names if folded(name)))


def _changes(grammar: Grammar, names: list[str]) -> bool:
    """Say whether one of the names holds a word that changes the quantity."""
    return any(grammar.words("modifier", name) for name in names)
