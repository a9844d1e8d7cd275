"""Weights of composite indices that SQL cannot compute."""

from citypanel.composite.principal_component import component_loadings, principal_component_loadings

__all__ = ["component_loadings", "principal_component_loadings"]
