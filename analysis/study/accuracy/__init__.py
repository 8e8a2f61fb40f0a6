"""How right the measures are, against labels: `make accuracy DATA=folder` for whoever holds the data.

The folder holds, each under its name, what its README says (only those that are there are measured):
    actor_sentiment_fr/        MAD-TSC, French (Dufraisse et al., ACL 2023): human labels; sentence, start, end, polarity
    actor_sentiment_fr_coded/  sentences of Wikinews coded by a language model; the same fields, doc_id and weight; measured
                               on the articles that the model neither learned from nor was calibrated on
    actor_sentiment_en/        NewsMTSC (Hamborg & Donnay, EACL 2021), English: human labels; the same fields; measured on
                               devtest_real_world, which the model did not learn from
    policy_frames_fr/          CCF (Lemor et al.): one expert coder; text, frames, outlet, date, title
    wikinews_fr/               WiNER-fr: articles with person and organisation spans by human annotators
The published layouts of MAD-TSC (`sentence_normalized`, `targets`) and CCF (`label`) are read too.
For quotations, hedges and loaded terms `tests/gold/` holds two independent codings of forty Wikinews articles by language
models, as offsets into the articles of `wikinews_fr/`; for loaded terms one more of 250; for generic frames two of 200. For hedges, loaded terms and
frames it holds two codings of 94 press texts written for this, and pairs of sentences for metaphors.
"""

from pathlib import Path

import pandas as pd

from . import frames, sentiment, wikinews
from .scores import COLUMNS, interval, kappa, macro_f1
from .sentiment import reliability

__all__ = ["interval", "kappa", "macro_f1", "measure_accuracy", "reliability"]

_MEASURED_ON = {
    "actor_sentiment_fr": sentiment, "actor_sentiment_fr_coded": sentiment, "actor_sentiment_en": sentiment,
    "policy_frames_fr": frames, "wikinews_fr": wikinews,
}  # fmt: skip


def measure_accuracy(folder):
    """A table of what was measured on the data in a folder: one row per measure, part, method and metric.

    value with a 95 % bootstrap interval (over articles or sentences, seeded); n is what had to be found or judged.
    Raises FileNotFoundError if the folder holds none of the data.
    """
    folder = Path(folder)
    rows = [
        row for name, room in _MEASURED_ON.items() if (folder / name).is_dir() for row in room.measured(folder / name)
    ]
    if not rows:
        raise FileNotFoundError(f"{folder} holds none of {', '.join(_MEASURED_ON)}")
    return pd.DataFrame(rows, columns=COLUMNS)
