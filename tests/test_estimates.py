"""Corrected figures: right on average, with intervals that hold, whatever the machine gets wrong."""

import numpy as np
import pytest

import analysis
from analysis.study.validation.estimates import difference, estimate, interval


def population(random, *, share, right, articles=400, units=4000):
    """(truth, machine's answers, article) of units whose errors differ by group and whose truth hangs together by article."""
    article = np.sort(random.integers(0, articles, units))
    group = article % 3
    mean = random.beta(share * 9, (1 - share) * 9, articles)[article]
    truth = (random.random(units) < mean).astype(float)
    wrong = random.random(units) < (1 - right) * np.array([0.5, 1, 1.5])[group]
    return truth, np.where(wrong, 1 - truth, truth), article, group


def drawn(random, kit, group, n):
    """The probability of each unit in a sample stratified by group and answer, and whether it was drawn."""
    stratum = group * 2 + kit.astype(int)
    probability, chosen = np.zeros(len(kit)), np.zeros(len(kit), bool)
    kinds, size = np.unique(stratum, return_counts=True)
    wanted = np.minimum(size, np.maximum(2, np.round(n * size**0.5 / (size**0.5).sum()))).astype(int)
    for kind, most in zip(kinds, wanted):
        own = np.flatnonzero(stratum == kind)
        chosen[random.choice(own, most, replace=False)] = True
        probability[own] = most / len(own)
    return probability, chosen


@pytest.mark.parametrize("share, right", [(0.3, 0.8), (0.3, 0.95), (0.05, 0.9), (0.05, 0.97)])
def test_intervals_hold_the_truth_and_are_shorter_than_of_the_coded_sample_alone(share, right):
    held, by_hand, kits, width, of_hand = [], [], [], [], []
    for seed in range(250):
        random = np.random.default_rng([seed, 77])
        truth, kit, article, group = population(random, share=share, right=right)
        probability, chosen = drawn(random, kit, group, 200)
        coded = np.where(chosen, truth, np.nan)
        _, low, high = analysis.corrected_mean(kit, coded, probability, clusters=article)
        _, alone, above = analysis.corrected_mean(np.zeros(len(kit)), coded, probability, clusters=article)
        held.append(low <= truth.mean() <= high)
        by_hand.append(alone <= truth.mean() <= above)
        width.append(high - low)
        of_hand.append(above - alone)
        kits.append(abs(kit.mean() - truth.mean()) < 1.96 * kit.std() / len(kit) ** 0.5)
    assert np.mean(held) >= 0.93 and np.mean(by_hand) >= 0.93
    assert np.mean(width) < np.mean(of_hand)
    assert np.mean(kits) < 0.5  # what is believed without coding


def test_a_useless_machine_does_no_harm_and_a_perfect_one_needs_few_codes():
    random = np.random.default_rng(5)
    truth = (random.random(3000) < 0.4).astype(float)
    coded = np.where(random.random(3000) < 0.1, truth, np.nan)
    useless = analysis.corrected_mean(random.random(3000), coded, 0.1)
    alone = analysis.corrected_mean(np.zeros(3000), coded, 0.1)
    perfect = analysis.corrected_mean(truth, coded, 0.1)
    assert useless[2] - useless[1] < 1.05 * (alone[2] - alone[1])
    assert perfect[2] - perfect[1] < 0.2 * (alone[2] - alone[1]) and abs(perfect[0] - truth.mean()) < 1e-9


def test_probabilities_are_minded():
    """A sample in which the machine's yes is drawn ten times as often is not taken for the whole."""
    random = np.random.default_rng(9)
    truth = (random.random(20_000) < 0.1).astype(float)
    kit = np.where(random.random(20_000) < 0.2, 1 - truth, truth)
    probability = np.where(kit > 0, 0.2, 0.02)
    coded = np.where(random.random(20_000) < probability, truth, np.nan)
    value, low, high = analysis.corrected_mean(kit, coded, probability)
    assert low < 0.1 < high and abs(np.nanmean(coded) - 0.1) > 0.05


def test_what_all_was_coded_of_leaves_no_interval():
    truth = np.array([0, 1, 1, 0, 1.0])
    assert analysis.corrected_mean(1 - truth, truth, 1) == pytest.approx((0.6, 0.6, 0.6))


def test_shares_and_counts_stay_where_they_can_be():
    nothing = analysis.corrected_mean(np.zeros(500), np.where(np.arange(500) < 60, 0.0, np.nan), 0.12)
    assert nothing[0] == 0 and nothing[1] == pytest.approx(0, abs=1e-12) and 0.005 < nothing[2] < 0.12
    counts = analysis.corrected_mean(np.zeros(500), np.where(np.arange(500) < 60, np.arange(500) % 3, np.nan), 0.12)
    assert 0 < counts[1] < counts[0] < counts[2]


def test_articles_are_the_witnesses():
    """Forty units of four articles are no forty witnesses."""
    truth, article = np.repeat([0.0, 1, 0, 1], 10), np.repeat([0, 1, 2, 3], 10)
    kit, coded = np.full(400, 0.5), np.concatenate([truth, np.full(360, np.nan)])
    article = np.concatenate([article, np.arange(4, 364)])
    single, together = (analysis.corrected_mean(kit, coded, 0.1, clusters=c) for c in (None, article))
    assert together[2] - together[1] > 2 * (single[2] - single[1])


def test_a_difference_of_groups_minds_that_they_share_articles():
    random = np.random.default_rng(3)
    level = random.normal(0, 1, 60)  # of articles, each with a unit of both groups
    one, other = level + 1 + random.normal(0, 0.1, 60), level + random.normal(0, 0.1, 60)
    coded = np.where(np.arange(60) < 40, 1, np.nan)
    found = [estimate(np.zeros(60), values * coded, 0.5, np.arange(60)) for values in (one, other)]
    value, low, high = difference(*found)
    apart = sum((interval(f)[1] - f.value) ** 2 for f in found) ** 0.5
    assert abs(value - 1) < 0.1 and (high - low) / 2 < apart
    assert np.isnan(difference(found[0], estimate([0.0], [np.nan], 1))).all()


def test_what_cannot_be_estimated_is_told():
    assert np.isnan(analysis.corrected_mean([0.0, 1.0], [np.nan, np.nan], 0.5)).all()
    with pytest.raises(ValueError, match="one entry per unit is wanted"):
        analysis.corrected_mean([0, 1], [1], 0.5)
    with pytest.raises(ValueError, match="answer for unit 1 is missing"):
        analysis.corrected_mean([0, np.nan], [1, 0], 0.5)
    for wrong in (0, 1.2, np.nan):
        with pytest.raises(ValueError, match="probability of unit 1"):
            analysis.corrected_mean([0, 1], [1, 0], [0.5, wrong])
