"""Critical values of the Cragg-Donald F against weak instruments, under homoskedastic errors.

Stock and Yogo (2005, in Andrews and Stock, Identification and Inference for Econometric Models), tables 5.1
and 5.2, significance 5 %, two-stage least squares, up to ten instruments and two endogenous variables.
"""

from __future__ import annotations

# largest size of a nominal 5 % test; largest bias relative to least squares, which needs two more instruments
# than endogenous variables
COLUMNS = ("size_10", "size_15", "size_20", "size_25", "bias_05", "bias_10", "bias_20", "bias_30")

# (endogenous, instruments): values
_TABLE: dict[tuple[int, int], tuple[float, ...]] = {
    (1, 1): (16.38, 8.96, 6.66, 5.53),
    (1, 2): (19.93, 11.59, 8.75, 7.25),
    (1, 3): (22.30, 12.83, 9.54, 7.80, 13.91, 9.08, 6.46, 5.39),
    (1, 4): (24.58, 13.96, 10.26, 8.31, 16.85, 10.27, 6.71, 5.34),
    (1, 5): (26.87, 15.09, 10.98, 8.84, 18.37, 10.83, 6.77, 5.25),
    (1, 6): (29.18, 16.23, 11.72, 9.38, 19.28, 11.12, 6.76, 5.15),
    (1, 7): (31.50, 17.38, 12.48, 9.93, 19.86, 11.29, 6.73, 5.07),
    (1, 8): (33.84, 18.54, 13.24, 10.50, 20.25, 11.39, 6.69, 4.99),
    (1, 9): (36.19, 19.71, 14.01, 11.07, 20.53, 11.46, 6.65, 4.92),
    (1, 10): (38.54, 20.88, 14.78, 11.65, 20.74, 11.49, 6.61, 4.86),
    (2, 2): (7.03, 4.58, 3.95, 3.63),
    (2, 3): (13.43, 8.18, 6.40, 5.45),
    (2, 4): (16.87, 9.93, 7.54, 6.28, 11.04, 7.56, 5.57, 4.73),
    (2, 5): (19.45, 11.22, 8.38, 6.89, 13.97, 8.78, 5.91, 4.79),
    (2, 6): (21.68, 12.33, 9.10, 7.42, 15.72, 9.48, 6.08, 4.78),
    (2, 7): (23.72, 13.34, 9.77, 7.91, 16.88, 9.92, 6.16, 4.76),
    (2, 8): (25.64, 14.31, 10.41, 8.39, 17.70, 10.22, 6.20, 4.73),
    (2, 9): (27.51, 15.24, 11.03, 8.85, 18.30, 10.43, 6.22, 4.69),
    (2, 10): (29.32, 16.16, 11.65, 9.31, 18.76, 10.58, 6.23, 4.66),
}


def stock_yogo(endogenous: int, instruments: int) -> dict[str, float]:
    """Return {size_10: …, bias_05: …} for the numbers of variables; empty where nothing is tabulated."""
    return dict(zip(COLUMNS, _TABLE.get((endogenous, instruments), ()), strict=False))
