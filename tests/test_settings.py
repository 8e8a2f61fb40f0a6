"""`study.yaml`: what is usual, what may be said, what is refused."""

import pytest

from analysis.study.settings import SETTINGS, read_settings


@pytest.fixture
def told(tmp_path):
    """(text) → the settings of a study.yaml with this text."""

    def read(text):
        (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
        return read_settings(tmp_path / "study.yaml")

    return read


USUAL = {
    "title": "A study of French articles",
    "description": "",
    "language": "en",
    "share_full_text": False,
    "group_by": "outlet",
    "states": "shown",
    "copies": "every",
}


def test_what_is_usual(told, tmp_path):
    assert read_settings(tmp_path / "none.yaml") == told("") == told("# nothing yet") == SETTINGS == USUAL
    assert read_settings(tmp_path / "none.yaml") is not SETTINGS, "whoever changes theirs changes nobody else's"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language: fr", {"language": "fr"}),
        ("share_full_text: true", {"share_full_text": True}),
        ("copies: once", {"copies": "once"}),
        ("title: 2024\ndescription: 1.5", {"title": "2024", "description": "1.5"}),
        ("title: L’eau\ncopies:\nshare_full_text:", {"title": "L’eau"}),
        *(
            (f"group_by: {by}", {"group_by": by})
            for by in "week month year outlet section author edition channel language source_file".split()
        ),
    ],
)
def test_what_may_be_said(told, text, said):
    assert told(text) == USUAL | said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("copies: never", "copies is 'never': every or once"),
        ("share_full_text: 1", "share_full_text is 1: true or false"),
        ("group_by: text", "group_by is 'text': one of week, month, year, outlet, section"),
        ("language: 3", "language is 3: en, fr"),
        ("beta: 1\nalpha: 2", "unknown setting 'alpha'; known: title, description, language"),
        ("juste un mot", "unknown setting 'juste un mot'"),
    ],
)
def test_what_is_refused_is_named_with_its_file(told, text, message):
    with pytest.raises(ValueError, match=f"study.yaml: {message}"):
        told(text)
