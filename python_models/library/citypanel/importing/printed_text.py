"""Printed text as it stands in a cell: cleaning, reading a number or a year, naming a cell.

Text is compared in a folded form (full width to half width, no spaces of any kind, lower case) and kept as it
was printed everywhere else. Numbers are decimals: a value is never passed through a binary float.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1949, 2100

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_YEAR = re.compile(r"([12]\d{3})(\.0+)?年?", re.ASCII)
_EXACT = Context(prec=28, traps=[Inexact])
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_DATES = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<y>[12]\d{{3}})(?P<mark>[-/.]){_MONTH}(?P=mark)(?P<d>\d{{1,2}})(t?0{{1,2}}:00(:00(\.0+)?)?)?",
        rf"(?P<y>[12]\d{{3}})年{_MONTH}月(?P<d>\d{{1,2}})日",
        rf"(?P<y>[12]\d{{3}})年{_MONTH}月",
        rf"{_MONTH}/(?P<y>[12]\d{{3}})",
        rf"(?P<y>[12]\d{{3}})[-/]{_MONTH}",  # 2014.12 is a number
        r"(?P<y>[12]\d{3})(?P<m>12)(?P<d>31)",
        r"(?P<m>dec)[-./]?(?P<y>[12]\d{3})",
    )
)
_LIKE_A_DATE = re.compile(r"[12]\d{3}[-/.年1]|\d{1,2}/|dec")
_PERIOD_END = re.compile(r"(年度|年末|年底)$")
_SHORT_YEAR = re.compile(r"(\d\d)年(度|末|底)?", re.ASCII)
_FIRST_SHORT = 49  # 49年 is 1949, 48年 2048
_LIST_MARKS = str.maketrans("", "", "、，,·")
FOOTNOTES = re.compile(r"[\s*＊※†‡¹²³⁰⁴-⁹①-⒇⓪-⓿❶-➓㉑-㉟㊱-㊿]+$")
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}年?")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def without_spaces(text: str) -> str:
    """Return `text` without spaces, line breaks, zero-width and other invisible characters."""
    return "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc", "Zs")
    )


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Return the form in which printed texts are compared: half width, no spaces, lower case."""
    return without_spaces(unicodedata.normalize("NFKC", text)).casefold()


def folded_name(text: str) -> str:
    """Return the form in which names of indicators are compared: `folded` without the marks of a list."""
    return folded(text).translate(_LIST_MARKS)


def cell_text(value: object) -> str:
    """Return what a reader of the sheet would copy: a whole number without `.0`, others with every digit
    stored.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e16:
            return str(int(value))
        text = repr(value)
        return text if text.replace(".", "", 1).isdigit() else format(Decimal(text), "f")
    return str(value)


@lru_cache(maxsize=50_000)
def printed_number(text: str) -> Decimal | None:
    """Return the number that `text` prints, `None` where it is not a plain number (the rule of the staging
    layer).
    """
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    text = FOOTNOTES.sub("", text)
    if any(unicodedata.category(sign) == "No" for sign in text):
        return None  # half width makes a plain digit of a superscript, a circled number or ½
    plain = folded(text).replace("−", "-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def printed_year(text: str) -> int | None:
    """Return the year in `2015`, `2015.0` or `2015年`, `None` for anything else and outside 1949-2100."""
    found = _YEAR.fullmatch(folded(text))
    year = int(found.group(1)) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def exact_product(number: Decimal, factor: Fraction) -> Decimal | Fraction:
    """Return number x factor: a decimal where one of 28 digits holds it (that is cheap), else a fraction."""
    try:
        product = _EXACT.divide(_EXACT.multiply(number, factor.numerator), factor.denominator)
    except Inexact:
        return Fraction(number) * factor
    return product or Decimal(0)


@lru_cache(maxsize=50_000)
def printed_period(text: str) -> int | None:
    """Return the year that a cell of a column of years prints: a year (`2016年度`, `二〇一六年`, `16年`), a
    date (`2016-12-31`, `20161231`) or a month (`2016年12月`, `12/2016`); see `one_day`.
    """
    plain = folded(text)
    if _CHINESE_YEAR.fullmatch(plain):
        plain = plain.translate(_CHINESE_DIGITS)
    if found := _date(plain):
        is_day = bool(found.groupdict().get("d"))  # 2006-10 may be five years, and a month is no year
        return printed_year(found["y"]) if is_day or found["m"] in ("12", "dec") else None
    if found := _SHORT_YEAR.fullmatch(plain):
        return int(found[1]) + (1900 if int(found[1]) >= _FIRST_SHORT else 2000)
    return printed_year(_PERIOD_END.sub("", plain))


def _date(plain: str) -> re.Match[str] | None:
    """Return the date or month that a folded text is."""
    if not _LIKE_A_DATE.match(plain):
        return None
    return next((found for form in _DATES if (found := form.fullmatch(plain))), None)


def one_day(texts: Iterable[str]) -> bool:
    """Say whether the dates (months) in a column of years are one day (month) of the year; of several none is
    a year's.
    """
    dates = [found.groupdict() for text in set(texts) if (found := _date(folded(text)))]
    return (
        len({(date["m"].replace("dec", "12").zfill(2), (date.get("d") or "").zfill(2)) for date in dates}) < 2
    )


def plain_decimal(number: Decimal | Fraction) -> str:
    """Return an exact number as a decimal text without exponent and without trailing zeros.

    A fraction without a finite decimal (a unit such as 亩) is given with 17 significant digits.
    """
    if isinstance(number, Decimal):
        decimal = number
    else:
        decimal = Decimal(number.numerator) / Decimal(number.denominator)
        if Fraction(decimal) != number:
            decimal = Decimal(f"{decimal:.17g}")
    text = format(decimal, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_reference(row: int, column: int) -> str:
    """Return the A1 name of a cell; `row` and `column` count from 0."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=20_000)
def column_letters(column: int) -> str:
    """Return the name of a column as Excel writes it; `column` counts from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column, counted from 0, that Excel calls `letters`; -1 for none."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
