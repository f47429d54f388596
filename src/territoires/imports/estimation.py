"""From individual answers to a figure and its interval: weighted means and shares of a sample survey.

With weights w and answers y of n respondents:

* mean or share: m = Σwy / Σw;
* linearised variance (Taylor, one stage, unequal weights): v = n / (n − 1) × Σ(w (y − m))² / (Σw)²;
* effective size of Kish: (Σw)² / Σw², what the weights leave of n;
* interval at 95 % of a mean: m ± 1.96 √v, kept within the scale;
* interval at 95 % of a share p: that of Wilson for n* = p (1 − p) / v answers, at most n (Korn and Graubard); when
  everybody answers alike v is nil, and n* is the effective size of Kish.

Sources: L. Kish, Survey Sampling (1965); E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with
small expected number of positive counts estimated from survey data", Survey Methodology 24 (1998).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territoires.model.perceptions import HIGHEST_NOTE, Unit, Z, wilson

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure in its unit (note out of 10, or per cent), from `base` respondents.

    `effective` is the size of Kish; `low` and `high` are the interval at 95 %.
    """

    value: float
    low: float
    high: float
    base: int
    effective: float


def estimate(answers: Floats, weights: Floats, unit: Unit) -> Estimate:
    """Return the mean of notes, or the share of ones in per cent, of `answers` (n,) weighted by `weights` (n,) > 0.

    For a share, answers are 0 or 1. A single respondent has the whole scale as an interval. `ValueError` without
    any respondent or for ranks.
    """
    count = len(answers)
    if count == 0 or unit is Unit.RANK:
        raise ValueError("une estimation demande des notes ou des parts, et au moins une réponse")
    total = float(weights.sum())
    unanimous = bool((answers == answers[0]).all())
    mean = float(answers[0]) if unanimous else float(weights @ answers) / total
    effective = total * total / float(weights @ weights)
    residuals = weights * (answers - mean)
    variance = count / (count - 1) * float(residuals @ residuals) / total**2 if count > 1 else math.inf
    if unit is Unit.SHARE:
        size = min(float(count), mean * (1 - mean) / variance) if 0 < mean < 1 else effective
        low, high = wilson(mean, size)
        return Estimate(100 * mean, low, high, count, effective)
    half = Z * math.sqrt(variance)
    return Estimate(mean, max(0.0, mean - half), min(HIGHEST_NOTE, mean + half), count, effective)
