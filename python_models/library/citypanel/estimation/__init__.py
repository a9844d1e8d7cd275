"""Panel econometrics on pandas and NumPy: no dbt, no files, no database.

>>> from citypanel.estimation import fixed_effects
>>> fit = fixed_effects(panel, "flow", ["digital", "gdp"], entity="city_id", time="year")  # doctest: +SKIP
>>> fit.term("digital").std_error  # clustered by city, as reghdfe prints it  # doctest: +SKIP
"""

from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.fit_checks import few_clusters, fitted_above_one_share, vif_max, vif_of
from citypanel.estimation.fixed_effects import fixed_effects
from citypanel.estimation.group_difference import group_difference
from citypanel.estimation.hausman import hausman
from citypanel.estimation.inference import CONSTANT
from citypanel.estimation.instrumental_variables import fe_2sls
from citypanel.estimation.kernel import COVARIANCES, SANDWICHES
from citypanel.estimation.oster import oster
from citypanel.estimation.placebo import placebo
from citypanel.estimation.random_effects import RandomEffectsFit, random_effects
from citypanel.estimation.results import FirstStageTerm, FitStatistics, InstrumentTest, PanelFit, Term
from citypanel.estimation.specification_curve import specification_curve
from citypanel.estimation.transformations import lag, percentile, product, winsorise
from citypanel.estimation.within import WithinTransformation

__all__ = [
    "CONSTANT",
    "COVARIANCES",
    "SANDWICHES",
    "Diagnostic",
    "EstimationError",
    "FirstStageTerm",
    "FitStatistics",
    "InstrumentTest",
    "PanelFit",
    "RandomEffectsFit",
    "Term",
    "WithinTransformation",
    "fe_2sls",
    "few_clusters",
    "fitted_above_one_share",
    "fixed_effects",
    "group_difference",
    "hausman",
    "lag",
    "oster",
    "percentile",
    "placebo",
    "product",
    "random_effects",
    "specification_curve",
    "vif_max",
    "vif_of",
    "winsorise",
]
