"""What the tests share: the studies of the user's article and of the invented example, read once."""

import os
from pathlib import Path

import pytest

import analysis

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _own_reports(tmp_path_factory):
    """Reports of tests go to a folder of their own, never to the user's."""
    os.environ["CADRAGE_REPORTS"] = str(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def seed():
    """The study of the user's article."""
    return analysis.open_study(PROJECT / "seeds")


@pytest.fixture(scope="session")
def example():
    """The study of the invented corpus."""
    return analysis.open_study(PROJECT / "examples" / "port-clair")


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """The study of an empty folder."""
    return analysis.open_study(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def passage(seed):
    """(row) → the words of a row of the user's article."""
    text = seed.articles["text"][0]
    return lambda row: text[row.start:row.end]
