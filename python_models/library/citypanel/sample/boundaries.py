"""Cities that gave or took territory: real level jumps in everything additive, not defects.

Who, to whom and when is fact (cities and events of the reference seeds); the shares are invented. Shares are
kept moderate so that no single jump dominates the migration rate of study B.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from citypanel.sample.roster import YEARS, Roster
from citypanel.sample.streams import Array


@dataclass(frozen=True)
class Transfer:
    """`share` of the giver's people and land goes to the receiver; `year`: the first year-end of it."""

    giver: str
    receiver: str
    year: int
    share: float


TRANSFERS = [
    Transfer("巢湖", "合肥", 2011, 0.45),
    Transfer("巢湖", "芜湖", 2011, 0.32),
    Transfer("巢湖", "马鞍山", 2011, 0.23),
    Transfer("安庆", "铜陵", 2016, 0.09),
    Transfer("六安", "淮南", 2016, 0.10),
    Transfer("资阳", "成都", 2016, 0.18),
    Transfer("莱芜", "济南", 2019, 1.0),
    Transfer("四平", "长春", 2020, 0.20),
]

# residents in 2010 (10k persons) of the cities concerned, in place of a draw from the tier's range
RESIDENTS = {
    "上海": 2150, "北京": 1950, "重庆": 2900, "天津": 1290, "合肥": 700, "芜湖": 340, "马鞍山": 225,
    "巢湖": 210, "安庆": 490, "铜陵": 118, "六安": 540, "淮南": 260, "莱芜": 128, "济南": 680, "资阳": 290,
    "成都": 1250, "四平": 280, "长春": 800, "拉萨": 56, "三沙": 0.06, "儋州": 92, "嘉峪关": 23,
    "克拉玛依": 40, "金昌": 46, "乌海": 54, "防城港": 87, "珠海": 156, "三亚": 69,
}  # fmt: skip


def territory(roster: Roster, levels: Array) -> Array:
    """Return the factor (N x T) by which `levels` (N x T, on constant territory) change by moves.

    What the giver loses the receiver gains, measured in the year before the move.
    """
    factor = np.ones_like(levels)
    for move in TRANSFERS:
        giver, receiver = roster.row(move.giver), roster.row(move.receiver)
        after = move.year <= YEARS
        before = int(np.argmax(after)) - 1
        moved = move.share * levels[giver, before] * factor[giver, before]
        factor[receiver, after] *= 1 + moved / (levels[receiver, before] * factor[receiver, before])
        if roster.exists[giver, -1]:
            factor[giver, after] *= 1 - move.share
    return factor


def jumps(roster: Roster) -> list[tuple[int, int]]:
    """Return (row, column) of every city-year in which a boundary move shows, each once, in order."""
    cells = set()
    for move in TRANSFERS:
        column = int(np.argmax(move.year <= YEARS))
        cells.add((roster.row(move.receiver), column))
        if roster.exists[roster.row(move.giver), column]:
            cells.add((roster.row(move.giver), column))
    return sorted(cells)
