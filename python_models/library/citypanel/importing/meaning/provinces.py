"""Provinces by their printed names, Chinese or English, with or without 省 and 自治区."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from citypanel.importing.meaning.languages import split_languages
from citypanel.importing.printed_text import folded

_SUFFIX = re.compile(r"(省|市|(壮族|回族|维吾尔)?自治区)$")
_ENGLISH_SUFFIX = re.compile(r"(city|municipality|prefecture|province)$")
_DRESS = re.compile(r"^\d+[.、]?|^其中:?|^[#*※△▲·•]+|[*※]+$|\((注\d*|\d)\)$|\[(注\d*|\d+)\]$")
_SUM = re.compile(r"\(?(合计|小计|总计|全省|全区|平均)\)?$")
_BEHIND = re.compile(r"(.{2,}?)[(,](.{2,}?)\)?")
_BETWEEN = "-—–−/_·|,.>:"
_FOOTNOTE = re.compile(r"[①-⒇¹²³⁰-⁹†‡]")


class Provinces:
    """The provinces of the rows of cities.csv; a municipality is a province and a city."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        """Take the rows city_id, province_zh, province_en."""
        self._of_city = {row["city_id"]: short(row["province_zh"]) for row in rows}
        self._known = set(self._of_city.values())
        self._full: dict[str, str] = {}
        for row in rows:
            name = folded(row["province_zh"])
            if not name.endswith("市"):
                self._full |= {short(name): name, name: name, latin(row["province_en"]): name}

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Return full and short names with the full one, the longest first: they stand before a city."""
        names = {folded(name) for name in self._full.values()}
        both = {form: name for name in names for form in (name, short(name))}
        return dict(sorted(both.items(), key=lambda item: (-len(item[0]), item[0])))

    def of(self, city_id: str) -> str:
        """Return the short name of the unit's province."""
        return self._of_city.get(city_id, "")

    def full(self, printed: str) -> str:
        """Return the full name of the province that the text names, empty where it names none.

        A municipality counts as a city here and not as a province.
        """
        return self._full.get(folded(printed)) or (
            self._full.get(latin(printed), "") if is_latin(printed) else ""
        )

    def sums(self, printed: str) -> bool:
        """Say whether the text is the sum of a province, `江苏省合计`, `江苏(小计)`."""
        plain = folded(printed)
        return bool(_SUM.search(plain)) and bool(self.full(_SUM.sub("", plain)))

    def named(self, printed: str) -> str:
        """Return the short name of the province, municipalities too, that a column of provinces prints."""
        return short(self.full(printed) or printed)

    def holds(self, province: str, city_id: str) -> bool:
        """Say whether the unit lies in the province (short name); an unknown or empty province excludes
        nothing.
        """
        return province not in self._known or self.of(city_id) == province


def undressed(printed: str, provinces: Provinces) -> tuple[str, str]:
    """Return a folded name without number, footnote mark, English name and province before or behind it, and
    that province.
    """
    chinese, _ = split_languages(printed)
    name = _DRESS.sub("", folded(_FOOTNOTE.sub("", chinese or printed))).replace("(市)", "市")
    if (found := _BEHIND.fullmatch(name)) and provinces.full(found[2]):
        return found[1], provinces.full(found[2])
    for prefix, province in provinces.prefixes.items():
        rest = name.removeprefix(prefix).lstrip(_BETWEEN)
        if name.startswith(prefix) and len(rest) > 1:
            return rest, province
    return name, ""


def short(printed: str) -> str:
    """Return the name of a province without its suffix."""
    return _SUFFIX.sub("", folded(printed))


def is_latin(text: str) -> bool:
    """Say whether a text holds no Chinese character."""
    return all(ord(sign) < 0x2E80 for sign in text)


def latin(text: str) -> str:
    """Return the form in which English names are compared: plain letters alone, without `City` at the end."""
    plain = unicodedata.normalize("NFKD", folded(text))
    letters = "".join(sign for sign in plain if sign.isascii() and sign.isalpha())
    return _ENGLISH_SUFFIX.sub("", letters) or letters
