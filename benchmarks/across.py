"""How stories and copied text grow: seconds and memory on 1,000 to 100,000 articles, as the growth from each size to the next.

    python benchmarks/across.py [10000 …]

Articles are invented: words drawn by a Zipf law, names of its own for each event, three outlets a story over a week, and a common dispatch in every
fifth story. A growth of 10 for ten times the articles is linear.
"""

import random
import resource
import sys
import time

import pandas as pd

SIZES, EACH, DISPATCH = [1000, 10_000, 100_000], 3, 60


def corpus(n, words=180, seed=1):
    """n invented articles in stories of three, over a day per fifty articles."""
    draw = random.Random(seed)
    vocabulary = [f"mot{i}" for i in range(30_000)]
    weights = [1 / (i + 10) for i in range(len(vocabulary))]
    rows = []
    for story in range(-(-n // EACH)):
        names = [f"Nom{story}x{k}" for k in range(6)]
        day = pd.Timestamp("2020-01-01") + pd.Timedelta(days=story * EACH // 50)
        dispatch = " ".join(draw.choices(vocabulary, weights, k=DISPATCH)) if story % 5 == 0 else ""
        for k in range(EACH):
            body = [w if i % 12 else draw.choice(names) for i, w in enumerate(draw.choices(vocabulary, weights, k=words))]
            title = f"{names[0]} et {names[1]} {draw.choice(vocabulary)}"
            rows.append({"doc_id": f"a{story:06d}-{k}", "title": title, "text": f"{title}\n\n{' '.join(body)}. {dispatch}", "date": day + pd.Timedelta(days=k)})
    return pd.DataFrame(rows[:n])


def main():
    """Prints a row per size and what is made."""
    from analysis.study.reuse import reuse
    from analysis.study.stories import stories

    before = {}
    for n in map(int, sys.argv[1:] or SIZES):
        articles = corpus(n)
        for name, function in (("stories", stories), ("reuse", reuse)):
            start = time.perf_counter()
            found = function(articles)
            took, memory = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            grown = f"{took / before[name][1]:.1f} times the time for {n / before[name][0]:.0f} times the articles" if name in before else ""
            print(f"{n:8,} articles  {name:8} {took:8.1f} s  {memory:6.0f} MB so far  {len(found):9,} rows  {grown}", flush=True)
            before[name] = (n, took)


if __name__ == "__main__":
    main()
