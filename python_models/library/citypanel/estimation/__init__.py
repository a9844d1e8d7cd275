"""Panel econometrics on pandas and NumPy: no dbt, no files, no database.

>>> from citypanel.estimation import fixed_effects
>>> fit = fixed_effects(panel, "flow", ["digital", "gdp"], entity="city_id", time="year")  # doctest: +SKIP
>>> fit.term("digital").std_error  # clustered by city, as reghdfe prints it  # doctest: +SKIP
"""

from citypanel.estimation.errors import EstimationError
from citypanel.estimation.fixed_effects import fixed_effects
from citypanel.estimation.inference import CONSTANT
from citypanel.estimation.instrumental_variables import fe_2sls
from citypanel.estimation.kernel import COVARIANCES
from citypanel.estimation.results import FirstStageTerm, FitStatistics, InstrumentTest, PanelFit, Term
from citypanel.estimation.transformations import lag, percentile, product, winsorise
from citypanel.estimation.within import WithinTransformation

__all__ = [
    "CONSTANT",
    "COVARIANCES",
    "EstimationError",
    "FirstStageTerm",
    "FitStatistics",
    "InstrumentTest",
    "PanelFit",
    "Term",
    "WithinTransformation",
    "fe_2sls",
    "fixed_effects",
    "lag",
    "percentile",
    "product",
    "winsorise",
]
