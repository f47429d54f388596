"""Alerts: the most fragile fifth of the territories of one's size."""

import numpy as np

from territoires.model.alerts import alert_known, in_alert
from territoires.model.indicators import Direction, Status

OK = np.zeros(100, dtype=np.uint8)
ONE_SIZE = np.zeros(100, dtype=np.int8)


def test_a_fifth_of_the_territories_of_a_size_are_in_alert():
    alerts = in_alert(np.arange(100.0), OK, ONE_SIZE, Direction.MORE_FRAGILE)
    assert alerts.sum() == 20
    assert alerts[80:].all()


def test_low_values_alert_when_low_means_fragile():
    alerts = in_alert(np.arange(100.0), OK, ONE_SIZE, Direction.LESS_FRAGILE)
    assert alerts[:20].all()
    assert not alerts[20:].any()


def test_each_size_has_its_own_fifth():
    strata = np.repeat(np.array([0, 3], dtype=np.int8), 50)
    alerts = in_alert(np.arange(100.0), OK, strata, Direction.MORE_FRAGILE)
    assert alerts[:50].sum() == 10
    assert alerts[50:].sum() == 10


def test_value_shared_by_more_than_a_fifth_alerts_nobody():
    values = np.r_[np.zeros(60), np.ones(40)]
    assert not in_alert(values, OK, ONE_SIZE, Direction.MORE_FRAGILE).any()


def test_uncertain_values_are_neither_in_alert_nor_peers():
    status = OK.copy()
    status[90:] = Status.ESTIMATED
    alerts = in_alert(np.arange(100.0), status, ONE_SIZE, Direction.MORE_FRAGILE)
    assert not alerts[90:].any()
    assert alerts.sum() == 18


def test_indicator_of_context_alerts_nobody_and_is_not_counted_as_known():
    assert not in_alert(np.arange(100.0), OK, ONE_SIZE, Direction.CONTEXT).any()
    assert not alert_known(OK, Direction.CONTEXT).any()


def test_too_few_peers_alert_nobody():
    assert not in_alert(np.arange(19.0), OK[:19], ONE_SIZE[:19], Direction.MORE_FRAGILE).any()
