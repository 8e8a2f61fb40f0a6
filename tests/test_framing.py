"""Frames: what a score is made of, and a specification of sentences that were written without seeing the lexicons."""

import pytest
from conftest import PROJECT

import analysis
from analysis.measures.framing import SCHEMES, read_schemes
from analysis.measures.metaphors import find_metaphors
from analysis.reading.article import read_texts

GOLD = PROJECT / "tests" / "gold"

PRESENT = [
    ("Le syndicat accuse la direction et dénonce un affrontement inévitable.", "generic", "conflict"),
    ("En larmes, la mère de famille raconte la douleur de ses enfants.", "generic", "human_interest"),
    ("Les pertes se chiffrent en millions d'euros et le chômage augmente.", "generic", "economic_consequences"),
    ("Un comportement immoral et indigne, contraire à toute éthique.", "generic", "morality"),
    ("Le gouvernement est responsable de la crise et doit y remédier d'urgence.", "generic", "responsibility"),
    ("L'inflation et le chômage pèsent sur la croissance.", "policy", "economic"),
    ("Le Parlement vote la loi avant l'élection présidentielle.", "policy", "political"),
    ("Le tribunal a condamné le prévenu après un long procès.", "policy", "justice"),
    ("Des chercheurs publient une étude dans une revue scientifique.", "policy", "science"),
    ("La police a arrêté trois suspects après l'attentat.", "policy", "security"),
    ("L'hôpital accueille les patients et la vaccination commence.", "policy", "health"),
    ("La pollution et la déforestation menacent la biodiversité.", "policy", "environment"),
    ("Le festival de cinéma ouvre avec un film d'auteur.", "policy", "culture"),
    ("La guerre de l'IA ne fait que commencer.", "metaphor", "war"),
    ("Cette saga connaît un nouveau rebondissement.", "metaphor", "theatre"),
    ("Une tempête médiatique s'abat sur le groupe.", "metaphor", "weather"),
]


@pytest.mark.parametrize(("text", "scheme", "frame"), PRESENT, ids=[p[2] + " " + p[0][:30] for p in PRESENT])
def test_present(text, scheme, frame):
    row = analysis.score_frames([text]).query("scheme == @scheme and frame == @frame").iloc[0]
    assert row["present"] and 0 <= row["start"] < row["end"] <= len(text)


def lines(name):
    return [line.split("\t") for line in (GOLD / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize(("scheme", "floor"), [("generic", 0.9), ("policy", 0.85)])
def test_the_specification_of_sentences(scheme, floor):
    """Clear cases and near misses, written by a language model; the floor stands under what was measured, .94 and .88."""
    cases = [case for case in lines("frames_specification.txt") if case[0] == scheme]
    assert len(cases) >= 120
    scores = analysis.score_frames([text for *_, text in cases]).set_index(["text_id", "frame"])["present"]
    wrong = [c for i, c in enumerate(cases) if scores[i, c[1]] != (c[2] == "yes")]
    assert len(wrong) <= (1 - floor) * len(cases), wrong


@pytest.mark.parametrize(("name", "floor"), [("metaphors_specification.txt", 0.92), ("metaphors_measure.txt", 0.86)])
def test_figurative_and_literal_uses_are_told_apart(name, floor):
    """Pairs written without seeing the lexicon; measured .95 and .89 (war alone .95 and .90) after the lexicon was widened."""
    cases = lines(name)
    assert len(cases) >= 120
    wrong = []
    for (domain, kind, word, _, text), article in zip(cases, read_texts([text for *_, text in cases])):
        doc = article.doc
        found = [doc.text[h.start : h.end].lower() for h in find_metaphors(article) if h.row["domain"] == domain]
        hit = any(word.lower() in f or f in word.lower() for f in found)
        wrong += [] if hit == (kind == "figurative") else [text]
    assert len(wrong) <= (1 - floor) * len(cases), wrong


def test_a_study_defines_frames_of_its_own(tmp_path):
    (tmp_path / "port").mkdir()
    table = tmp_path / "port" / "lexicon.csv"
    table.write_text("frame,entry,pos,weight\nsmell,odeur,NOUN,0.9\nsmell,suie,NOUN,0.4\n", encoding="utf-8")
    schemes = read_schemes(tmp_path)
    articles = analysis.read_corpus(PROJECT / "examples" / "port-clair").head(1)
    articles["text"] = "L'odeur de la suie revient. La mairie n'a rien dit de plus à ce sujet."
    study = analysis.analyse(articles, analysis.read_actors(PROJECT / "examples" / "port-clair" / "actors.yaml"), schemes=schemes)  # fmt: skip
    own = study.frames.query("scheme == 'port'")
    assert list(own["level"]) == ["sentence", "article"] and own["score"].iloc[0] == pytest.approx(1 - 0.1 * 0.6)
    table.write_text("frame,entry,pos,weight\nsmell,odeur,NOUN,9\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_schemes(tmp_path)
    table.rename(tmp_path / "lexicon.csv")
    assert read_schemes(tmp_path) == {}


def test_exactly_one_row_per_text_and_frame():
    rows = analysis.score_frames(["", "Il pleut.", "La guerre des prix. " * 30])
    assert (
        len(rows) == 3 * sum(map(len, SCHEMES.values())) and not rows.duplicated(["text_id", "scheme", "frame"]).any()
    )
    assert rows["score"].between(0, 1).all() and rows["present"].dtype == bool
    assert rows[rows["text_id"] == 0]["start"].isna().all()


def test_a_passing_mention_makes_no_articles_frame():
    text = (
        "Le tribunal a condamné le prévenu après un long procès. "
        + "La neige tombe sur la vallée et le village dort. " * 20
    )
    row = analysis.score_frames([text]).query("frame == 'justice'").iloc[0]
    assert 0 < row["score"] < 0.5 and not row["present"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("La guerre de l'IA ne fait que commencer.", "l'IA"),
        ("Une bataille idéologique se dessine.", "idéologique"),
        ("C'est la bataille pour le contrôle du port.", "le contrôle du port"),
    ],
)
def test_what_a_metaphor_speaks_of(text, target):
    from analysis.measures.metaphors import find_metaphors
    from analysis.measures.metaphors import target as of
    from analysis.reading.article import read_texts

    assert [of(hit) for hit in find_metaphors(read_texts([text])[0])] == [target]
