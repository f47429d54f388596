"""A formula is told in words, in the order in which it is computed."""

from __future__ import annotations

from dataclasses import replace

from territoires.model.indicators import ChangeType
from territoires.store.store import TableStore
from territoires.web.formulas import Quotient, formula_of


def test_a_share_is_a_quotient_times_a_hundred(shipped_store: TableStore) -> None:
    indicator = shipped_store.indicator("emp_txchom_1564")
    words = {indicator.numerator: "Chômeurs", indicator.denominator: "Actifs"}
    formula = formula_of(indicator, words)
    assert formula.end == Quotient("Chômeurs", "Actifs")
    assert (formula.times, formula.start, formula.comparison) == ("100 × ", None, "")
    assert formula.variables == (indicator.numerator, indicator.denominator)


def test_a_change_says_both_ends_and_how_they_are_compared(shipped_store: TableStore) -> None:
    formula = formula_of(shipped_store.indicator("emp_txchom_evol"), {})
    assert formula.start is not None
    assert "retranchée" in formula.comparison
    yearly = formula_of(shipped_store.indicator("iso_pop_evol"), {})
    assert f"{shipped_store.indicator('iso_pop_evol').years} ans" in yearly.comparison
    assert yearly.times == ""


def test_a_published_value_has_no_formula(shipped_store: TableStore) -> None:
    formula = formula_of(shipped_store.indicator("niv_med"), {})
    assert formula.end is None
    assert formula.variables == (shipped_store.indicator("niv_med").value,)


def test_a_variable_without_words_is_shown_by_its_name(shipped_store: TableStore) -> None:
    indicator = replace(shipped_store.indicator("emp_txchom_1564"), change_type=ChangeType.NONE)
    assert formula_of(indicator, {}).end == Quotient(indicator.numerator, indicator.denominator)
