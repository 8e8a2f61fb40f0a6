"""How words are used: python -m training.uses DATA, after the encoder was rebuilt. Some eight minutes on two cores, needs PyTorch.

Two steps, for loaded words and for metaphors. (1) A small network reads off each piece of a sentence, from three layers of the
encoder, how loaded it is and of which category; a linear rule, how figurative. Both become part of `encoder.onnx` (its output
`uses`). (2) A logistic rule weighs that with what the lexicon and the syntax say of each candidate (`models/uses/weights.csv`).

Learned from: `uses/loaded.csv`, every loaded term of the articles of `press/`, `chains/`, `articles/`, of the units of `frames/` and of 156
Wikinews articles, coded twice; `uses/judged.csv`, uses of the lexicon's entries in 214 other Wikinews articles, judged
twice; `uses/metaphors.txt` and `tests/gold/metaphors_specification.txt`, pairs of sentences. Language models wrote and coded all of it.
The threshold and the margin of the category are chosen on the same texts, each read by weights that did not learn from it (three folds);
nothing here measures anything. Also writes how often each entry of the lexicons was loaded among its judged uses.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession, SessionOptions
from torch import nn
from torch.nn import functional as F

from analysis.measures import metaphors, uses, vocabulary
from analysis.measures.uses import CATEGORIES, COLUMNS
from analysis.reading import encoder as reader
from analysis.reading.article import read
from analysis.reading.encoder import DEPTH, USES
from analysis.reading.lexicon import find
from analysis.study.accuracy.chains import read_marked
from analysis.text.places import LEXICONS

from .data import plain_articles, press_articles, wikinews
from .logistic import logistic

HERE = Path(__file__).parent
LAYERS = ["layers.3.out", "layers.6.out", "states"]
HIDDEN, EPOCHS, RATE, YES, FOLDS, SEED = 128, 6, 1e-3, 2.0, 3, 0
PENALTIES = {"loaded": 0.01, "figurative": 0.02, "linear": 0.1}  # the last: of the rule that reads a metaphor off its states


# --- what is learned from


def coded_texts(folder):
    """[(name, text, codings)] of the texts whose loaded terms were all coded; a coding: (start, end, category, coder)."""
    known = wikinews(folder)
    coded = defaultdict(list)
    for row in _rows("loaded.csv"):
        coded[row["text"], row["line"]].append((int(row["start"]), int(row["end"]), row["category"], row["coder"]))
    for name, lines in press_articles():
        text, marks = "", []
        for number, line in lines:
            marks += [(a + len(text), b + len(text), c, who) for a, b, c, who in coded[f"press/{name}", str(number)]]
            text += line + "\n"
        yield f"press/{name}/{lines[0][0]}", text.rstrip("\n"), marks
    for path in sorted((HERE / "chains").glob("*.txt")):
        yield f"chains/{path.stem}", read_marked(path)["text"], coded[f"chains/{path.stem}", ""]
    for name, text in plain_articles().items():
        yield name, text, coded[name, ""]
    for path in sorted((HERE / "frames").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"frames/{path.stem}/{number}", line.split("|", 2)[2].strip(), coded[f"frames/{path.stem}", str(number)]  # fmt: skip
    learned = pd.read_csv(HERE.parent / "tests" / "gold" / "wikinews_loaded.csv").query("part == 'learn'")
    for doc_id, rows in learned.groupby("doc_id"):
        first = rows.dropna(subset=["start"])
        older = zip(first["start"].astype(int), first["end"].astype(int), first["category"], "A" * len(first))
        yield doc_id, known[doc_id], [*older, *coded[doc_id, ""]]


def judged_texts(folder):
    """[(doc_id, text, judgements)] of articles of which single uses were judged: (start, end, category or "", coder)."""
    known = wikinews(folder)
    found = defaultdict(list)
    for row in _rows("judged.csv"):
        found[row["text"]].append((int(row["start"]), int(row["end"]), row["category"], row["coder"]))
    for doc_id, rows in found.items():
        yield doc_id, known[doc_id], rows


def pairs():
    """[(domain, figurative?, start, end, sentence)] of the written pairs."""
    for path in (HERE / "uses" / "metaphors.txt", HERE.parent / "tests" / "gold" / "metaphors_specification.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            domain, kind, words, _, sentence = line.split("\t")
            for word in words.split("; "):
                start = sentence.replace("’", "'").find(word.replace("’", "'"))
                yield domain, kind == "figurative", start, start + len(word), sentence


def _rows(file):
    with open(HERE / "uses" / file, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- the first step: what is read off each piece


class Pieces:
    """Articles as the encoder sees them: of each sentence where its pieces stand and their states in `LAYERS`."""

    def __init__(self):
        made = onnx.load(reader.FOLDER / "encoder.onnx")
        for layer in LAYERS[:-1]:
            made.graph.output.append(helper.make_tensor_value_info(layer, TensorProto.FLOAT, ["batch", "length", None]))
        options = SessionOptions()
        options.intra_op_num_threads = 2
        self.session = InferenceSession(made.SerializeToString(), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])  # fmt: skip

    def of(self, article):
        """For each sentence (places, states [pieces and the mark before them, three layers side by side])."""
        found = []
        for sentence in article.sentences:
            ids, places = reader._pieces(reader.tokenizer(), sentence)
            given = {"ids": ids[None, : reader.LONGEST], "mask": np.ones((1, len(ids[: reader.LONGEST])), np.float32)}
            states = np.concatenate([s[0] for s in self.session.run(LAYERS, given)], 1)[: len(places) + 1]
            found.append((places, states.astype(np.float16)))
        return found


def marks_of_pieces(article, pieces, codings, coders=2):
    """[pieces, 11] of all sentences: which share of the coders calls each piece loaded, and of each category."""
    made = []
    for (first, _), (places, states) in zip(article.spans, pieces):
        own = np.zeros((len(states), 1 + len(CATEGORIES)), np.float32)
        for start, end, category, _ in codings:
            for i, (a, b) in enumerate(places[: len(states) - 1], 1):
                if a < b and first + a < end and first + b > start:
                    own[i, 0] += 1 / coders
                    own[i, 1 + CATEGORIES.index(category)] += 1 / coders
        made.append(np.minimum(own, 1))
    return np.concatenate(made) if made else np.zeros((0, 1 + len(CATEGORIES)), np.float32)


def network(x, y):
    """The small network that reads pieces, trained: (weights of both layers and biases), inputs as they come."""
    torch.manual_seed(SEED)
    some = x[:: max(1, len(x) // 50_000)].float()
    middle, spread = some.mean(0), some.std(0) + 1e-3
    net = nn.Sequential(nn.Dropout(0.1), nn.Linear(x.shape[1], HIDDEN), nn.GELU(), nn.Dropout(0.3), nn.Linear(HIDDEN, y.shape[1]))  # fmt: skip
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    batches = len(x) // 512 + 1
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * batches, pct_start=0.1)
    yes = torch.tensor(YES)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(512):
            told = net((x[rows].float() - middle) / spread)
            loss = F.binary_cross_entropy_with_logits(told[:, 0], y[rows, 0], pos_weight=yes)
            loss = loss + F.binary_cross_entropy_with_logits(told[:, 1:], y[rows, 1:], pos_weight=yes)
            optimiser.zero_grad(), loss.backward(), optimiser.step(), pace.step()
    (inner, bias), (outer, last) = ([p.detach() for p in layer.parameters()] for layer in (net[1], net[4]))
    inner = inner / spread
    return inner, bias - inner @ middle, outer, last


def read_off(x, net, line):
    """[pieces, USES] of states [pieces, …]: what network and linear rule give."""
    inner, bias, outer, last = net
    x = torch.tensor(x).float()
    return np.concatenate([(F.gelu(x @ inner.T + bias) @ outer.T + last).numpy(), x.numpy() @ line[0] + line[1]], 1)


def line_of(examples):
    """(weights [states, 2], bias [2]) of the linear rule of metaphors: by the word's own states, and by its sentence's."""
    x = np.array([np.concatenate([word, sentence]) for word, sentence, _ in examples])
    w = logistic(x, np.array([y for _, _, y in examples], float), penalty=PENALTIES["linear"])
    half = x.shape[1] // 2
    return np.stack([w[:half], w[half:-1]], 1).astype(np.float32), np.array([w[-1], 0], np.float32)


def example_of(pair, article, pieces):
    """(mean states of the word's pieces, of the sentence's, figurative?) of a written pair."""
    _, figurative, start, end, _ = pair
    words, all_of_it = [], []
    for (first, _), (places, states) in zip(article.spans, pieces):
        for (a, b), state in zip(places, states[1:].astype(np.float32)):
            if a < b:
                all_of_it.append(state)
                words += [state] if first + a < end and first + b > start else []
    return np.mean(words, 0), np.mean(all_of_it, 0), figurative


# --- the second step: candidates


def truth_of(stretch, codings, coders=2):
    """Which share of the coders calls a stretch loaded: one whose coding it overlaps by .3 or more."""
    return len({who for start, end, category, who in codings if category and _overlap(stretch, start, end) >= 0.3}) / coders


def _overlap(stretch, start, end):
    inside = min(stretch.end, end) - max(stretch.start, start)
    return inside / max(stretch.end - stretch.start, end - start)


def fitted(rule, rows):
    """{feature: weight} of a rule from rows (features, share of yes)."""
    names = sorted({n for features, _ in rows for n in features})
    x = np.array([[features.get(n, 0.0) for n in names] for features, _ in rows], float)
    w = logistic(x, np.array([share for _, share in rows], float), penalty=PENALTIES[rule])
    return dict(zip([*names, "bias"], w))


def main(folder):
    """Learns both steps, prints what the folds give, writes encoder.onnx, weights.csv and the counts in the lexicons."""
    _counted({})  # the counts of an earlier training say nothing here: each fold has its own
    torch.set_num_threads(2)
    whole, single, written = list(coded_texts(folder)), list(judged_texts(folder)), list(pairs())
    pieces_of = Pieces()
    articles = [read(text) for _, text, _ in whole + single]
    pieces = [pieces_of.of(a) for a in articles]
    marks = [marks_of_pieces(a, p, [c for c in t[2] if c[2]]) for a, p, t in zip(articles, pieces, whole + single)]
    for i in range(len(whole), len(articles)):  # of these only the judged uses are known
        marks[i][_unknown(articles[i], pieces[i], single[i - len(whole)][2])] = np.nan
    lone = [read(sentence) for *_, sentence in written]
    lone_pieces = [pieces_of.of(a) for a in lone]
    examples = [example_of(*given) for given in zip(written, lone, lone_pieces)]
    draw = np.random.default_rng(SEED)
    fold, stems = draw.integers(0, FOLDS, len(articles)), sorted({_stem(p) for p in written})
    fold_of_stem = dict(zip(stems, draw.integers(0, FOLDS, len(stems))))
    nets = [_network_but(fold != k, pieces, marks) for k in range(FOLDS)]
    lines = [line_of([e for e, p in zip(examples, written) if fold_of_stem[_stem(p)] != k]) for k in range(FOLDS)]
    for article, own, k in zip(articles, pieces, fold):
        _set(article, own, nets[k], lines[k])
    for article, own, pair in zip(lone, lone_pieces, written):
        k = fold_of_stem[_stem(pair)]
        _set(article, own, nets[k], lines[k])
    rules = {"figurative": _figurative_rule(written, lone, fold_of_stem)}
    codings = [t[2] for t in whole + single]
    loaded, counts = _loaded_rule(articles, codings, fold, len(whole), rules["figurative"])
    _write(rules | loaded)
    _extend(_network_but(np.ones(len(articles), bool), pieces, marks), line_of(examples))
    _counted(counts)


def _stem(pair):
    return pair[4][pair[2] : pair[3]].casefold()[:5]


def _unknown(article, pieces, judgements):
    """Which pieces no judgement is about."""
    seen = marks_of_pieces(article, pieces, [(a, b, "other", who) for a, b, _, who in judgements])
    return seen[:, 0] == 0


def _network_but(chosen, pieces, marks):
    x = np.concatenate([states for i in np.flatnonzero(chosen) for _, states in pieces[i]])
    y = np.concatenate([marks[i] for i in np.flatnonzero(chosen)])
    known = ~np.isnan(y[:, 0])
    return network(torch.tensor(x[known]), torch.tensor(y[known]))


def _set(article, pieces, net, line):
    """Gives an article what a network and a rule read off its pieces, as if the encoder had."""
    of_pieces = [(places, read_off(states, net, line)) for places, states in pieces]
    told = reader.on_tokens(article, of_pieces, USES)
    article.states.words = np.concatenate([np.zeros((len(told), DEPTH), np.float16), told], 1)


def _figurative_rule(written, lone, fold_of_stem):
    """The rule of metaphors; prints how often it is right on pairs whose word it did not learn."""
    rows = []
    for pair, article in zip(written, lone):
        domain, figurative, start, end, _ = pair
        hits = find(article.doc, metaphors.metaphor_index())
        for hit in (h for h in hits if h.start < end and h.end > start):
            features = uses.figurative_features(article, hit, metaphors.told(hit, hits))
            rows.append((features, float(figurative), domain, fold_of_stem[_stem(pair)]))
    right = []
    for k in range(FOLDS):
        rule = fitted("figurative", [r[:2] for r in rows if r[3] != k])
        uses.weights = lambda rule=rule: {"figurative": rule}
        right += [(r[2], (uses.probability("figurative", r[0]) > 0.5) == (r[1] > 0.5)) for r in rows if r[3] == k]
    for domain in sorted({d for d, _ in right}):
        own = [r for d, r in right if d == domain]
        print(f"metaphors, {domain}: right {np.mean(own):.3f} of {len(own)}")
    return fitted("figurative", [r[:2] for r in rows])


def _loaded_rule(articles, codings, fold, n_whole, figurative):
    """({rule: weights} of loaded words with what was chosen, {entry: (judged, loaded)}); prints what the folds give."""
    uses.weights = lambda: {"figurative": figurative}
    rows = []  # (features, share, article, stretch, entry)
    for i, (article, own) in enumerate(zip(articles, codings)):
        found = vocabulary.candidates(article)
        figures = [h for h, entry in found if entry and entry["domain"]]
        for stretch, entry in found:
            if i < n_whole or any(_overlap(stretch, a, b) >= 0.3 for a, b, *_ in own):
                features = vocabulary.features(article, stretch, entry, figures)
                rows.append((features, truth_of(stretch, own), i, stretch, entry))
    told = np.zeros(len(rows))
    of_fold = np.array([fold[r[2]] for r in rows])
    for k in range(FOLDS):
        counts = _counts_of(r for r, f in zip(rows, of_fold) if f != k)
        inner = [_with_counts(r, counts, but=True) for r, f in zip(rows, of_fold) if f != k]
        rule = fitted("loaded", inner)
        uses.weights = lambda rule=rule: {"loaded": rule}
        for j in np.flatnonzero(of_fold == k):
            told[j] = uses.probability("loaded", _with_counts(rows[j], counts)[0])
    threshold, curve = _threshold(rows, told, codings, n_whole)
    print("\n".join(curve))
    margin = _margin(rows, told, threshold, articles, codings)
    counts = _counts_of(rows)
    rule = fitted("loaded", [_with_counts(r, counts, but=True) for r in rows])
    return {"loaded": rule, "chosen": {"threshold": threshold, "category": margin}}, counts


def _counts_of(rows):
    counts = defaultdict(lambda: np.zeros(2))
    for _, share, _, _, entry in rows:
        if entry:
            counts[entry["entry"]] += (1, share)
    return counts


def _with_counts(row, counts, but=False):
    """A row's (features, share) with how often its entry was loaded among the others (but: without this use itself)."""
    features, share, _, _, entry = row
    if entry is None:
        return features, share
    judged, found = counts[entry["entry"]] - (np.array([1, share]) if but else 0)
    return features | uses.of_counts(judged, found), share


def _threshold(rows, told, codings, n_whole):
    """(the highest threshold whose F on the texts coded whole is within .01 of the best, lines of the curve).

    Between thresholds that are as good, the one that calls fewer plain words loaded: most press is plainer than what is learned from.
    """
    curve, lines = {}, []
    inside = np.array([r[2] < n_whole for r in rows])
    both = [_agreed(own) for own in codings[:n_whole]]
    for threshold in np.arange(0.2, 0.56, 0.05):
        chosen = defaultdict(list)
        for j in np.flatnonzero(inside & (told >= threshold)):
            chosen[rows[j][2]].append(rows[j][3])
        right = sum(truth_of(s, codings[i]) > 0 for i, found in chosen.items() for s in found)
        found = sum(map(len, chosen.values()))
        met = sum(any(_overlap(s, a, b) >= 0.3 for s in chosen[i]) for i, own in enumerate(both) for a, b in own)
        precision, recall = right / found, met / sum(map(len, both))
        f = 2 * precision * recall / (precision + recall)
        lines.append(f"loaded, from {threshold:.2f} on: precision {precision:.3f}, recall {recall:.3f}, F {f:.3f}")
        curve[round(float(threshold), 2)] = f
    return max(t for t, f in curve.items() if f >= max(curve.values()) - 0.01), lines


def _agreed(codings):
    """The codings of A that B has too."""
    one, other = ([(a, b) for a, b, c, who in codings if c and who == w] for w in "AB")
    return [(a, b) for a, b in one if any(min(b, d) > max(a, c) for c, d in other)]


def _margin(rows, told, threshold, articles, codings):
    """The margin from which on another category than the entry's is taken; prints how often the category is right."""
    best = (0, 0)
    for margin in (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 99.0):
        uses.weights = lambda m=margin: {"chosen": {"category": m}}
        right = []
        for (_, share, i, stretch, entry), p in zip(rows, told):
            if p >= threshold and share:
                ours = uses.category_of(articles[i], stretch, entry)
                right.append(any(c == ours and _overlap(stretch, a, b) >= 0.3 for a, b, c, _ in codings[i]))
        print(f"category, margin {margin}: right {np.mean(right):.3f} of {len(right)}")
        best = max(best, (np.mean(right), margin))
    return best[1]


# --- writing


def _write(rules):
    uses.FOLDER.mkdir(parents=True, exist_ok=True)
    with open(uses.FOLDER / "weights.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["rule", "feature", "weight"])
        for rule, weights in rules.items():
            table.writerows([rule, name, f"{weights[name]:.4f}"] for name in sorted(weights))


def _extend(net, line):
    """Gives `encoder.onnx` its output `uses`."""
    made = onnx.load(reader.FOLDER / "encoder.onnx")
    _without(made.graph)
    inner, bias, outer, last = (p.numpy() for p in net)
    given = {"inner": inner.T, "inner.b": bias, "outer": outer.T, "outer.b": last, "line": line[0], "line.b": line[1]}
    for name, value in given.items():
        made.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), f"uses.{name}"))
    nodes = [("Concat", [*LAYERS], "uses.states", {"axis": -1}), ("MatMul", ["uses.states", "uses.inner"], "uses.product", {}),
             ("BiasGelu", ["uses.product", "uses.inner.b"], "uses.hidden", {"domain": "com.microsoft"}),
             ("MatMul", ["uses.hidden", "uses.outer"], "uses.told", {}), ("Add", ["uses.told", "uses.outer.b"], "uses.loaded", {}),
             ("MatMul", ["uses.states", "uses.line"], "uses.lined", {}), ("Add", ["uses.lined", "uses.line.b"], "uses.figurative", {}),
             ("Concat", ["uses.loaded", "uses.figurative"], "uses", {"axis": -1})]  # fmt: skip
    for operator, inputs, out, more in nodes:
        made.graph.node.append(helper.make_node(operator, inputs, [out], name=out, **more))
    made.graph.output.append(helper.make_tensor_value_info("uses", TensorProto.FLOAT, ["batch", "length", USES]))
    onnx.save(made, reader.FOLDER / "encoder.onnx")


def _without(graph):
    """Takes an earlier `uses` out of a graph."""
    for part, name_of in ((graph.node, lambda n: n.name), (graph.initializer, lambda c: c.name), (graph.output, lambda o: o.name)):  # fmt: skip
        for thing in [x for x in part if re.match(r"uses(\.|$)", name_of(x))]:
            part.remove(thing)


def _counted(counts):
    """Writes the columns judged and loaded of the lexicons `loaded` and `metaphors`."""
    for name in ("loaded", "metaphors"):
        path = LEXICONS / name / "lexicon.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        known = [counts.get(entry) for entry in table["entry"]]
        for column, i in (("judged", 0), ("loaded", 1)):
            table[column] = ["" if k is None else f"{k[i]:g}" for k in known]
        table.to_csv(path, index=False, lineterminator="\n")


assert len(COLUMNS) == USES
if __name__ == "__main__":
    main(*sys.argv[1:])
