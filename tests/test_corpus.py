"""Every bad input gives a row or an error that names file and cause, and the rest is read."""

import json
import unicodedata

import pandas as pd
import pytest

import analysis
from analysis.corpus.importers import importer_for
from analysis.corpus.metadata import detect_language, parse_date

GOOD = "Le maire de Valmont a présenté hier son projet pour la rivière. Les habitants attendent encore une réponse du préfet."
OTHER = (
    "La compagnie des eaux répond aux habitants que les travaux commenceront au printemps, quand la neige aura fondu."
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def read(folder):
    articles, problems = analysis.inspect_corpus(folder)
    assert "good-001" in set(articles["doc_id"]), "the good article must survive whatever stands beside it"
    return articles.set_index("doc_id"), problems


def why(problems, file):
    return " | ".join(problems[problems["source_file"] == file]["why"])


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("scan.pdf", b"%PDF-1.7 \x00\x01", "PDF"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        ("doc.docx", b"PK\x03\x04\x00\x00", "ZIP"),
        ("noise.txt", bytes(range(256)) * 20, "binary"),
        ("table.csv", "nom;âge\nAnne;3\n".encode(), "no column holds the text; its columns: nom, âge"),
        ("only-header.txt", b"---\ntitle: Rien\n---\n", "no text"),
        ("broken-header.txt", b"---\ntitle: un: deux: [\n---\ncorps", "header is not YAML"),
        (
            "english.txt",
            b"The mayor presented his plan for the river yesterday, and the people are still waiting for an answer.",
            "not in French",
        ),
        ("long.txt", ("Une phrase de plus. " * 260_000).encode(), "too long for one article"),
        ("broken.parquet", b"PAR1 not really", "damaged Parquet"),
        ("rows.jsonl", b"not json\n", "line 1 is not a JSON object"),
        ("page.html", b"<html><body></body></html>", "no article text"),
    ],
)
def test_bad_files_are_reported_and_the_rest_is_read(folder, name, content, cause):
    (folder / name).write_bytes(content)
    articles, problems = read(folder)
    assert list(articles.index) == ["good-001"]
    assert cause in why(problems, name)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (OTHER.replace("au", "à côté, au", 1).encode("cp1252"), "cp1252"),
        (OTHER.encode("utf-8-sig"), "byte-order mark"),
        (unicodedata.normalize("NFD", OTHER + " Été.").encode(), "NFD"),
        (OTHER.encode("utf-16"), "UTF-16"),
    ],
)
def test_wrong_encodings_are_read_rightly_and_reported(folder, content, note):
    (folder / "other.txt").write_bytes(content)
    articles, problems = read(folder)
    text = articles.loc["other-001", "text"]
    assert "répond" in text or "à côté" in text
    assert unicodedata.is_normalized("NFC", text) and "\ufeff" not in text
    assert note in why(problems, "other.txt")


def test_duplicates_are_set_aside_and_copies_in_another_outlet_stay(folder):
    (folder / "twin.txt").write_text(GOOD, encoding="utf-8")
    (folder / "copy.txt").write_text(f"---\noutlet: Le Courrier\n---\n{GOOD}", encoding="utf-8")
    articles, problems = read(folder)
    assert set(articles.index) == {"good-001", "copy-001"}
    assert "identical to" in why(problems, "twin.txt")
    assert articles["duplicate_group"].nunique() == 1


def test_rows_of_a_table_fail_one_by_one(folder):
    rows = [
        {"id": "a", "texte": OTHER, "titre": "Eaux", "média": "Le Fil", "date": "12/03/2026"},
        {"id": "b", "texte": ""},
        {"id": "c", "texte": GOOD + " Fin.", "date": "le trente-deux"},
    ]
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    articles, problems = read(folder)
    assert {"a", "c"} <= set(articles.index) and "b" not in articles.index
    assert list(problems[problems["doc_id"] == "b"]["why"]) == ["no text"]
    assert "le trente-deux" in why(problems, "t.jsonl")
    row = articles.loc["a"]
    assert (row["outlet"], row["title"], str(row["date"].date())) == ("Le Fil", "Eaux", "2026-03-12")
    assert row["text"] == f"Eaux\n\n{OTHER}"


def test_csv_with_semicolons_quotes_and_a_short_row(folder):
    (folder / "t.csv").write_text(f'titre;contenu;journal\n"Un; deux";"{OTHER}";Le Fil\ncourt;trop\n', encoding="utf-8")
    articles, problems = read(folder)
    assert articles.loc["t.csv-001", "title"] == "Un; deux"
    assert "row 3 has 2 cells" in why(problems, "t.csv")


def test_parquet(folder):
    pd.DataFrame({"text": [OTHER, None], "outlet": ["Le Fil", "Le Fil"]}).to_parquet(folder / "t.parquet")
    articles, problems = read(folder)
    assert articles.loc["t.parquet-001", "outlet"] == "Le Fil"
    assert len(problems) == 1


def test_saved_web_page(folder):
    page = f"""<!doctype html><html lang="fr"><head><title>Eaux | Le Fil</title><meta property="og:site_name" content="Le Fil">
    </head><body><nav><a href="/">Accueil</a><a href="/sport">Sport</a></nav><article><h1>La rivière</h1><p>{OTHER}</p>
    <p>{GOOD}</p><p>Il aurait « tout essayé », a-t-elle dit.</p></article><footer>Laisser un commentaire</footer></body></html>"""
    (folder / "page.html").write_text(page, encoding="utf-8")
    articles, _ = read(folder)
    text = articles.loc["page.html-001", "text"]
    assert OTHER in text and "Accueil" not in text and "commentaire" not in text


def test_header_and_sidecar_give_metadata(folder):
    (folder / "h.txt").write_text(
        f"---\ntitle: 'L’eau'\noutlet: Le Fil\ndate: 1er mars 2026\nauthor: A. B.\n---\nL'eau\n\n{OTHER}",
        encoding="utf-8",
    )
    (folder / "metadata.csv").write_text(
        "file,outlet,date\ngood.txt,La Gazette,2026-02-01\ngone.txt,X,\n", encoding="utf-8"
    )
    articles, problems = read(folder)
    assert articles.loc["h-001", "text"] == f"L’eau\n\n{OTHER}", "the title is never doubled"
    assert str(articles.loc["h-001", "date"].date()) == "2026-03-01"
    assert articles.loc["good-001", "outlet"] == "La Gazette"
    assert "gone.txt" in why(problems, "metadata.csv")


def test_page_furniture_goes_and_is_kept_apart(folder):
    (folder / "f.txt").write_text(
        f"{OTHER}\nLire aussi : La pluie revient\n{GOOD}\nLaisser un commentaire", encoding="utf-8"
    )
    articles, _ = read(folder)
    assert articles.loc["f-001", "text"] == f"{OTHER}\n{GOOD}"
    assert articles.loc["f-001", "furniture"] == "Lire aussi : La pluie revient | Laisser un commentaire"


def test_ids_do_not_change_when_files_are_added(folder):
    (folder / "z.txt").write_text(OTHER, encoding="utf-8")
    before = dict(zip(*[read(folder)[0].reset_index()[c] for c in ("text", "doc_id")]))
    (folder / "a").mkdir()
    for name in ("a/z.txt", "good.html", "aa.txt"):
        (folder / name).write_text(
            f"<html><body><p>{OTHER} {name}</p></body></html>" if name.endswith("l") else f"{OTHER} {name}.",
            encoding="utf-8",
        )
    after = read(folder)[0].reset_index()
    assert after["doc_id"].is_unique
    assert all(dict(zip(after["text"], after["doc_id"]))[t] == i for t, i in before.items())


def test_one_warning_counts_the_problems(folder):
    (folder / "empty.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match="1 problem"):
        analysis.read_corpus(folder)


def test_a_folder_that_is_not_there():
    with pytest.raises(FileNotFoundError, match="nowhere-at-all"):
        analysis.read_corpus("nowhere-at-all")


def test_an_empty_folder_gives_typed_empty_tables(tmp_path):
    articles, problems = analysis.inspect_corpus(tmp_path)
    assert articles.empty and problems.empty and str(articles["date"].dtype) == "datetime64[ns]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-12T10:00:00+02:00", "2026-03-12"),
        ("12/03/2026", "2026-03-12"),
        ("lundi 16 octobre 2023", "2023-10-16"),
        ("1er août 2024", "2024-08-01"),
        ("March 3, 2021", "2021-03-03"),
        ("hier", None),
        ("2026", None),
        ("2026-02-31", None),
        ("", None),
    ],
)
def test_dates(text, expected):
    found = parse_date(text)
    assert (found and str(found.date())) == expected


def test_language_is_not_guessed_from_too_little():
    assert detect_language("Oui.") is None and detect_language(GOOD) == "fr"


def test_an_unknown_binary_is_refused_by_name():
    with pytest.raises(ValueError, match="empty"):
        importer_for("x", b"")
