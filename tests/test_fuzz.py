"""Every importer, fed mutated files: it reads them, or says in our own words why not; it raises nothing else."""

import random

import pandas as pd
import pytest

from analysis.corpus.importers import FIELDS, HEAD, Unreadable, importer_for
from tests import test_importers as made

ROUNDS = 60
JSON = f'{{"title": "Eaux", "text": "{made.ONE}"}}\n{{"title": "Pré", "text": "{made.TWO}"}}\n'


def workbook(folder):
    pd.DataFrame({"titre": ["Eaux"], "texte": [made.ONE]}).to_excel(folder / "w.xlsx", index=False)
    return (folder / "w.xlsx").read_bytes()


def parquet(folder):
    pd.DataFrame({"titre": ["Eaux"], "texte": [made.ONE]}).to_parquet(folder / "w.parquet")
    return (folder / "w.parquet").read_bytes()


def printed(folder):
    import matplotlib.pyplot as plt

    figure = plt.figure()
    figure.text(0.05, 0.5, made.ONE[:60] + "\n" + made.ONE[60:])
    figure.savefig(folder / "w.pdf", metadata={"CreationDate": None})
    plt.close(figure)
    return (folder / "w.pdf").read_bytes()


FILES = {
    "europresse.html": lambda _: made.export(
        made.europresse_2021(), made.europresse_2023("web·20231017·LI·2", made.ONE)
    ),
    "factiva.html": lambda _: f"<html><body>{made.factiva()}</body></html>",
    "factiva.txt": lambda _: (
        f"SE Économie\nHD Eaux\nWC 10 mots\nPD 16 octobre 2023\nSN Le Fil\nLP\n{made.ONE}\nTD\n{made.TWO}\nAN Document A1\n"
    ),
    "page.html": lambda _: (
        f"<!doctype html><html><head><title>Eaux</title></head><body><article><p>{made.ONE}</p></article></body></html>"
    ),
    "feed.xml": lambda _: (
        f"<rss version='2.0'><channel><title>Fil</title><item><title>E</title><description>{made.ONE}</description></item></channel></rss>"
    ),
    "iramuteq.txt": lambda _: f"**** *source_Fil *date_2023-10-16\n{made.ONE}\n",
    "plain.txt": lambda _: f"---\ntitle: Eaux\n---\n{made.ONE}\n",
    "rows.jsonl": lambda _: JSON,
    "rows.csv": lambda _: f"titre;texte\nEaux;{made.ONE}\nPré;{made.TWO}\n",
    "book.xlsx": workbook,
    "rows.parquet": parquet,
    "nexis.docx": lambda _: made.word(made.nexis()),
    "nexis.rtf": lambda _: made.rich(made.nexis(french=True)),
    "plain.odt": lambda _: made.opendocument([made.ONE, made.TWO]),
    "book.epub": lambda _: made.epub(("Eaux", made.ONE), ("Pré", made.TWO)),
    "tei.xml": lambda _: made.TEI,
    "film.srt": lambda _: made.SUBTITLES,
    "lexis.txt": lambda _: f"1 of 1 DOCUMENTS\n\nLe Fil\n\nOctober 16, 2023 Monday\n\nEaux\n\nLENGTH: 20 words\n\n{made.ONE}\n\nLOAD-DATE: x\n",
    "forms.htm": lambda _: f'<form><table id="tbHeaderImages"></table><table><tr><td class="celPublication">Le Fil<br>lundi 16 octobre 2006</td></tr><tr><td><b>Eaux</b></td></tr><tr><td>{made.ONE}</td></tr></table></form>',
    "factiva.rtf": lambda _: made.rtf(*made.FACTIVA),
    "quoted.csv": lambda _: f'id,titre,texte\n1,Eaux,"{made.ONE}\n\nSuite."\n2,Pré,"{made.TWO}"\n3,Roc,"Il dit ""non"", {made.THREE}"\n',
    "printed.pdf": printed,
    "archive.zip": lambda _: made.zipped(**{"a.txt": made.ONE, "b.html": made.export(made.europresse_2021())}),
    "pages.warc.gz": lambda _: made.warc(("https://fil.example/1", f"<html><body><p>{made.ONE}</p></body></html>")),
}


def mutated(data, chance):
    """The bytes with a few of them cut, doubled, swapped, or replaced; or broken off."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        at, length = chance.randrange(len(data)), chance.choice([1, 2, 7, 40, 400])
        match chance.randrange(5):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = data[at : at + length] * chance.randint(1, 3)
            case 2:
                data[at : at + length] = chance.randbytes(min(length, 40))
            case 3:
                data[at:at] = chance.choice([b"<", b"</article>", b"\0", b"\xff\xfe", b'"', b"]]>", b"&#x110000;", b"\n---\n", b"&lol;"])  # fmt: skip
            case 4:
                del data[at:]
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_mutated_files(name, tmp_path):
    content = FILES[name](tmp_path)
    content = content.encode() if isinstance(content, str) else content
    chance, read, refused = random.Random(name), 0, 0
    for _ in range(ROUNDS):
        path = tmp_path / name
        path.write_bytes(mutated(content, chance))
        try:
            with open(path, "rb") as stream:
                importer = importer_for(path, stream.read(HEAD))
            for record in importer.read(path):
                read += 1
                assert "problem" in record or set(record) <= {*FIELDS, "member"}
                assert "problem" not in record or len(record["problem"]) == 2
        except Unreadable:
            refused += 1
    assert read or name.endswith(("xlsx", "docx")), "the mutations must leave something to read"
