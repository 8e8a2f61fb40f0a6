"""What the tests share: the studies of the user's article and of the invented example, read once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

PROJECT = Path(__file__).resolve().parent.parent


FRENCH = """title: "Port-Clair : querelle autour d'un port (exemple inventé)"
description: "Neuf articles inventés, parus dans trois médias inventés."
language: fr
share_full_text: false
group_by: outlet
"""


HOSTILE = """---
title: "<script>alert(1)</script> \\u202e titre {actor} %s"
outlet: "=cmd|' /C calc'!A0"
author: "</style><style>body{display:none}"
---
Le maire <img src=x onerror=alert(2)> accuse Paul Roy de « </mark><script>alert(3)</script> trahison » dans la vallée de Valmont hier.

Paul Roy aurait tenté de convaincre le <b>préfet</b>, selon <a href="https://example.org/x">une source</a> proche du dossier.

</p></style><style>body{display:none}</style> « La guerre {n} des $\\alpha$ » a commencé, a dit Paul Roy à « <iframe src=//example.org></iframe> ».
"""


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
    return lambda row: text[row.start : row.end]


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """{study: folder of its reports}, written by the command that `make reports` calls."""
    made, french = {}, tmp_path_factory.mktemp("seeds-fr")
    shutil.copytree(PROJECT / "examples" / "port-clair", french, dirs_exist_ok=True)
    (french / "study.yaml").write_text(FRENCH, encoding="utf-8")
    (french / "vide.txt").write_text("", encoding="utf-8")
    hostile = tmp_path_factory.mktemp("seeds-hostile")
    (hostile / "a.txt").write_text(HOSTILE, encoding="utf-8")
    actors = "actors: [{name: '<i>Paul</i> Roy', type: person, aliases: [Paul Roy]}]"
    (hostile / "actors.yaml").write_text(actors, encoding="utf-8")
    (hostile / "study.yaml").write_text(
        "title: '<script>alert(4)</script> {n} $x$'\nshare_full_text: true", encoding="utf-8"
    )
    for name, seeds in (
        ("seed", PROJECT / "seeds"),
        ("example", PROJECT / "examples" / "port-clair"),
        ("empty", tmp_path_factory.mktemp("none")),
        ("french", french),
        ("hostile", hostile),
    ):
        made[name] = tmp_path_factory.mktemp(name)
        environment = os.environ | {"CADRAGE_SEEDS": str(seeds), "CADRAGE_REPORTS": str(made[name])}
        done = subprocess.run(
            [sys.executable, "-m", "analysis", "reports"],
            env=environment,
            capture_output=True,
            text=True,
            cwd=made[name],
        )
        assert done.returncode == 0, done.stderr[-3000:]
    return made
