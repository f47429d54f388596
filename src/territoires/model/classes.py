"""Classes of a choropleth: bounds, and how many territories fall in each.

Intervals are closed on the right, ]a ; b], the first one on both sides: a value of zero repeated many times
makes a class of its own instead of swelling the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from territoires.model.natural_breaks import natural_bounds

Floats = NDArray[np.float64]

#: Classes shown unless the visitor asks otherwise.
DEFAULT_CLASSES = 5

#: Above this skewness, deviations are taken around the median.
SKEWED = 1.0

#: The largest share of values above their mean for head/tail breaks to go on.
MINORITY = 0.4


class Method(StrEnum):
    """A classification method; its value is the word used in addresses and files."""

    QUANTILES = "quantiles"
    EQUAL_INTERVALS = "intervalles-egaux"
    NATURAL_BREAKS = "seuils-naturels"
    DEVIATIONS = "ecarts"
    NESTED_MEANS = "moyennes-emboitees"
    HEAD_TAIL = "tete-et-queue"
    MANUAL = "manuel"


#: How a method is named to a visitor.
METHOD_LABELS: dict[Method, str] = {
    Method.QUANTILES: "effectifs égaux (quantiles)",
    Method.EQUAL_INTERVALS: "intervalles égaux",
    Method.NATURAL_BREAKS: "seuils naturels (Jenks)",
    Method.DEVIATIONS: "écarts autour du centre",
    Method.NESTED_MEANS: "moyennes emboîtées",
    Method.HEAD_TAIL: "tête et queue",
    Method.MANUAL: "bornes choisies",
}

#: Why a method may leave fewer classes than asked for.
FEWER_CLASSES: dict[Method, str] = {
    Method.QUANTILES: "beaucoup de territoires ont la même valeur",
    Method.EQUAL_INTERVALS: "certains intervalles ne contiennent aucun territoire",
    Method.NATURAL_BREAKS: "il n’y a pas assez de valeurs différentes",
    Method.DEVIATIONS: "certains écarts tombent hors des valeurs ou ne contiennent aucun territoire",
    Method.NESTED_MEANS: "cette méthode coupe en 2 ou en 4 classes, moins si des valeurs se répètent",
    Method.HEAD_TAIL: "elle s’arrête quand les valeurs hautes ne sont plus une minorité",
    Method.MANUAL: "certaines bornes sont hors des valeurs ou ne séparent aucun territoire",
}


@dataclass(frozen=True, slots=True)
class Classes:
    """`bounds` has one more entry than `sizes`; class k holds the values in ]bounds[k] ; bounds[k+1]].

    `asked` is the number of classes asked for: more than `len(sizes)` when equal values merged some. `around`
    names the centre of the deviations, "moyenne" or "médiane"; it is empty for the other methods.
    """

    method: Method
    asked: int
    bounds: tuple[float, ...]
    sizes: tuple[int, ...]
    around: str = ""

    @property
    def collapsed(self) -> bool:
        """Whether repeated values left fewer classes than asked for."""
        return len(self.sizes) < self.asked


def quantile_bounds(values: Floats, k: int) -> Floats:
    """Return the inner and last upper bounds of `k` classes of equal size (linear interpolation)."""
    bounds: Floats = np.quantile(values, np.linspace(0.0, 1.0, k + 1)[1:])
    return bounds


def equal_bounds(values: Floats, k: int) -> Floats:
    """Return the upper bounds of `k` classes of equal width."""
    low, high = float(values.min()), float(values.max())
    bounds: Floats = np.linspace(low, high, k + 1)[1:]
    return bounds


def is_skewed(values: Floats) -> bool:
    """Whether the values lean so much to one side that their mean and deviation describe few of them."""
    deviation = float(values.std())
    if deviation == 0.0:
        return False
    return abs(float(((values - values.mean()) ** 3).mean())) / deviation**3 > SKEWED


def deviation_bounds(values: Floats, k: int) -> Floats:
    """Return upper bounds one deviation apart around the centre, which is inside a class when `k` is odd.

    The centre is the mean and the step the standard deviation; for skewed values the median, and the median
    absolute deviation × 1.4826 (the step that equals the standard deviation of a bell-shaped set).
    """
    if is_skewed(values):
        centre = float(np.median(values))
        step = 1.4826 * float(np.median(np.abs(values - centre)))
    else:
        centre, step = float(values.mean()), float(values.std())
    inner = centre + step * (np.arange(k - 1) - (k - 2) / 2.0)
    low, high = float(values.min()), float(values.max())
    bounds: Floats = np.r_[inner[(inner >= low) & (inner < high)], high]
    return bounds


def nested_mean_bounds(values: Floats, k: int) -> Floats:
    """Return upper bounds cut at the mean, then at the mean of each side: 2, 4 or 8 classes, `k` at most."""
    depth = int(np.log2(k))

    def cut(part: Floats, level: int) -> list[float]:
        if level == 0 or part.size == 0 or part.min() == part.max():
            return []
        mean = float(part.mean())
        return [*cut(part[part <= mean], level - 1), mean, *cut(part[part > mean], level - 1)]

    return np.array([*cut(values, depth), float(values.max())])


def head_tail_bounds(values: Floats, k: int) -> Floats:
    """Return upper bounds at successive means of the values above the last mean, while those are a minority.

    Source: Jiang, "Head/tail breaks", The Professional Geographer 65 (2013), minority taken as 40 % at most.
    """
    bounds: list[float] = []
    head = values
    while len(bounds) < k - 1 and head.size > 1 and head.min() < head.max():
        mean = float(head.mean())
        above = head[head > mean]
        bounds.append(mean)
        if above.size > MINORITY * head.size:
            break
        head = above
    return np.array([*bounds, float(values.max())])


BOUNDS: dict[Method, Callable[[Floats, int], Floats]] = {
    Method.QUANTILES: quantile_bounds,
    Method.EQUAL_INTERVALS: equal_bounds,
    Method.NATURAL_BREAKS: natural_bounds,
    Method.DEVIATIONS: deviation_bounds,
    Method.NESTED_MEANS: nested_mean_bounds,
    Method.HEAD_TAIL: head_tail_bounds,
}


def classify(
    values: NDArray[np.floating],
    method: Method,
    k: int = DEFAULT_CLASSES,
    decimals: int | None = None,
    manual: Sequence[float] = (),
) -> Classes:
    """Cut `values` (NaN ignored) into at most `k` classes; `manual` gives the inner bounds of that method.

    With `decimals`, values and bounds are rounded first, so that what is printed in the legend and what is
    coloured on the map agree to the last digit. Equal bounds merge. No value at all gives no class.
    """
    finite = np.asarray(values, dtype=np.float64)
    finite = finite[np.isfinite(finite)]
    if decimals is not None:
        finite = np.round(finite, decimals) + 0.0
    if finite.size == 0:
        return Classes(method, k, (), ())
    low, high = float(finite.min()), float(finite.max())
    if method is Method.MANUAL:
        k = len(manual) + 1
        uppers = np.array(sorted({bound for bound in manual if low <= bound < high} | {high}))
    else:
        uppers = BOUNDS[method](finite, k)
    if decimals is not None:
        uppers = np.round(uppers, decimals) + 0.0
    uppers[-1] = high
    uppers = np.unique(np.clip(uppers, low, high))
    which = np.searchsorted(uppers, finite, side="left")
    sizes = np.bincount(which, minlength=uppers.size)
    kept = sizes > 0
    uppers, sizes = uppers[kept], sizes[kept]
    bounds = (low, *(float(bound) for bound in uppers))
    around = ("médiane" if is_skewed(finite) else "moyenne") if method is Method.DEVIATIONS else ""
    return Classes(method, k, bounds, tuple(int(size) for size in sizes), around)


def class_of(values: NDArray[np.floating], classes: Classes) -> NDArray[np.int8]:
    """Return the class of each value (−1 for NaN); `values` must be rounded like the bounds."""
    inner = np.asarray(classes.bounds[1:-1], dtype=np.float64)
    which = np.searchsorted(inner, np.asarray(values, dtype=np.float64), side="left").astype(np.int8)
    which[~np.isfinite(values)] = -1
    return which
