import pytest

import analysis
from analysis.framing import SCHEMES

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
    from analysis.metaphors import find_metaphors
    from analysis.metaphors import target as of
    from analysis.reading import read_texts

    assert [of(hit) for hit in find_metaphors(read_texts([text]).docs[0])] == [target]
