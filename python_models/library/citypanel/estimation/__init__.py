"""Panel econometrics on pandas and NumPy: no dbt, no files, no database.

>>> from citypanel.estimation import fixed_effects
>>> fit = fixed_effects(panel, "flow", ["digital", "gdp"], entity="city_id", time="year")  # doctest: +SKIP
>>> fit.term("digital").std_error  # clustered by city, as reghdfe prints it  # doctest: +SKIP
"""

from citypanel.estimation.errors import EstimationError
from citypanel.estimation.fixed_effects import fixed_effects
from citypanel.estimation.inference import CONSTANT
from citypanel.estimation.kernel import COVARIANCES
from citypanel.estimation.results import FitStatistics, PanelFit, Term
from citypanel.estimation.transformations import lag, percentile, product, winsorise
from citypanel.estimation.within import WithinTransformation

__all__ = [
    "CONSTANT",
    "COVARIANCES",
    "EstimationError",
    "FitStatistics",
    "PanelFit",
    "Term",
    "WithinTransformation",
    "fixed_effects",
    "lag",
    "percentile",
    "product",
    "winsorise",
]
