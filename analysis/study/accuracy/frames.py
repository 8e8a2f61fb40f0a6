"""How right policy frames are: against one expert's labels of the Canadian press on climate."""

import hashlib
import math

from ...measures.framing import POLICY, cue_scores, score_frames
from ...reading.article import read_texts
from .scores import f1_of_yes, interval, records, row

_CCF = {"Eco": "economic", "Pol": "political", "Just": "justice", "Sci": "science", "Secu": "security",
        "Pbh": "health", "Envt": "environment", "Cult": "culture"}  # fmt: skip


def measured(folder):
    """Rows of the table of accuracy from a folder of labelled units."""
    for path in sorted(folder.glob("*.jsonl")):
        rows = records(path)
        found = framed([r["text"] for r in rows], "policy")
        for part in ("choose", "publish"):
            chosen = [i for i, r in enumerate(rows) if half(r) == part]
            for frame in POLICY:
                truth = [frame in frames_of(rows[i]) for i in chosen]
                for method, guess in found[frame].items():
                    value = interval([(t, guess[i], 1) for t, i in zip(truth, chosen)], f1_of_yes)
                    yield row(
                        "policy frames", folder.name, "one expert", part, method, f"F1 {frame}", sum(truth), value
                    )


def framed(texts, scheme):
    """{frame: {method: decisions}} on texts: the measure, its cues alone (.5; articles .3), and always yes."""
    scores = score_frames(texts).query("scheme == @scheme")
    cues = {frame: [] for frame in scores["frame"]}
    for article in read_texts(texts):
        rows, n = cue_scores(article), max(1, math.ceil(len(article.spans) / 5))
        for frame in cues:
            own = sorted((r["score"] for (_, s, f, _), r in rows.items() if (s, f) == (scheme, frame)), reverse=True)
            cues[frame].append(sum(own[:n]) / n >= (0.5 if n == 1 or scheme == "policy" else 0.3))
    both = {f: list(g.sort_values("text_id")["present"]) for f, g in scores.groupby("frame")}
    return {f: {"cues and encoder": both[f], "cues alone": cues[f], "always yes": [True] * len(texts)} for f in cues}


def half(record):
    """Which half a unit belongs to, by a hash of its article: thresholds may be chosen on one, figures come from the other."""
    meta = record.get("meta", record)
    key = "|".join(str(meta.get(k, "")) for k in ("outlet", "date", "title"))
    return "choose" if hashlib.sha256(key.encode()).digest()[0] % 2 else "publish"


def frames_of(record):
    """The frames of a unit, in the flat or in the published layout ("Eco Detection" → economic)."""
    return (
        record["frames"]
        if "frames" in record
        else [_CCF[w] for label in record.get("label", []) if (w := label.split()[0]) in _CCF]
    )
