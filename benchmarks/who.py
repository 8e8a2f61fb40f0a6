"""What *Who is who* costs beside reading: seconds of entities over seconds of parse and encoder, same texts, same run, one process.

python benchmarks/who.py FILE [articles]     (FILE: JSON lines with text; default: 100 articles)
"""

import json
import sys
import time
from itertools import islice

from analysis.measures import entities
from analysis.reading.article import read
from analysis.reading.encoder import vectors_of


def main(path, n=100):
    """Measures n articles and prints the figures."""
    with open(path, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, n)]
    entities.measure(read(texts[0]))
    vectors_of(read(texts[0]))
    start = time.perf_counter()
    articles = [read(text) for text in texts]
    parsed = time.perf_counter() - start
    for article in articles:
        vectors_of(article)
    reading = time.perf_counter() - start
    start = time.perf_counter()
    for article in articles:
        entities.measure(article)
    own = time.perf_counter() - start
    print(
        f"{n} articles: reading {reading:.2f} s (parse {parsed:.2f}), who is who {own:.2f} s: {own / reading:.1%} of the reading"
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
