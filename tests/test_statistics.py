import numpy as np
import pandas as pd
import pytest

from analysis.study.statistics import difference, ratio_interval, ratios


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


def test_the_interval_holds_the_middle_95_percent():
    """The mean of many articles is nearly normal: the ends lie 1.96 standard errors from it."""
    values = np.random.default_rng(5).normal(3, 1, 400)
    value, low, high = ratio_interval(values, np.ones(400))
    error = values.std() / 20
    assert value == pytest.approx(values.mean())
    assert ((low - value) / error, (high - value) / error) == pytest.approx((-1.96, 1.96), abs=0.08)


def test_the_interval_of_a_difference_holds_the_middle_95_percent():
    one, other = np.random.default_rng(5).normal(3, 1, 400), np.random.default_rng(6).normal(1, 2, 100)
    found, low, high, _ = difference(one, np.ones(400), other, np.ones(100))
    error = np.sqrt(one.var() / 400 + other.var() / 100)
    assert found == pytest.approx(one.mean() - other.mean())
    assert ((low - found) / error, (high - found) / error) == pytest.approx((-1.96, 1.96), abs=0.08)


def test_three_articles_have_an_interval_and_ratios_are_of_sums():
    """3 of 12 is no mean of 2/2 and 1/10: the long article weighs more; of one article drawn thrice comes each end."""
    assert ratio_interval([2, 1, 0], [2, 10, 4]) == (pytest.approx(3 / 16), 0, 1)


def test_draws_without_anything_to_divide_by_count_for_nothing():
    assert ratio_interval([1, 0, 0], [2, 0, 0]) == (0.5, 0.5, 0.5)


def test_a_group_without_a_name_is_one_too():
    table = pd.DataFrame({"g": ["b", None, "a"], "x": [1, 2, 3], "y": [2, 2, 2]})
    assert ratios(table, "x", "y", by="g")[["g", "value"]].fillna("none").values.tolist() == [
        ["a", 1.5],
        ["b", 0.5],
        ["none", 1],
    ]


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        ([1] * 12, [0] * 12, 1 / 2001),  # 1 deal in 1,352,078 parts them so: none of those that are drawn
        ([0] * 12, [1] * 12, 1 / 2001),
        ([1, 1], [0, 0], 1 / 3),  # 2 of 6 deals
        ([1, 1, 1], [0, 0, 0], 0.1),  # 2 of 20
        ([3, 0, 0], [0, 0, 0, 0], 3 / 7),  # the one article of seven falls among the three: 3/3, else only 3/4
    ],
)
def test_p_is_the_share_of_deals_that_part_the_groups_as_much(one, other, p):
    found = difference(one, [1] * len(one), other, [1] * len(other))[3]
    assert found == pytest.approx(p, abs=0.02 if p > 0.01 else 1e-12)
