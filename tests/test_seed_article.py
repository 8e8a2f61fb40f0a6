"""What must come out of the user's article, exactly."""

import pandas as pd


def test_the_article_is_read_without_its_page(seed):
    article = seed.articles.iloc[0]
    assert len(seed.articles) == 1 and seed.problems.empty
    assert article["furniture"] == "Laisser un commentaire" and "commentaire" not in article["text"]
    assert article["language"] == "fr" and article[["title", "outlet", "date"]].isna().all()


def test_no_trace_of_the_page_in_any_table(seed):
    for name in ("mentions", "quotes", "hedges", "loaded_terms", "frames", "agency"):
        assert not getattr(seed, name).astype(str).apply(lambda c: c.str.contains("Laisser")).to_numpy().any()


def test_sentences(seed):
    text = seed.articles["text"][0]
    sentences = [text[s:e] for s, e in zip(seed.sentences["start"], seed.sentences["end"])]
    assert len(sentences) == 17
    assert list(seed.sentences["part"]).count("lead") == 2 and "title" not in set(seed.sentences["part"])
    assert all(s[-1] in ".?" for s in sentences)
    assert not any(s.endswith(("«", "“")) or s.startswith(("»", "”", "delà")) for s in sentences)
    assert any("“trahison de la mission initiale”" in s and s.startswith("Face à ce virage") for s in sentences)
    assert any(s.startswith("Au-delà du clash des égos") for s in sentences)


def test_mentions(seed):
    counts = seed.mentions["actor"].value_counts().to_dict()
    assert counts == {
        "Elon Musk": 8,
        "OpenAI": 7,
        "Mark Zuckerberg": 3,
        "Sam Altman": 4,
        "Microsoft": 2,
        "Meta": 2,
        "Google": 1,
        "Amazon": 1,
    }
    described = seed.mentions.query("kind == 'description'")
    assert list(zip(described["surface"], described["actor"])) == [
        ("l'entreprise", "OpenAI"),
        ("le patron de Tesla et de SpaceX", "Elon Musk"),
    ]
    assert list(seed.mentions.query("kind == 'pronoun'")["actor"]) == ["Elon Musk", "Elon Musk", "Sam Altman"]


def roles(seed, actor, role):
    return len(seed.mentions.query("actor == @actor and role == @role"))


def test_who_acts_and_who_undergoes(seed):
    assert roles(seed, "Elon Musk", "agent") == 7 and roles(seed, "Elon Musk", "patient") == 1
    assert roles(seed, "Mark Zuckerberg", "patient") == 2 and roles(seed, "Sam Altman", "agent") == 2
    both = seed.agency.dropna(subset=["agent_actor", "patient_actor"])
    assert set(zip(both["agent"], both["verb"], both["patient"])) == {
        ("Elon Musk", "rallier", "Mark Zuckerberg"),
        ("Elon Musk", "racheter", "OpenAI"),
        ("Elon Musk", "approcher", "Mark Zuckerberg"),
        ("Sam Altman", "accuser", "Elon Musk"),
    }


def test_quotes(seed, passage):
    marked = [(passage(q), q.kind, q.speaker_actor) for q in seed.quotes.itertuples() if q.kind != "indirect"]
    assert marked == [
        ("trahison de la mission initiale", "fragment", "Elon Musk"),
        ("contre-pouvoir", "fragment", "Elon Musk"),
    ]
    reported = {passage(q): q.speaker for q in seed.quotes.itertuples() if q.kind == "indirect"}
    assert (
        reported["tentative de déstabilisation et d’abus de position dominante dans le secteur de l’IA"] == "Sam Altman"
    )
    assert reported["le dossier était explosif"] == "Mark Zuckerberg"
    assert reported["un monopole dangereux de l’IA entre les mains de Microsoft et d’OpenAI"] == "Elon Musk"
    assert any(
        w.startswith("Elon Musk aurait approché") and s.startswith("des documents judiciaires")
        for w, s in reported.items()
    )


def term(seed, name):
    return seed.loaded_terms.query("term == @name").iloc[0]


def test_betrayal_is_in_musks_voice(seed):
    row = term(seed, "trahison")
    assert (row["category"], row["voice"], row["speaker_actor"]) == ("betrayal", "quoted", "Elon Musk")


def test_a_dangerous_monopoly_is_in_musks_voice(seed):
    row = term(seed, "monopole dangereux")
    assert (row["voice"], row["speaker_actor"]) == ("quoted", "Elon Musk")


def test_war_is_in_the_outlets_voice(seed):
    wars = seed.frames.query("level == 'sentence' and scheme == 'metaphor' and frame == 'war'")
    text = seed.articles["text"][0]
    spoken = {text[s:e]: v for s, e, v in zip(wars["start"], wars["end"], wars["voice"])}
    assert [words for words, voice in spoken.items() if voice != "outlet"] == ["explosif"], (
        "« Pour Mark Zuckerberg, … »"
    )
    found = {text[s:e]: t for s, e, t in zip(wars["start"], wars["end"], wars["target"])}
    assert found["guerre"] == "l'IA" and "bataille" in found
    assert term(seed, "guerre")["category"] == "war" and term(seed, "bataille")["voice"] == "outlet"


def test_metaphors_of_theatre_weather_and_arm_wrestling(seed):
    text = seed.articles["text"][0]
    found = {
        (r.frame, text[r.start : r.end])
        for r in seed.frames.query("level == 'sentence' and scheme == 'metaphor'").itertuples()
    }
    assert {
        ("theatre", "saga"),
        ("theatre", "épisode"),
        ("theatre", "rebondissement"),
        ("weather", "tempête"),
        ("sport", "bras de fer"),
    } <= found


def test_hedges(seed):
    found = {(h.marker, h.type) for h in seed.hedges.itertuples()}
    assert found == {
        ("aurait tenté", "press_conditional"),
        ("aurait approché", "press_conditional"),
        ("Selon", "press_conditional"),
        ("pourrait", "possibility"),
    }
    approached = seed.hedges.query("marker == 'aurait approché'").iloc[0]
    assert approached["actor"] == "Elon Musk" and approached["source"].startswith("des documents judiciaires")
    assert pd.isna(seed.hedges.query("marker == 'aurait tenté'").iloc[0]["source"])


def test_every_offset_leads_to_its_passage(seed):
    length = len(seed.articles["text"][0])
    for name in ("sentences", "mentions", "quotes", "hedges", "loaded_terms", "sentiment", "agency"):
        table = getattr(seed, name)
        assert ((0 <= table["start"]) & (table["start"] < table["end"]) & (table["end"] <= length)).all(), name
    assert [seed.articles["text"][0][m.start : m.end].replace("’", "'") for m in seed.mentions.itertuples()] == list(
        seed.mentions["surface"]
    )


def test_conflict_is_the_frame(seed):
    article = seed.frames.query("level == 'article' and scheme == 'generic' and present")
    assert set(article["frame"]) == {"conflict", "economic_consequences", "responsibility"}
    assert article.set_index("frame")["score"].idxmax() == "conflict"
