"""From logits to probabilities of French news, and from these to labels: few numbers, fitted on sentences kept for it."""

import numpy as np
from scipy.optimize import minimize

GRID = np.round(np.exp(np.linspace(np.log(0.5), np.log(4), 22)), 2)


def softmax(logits):
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def fit_scale(logits, truth, weights):
    """(scale, shift): softmax(scale · logits + shift) fits the labels best, at their natural shares; shift of neutral is 0."""

    def loss(x):
        p = softmax(logits * np.exp(x[0]) + np.array([x[1], 0, x[2]]))
        return -(weights * np.log(p[np.arange(len(truth)), truth] + 1e-12)).sum() / weights.sum() + 1e-3 * (x**2).sum()

    x = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    return float(np.exp(x[0])), [float(x[1]), 0.0, float(x[2])]


def macro_f1(truth, guess, weights):
    """Macro-F1 over the three labels, weighted."""
    scores = []
    for k in range(3):
        right = weights[(truth == k) & (guess == k)].sum()
        both = weights[truth == k].sum() + weights[guess == k].sum()
        scores.append(2 * right / both if both else 0.0)
    return float(np.mean(scores))


def fit_rule(sets):
    """Weights of the classes that give the best mean macro-F1 of the argmax over several (p, truth, weights).

    One number is fitted: neutral weighs 1, negative and positive the same. With two, the few sentences that there are to
    choose on gave weights that differed wildly from one training to the next.
    """
    best = max((np.mean([macro_f1(t, (p * [m, 1, m]).argmax(1), w) for p, t, w in sets]), m) for m in GRID)
    return [float(best[1]), 1.0, float(best[1])]
