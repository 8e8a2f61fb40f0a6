"""How often the corrected interval holds the truth: simulated studies with a biased kit (python -m benchmarks.coverage [studies]).

Each study: 5,000 units of 500 articles, whose truth hangs together by article; a kit whose errors differ by group; 200 units drawn in strata of
group and of the kit's answer, and coded. Printed for each share of the class and each share of right answers of the kit: how often the 95 %
interval holds the truth, and how wide it is, of the kit by itself, of the coded units alone, and corrected.
"""

import sys

import numpy as np

from analysis.study.validation.estimates import corrected_mean

UNITS, ARTICLES, CODED = 5000, 500, 200
SHARES, RIGHT = (0.3, 0.05), (0.8, 0.9, 0.97)


def simulated(random, share, right):
    """(truth, the kit's answers, article, group) of every unit."""
    article = np.sort(random.integers(0, ARTICLES, UNITS))
    group = article % 3
    truth = (random.random(UNITS) < random.beta(share * 9, (1 - share) * 9, ARTICLES)[article]).astype(float)
    wrong = random.random(UNITS) < (1 - right) * np.array([0.5, 1, 1.5])[group]
    return truth, np.where(wrong, 1 - truth, truth), article, group


def sampled(random, kit, group):
    """(probability of each unit, whether it was drawn): in strata, by the root of their size."""
    strata = group * 2 + kit.astype(int)
    probability, drawn = np.ones(UNITS), np.zeros(UNITS, bool)
    kinds, sizes = np.unique(strata, return_counts=True)
    for kind, size in zip(kinds, sizes):
        most = int(min(size, max(2, round(CODED * size**0.5 / (sizes**0.5).sum()))))
        own = np.flatnonzero(strata == kind)
        drawn[random.choice(own, most, replace=False)] = True
        probability[own] = most / size
    return probability, drawn


def covered(share, right, studies):
    """{method: (how often the interval holds the truth, its mean width)} over so many studies."""
    found = {"the kit by itself": [], "the coded units alone": [], "corrected": []}
    for seed in range(studies):
        random = np.random.default_rng([seed, 2026])
        truth, kit, article, group = simulated(random, share, right)
        probability, drawn = sampled(random, kit, group)
        coded = np.where(drawn, truth, np.nan)
        moved = np.bincount(article, kit - kit.mean())
        half = 1.96 * (moved**2).sum() ** 0.5 / UNITS
        intervals = {
            "the kit by itself": (kit.mean() - half, kit.mean() + half),
            "the coded units alone": corrected_mean(np.zeros(UNITS), coded, probability, clusters=article)[1:],
            "corrected": corrected_mean(kit, coded, probability, clusters=article)[1:],
        }
        for method, (low, high) in intervals.items():
            found[method].append((low <= truth.mean() <= high, high - low))
    return {method: tuple(np.mean(rows, axis=0)) for method, rows in found.items()}


def main(studies=1000):
    """Prints the table."""
    print("| share of the class | kit right | the kit by itself | the coded units alone | corrected |\n|---|---|---|---|---|")
    for share in SHARES:
        for right in RIGHT:
            cells = [f"{held:.2f} ({width:.3f})" for held, width in covered(share, right, studies).values()]
            print(f"| {share} | {right} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
