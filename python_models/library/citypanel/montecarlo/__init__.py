"""Redraw the shocks of the sample many times: bias, standard errors and coverage of every covariance."""

from citypanel.montecarlo.draws import run_draws

__all__ = ["run_draws"]
