"""Import of vendor-like workbooks, against pandas.read_excel of the same files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from measuring import seconds

from citypanel.importing import import_folder

CITIES = ["北京市", "天津市", "上海市", "重庆市", "苏州市", "杭州市", "南京市", "武汉市", "成都市", "广州市"]


def importing(workbooks: int, rows: int) -> list[tuple[str, float]]:
    """Return (what, seconds) for a folder of invented workbooks; the last is the peer."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "workbooks"
        source.mkdir()
        for number in range(workbooks):
            years = np.repeat(np.arange(2000, 2000 + rows // len(CITIES)), len(CITIES))
            frame = pd.DataFrame({"年份": years, "城市": CITIES * (rows // len(CITIES))})
            frame["地区生产总值(亿元)"] = np.arange(len(frame)) + 100.5 + number
            frame["年末常住人口(万人)"] = 500.25
            frame.to_excel(source / f"{number}.xlsx", index=False)
        files = sorted(source.iterdir())
        ours = seconds(lambda: import_folder(source, Path(folder) / "mine"))
        peer = seconds(lambda: [pd.read_excel(file, dtype=str, engine="calamine") for file in files])
    return [(f"import of {workbooks} workbooks of {rows} rows", ours), ("pandas.read_excel", peer)]
