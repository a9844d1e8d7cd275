"""The figures of docs/estimation.md: specification curve and placebo of study A, in both languages."""

from __future__ import annotations

import warnings
from pathlib import Path

import duckdb

from citypanel.exhibits.placebo_plot import PlaceboWords, placebo_plot
from citypanel.exhibits.specification_curve_plot import CurveWords, specification_curve_plot

CURVE, PLACEBO = "AX.6", "AX.5"
# ending of the file, words of the curve, words of the placebo
LANGUAGES = {
    "en": (".svg", {
        "title": "SYNTHETIC sample: slope of digital over {rows} regressions",
        "axis": "coefficient of digital",
        "slopes": "estimate",
        "interval": "95 % interval (clustered by city)",
        "headline": "study A, table 1, column (6)",
        "shade": "regressions in the order of their slopes; dark: most of them make the choice",
        "none": "not winsorised",
        "index": "index: ",
        "plain": "entropy weights",
    }, PlaceboWords(
        "SYNTHETIC sample: slope of digital under {draws} placebo treatments",
        "coefficient of digital", "draws", "histories of other cities", "shuffled within years",
        "in the data",
    )),
    "zh": (".zh.svg", {
        "title": "模拟数据：{rows}个回归中digital的系数",
        "axis": "digital 的系数",
        "slopes": "估计值",
        "interval": "95%置信区间（按城市聚类）",
        "headline": "研究A，表1第（6）列",
        "shade": "按系数排序的回归；颜色越深，作此选择的回归越多",
        "none": "不缩尾",
        "index": "指数：",
        "plain": "熵值法",
    }, PlaceboWords(
        "模拟数据：{draws}次安慰剂处理下digital的系数",
        "digital 的系数", "次数", "其他城市的历史", "年内打乱", "实际数据",
    )),
}  # fmt: skip


def write_curve_figures(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `study_a_curve` and `study_a_placebo` to `folder`, an SVG in each language."""
    curve = connection.execute(
        "from estimates.specification_curve where specification_id = ? order by all", [CURVE]
    ).df()
    draws = connection.execute(
        "from estimates.placebo_draws where specification_id = ? order by all", [PLACEBO]
    ).df()
    slope = connection.execute(
        "select statistic from estimates.diagnostics where specification_id = ? "
        "and test = 'placebo_permutation'", [PLACEBO],
    ).fetchall()[0][0]  # fmt: skip
    for lang, (ending, texts, placebo_words) in LANGUAGES.items():
        words = CurveWords(
            **{name: text for name, text in texts.items() if name not in ("none", "index", "plain")},
            labels=_labels(connection, lang, texts),
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph")  # the viewer's font draws the Chinese letters
            specification_curve_plot(folder / f"study_a_curve{ending}", curve, words)
            placebo_plot(folder / f"study_a_placebo{ending}", draws, slope, placebo_words)


def _labels(connection: duckdb.DuckDBPyConnection, lang: str, texts: dict[str, str]) -> dict[str, str]:
    """Return names of columns and choices in words; of an index what tells it from the others."""
    statement = f"select indicator_id, label_{lang} from indicators.dictionary"
    known = dict(connection.execute(statement).fetchall())
    common = known["digital_infrastructure_index"]
    labels = {"none": texts["none"]}
    for name, label in known.items():
        if label.startswith(common):
            label = texts["index"] + (label.removeprefix(common).strip(" ,（）") or texts["plain"])
        labels[name] = label
    return labels
