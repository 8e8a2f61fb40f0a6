"""Every lexicon is a folder with a table that is valid and a README that describes it."""

import csv
import re

import pytest

from analysis.measures.framing import GENERIC, METAPHOR, POLICY
from analysis.measures.uses import CATEGORIES
from analysis.reading.article import read_texts
from analysis.reading.lexicon import FOLDER, find, load_lexicon, matcher

KEYS = {
    "frames_generic": ("frame", "entry"),
    "frames_policy": ("frame", "entry"),
    "functions": ("list", "entry"),
    "furniture": ("pattern",),
    "genres": ("mark", "pattern"),
    "literal": ("domain", "cue"),
    "polarity": ("entry", "pos"),
    "roles": ("entry", "type"),
    "speech_verbs": ("entry", "pos"),
}
NAMES = sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_lexicon_is_valid_and_described(name):
    lexicon = load_lexicon(name, key=KEYS.get(name, ("entry",)))
    readme = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    assert len(lexicon) and all(f"`{c}`" in readme for c in lexicon.columns), (
        f"the README of {name} must describe every column"
    )
    with open(FOLDER / name / "lexicon.csv", encoding="utf-8", newline="") as stream:
        widths = {len(row) for row in csv.reader(stream)}
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("frames_generic", "frame", set(GENERIC)),
        ("frames_policy", "frame", set(POLICY)),
        ("loaded", "category", set(CATEGORIES) - {"war"}),
        ("metaphors", "category", set(CATEGORIES) | {""}),
        ("speech_verbs", "stance", {"neutral", "endorsing", "distancing"}),
        ("hedges", "form", {"verb", "attribution", "adjective"}),
        ("hedges", "type", {"press_conditional", "possibility"}),
        ("literal", "kind", {"literal", "figurative"}),
        ("roles", "type", {"person", "organisation", "group"}),
        ("states", "type", {"state", "place"}),
        ("first_names", "gender", {"m", "f", "e"}),
        ("loaded", "intensity", {"1", "2", "3"}),
    ],
)
def test_values(name, column, allowed):
    found = set(load_lexicon(name, key=KEYS.get(name, ("entry",)))[column])
    assert found <= allowed


@pytest.mark.parametrize(
    ("name", "columns"),
    [("polarity", ["agent", "patient"]), ("frames_generic", ["weight"]), ("frames_policy", ["weight"])],
)
def test_weights_are_in_range(name, columns):
    lexicon = load_lexicon(name, key=KEYS[name])
    for column in columns:
        values = [float(v or 0) for v in lexicon[column]]
        assert min(values) >= (-1 if name == "polarity" else 0) and max(values) <= 1


def test_every_metaphor_domain_is_measured_or_only_loaded():
    domains = set(load_lexicon("metaphors")["domain"])
    assert set(METAPHOR) <= domains


def test_no_word_is_in_both_lexicons_of_loaded_words():
    assert not set(load_lexicon("loaded")["entry"]) & set(load_lexicon("metaphors").query("category != ''")["entry"])


def test_furniture_patterns_compile():
    assert all(re.compile(p) for p in load_lexicon("furniture", key=("pattern",))["pattern"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("entry,pos\nguerre,NOUN\nguerre,NOUN\n", "line 3: empty or doubled entry"),
        ("entry,pos\n,NOUN\n", "line 2"),
        ("word\nguerre\n", "no column 'entry'"),
    ],
)
def test_a_bad_lexicon_names_its_line(content, message, tmp_path):
    (tmp_path / "lexicon.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_lexicon("own", folder=tmp_path)


def test_a_missing_lexicon():
    with pytest.raises(FileNotFoundError, match="nothing-here"):
        load_lexicon("nothing-here")


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("bras de fer", "Ces bras de fer durent.", "bras de fer"),
        ("mettre le feu aux poudres", "Il a mis le feu aux poudres.", "mis le feu aux poudres"),
        ("coup d'éclat", "Un coup d’éclat.", "coup d'éclat"),
        ("jeter l'éponge", "Elle jette enfin l’éponge.", "jette enfin l'éponge"),
    ],
)
def test_matching_by_lemma(entry, text, found):
    import pandas as pd

    doc = read_texts([text])[0].doc
    hits = find(doc, matcher(pd.DataFrame({"entry": [entry], "pos": ["PHRASE"]})))
    assert [doc.text[h.start : h.end] for h in hits] == [found]


def test_a_lexicon_edited_in_a_running_kernel_is_read_anew(monkeypatch, tmp_path):
    """By functions on bare text and by studies: nothing found by the old words is kept under the new ones."""
    import shutil

    import pandas as pd

    import analysis
    from analysis.reading import lexicon
    from analysis.text import places

    shutil.copytree(FOLDER, tmp_path / "lexicons")
    for room in ("text", "reading", "measures", "models"):
        (tmp_path / room).symlink_to(places.PACKAGE / room)
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path / "lexicons")
    monkeypatch.setattr(places, "PACKAGE", tmp_path)
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path / "cache"))
    texts = ["Une affaire zinzoline occupe le port."]
    articles = pd.DataFrame({"doc_id": ["d"], "text": texts})
    actors = pd.DataFrame(columns=["actor", "type", "gender", "form", "kind"], dtype="str")
    assert analysis.find_loaded_terms(texts).empty and analysis.analyse(articles, actors).loaded_terms.empty
    with open(tmp_path / "lexicons" / "loaded" / "lexicon.csv", "a", encoding="utf-8") as file:
        file.write("zinzolin,ADJ,insult,3,,,20,20\n")  # loaded in all of its judged uses
    assert list(analysis.find_loaded_terms(texts)["category"]) == ["insult"]
    assert list(analysis.analyse(articles, actors).loaded_terms["term"]) == ["zinzolin"]
