"""The table and the figure that the READMEs show, written again from the database of the sample.

`make readme-results` calls it after a build; a test holds the files to what a build of the sample gives.
"""

from __future__ import annotations

import csv
import re
import warnings
from pathlib import Path

import duckdb

from citypanel.console.database import open_read_only
from citypanel.console.tables import markdown
from citypanel.exhibits.coefficient_plot import Series, coefficient_plot
from citypanel.exhibits.curve_figures import write_curve_figures
from citypanel.exhibits.printed_tables import printed_table
from citypanel.project import BUILD_FOLDER, project_root

TABLE = "digital_labour_flow__table_1"
COLUMNS = [f"({number})" for number in range(1, 7)]
TERM = "digital_infrastructure_index"
# name of the README, its language, name of the figure, and the words of the figure
LANGUAGES = {
    "README.md": ("en", "study_a_table_1.svg", {
        "title": "SYNTHETIC sample: digital infrastructure and labour flow (study A, table 1)",
        "axis": "coefficient of digital",
        "estimate": "estimate, 95 % interval (clustered by city)",
        "truth": "coefficient planted in the sample",
    }),
    "README.zh.md": ("zh", "study_a_table_1.zh.svg", {
        "title": "模拟数据：数字基础设施与劳动力流动（研究A，表1）",
        "axis": "digital 的系数",
        "estimate": "估计值与95%置信区间（按城市聚类）",
        "truth": "样本中植入的真实系数",
    }),
}  # fmt: skip
BLOCK = re.compile(r"(<!-- results -->\n).*?(<!-- end of results -->)", flags=re.DOTALL)


def write_figure(
    connection: duckdb.DuckDBPyConnection, truth: Path, out: Path, words: dict[str, str]
) -> None:
    """Draw the coefficient of digital over the six columns beside the planted one.

    truth: planted_truth.csv with one row per specification and term; words: title, axis and both legends.
    """
    rows = connection.execute(
        "select specification_id, estimate, conf_low, conf_high from estimates.estimates "
        "where specification_id similar to 'A1.[1-6]' and is_headline and term = ? order by 1", [TERM],
    ).fetchall()
    with truth.open(encoding="utf-8", newline="") as stream:
        planted = {row["specification"]: float(row["value"]) for row in csv.DictReader(stream)
                   if row["term"] == TERM}
    known = [planted[name] for name, *_ in rows]
    series = [
        Series(words["estimate"], *([row[place] for row in rows] for place in (1, 2, 3))),
        Series(words["truth"], known, known, known),
    ]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the viewer's font draws the Chinese letters
        coefficient_plot(out, COLUMNS, series, words["title"], words["axis"])


def write_results(root: Path) -> None:
    """Rewrite the block `<!-- results -->` of both READMEs and the figures in docs/figures.

    Raises `Mistake` where the sample was not built.
    """
    with open_read_only(root / BUILD_FOLDER / "sample.duckdb") as connection:
        for readme, (lang, figure, words) in LANGUAGES.items():
            text = (root / readme).read_text(encoding="utf-8")
            # no backslash of the table may be read as one of the replacement's
            table = markdown(printed_table(connection, TABLE, lang).cells).replace("\\", "\\\\")
            text = BLOCK.sub(rf"\1\n{table}\n\2", text)
            (root / readme).write_text(text, encoding="utf-8", newline="\n")
            figures = root / "docs" / "figures"
            figures.mkdir(parents=True, exist_ok=True)
            write_figure(connection, root / "tests/planted/planted_truth.csv", figures / figure, words)
        write_curve_figures(connection, root / "docs" / "figures")


if __name__ == "__main__":
    write_results(project_root())
