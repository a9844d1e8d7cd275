"""A yearbook folder as cells that can be misprinted: tables as text, place and number of every cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

YEAR, CITY, SOURCE = "年份", "城市", "来源"
PAGE = ["source_id", "indicator_id", "year"]
SERIES = ["source_id", "indicator_id", "city_id"]
Generator = np.random.Generator
TRIES = 200
# a misprint keeps this many digits, however few the printed number had
DIGITS = 4


@dataclass
class Cells:
    """Tables of a folder (text), their numbers (one row per cell, in the order of the page), what is planted.

    `numbers` has table, row, header, source_id, indicator_id, city_id, province_zh, code, year, text, number;
    its labels are 0, 1, 2, … `planted` has class, label, text, and which planting it was.
    """

    tables: dict[str, pd.DataFrame]
    numbers: pd.DataFrame
    rng: Generator
    additive: set[str] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    planted: list[tuple[str, int, str, int]] = field(default_factory=list)
    plantings: int = 0
    _groups: dict[tuple[str, ...], list[np.ndarray]] = field(default_factory=dict)
    _places: dict[tuple[str, ...], dict[tuple[object, ...], np.ndarray]] = field(default_factory=dict)

    def free(self, rows: Iterable[int]) -> bool:
        """Return whether none of the cells was misprinted before."""
        return self.taken.isdisjoint(rows)

    def group(self, keys: list[str], values: tuple[object, ...]) -> pd.DataFrame:
        """Return the cells with these values of the keys (PAGE, SERIES), in the order of the page."""
        self._grouped(keys)
        return self.numbers.iloc[self._places[tuple(keys)].get(values, np.array([], dtype=int))]

    def drawn(self, keys: list[str], least: int, of: Collection[str] = ()) -> pd.DataFrame | None:
        """Return a group of the keys (of these indicators, where given) at random.

        At least `least` cells, positive and none misprinted before; None where there is none.
        """
        groups = self._grouped(keys)
        for _ in range(TRIES):
            found = groups[int(self.rng.integers(len(groups)))]
            if len(found) < least or not self.free(found.tolist()):
                continue
            cells = self.numbers.iloc[found]
            if of and cells["indicator_id"].iloc[0] not in of:
                continue
            if cells["number"].gt(0).mean() > 0.9:
                return cells
        return None

    def _grouped(self, keys: list[str]) -> list[np.ndarray]:
        if tuple(keys) not in self._groups:
            places = self.numbers.groupby(keys, sort=False).indices
            self._places[tuple(keys)] = {tuple(key): np.sort(rows) for key, rows in places.items()}
            self._groups[tuple(keys)] = list(self._places[tuple(keys)].values())
        return self._groups[tuple(keys)]

    def misprint(self, kind: str, rows: Iterable[int], texts: Iterable[str]) -> None:
        """Print other texts in the cells (labels of `numbers`); a cell whose text stays is not a defect."""
        self.plantings += 1
        for row, text in zip(rows, texts, strict=True):
            cell = self.numbers.loc[row]
            self.taken.add(row)
            if text == cell["text"]:
                continue
            table = self.tables[cell["table"]]
            table.iat[cell["row"], table.columns.get_loc(cell["header"])] = text
            self.planted.append((kind, row, text, self.plantings))

    def scaled(self, row: int, factor: float) -> str:
        """Return the number of a cell times `factor`, with the decimals it was printed with."""
        return formatted(self.numbers.at[row, "number"] * factor, self.numbers.at[row, "text"])

    def planted_frame(self) -> pd.DataFrame:
        """Return the misprinted cells: class, keys, printed and true text, in the order planted."""
        kinds, rows, texts, plantings = zip(*self.planted, strict=True) if self.planted else ((), (), (), ())
        keys = self.numbers.loc[list(rows), ["source_id", "indicator_id", "city_id", "year", "text"]]
        frame = keys.rename(columns={"text": "true"}).reset_index(drop=True)
        return frame.assign(printed=list(texts), planting=list(plantings)).assign(**{"class": list(kinds)})

    def write(self, folder: Path) -> None:
        """Write the tables into `folder`, over those of the same name."""
        for name, table in self.tables.items():
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def formatted(number: float, like: str) -> str:
    """Return the number as text with as many decimals as `like`, more where fewer than DIGITS would stay."""
    decimals = len(like.partition(".")[2])
    if number:
        decimals = max(decimals, DIGITS - 1 - int(np.floor(np.log10(abs(number)))))
    return f"{number:.{decimals}f}"


def read_cells(folder: Path, reference: Path, seed: int) -> Cells:
    """Read the tables of a yearbook folder; cells whose city is not in the roster are left alone."""
    indicators = pd.read_csv(reference / "indicators.csv", dtype=str)
    names = pd.read_csv(reference / "city_names.csv", dtype=str)
    cities = pd.read_csv(reference / "cities.csv", dtype=str)[["city_id", "province_zh", "code"]]
    roster = names[["city_id", "name_zh"]].drop_duplicates("name_zh", keep=False).merge(cities, on="city_id")
    tables = {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in sorted(indicators["source_table"].unique())
    }
    parts = [_long(name, table, indicators, roster) for name, table in tables.items()]
    numbers = pd.concat(parts, ignore_index=True)
    numbers = numbers.sort_values(["source_id", "indicator_id", "year", "code"], kind="stable")
    additive = set(indicators.loc[indicators["is_additive"].str.lower() == "true", "indicator_id"])
    return Cells(tables, numbers.reset_index(drop=True), np.random.default_rng(seed), additive)


def _long(name: str, table: pd.DataFrame, indicators: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of one table, first of repeated rows only."""
    of_table = indicators[indicators["source_table"] == name]
    header = dict(zip(of_table["printed_header"], of_table["indicator_id"], strict=True))
    placed = table.assign(row=np.arange(len(table))).drop_duplicates([YEAR, CITY, SOURCE])
    long = placed.melt([YEAR, CITY, SOURCE, "row"], [h for h in header if h in table], "header", "text")
    long["number"] = pd.to_numeric(long["text"], errors="coerce")
    long = long.dropna(subset="number").merge(roster, left_on=CITY, right_on="name_zh")
    long["indicator_id"] = long["header"].map(header)
    long["year"] = long[YEAR].astype(int)
    return long.rename(columns={SOURCE: "source_id"}).assign(table=name).drop(columns=[YEAR, CITY, "name_zh"])
