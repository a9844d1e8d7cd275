"""The words of the invented yearbook tables: cities, indicators, scopes; a table and its choices."""

from __future__ import annotations

from dataclasses import dataclass, field

from citypanel.importing.reading.sheet import Sheet

Rows = list[list[str]]
Merged = tuple[int, int, int, int]
# province, English; city, English, id
CITIES = [
    ("河北省", "Hebei", "石家庄市", "Shijiazhuang", "hebei_shijiazhuang"),
    ("河北省", "Hebei", "唐山市", "Tangshan", "hebei_tangshan"),
    ("吉林省", "Jilin", "长春市", "Changchun", "jilin_changchun"),
    ("吉林省", "Jilin", "吉林市", "Jilin", "jilin_jilin"),
    ("吉林省", "Jilin", "四平市", "Siping", "jilin_siping"),
    ("江苏省", "Jiangsu", "苏州市", "Suzhou", "jiangsu_suzhou"),
    ("江苏省", "Jiangsu", "无锡市", "Wuxi", "jiangsu_wuxi"),
    ("安徽省", "Anhui", "宿州市", "Suzhou", "anhui_suzhou"),
    ("安徽省", "Anhui", "合肥市", "Hefei", "anhui_hefei"),
]
# id, Chinese name, English name, printed unit, its English, section
INDICATORS = [
    (
        "hukou_population_10k_persons",
        "年末户籍人口",
        "Household Registered Population at Year-end",
        "万人",
        "10 000 persons",
        "人口",
    ),
    ("resident_population_10k_persons", "常住人口", "Resident Population", "万人", "10 000 persons", "人口"),
    ("natural_growth_per_mille", "自然增长率", "Natural Growth Rate", "‰", "‰", "人口"),
    ("gdp_100m_yuan", "地区生产总值", "Gross Regional Product", "万元", "10 000 yuan", "综合经济"),
    (
        "loans_10k_yuan",
        "年末金融机构各项贷款余额",
        "Loans of Financial Institutions at Year-end",
        "亿元",
        "100 million yuan",
        "综合经济",
    ),
    ("land_area_sq_km", "行政区域土地面积", "Land Area", "平方公里", "sq.km", "土地"),
    (
        "retail_sales_10k_yuan",
        "社会消费品零售总额",
        "Retail Sales of Consumer Goods",
        "万元",
        "10 000 yuan",
        "综合经济",
    ),
]
SCOPES = [("全市", "Total City"), ("市辖区", "Districts under City")]
OLD_SCOPES = [("地区", "Total City"), ("市区", "Districts under City")]


@dataclass(frozen=True)
class Leaf:
    """A value column: indicator, scope (0 none, 1 the city, 2 its districts), year across (0: none), its
    texts from the top.
    """

    indicator: int
    scope: int
    year: int
    pieces: tuple[str, ...]


@dataclass
class Table:
    """A printed sheet and the text of each number by city, indicator, scope and year."""

    rows: Rows = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    expected: dict[tuple[str, str, str, int], str] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """Return the sheet as a reader hands it over."""
        return Sheet("invented.xlsx", "1-7", self.rows, merged=tuple(self.merged))


@dataclass(frozen=True)
class Plan:
    """The choices of one table."""

    language: str
    units: str
    merges: bool
    year: str
    subtotals: str
    turned: bool
    breaks: str
