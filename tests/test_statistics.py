import numpy as np
import pandas as pd
import pytest

from analysis.study.statistics import ratio_interval, ratios


def test_a_ratio_by_hand():
    value, low, high = ratio_interval([1, 1, 1, 1], [2, 2, 2, 2])
    assert (value, low, high) == (0.5, 0.5, 0.5)


def test_too_few_articles_have_no_interval():
    value, low, high = ratio_interval([1, 0], [1, 1])
    assert value == 0.5 and np.isnan(low) and np.isnan(high)


def test_nothing_to_divide_by_is_missing():
    assert all(np.isnan(v) for v in ratio_interval([], [])) and np.isnan(ratio_interval([0, 0, 0], [0, 0, 0])[0])


def test_interval_agrees_with_scipy():
    from scipy.stats import bootstrap

    values = np.random.default_rng(1).normal(3, 1, 60)
    _, low, high = ratio_interval(values, np.ones(60))
    theirs = bootstrap((values,), np.mean, method="percentile", rng=2).confidence_interval
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=0.05)


def test_seeded():
    assert ratio_interval([1, 2, 3, 4], [4, 4, 4, 4]) == ratio_interval([1, 2, 3, 4], [4, 4, 4, 4])


def test_ratios_by_group():
    table = pd.DataFrame({"g": ["a", "a", "b"], "x": [1, 2, 3], "y": [2, 2, 2]})
    rows = ratios(table, "x", "y", by="g")
    assert list(rows["n"]) == [2, 1] and list(rows["value"]) == [0.75, 1.5]
