"""How fast and in how much memory a large export is read: a synthetic Europresse file, beside lxml's own parse of it.

    python benchmarks/importing.py [megabytes]     (default: 20)

Prints articles and seconds, their ratio to lxml parsing the same bytes in the same run, and the peak memory of the process
(on Linux and macOS). Absolute speeds differ from machine to machine; the ratio is what to compare.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "le la les des un une et de à l’accord « guerre » gouvernement entreprise œuvre société ministre président réforme "
    "décision marché justice tribunal rachète annonce selon plusieurs sources aurait mardi Paris européenne croissance"
).split()


def article(number, chance):
    """One article in the layout of 2021, of some 550 words."""

    def words(n):
        return " ".join(chance.choices(WORDS, k=n))

    body = "".join(f"<p>{words(90)} <mark>harb</mark>our {number}.</p>" for _ in range(6))
    return (
        f'<article><header><span class="DocPublicationName">Le Fil, no. {number}</span><span class="DocHeader">Ville, '
        f'lundi 16 octobre 2023 550 mots, p. 9</span><p class="titreArticleVisu">Titre {number} {words(6)}</p></header>'
        f'<section><div class="docOcurrContainer">{body}</div></section><footer><div class="publiC-lblNodoc">'
        f"news·20231016·LF·{number:07d}</div></footer></article>"
    )


def write_export(path, megabytes):
    """Writes an export of that size."""
    chance, number = random.Random(1), 0
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("<!DOCTYPE html><html><body>")
        while stream.tell() < megabytes * 1_000_000:
            number += 1
            stream.write(article(number, chance))
        stream.write("</body></html>")


def main(megabytes):
    """Writes the export into a temporary folder, reads it, and prints the figures."""
    from lxml import etree

    from analysis.corpus.articles import inspect_corpus

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.HTML"
        write_export(path, megabytes)
        start = time.perf_counter()
        articles, problems = inspect_corpus(folder)
        took = time.perf_counter() - start
        peak = memory()
        start = time.perf_counter()
        for _, element in etree.iterparse(str(path), html=True, encoding="utf-8", huge_tree=True):
            element.clear()
        parse = time.perf_counter() - start
    per = took / len(articles) * 1000
    print(f"{len(articles):,} articles, {len(problems)} problems, {took:.1f} s: {per:.1f} s for 1,000 articles")
    print(f"{took / parse:.1f} times as long as lxml takes to parse it; peak memory {peak} MB")


def memory():
    """Peak memory of this process in megabytes; "unknown" where the system doesn't tell."""
    try:
        import resource
    except ImportError:
        return "unknown"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20)
