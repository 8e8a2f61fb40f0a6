"""The house: arrows point one way, modules are short, public functions say what they are."""

import ast
import subprocess
import sys

import pytest
from conftest import PROJECT

PACKAGE = PROJECT / "analysis"
FLOORS = ["text", ("corpus", "reading"), "measures", "study", "pages", "report", "lab"]  # each uses those before it
HEIGHT = {room: i for i, floor in enumerate(FLOORS) for room in ([floor] if isinstance(floor, str) else floor)}
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE)
LONGEST = 300


def place(path):
    """The parts of a module's name below the package: ("study", "comparison")."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imported(path):
    """The modules of the kit that a file imports, anywhere in it, as parts of their names."""
    package = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + tuple((node.module or "").split("."))
            base = tuple(part for part in base if part)
            for alias in node.names:
                whole = (*base, alias.name)
                yield (
                    whole
                    if PACKAGE.joinpath(*whole).with_suffix(".py").exists() or PACKAGE.joinpath(*whole).is_dir()
                    else base
                )


def test_every_folder_of_code_is_a_floor():
    assert {p.parent.relative_to(PACKAGE).parts[0] for p in FILES} == set(HEIGHT)


@pytest.mark.parametrize("path", FILES, ids=lambda p: "/".join(place(p)))
def test_a_floor_uses_only_those_below_it(path):
    own = place(path)[0]
    for other in imported(path):
        assert other, f"{path.name} imports the package's own doors"
        same = other[0] == own
        assert same or HEIGHT[other[0]] < HEIGHT[own], f"{'.'.join(place(path))} imports {'.'.join(other)}"


def test_nothing_goes_in_a_circle():
    """Also among the rooms of a floor; what a function imports when it is called is no arrow of the house's."""
    arrows = {place(p): {i for i in top_level(p)} for p in FILES}
    left = dict(arrows)
    while left:
        free = [room for room, needs in left.items() if not (needs & set(left)) - {room}]
        assert free, f"a circle among {sorted('.'.join(r) for r in left)}"
        for room in free:
            del left[room]


def top_level(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    package = path.relative_to(PACKAGE).parts[:-1]
    for node in tree.body:
        if node.level:
            base = tuple(
                p for p in package[: len(package) - node.level + 1] + tuple((node.module or "").split(".")) if p
            )
            for alias in node.names:
                whole = (*base, alias.name)
                found = PACKAGE.joinpath(*whole)
                yield whole if found.with_suffix(".py").exists() or found.is_dir() else base


@pytest.mark.parametrize("path", FILES, ids=lambda p: "/".join(place(p)))
def test_a_module_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_spacy_and_the_encoder_load_in_one_place_each_and_only_the_report_writes():
    for path in FILES:
        text, room = path.read_text(encoding="utf-8"), "/".join(place(path))
        assert ("spacy.load(" in text) == (room == "reading/parse")
        assert ("InferenceSession(" in text) == (room == "reading/encoder")
        assert "savefig(" not in text or place(path)[0] == "report", "pages draw, the report writes"


@pytest.mark.parametrize("path", FILES, ids=lambda p: "/".join(place(p)))
def test_public_functions_and_modules_have_docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    bare = [
        n.name
        for n in tree.body
        if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_") and not ast.get_docstring(n)
    ]
    assert not bare or path.parent.name == "importers" and set(bare) <= {"recognises", "read"}


def test_a_measure_declares_what_it_makes_and_needs_only_what_comes_before():
    import inspect

    from analysis.measures import MEASURES, running

    known = {"article", "actors", "schemes", "sentences"}
    for name, module in zip(MEASURES, running._modules()):
        assert module.__name__ == f"analysis.measures.{name}" and module.TABLES
        assert set(inspect.signature(module.measure).parameters) <= known, name
        known |= set(module.TABLES)


def test_importing_the_kit_loads_no_model():
    heavy = {"spacy", "matplotlib", "onnxruntime", "sentencepiece", "scipy", "duckdb", "distributed", "nbconvert"}
    code = f"import analysis, sys; assert not {heavy!r} & set(sys.modules), {heavy!r} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
