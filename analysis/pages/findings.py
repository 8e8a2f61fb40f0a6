"""Findings: what all pages have to tell, ranked; what may open a report, and why the rest may not."""

import pandas as pd

from ..study.trust import weakest
from ..text.language import count, tr
from .figure import figures

MOST, ENOUGH, _OF = 5, 10, 50  # findings that open a report; articles that one must rest on, and one in how many of all
_RIGHT, _AGREED = 0.5, 0.4  # what a measure must have reached where it was worst: F or share right; κ


def findings(study):
    """All that the pages have to tell, one row each, those that may open the report first, the surest first.

    finding (the sentence), file (of its figure), n (articles that it rests on), value, low, high (the effect, 0 where there is none, and its 95 %
    interval), sure (the effect over half its interval), because (why it doesn't lead; missing for those that do), passages, label. One finding of
    each figure goes before a second of any. A sentence leads where it rests on ten articles or more and on one in fifty of all, its interval excludes no effect, the effect is
    worth telling in its own unit, and its measure agreed with people well enough on each French set on which it was measured (F or share right .50, κ .40);
    five do at most. That nothing differs may lead too, where each group has thirty articles.
    """
    enough = max(ENOUGH, -(-len(study.articles) // _OF))
    rows = [_row(file, news, enough) for file, which in figures().items() if which.news for news in which.news(study)]
    columns = ["finding", "file", "n", "value", "low", "high", "sure", "because", "passages", "label"]
    made = pd.DataFrame(rows, columns=columns).sort_values("sure", ascending=False, kind="stable", ignore_index=True)
    fit = made.index[made["because"].isna()]
    order = list(made.loc[fit].groupby("file").cumcount().sort_values(kind="stable").index)
    if len(nothing := [i for i in order if made.loc[i, "value"] == 0]):
        order = [i for i in order if i not in nothing]
        order[:0] = nothing  # the study's own question, whose answer puts all else into its place
    made = made.loc[[*order, *made.index.difference(fit, sort=False)]].reset_index(drop=True)
    made.loc[MOST : len(fit) - 1, "because"] = tr("five others are surer")
    return made


def leading(study, table=None):
    """The findings that open the report: those of :func:`findings` that nothing speaks against."""
    table = findings(study) if table is None else table
    return table[table["because"].isna()]


def _row(file, news, enough):
    half = (news.high - news.low) / 2
    sure = abs(news.value) / half if half else 0.0
    return [news.said, file, news.n, news.value, news.low, news.high, sure, _because(news, enough), news.passages, news.label or ""]


def _because(news, enough):
    """Why a sentence may not lead; None where it may. enough: articles that it must rest on."""
    needed = enough if news.least is not None else 3 * ENOUGH
    if news.n < needed:
        return tr("rests on {articles}; {needed} are needed", articles=count(news.n, "article"), needed=needed)
    if news.measured and not weakest(*news.measured) >= (_AGREED if news.measured[1].startswith("κ") else _RIGHT):
        return tr("its measure agrees too little with people")
    if news.least is None:
        return None
    if not (news.low > 0 or news.high < 0):
        return tr("its interval does not exclude that there is nothing")
    if abs(news.value) < news.least:
        return tr("too small to be worth telling")
    return None
