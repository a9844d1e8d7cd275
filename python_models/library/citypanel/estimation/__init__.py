"""Panel econometrics on pandas and NumPy: no dbt, no files, no database.

>>> from citypanel.estimation import fixed_effects
>>> fit = fixed_effects(panel, "flow", ["digital", "gdp"], entity="city_id", time="year")  # doctest: +SKIP
>>> fit.term("digital").std_error  # clustered by city, as reghdfe prints it  # doctest: +SKIP
"""

from citypanel.estimation.between_and_differences import between, first_differences
from citypanel.estimation.diagnostic import Diagnostic
from citypanel.estimation.errors import EstimationError
from citypanel.estimation.fit_checks import few_clusters, fitted_above_one_share, vif, vif_max
from citypanel.estimation.fixed_effects import fixed_effects, fixed_effects_on
from citypanel.estimation.group_difference import group_difference
from citypanel.estimation.hausman import hausman
from citypanel.estimation.hausman_regression import hausman_regression
from citypanel.estimation.inference import CONSTANT
from citypanel.estimation.instrumental_variables import fe_2sls
from citypanel.estimation.kernel import COVARIANCES, SANDWICHES
from citypanel.estimation.oster import oster
from citypanel.estimation.panel_sample import PanelSample, panel_sample
from citypanel.estimation.panel_tests import panel_tests
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
    "PanelSample",
    "RandomEffectsFit",
    "Term",
    "WithinTransformation",
    "between",
    "fe_2sls",
    "few_clusters",
    "first_differences",
    "fitted_above_one_share",
    "fixed_effects",
    "fixed_effects_on",
    "group_difference",
    "hausman",
    "hausman_regression",
    "lag",
    "oster",
    "panel_sample",
    "panel_tests",
    "percentile",
    "placebo",
    "product",
    "random_effects",
    "specification_curve",
    "vif",
    "vif_max",
    "winsorise",
]
