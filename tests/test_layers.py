"""The house: arrows point one way, modules are short, public functions say what they are."""

import ast

import pytest
from conftest import PROJECT

FLOORS = [
    {"typography", "tables", "marks", "_bytes", "cache"},
    {"importers", "reading", "encoder", "statistics", "language"},
    {"corpus", "lexicon", "syntax"},
    {"actors", "metaphors", "judgements"},
    {"speakers"},
    {"cues"},
    {"reported"},
    {"voices"},
    {"certainty", "sentiment", "framing", "vocabulary", "agency"},
    {"study", "comparison", "proposals"},
    {"summaries", "plots", "accuracy", "trust"},
    {"findings", "multiples", "reader"},
    {"exports", "prose", "markup"},
    {"display"},
    {"exploring"},
    {"report", "translation"},
    {"__main__", "__init__"},
]
FLOOR = {name: i for i, names in enumerate(FLOORS) for name in names}
MODULES = sorted((PROJECT / "analysis").glob("*.py"))
FILES = MODULES + sorted((PROJECT / "analysis" / "importers").glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_imports_only_from_lower_floors(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for name in [node.module.split(".")[0]] if node.module else [a.name for a in node.names]:
                assert FLOOR[name] < FLOOR[path.stem], f"{path.stem} imports {name}"


def test_spacy_loads_its_model_in_one_place_and_only_the_report_writes():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert ("spacy.load(" in text) == (path.stem == "reading")
        assert "savefig(" not in text or path.stem in {"report", "markup"}, (
            "markup draws into memory, the report writes"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_public_functions_and_modules_have_docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    bare = [
        n.name
        for n in tree.body
        if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and not n.name.startswith("_") and not ast.get_docstring(n)
    ]
    assert not bare or path.parent.name == "importers" and set(bare) <= {"recognises", "read"}


def test_importing_the_kit_loads_no_model():
    import subprocess
    import sys

    code = "import analysis, sys; assert not {'spacy', 'matplotlib', 'onnxruntime', 'sentencepiece'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
