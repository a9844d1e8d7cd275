"""Figures and tables of the results, made from the tables that dbt built."""

from citypanel.exhibits.coefficient_plot import Series, coefficient_plot

__all__ = ["Series", "coefficient_plot"]
