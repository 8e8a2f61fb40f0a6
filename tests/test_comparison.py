"""Comparisons: against independent implementations, and on texts small enough to do by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import analysis
from analysis.study import comparison
from analysis.study.statistics import difference

WAR = "La guerre des prix fait rage, et le préfet crie à la trahison devant un conseil en déroute."
PLAIN = "Le conseil se réunit mardi dans la salle des fêtes, où le préfet doit présenter le calendrier des travaux."


@pytest.fixture(scope="module")
def two_outlets():
    texts = [WAR] * 4 + [PLAIN] * 4
    articles = pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(8)],
            "text": [f"{t} Fin {i}." for i, t in enumerate(texts)],
            "outlet": ["Le Fil"] * 4 + ["La Gazette"] * 4,
            "date": pd.to_datetime(["2026-03-02"] * 2 + ["2026-03-10"] * 4 + ["2026-04-01", None]),
        }
    )
    articles["n_words"] = articles["text"].str.split().str.len().astype("Int64")
    articles["title"] = articles["section"] = articles["author"] = None
    return analysis.analyse(articles, analysis.discover_actors(articles), progress=False)


def test_difference_found_and_corrected(two_outlets):
    rows = comparison.differences(two_outlets, by="outlet", of=["loaded", "quoted", "press_conditional"])
    row = rows.set_index("measure").loc["loaded"]
    assert (row["one"], row["other"], row["n_one"], row["n_other"]) == ("La Gazette", "Le Fil", 4, 4)
    assert row["difference"] < 0 and row["high"] < 0 and row["p"] < 0.05
    assert np.allclose(rows["p_adjusted"], stats.false_discovery_control(rows["p"]))
    assert (rows["p_adjusted"] >= rows["p"]).all()


def test_p_against_scipy_permutations():
    random = np.random.default_rng(3)
    one, other = random.normal(1, 1, 12), random.normal(0, 1, 15)
    found, low, high, p = difference(one, np.ones(12), other, np.ones(15))
    independent = stats.permutation_test((one, other), lambda a, b: a.mean() - b.mean(), n_resamples=5000, rng=1)
    assert found == pytest.approx(one.mean() - other.mean())
    assert p == pytest.approx(independent.pvalue, abs=0.02)
    bootstrap = stats.bootstrap((one, other), lambda a, b: a.mean() - b.mean(), method="percentile", vectorized=False, n_resamples=2000, rng=2)  # fmt: skip
    assert (low, high) == pytest.approx(tuple(bootstrap.confidence_interval), abs=0.12)


def test_by_hand():
    """2 of 4 against 0 of 4: the difference of the ratios, whatever the lengths of the articles."""
    found, *_ = difference([1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [2, 2, 2, 2])
    assert found == 0.5
    same, low, high, p = difference([1, 1, 1], [2, 2, 2], [1, 1, 1], [2, 2, 2])
    assert (same, low, high, p) == (0, 0, 0, 1)


def test_over_time(two_outlets):
    months = comparison.over_time(two_outlets, "loaded")
    assert list(months["period"].dt.strftime("%Y-%m")) == ["2026-03", "2026-04"] and list(months["n"]) == [6, 1]
    weeks = comparison.over_time(two_outlets, "loaded", every="week", by="outlet")
    assert set(weeks.columns) == {"period", "n", "value", "low", "high", "outlet"}
    assert weeks.loc[weeks["outlet"] == "Le Fil", "n"].tolist() == [2, 2]
    assert weeks["period"].dt.dayofweek.eq(0).all(), "a week begins on Monday"


def test_all_measures_and_their_titles(example):
    table = comparison.compare_all(example, by="outlet")
    assert set(table["measure"]) == set(comparison.measures(example))
    assert all(comparison.title(m) for m in table["measure"])
    assert list(table.columns) == ["measure", "outlet", "n", "value", "low", "high"]


def test_profiles(example, seed):
    map_ = comparison.profiles(example, by="outlet")
    assert len(map_) == 3 and map_["x_share"].iloc[0] >= map_["y_share"].iloc[0]
    assert abs(map_["x"].sum()) < 1e-6
    assert comparison.profiles(seed, by="outlet").empty


def test_small_groups_have_no_test(seed):
    assert comparison.differences(seed, by="outlet").empty


@pytest.mark.parametrize(("call", "message"), [
    (lambda s: comparison.over_time(s, "loaded", every="day"), "every is 'day'"),
    (lambda s: comparison.differences(s, by="colour"), "by is 'colour'"),
    (lambda s: comparison.compare_all(s, by="outlet", of=["beauty"]), "measure is 'beauty'"),
])  # fmt: skip
def test_what_is_wrong_is_named(example, call, message):
    with pytest.raises(ValueError, match=message):
        call(example)
