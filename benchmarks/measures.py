"""How fast the three measures of voices are, as a ratio against spaCy's own pass over the same texts in the same run.

    python benchmarks/measures.py [folder or file of articles]     (default: the invented example)

Prints words per second for the reading (spaCy, without the cache) and for quotes, hedges and loaded terms together,
and how many times faster the three are than the reading. Absolute speeds differ from machine to machine; the ratio
is what to compare.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "port-clair"


def timed(function, *arguments):
    """(result, seconds) of a call."""
    start = time.perf_counter()
    return function(*arguments), time.perf_counter() - start


def main(path):
    """Reads and measures the articles once after a warm-up, and prints the ratio."""
    from analysis.corpus import articles as corpus
    from analysis.measures import certainty, vocabulary, voices
    from analysis.reading import article as reading

    articles, _ = corpus.inspect_corpus(path)
    warm = articles.head(1).assign(text="Le maire a dit « oui », selon le préfet, et il aurait trahi.")
    made = reading.read_articles(warm, progress=False)
    said, _ = voices.quotes(made)
    certainty.hedges(made, said), vocabulary.loaded_terms(made, said)

    made, reading_time = timed(lambda: reading.read_articles(articles, progress=False))
    (said, _), quotes_time = timed(voices.quotes, made)
    _, hedges_time = timed(certainty.hedges, made, said)
    _, terms_time = timed(vocabulary.loaded_terms, made, said)
    words, total = int(articles["n_words"].sum()), quotes_time + hedges_time + terms_time
    print(f"{len(articles)} articles, {words:,} words")
    print(f"reading            {words / reading_time:10,.0f} words/s")
    print(f"quotes             {words / quotes_time:10,.0f} words/s")
    print(f"hedges             {words / hedges_time:10,.0f} words/s")
    print(f"loaded terms       {words / terms_time:10,.0f} words/s")
    print(
        f"the three together {words / total:10,.0f} words/s, {reading_time / total:.1f} times the speed of the reading"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        os.environ["CADRAGE_CACHE"] = cache
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
