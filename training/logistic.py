"""A logistic rule with an L2 penalty: what every learned rule of the kit but the network is."""

import numpy as np
from scipy.optimize import minimize


def logistic(x, y, *, penalty):
    """Weights of the features as they come, and the bias (last), of a logistic rule.

    x [rows, features]; y: share of yes of each row; penalty: on the weights of features brought to a spread
    of 1, one number or one per feature.
    """
    middle, spread = x.mean(0), x.std(0)
    spread = np.where(spread < 1e-6, 1.0, spread)
    z = (x - middle) / spread

    def loss(w):
        s = z @ w[:-1] + w[-1]
        gap = (1 / (1 + np.exp(-np.clip(s, -500, 500))) - y) / len(y)
        value = (np.logaddexp(0, s) - y * s).mean() + (penalty * w[:-1] ** 2).sum() / 2
        return value, np.append(z.T @ gap + penalty * w[:-1], gap.sum())

    w = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return np.append(w[:-1] / spread, w[-1] - (w[:-1] / spread) @ middle)
