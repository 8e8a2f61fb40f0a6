"""Agreement of coders, against worked examples that were published and an implementation that is not ours."""

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask

import analysis
from analysis.study.validation.agreement import cohen_kappa, disagreements, krippendorff_alpha

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, gaps
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def codings(columns):
    """A table of codings from one list of answers a coder."""
    return pd.DataFrame(
        [
            {"unit": f"u{i}", "coder": f"c{c}", "value": None if v is None else str(v)}
            for c, own in enumerate(columns)
            for i, v in enumerate(own)
        ]
    )


def test_alpha_of_the_published_example():
    table = pd.DataFrame(OBSERVERS).T
    assert krippendorff_alpha(table) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(table, level="ordinal") == pytest.approx(0.815, abs=5e-4)
    told = analysis.agreement(codings(OBSERVERS)).iloc[0]
    assert told["n"] == 11 and told["coders"] == 4 and told["alpha"] == pytest.approx(0.743, abs=5e-4)
    assert analysis.agreement(codings(OBSERVERS), level="ordinal")["alpha"][0] == pytest.approx(0.815, abs=5e-4)


def test_kappa_of_the_example_of_textbooks():
    """Two readers of fifty applications: 20 both yes, 15 both no, 5 and 10 apart: κ = .40."""
    one = ["yes"] * 25 + ["no"] * 25
    other = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(one, other) == pytest.approx(0.4)


@pytest.mark.parametrize("seed", range(20))
def test_the_same_as_an_independent_implementation(seed):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, 60)
    coders = [[int(t if random.random() < 0.7 else random.integers(0, 3)) for t in truth] for _ in range(2 + seed % 3)]
    if seed % 2:
        coders = [[v if random.random() < 0.85 else None for v in own] for own in coders]
    rows = [(f"c{c}", f"u{i}", str(v)) for c, own in enumerate(coders) for i, v in enumerate(own) if v is not None]
    told = analysis.agreement(codings(coders)).iloc[0]
    pairable = {u for u in {r[1] for r in rows} if sum(r[1] == u for r in rows) > 1}
    task = AnnotationTask([r for r in rows if r[1] in pairable])
    assert told["alpha"] == pytest.approx(task.alpha(), abs=1e-9)
    if not seed % 2:
        assert told["kappa"] == pytest.approx(task.kappa(), abs=1e-9)


def test_what_says_nothing_is_missing_and_intervals_go_by_article():
    same = analysis.agreement(codings([[1] * 10, [1] * 10])).iloc[0]
    assert same["percent"] == 1 and np.isnan(same["alpha"]) and np.isnan(same["kappa"])
    alone = analysis.agreement(codings([[1, 2, 1]])).iloc[0]
    assert alone["n"] == 0 and np.isnan(alone["alpha"])
    random = np.random.default_rng(1)
    one = list(random.integers(0, 2, 80))
    other = [v if random.random() < 0.85 else 1 - v for v in one]
    table = codings([one, other])
    units = analysis.agreement(table).iloc[0]
    article = table["unit"].str[1:].astype(int) // 20
    clustered = analysis.agreement(table.assign(doc_id=article.astype(str))).iloc[0]
    assert units["low"] < units["alpha"] < units["high"] and clustered["alpha"] == units["alpha"]
    assert (clustered["low"], clustered["high"]) != (units["low"], units["high"])


def test_disagreements_are_listed_with_each_answer():
    table = codings([[1, 2, 1], [1, 1, None]])
    found = disagreements(table)
    assert found.to_dict("records") == [{"unit": "u1", "measure": "", "doc_id": "u1", "c0": "2", "c1": "1"}]


def test_codings_without_answers_are_refused():
    with pytest.raises(ValueError, match="codings need value"):
        analysis.agreement(pd.DataFrame({"unit": ["a"], "coder": ["x"]}))
