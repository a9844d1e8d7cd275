"""The tier of a city (1 to 4) and its ranges: the generator's parameters, general knowledge, no facts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TIER_1 = ["北京", "上海", "广州", "深圳"]
TIER_2 = [
    "天津", "重庆", "石家庄", "太原", "沈阳", "大连", "长春", "哈尔滨", "南京", "苏州", "无锡", "杭州",
    "宁波", "温州", "合肥", "福州", "厦门", "泉州", "南昌", "济南", "青岛", "郑州", "武汉", "长沙", "佛山",
    "东莞", "南宁", "成都", "贵阳", "昆明", "西安",
]  # fmt: skip
TIER_3_PROVINCES = ["江苏省", "浙江省", "山东省", "福建省", "河北省", "河南省"]
TIER_3 = [
    "呼和浩特", "包头", "鄂尔多斯", "海口", "兰州", "银川", "西宁", "乌鲁木齐", "克拉玛依", "大庆", "吉林",
    "鞍山", "营口", "大同", "长治", "芜湖", "马鞍山", "安庆", "蚌埠", "九江", "赣州", "宜昌", "襄阳",
    "荆州", "株洲", "湘潭", "衡阳", "岳阳", "常德", "柳州", "桂林", "绵阳", "德阳", "宜宾", "遵义", "曲靖",
    "咸阳", "宝鸡", "榆林", "珠海", "中山", "惠州", "江门", "汕头", "湛江", "肇庆", "三亚",
]  # fmt: skip

# ranges by tier 1..4: (low, high), drawn uniformly on the log scale; units in the name
RANGES: dict[str, list[tuple[float, float]]] = {
    "resident_10k_persons": [(1400, 2300), (560, 1250), (280, 800), (100, 430)],
    "resident_to_hukou": [(1.5, 2.6), (1.05, 1.4), (0.94, 1.15), (0.80, 1.02)],
    "natural_growth_per_mille": [(2.5, 6.5), (3.5, 6.5), (3.5, 7.5), (2.5, 8.0)],
    "land_sq_km": [(6500, 16000), (6000, 18000), (5000, 16000), (6000, 26000)],
    "real_gdp_per_person_10k_yuan": [(8.3, 9.8), (4.8, 7.3), (3.1, 5.5), (1.9, 3.9)],
    "primary_value_added_share": [(0.008, 0.014), (0.022, 0.055), (0.065, 0.14), (0.10, 0.27)],
    "tertiary_value_added_share": [(0.62, 0.76), (0.47, 0.58), (0.37, 0.47), (0.32, 0.45)],
    "employees_per_resident": [(0.135, 0.19), (0.14, 0.21), (0.085, 0.145), (0.065, 0.10)],
    "primary_employment_share": [(0.010, 0.014), (0.007, 0.016), (0.004, 0.030), (0.004, 0.072)],
    "information_employment_share": [(0.045, 0.075), (0.014, 0.034), (0.008, 0.017), (0.006, 0.014)],
    "internet_per_100_2011": [(22, 28), (13, 18), (8, 13), (5, 10)],
    "internet_per_100_2021": [(45, 54), (42, 53), (33, 44), (26, 39)],
    "mobile_per_100": [(150, 210), (105, 160), (74, 110), (55, 92)],
    "telecom_10k_yuan_per_person": [(0.24, 0.34), (0.10, 0.185), (0.052, 0.095), (0.042, 0.076)],
    "digital_finance_2011": [(76, 84), (60, 70), (45, 57), (34, 47)],
    "digital_finance_2021": [(318, 340), (288, 312), (252, 280), (230, 260)],
    "loans_to_gdp": [(1.9, 2.7), (1.3, 2.0), (0.65, 1.05), (0.45, 0.85)],
    "deposits_to_loans": [(1.5, 1.9), (1.2, 1.6), (1.2, 1.7), (1.3, 2.1)],
    "savings_to_gdp": [(0.6, 0.9), (0.5, 0.8), (0.55, 0.85), (0.6, 1.0)],
    "education_to_gdp": [(0.020, 0.028), (0.018, 0.027), (0.022, 0.038), (0.026, 0.056)],
    "science_to_gdp": [(0.0055, 0.0085), (0.0034, 0.006), (0.002, 0.0042), (0.0011, 0.003)],
    "fiscal_expenditure_to_gdp": [(0.155, 0.195), (0.125, 0.175), (0.15, 0.215), (0.20, 0.40)],
    "revenue_to_expenditure": [(0.78, 0.95), (0.60, 0.85), (0.35, 0.65), (0.18, 0.42)],
    "fdi_to_gdp": [(0.035, 0.065), (0.022, 0.048), (0.010, 0.028), (0.002, 0.018)],
    "trade_to_gdp": [(0.6, 1.3), (0.15, 0.9), (0.06, 0.5), (0.01, 0.18)],
    "wage_10k_yuan_2008": [(5.0, 5.9), (3.6, 4.4), (3.1, 3.7), (2.9, 3.5)],
    "wage_10k_yuan_2023": [(17.5, 20.0), (10.5, 12.5), (8.1, 9.6), (7.4, 8.7)],
    "retail_to_gdp": [(0.36, 0.45), (0.36, 0.46), (0.32, 0.45), (0.28, 0.44)],
    "students_per_10k": [(280, 560), (350, 850), (60, 300), (15, 130)],
    "research_to_gdp": [(0.025, 0.05), (0.018, 0.034), (0.009, 0.022), (0.003, 0.012)],
    "innovation_index": [(82, 90), (62, 84), (38, 72), (16, 52)],
}


def tier_of(short_name: str, province: str) -> int:
    """Return 1 to 4: the named lists, else tier 3 in six provinces, the rest tier 4."""
    if short_name in TIER_1:
        return 1
    if short_name in TIER_2:
        return 2
    return 3 if short_name in TIER_3 or province in TIER_3_PROVINCES else 4


def draw_in_range(rng: np.random.Generator, name: str, tier: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return one number per city (shape N), log-uniform in the range of its tier."""
    low, high = np.array(RANGES[name])[tier - 1].T
    return np.exp(np.log(low) + (np.log(high) - np.log(low)) * rng.random(len(tier)))
