"""Which measures are run for a table of bare texts, and in which order."""

import pytest

from analysis.measures import MEASURES, running


def needed(wanted, *given):
    return [module.__name__.rpartition(".")[2] for module in running._needed(wanted, frozenset(given))]


@pytest.mark.parametrize(
    ("wanted", "given", "measures"),
    [
        ("mentions", (), ["entities"]),
        ("quotes", (), ["entities", "voices"]),
        ("quotes", ("mentions", "entities", "roles"), ["voices"]),
        ("scare_quotes", ("mentions", "entities", "roles"), ["voices"]),
        ("hedges", ("mentions", "entities", "roles"), ["voices", "certainty"]),
        ("hedges", ("mentions", "quotes"), ["certainty"]),
        ("agency", (), ["entities", "agency"]),
        ("loaded_terms", (), ["entities", "voices", "vocabulary"]),
        ("frames", (), ["entities", "voices", "framing"]),
    ],
)
def test_only_what_a_table_needs_is_run_each_after_what_it_needs(wanted, given, measures):
    assert needed(wanted, *given) == measures


def test_every_measure_declares_the_tables_it_makes():
    declared = [name for module in running._modules() for name in module.TABLES]
    assert len(declared) == len(set(declared)) and [m.__name__.rpartition(".")[2] for m in running._modules()] == list(
        MEASURES
    )
    assert list(running.tables())[:4] == ["articles", "problems", "sentences", "tokens"]
    assert list(running.tables())[4:] == declared


def test_rows_of_bare_texts_know_their_text_and_stand_on_it_as_given():
    texts = ["Il pleut.", "L’e\u0301te\u0301, il viendrait."]
    found = running.on_texts(texts, "hedges", mentions=[])
    assert list(found["text_id"]) == [1] and "doc_id" not in found
    assert texts[1][found["start"][0] : found["end"][0]] == "viendrait"
