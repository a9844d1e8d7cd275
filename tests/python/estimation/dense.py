"""Regressions with every dummy written out: slow, plain formulas that share no code with the library.

Everything is solved in orthonormal coordinates of the dummies' column space, so that the rank decides itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def dummies(data: pd.DataFrame, effects: tuple[str, ...]) -> np.ndarray:
    keys = {"entity": "city_id", "time": "year"}
    parts = [pd.get_dummies(data[keys[effect]].astype(str), dtype=float).to_numpy() for effect in effects]
    return np.column_stack([np.ones(len(data)), *parts])


def basis(columns: np.ndarray) -> np.ndarray:
    u, sizes, _ = np.linalg.svd(columns / np.linalg.norm(columns, axis=0), full_matrices=False)
    return u[:, sizes > 1e-10 * sizes[0]]


@dataclass
class Dense:
    """y on x (n, k), by 2SLS with z (n, l) if given, after the projection on all dummies."""

    data: pd.DataFrame
    outcome: str
    regressors: list[str]
    effects: tuple[str, ...]
    endogenous: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.d = basis(dummies(self.data, self.effects))
        self.y = self.left(self.data[[self.outcome]].to_numpy(float))[:, 0]
        self.x = self.left(self.data[self.regressors].to_numpy(float))
        self.scale = np.linalg.norm(self.x, axis=0)
        x, fitted = self.x / self.scale, self.x / self.scale
        if self.endogenous:
            own = [name for name in self.regressors if name not in self.endogenous]
            z = self.left(self.data[[*own, *self.instruments]].to_numpy(float))
            q = np.linalg.qr(z / np.linalg.norm(z, axis=0))[0]
            fitted = q @ (q.T @ x)
        self.fitted, self.bread = fitted, np.linalg.inv(fitted.T @ fitted)
        self.b = self.bread @ fitted.T @ self.y
        self.u = self.y - x @ self.b
        self.n, self.k, self.r = len(self.y), self.x.shape[1], self.d.shape[1]
        self.city, self.year = (pd.factorize(self.data[key], sort=True)[0] for key in ("city_id", "year"))

    def left(self, columns: np.ndarray) -> np.ndarray:
        return columns - self.d @ (self.d.T @ columns)

    @property
    def coefficients(self) -> np.ndarray:
        return self.b / self.scale

    def errors(self, kind: str, lag: int = 1) -> np.ndarray:
        """Standard errors, the factors of the convention included."""
        variance = np.diag(self.bread @ self.meat(kind, lag) @ self.bread) * self.factor(kind)
        return np.sqrt(variance) / self.scale

    def meat(self, kind: str, lag: int) -> np.ndarray:
        s = self.fitted * self.u[:, None]
        if kind == "iid":
            return self.fitted.T @ self.fitted * (self.u @ self.u) / self.n
        if kind in ("hc2", "hc3"):
            whole = np.column_stack([self.d, self.x / self.scale])
            h = np.diag(whole @ np.linalg.pinv(whole.T @ whole) @ whole.T)
            weighted = s / ((1 - h) ** (0.5 if kind == "hc2" else 1))[:, None]
            return weighted.T @ weighted
        same = {
            "hc1": np.eye(self.n),
            "cluster_city": self.city[:, None] == self.city,
            "cluster_city_year": (self.city[:, None] == self.city) | (self.year[:, None] == self.year),
            "driscoll_kraay": np.clip(1 - abs(self.year[:, None] - self.year) / (lag + 1), 0, None),
        }[kind]
        return s.T @ same @ s

    def factor(self, kind: str) -> float:
        cities, years = self.city.max() + 1, self.year.max() + 1
        if kind in ("iid", "hc1"):
            return self.n / (self.n - self.k - self.r)
        if kind == "cluster_city":
            counted = self.k + 1 + (self.r - cities if "entity" in self.effects else self.r - 1)
            return cities / (cities - 1) * (self.n - 1) / (self.n - counted)
        if kind == "cluster_city_year":
            fewest = min(cities, years)
            return fewest / (fewest - 1) * (self.n - 1) / (self.n - self.k - 1)
        return 1.0
