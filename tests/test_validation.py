"""Samples drawn, coded, read back and laid beside the kit's figures."""

import json

import numpy as np
import pandas as pd
import pytest
from conftest import PROJECT

import analysis
from analysis.lab import coding
from analysis.pages import validation
from analysis.study.validation.agreement import disagreements
from analysis.study.validation.codings import keep, settle
from analysis.study.validation.corrected import corrected_differences, unfitting
from analysis.study.validation.units import MEASURES, answers, as_number, units_of

EVERY = [*MEASURES, "frames:policy"]


def answered(sample, coder="AB", value=None):
    """A sample with answers: those given, else the first of its choices."""
    values = [value(row) if value else answers(row.measure, row.kind)[0] for row in sample.itertuples()]
    return sample.assign(coder=coder, value=values, unsure=False, remark=None)


@pytest.mark.parametrize("measure", EVERY)
def test_a_sample_is_drawn_with_probabilities_that_count_up_to_the_whole(example, measure):
    units = units_of(example, measure)
    sample = analysis.sample_for_coding(example, measure, 40, by="outlet", seed=2)
    assert len(sample) == min(40, len(units)) and sample["unit"].is_unique and set(sample["unit"]) <= set(units["unit"])
    for kind, own in sample.groupby("kind"):
        assert (1 / own["probability"]).sum() == pytest.approx((units["kind"] == kind).sum())
    assert not {"kit", "said", "label", "score"} & set(sample.columns)
    for row in sample.itertuples():
        text = sample.attrs["articles"][row.doc_id]
        if not measure.startswith("frames"):
            assert f"⟦{text[row.start : row.end]}⟧" in row.passage
    again = analysis.sample_for_coding(example, measure, 40, by="outlet", seed=2)
    assert sample.equals(again)
    assert len(units) <= 40 or not sample.equals(analysis.sample_for_coding(example, measure, 40, by="outlet", seed=3))


def test_every_unit_is_drawn_as_often_as_its_probability_says(example):
    seen = {}
    for seed in range(300):
        sample = analysis.sample_for_coding(example, "loaded", 20, by="outlet", seed=seed)
        for unit, probability in zip(sample["unit"], sample["probability"]):
            seen.setdefault(unit, []).append(probability)
    often = np.array([[len(p) / 300, p[0]] for p in seen.values()])
    assert all(len(set(p)) == 1 for p in seen.values())
    assert np.abs(often[:, 0] - often[:, 1]).max() < 0.12 and abs((often[:, 0] - often[:, 1]).mean()) < 0.02


def test_rare_answers_and_all_groups_are_seen(example):
    sample = analysis.sample_for_coding(example, "sentiment", 30, by="outlet")
    units = units_of(example, "sentiment").set_index("unit")
    assert sample["outlet"].nunique() == 3
    assert set(units.loc[sample["unit"], "said"]) == set(units["said"])
    assert analysis.sample_for_coding(example, "sentiment", 5, by="actor").shape[0] == 5


def test_a_wrong_wish_is_told(example, seed):
    with pytest.raises(ValueError, match="measure is 'tone'"):
        analysis.sample_for_coding(example, "tone", 10)
    with pytest.raises(ValueError, match="n is 0"):
        analysis.sample_for_coding(example, "loaded", 0)
    with pytest.raises(ValueError, match="by is 'colour'"):
        analysis.sample_for_coding(example, "loaded", 10, by="colour")
    with pytest.raises(ValueError, match="nothing to code"):
        analysis.sample_for_coding(example.copy(sentiment=example.sentiment.head(0)), "sentiment", 10)
    assert len(analysis.sample_for_coding(seed, "frames", 500)) == 5


@pytest.mark.parametrize("measure", EVERY)
def test_where_everything_was_coded_the_figure_is_the_coders(example, measure):
    sample = analysis.sample_for_coding(example, measure, 10_000)
    random = np.random.default_rng(0)
    codings = answered(sample, value=lambda row: random.choice(answers(row.measure, row.kind)))
    told = analysis.corrected(example, codings, measure, by="outlet")
    numbers = [as_number(*answer) for answer in zip(codings["measure"], codings["kind"], codings["value"])]
    codings = codings.assign(number=numbers)
    words = example.articles.groupby("outlet")["n_words"].sum()
    for row in told.to_dict("records"):
        own = codings[codings["outlet"] == row["group"]]
        kind = own[own["kind"] == ("row" if row["what"] in ("precision", "polarity") or measure.startswith("frames") else "sentence")]
        kind = kind[kind["target"] == row["what"]] if measure.startswith("frames") else kind
        wanted = kind["number"].mean()
        if row["what"] == "per 1,000 words":
            wanted = kind["number"].sum() / words[row["group"]] * 1000
        if row["what"] == "recall":
            right = own.loc[own["kind"] == "row", "number"].sum()
            wanted = min(1, right / kind["number"].sum())
        assert row["corrected"] == pytest.approx(wanted), row
        assert row["what"] == "recall" or row["low"] == pytest.approx(row["high"])
    assert set(told["n"]) == set(told["n_coded"])


def test_corrected_figures_by_group_and_their_differences(example):
    """A kit that calls everything loaded, and coders who call a half of it so."""
    sample = analysis.sample_for_coding(example, "loaded", 60, by="outlet", seed=1)
    codings = answered(sample, value=lambda row: ("yes" if row.start % 2 else "no") if row.kind == "row" else "1")
    told = analysis.corrected(example, codings, "loaded")
    assert list(told["what"]) == ["precision", "per 1,000 words", "recall"] and list(told["group"]) == ["all"] * 3
    assert told["low"].le(told["corrected"]).all() and told["corrected"].le(told["high"]).all()
    assert 0.2 < told["corrected"][0] < 0.8 and told["kit"][[0, 2]].isna().all()
    n_words = example.articles["n_words"].sum()
    assert told["kit"][1] == pytest.approx(1000 * len(example.loaded_terms) / n_words, rel=0.05)
    assert told["corrected"][1] == pytest.approx(1000 * len(example.sentences) / n_words, rel=0.02)
    apart = corrected_differences(example, codings, "loaded", by="outlet")
    assert len(apart) == 3 and apart["low"].lt(apart["high"]).all()
    assert apart["believe"].str.startswith("too few coded").all()


def test_a_word_on_which_figure_to_believe(example):
    few = answered(analysis.sample_for_coding(example, "sentiment", 12), value=lambda row: "neutral")
    assert analysis.corrected(example, few, "sentiment")["believe"][0].startswith("too few coded (12)")
    every = answered(analysis.sample_for_coding(example, "sentiment", 10_000), value=lambda row: "positive")
    assert analysis.corrected(example, every, "sentiment")["believe"][0].startswith("all units were coded")
    frames = answered(analysis.sample_for_coding(example, "frames", 10_000), value=lambda row: "yes")
    study = example.with_codings(frames)
    assert validation.is_corrected(study, "frames"), "nine articles of nine are enough"
    assert "human interest 100" in validation.what_coding_says(study, "frames")
    many = answered(analysis.sample_for_coding(example, "sentiment", 120), value=lambda row: "positive")
    assert analysis.corrected(example, many, "sentiment")["believe"][0].startswith("the kit is off here")


def test_settled_answers_count_before_those_of_coders(example, tmp_path):
    sample = analysis.sample_for_coding(example, "sentiment", 30)
    both = pd.concat([answered(sample, "a", lambda r: "neutral"), answered(sample, "b", lambda r: "negative")], ignore_index=True)
    assert analysis.corrected(example, both, "sentiment")["corrected"][0] < -0.2
    assert len(disagreements(both)) == 30
    for unit in sample["unit"]:
        both = settle(both, unit, "positive", folder=tmp_path)
    assert analysis.corrected(example, both, "sentiment")["corrected"][0] == pytest.approx(1, abs=0.2)
    kept = analysis.read_codings(tmp_path)
    assert set(kept["coder"]) == {"settled"} and len(kept) == 30
    assert analysis.agreement(both)["coders"][0] == 2
    with pytest.raises(ValueError, match="nobody coded the unit"):
        settle(both, "x", "positive", folder=tmp_path)
    with pytest.raises(ValueError, match="is no answer"):
        settle(both, sample["unit"][0], "great", folder=tmp_path)


def test_codings_of_other_articles_are_told(example, seed):
    codings = answered(analysis.sample_for_coding(seed, "sentiment", 10))
    with pytest.raises(ValueError, match="none of the 10 units coded of 'sentiment' is in this study"):
        analysis.corrected(example, codings, "sentiment")
    with pytest.raises(ValueError, match="nobody coded 'loaded'"):
        analysis.corrected(seed, codings, "loaded")
    assert len(unfitting(example, codings)) == 10 and unfitting(seed, codings).empty
    assert validation.by_measure(example.with_codings(codings)).empty


# --- files


@pytest.mark.parametrize("measure", ["sentiment", "loaded"])
def test_a_sample_goes_out_to_other_tools_and_comes_back(example, tmp_path, measure):
    sample = analysis.sample_for_coding(example, measure, 12)
    for kind in ("xlsx", "csv", "json", "jsonl"):
        path = analysis.write_sample(sample, tmp_path / kind / f"{measure}-AB.{kind}")
        with pytest.raises(FileExistsError, match="may hold answers"):
            analysis.write_sample(sample, path)
        _fill_in(path, sample)
        found = analysis.read_codings(path)
        assert list(found["unit"]) == list(sample["unit"]) and set(found["coder"]) <= {"AB", "7"}
        assert list(found["value"])[1:] == [answers(m, k)[1] for m, k in zip(sample["measure"], sample["kind"])][1:]
        assert pd.isna(found["value"][0]) and found["probability"].tolist() == pytest.approx(sample["probability"].tolist())
        assert not analysis.corrected(example, found, measure).empty
    with pytest.raises(ValueError, match="name a file that ends in"):
        analysis.write_sample(sample, tmp_path / "x.txt")
    config = (tmp_path / "json" / f"{measure}-AB.xml").read_text(encoding="utf-8")
    assert all(f'value="{a}"' in config for a in answers(measure))


def _fill_in(path, sample):
    """Answers as each tool gives them back: the second choice of each unit, the first unit skipped."""
    wanted = [None] + [answers(m, k)[1] for m, k in zip(sample["measure"], sample["kind"])][1:]
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        sheet = book.active
        head = [cell.value for cell in sheet[1]]
        for i, value in enumerate(wanted, 2):
            sheet.cell(i, head.index("value") + 1, int(value) if value and value.isdigit() else value)
        assert {rule.formula1.strip('"') for rule in sheet.data_validations.dataValidation} >= {",".join(answers(sample["measure"][0], "row"))}
        book.save(path)
    elif path.suffix == ".csv":  # as Excel in French saves it
        table = pd.read_csv(path).assign(value=wanted)
        table.to_csv(path, index=False, sep=";", decimal=",", encoding="cp1252", errors="replace")
    elif path.suffix == ".json":
        tasks = json.loads(path.read_text(encoding="utf-8"))
        for task, value in zip(tasks, wanted):
            result = [{"type": "choices", "from_name": "value", "value": {"choices": [value]}}] if value else []
            task["annotations"] = [{"completed_by": 7, "result": result}]
        path.write_text(json.dumps(tasks), encoding="utf-8")
    else:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        made = [json.dumps(line | {"id": i, "label": [v] if v else [], "Comments": []}) for i, (line, v) in enumerate(zip(lines, wanted))]
        path.write_text("\n".join(made), encoding="utf-8")


@pytest.mark.parametrize(
    "broken, told",
    [
        (lambda t: t.assign(value="tres bien"), "row 2: 'tres bien' is no answer: negative, neutral, positive"),
        (lambda t: t.drop(columns="probability"), "no column 'probability'"),
        (lambda t: t.assign(probability="often"), "row 2: probability is 'often'"),
        (lambda t: t.assign(probability=2), "row 2: probability is"),
        (lambda t: t.assign(measure="humour"), "row 2: measure is 'humour'"),
        (lambda t: t.assign(unit=[None, *t["unit"][1:]]), "row 2: it names no unit"),
        (lambda t: t.assign(start=["x", *t["start"][1:]]), "row 2: start is 'x'"),
        (lambda t: pd.concat([t, t.assign(value="positive")]), "answered the unit .* before, otherwise"),
        (lambda t: t.rename(columns={"value": "réponse"}), "no column 'value'"),
        (lambda t: t.assign(unit=sorted(t["unit"], reverse=True)), "does not fit its place"),
        (lambda t: t.assign(start=t["end"], end=t["start"]), "does not fit its place"),
        (lambda t: t.assign(start=[t["start"][0] + 0.5, *t["start"][1:]]), "which is no place in a text"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_with_its_row(example, tmp_path, broken, told):
    sample = answered(analysis.sample_for_coding(example, "sentiment", 5))
    path = tmp_path / "sentiment-AB.csv"
    broken(sample).to_csv(path, index=False)
    with pytest.raises(ValueError, match=rf"sentiment-AB\.csv.*{told}"):
        analysis.read_codings(path)


def test_files_that_do_not_go_together_are_told(example, tmp_path):
    sample = analysis.sample_for_coding(example, "sentiment", 5)
    one = answered(sample)
    keep(one, tmp_path / "sentiment-AB.csv")
    for name, other, told in (
        ("sentiment-AB2.csv", one.assign(value="positive"), "answered in two ways by AB"),
        ("sentiment-CD.csv", one.assign(coder="CD", probability=0.01), "has two probabilities"),
        ("sentiment-ab.csv", one.assign(coder="ab"), "'AB' and 'ab'"),
        ("sentiment-AB (1).csv", one.drop(columns="coder"), "is it a copy"),
    ):
        other.to_csv(tmp_path / name, index=False)
        with pytest.raises(ValueError, match=told):
            analysis.read_codings(tmp_path)
        (tmp_path / name).unlink()
    one.to_csv(tmp_path / "sentiment-again.csv", index=False)
    assert len(analysis.read_codings(tmp_path)) == 5, "the same answers twice count once"


def test_what_is_no_file_of_codings(tmp_path):
    files = {"a.csv": b"", "b.xlsx": b"no book", "c.json": b"{}", "d.jsonl": b"{", "e.pdf": b"", "f.csv": b"\xff\xfe\x00"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=name):
            analysis.read_codings(tmp_path / name)
    with pytest.raises(FileNotFoundError, match="no such folder or file"):
        analysis.read_codings(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    assert analysis.read_codings(tmp_path / "empty").empty


# --- coding in the lab, without a browser


def _parts(shown):
    left = shown.children[0]
    told, unit, buttons, fields = left.children
    return told, unit, buttons, fields.children


def test_units_are_coded_by_key_kept_at_once_and_taken_up_again(example, tmp_path):
    sample = analysis.sample_for_coding(example, "sentiment", 6)
    shown = analysis.code(sample, "AB", folder=tmp_path)
    told, unit, buttons, (key, unsure, remark, back, skip) = _parts(shown)
    assert "1 of 6" in told.value and [b.description for b in buttons.children] == ["1 · negative", "2 · neutral", "3 · positive"]
    key.value = "2"
    assert analysis.read_codings(tmp_path)["value"].tolist() == ["neutral"]
    for typed in ("u", "3", "s", "x"):
        key.value = typed
    remark.value = "doute"
    buttons.children[0].click()
    assert analysis.read_codings(tmp_path)[["value", "unsure", "remark"]].astype(object).where(lambda t: t.notna(), None).values.tolist() == [
        ["neutral", False, None], ["positive", True, None], [None, False, None], ["negative", False, "doute"],
    ]  # fmt: skip
    key.value = "b"
    key.value = "2"
    assert analysis.read_codings(tmp_path)["value"].tolist()[3] == "neutral"
    told, unit, *_ = _parts(analysis.code(sample, "AB", folder=tmp_path))
    assert "5 of 6" in told.value and "answered: 4" in told.value
    for typed in "22":
        key.value = typed
    assert "All units are answered" in _parts(shown)[1].value and "Skipped: 1" in _parts(shown)[1].value


def test_counts_are_answered_by_their_own_figure_and_samples_do_not_overwrite_each_other(example, tmp_path):
    first, second = (analysis.sample_for_coding(example, "loaded", 8, seed=s) for s in (1, 2))
    for sample in (first, second):
        fields = _parts(analysis.code(sample, "AB", folder=tmp_path))[3]
        for _ in range(9):
            fields[0].value = "1"
    kept = analysis.read_codings(tmp_path)
    assert set(kept["unit"]) == {*first["unit"], *second["unit"]}
    assert set(kept.loc[kept["kind"] == "sentence", "value"]) == {"1"} and set(kept.loc[kept["kind"] == "row", "value"]) == {"yes"}


def test_what_an_article_says_is_shown_as_words(example, tmp_path):
    sample = analysis.sample_for_coding(example, "sentiment", 1)
    text = "<script>alert(1)</script> " + sample.attrs["articles"][sample["doc_id"][0]]
    shown = coding.unit_shown(sample.assign(target="<b>X</b>").iloc[0], text)
    assert "<script>" not in shown and "<b>X" not in shown and "<mark>" in shown


def test_the_codebook_is_the_studys_own_where_there_is_one(monkeypatch, tmp_path):
    monkeypatch.setenv("CADRAGE_SEEDS", str(tmp_path))
    for measure in EVERY:
        assert len(coding.codebook(measure)) > 300
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "loaded.md").write_text("# Mots\n\n<script>x</script>", encoding="utf-8")
    assert "Mots" in coding.codebook_shown("loaded") and "<script>" not in coding.codebook_shown("loaded")


def test_what_is_no_sample_or_coder(example, tmp_path):
    with pytest.raises(ValueError, match="it has no doc_id|it has no"):
        analysis.code(pd.DataFrame({"unit": ["a"]}), "AB", folder=tmp_path)
    with pytest.raises(ValueError, match="coder is '../x'"):
        analysis.code(analysis.sample_for_coding(example, "sentiment", 3), "../x", folder=tmp_path)


# --- pages


def test_pages_say_what_was_validated_and_what_was_not(example):
    assert "Not validated on this corpus" in validation.what_coding_says(example, "loaded")
    told = validation.what_coding_says(example, "sentiment")
    assert "30 units (invented1 and invented2), who agree at α =" in told and "the kit by itself" in told
    assert validation.is_corrected(example, "sentiment") and not validation.is_corrected(example, "loaded")
    assert "drawn at random with known probabilities" in validation.methods(example)
    few = example.with_codings(example.codings.head(8))
    assert "Too few to correct" in validation.what_coding_says(few, "sentiment") and validation.methods(few) == ""
    bare = example.with_codings(example.codings.head(0))
    assert "Nothing was coded by hand" in validation.validated(bare) and validation.by_measure(bare).empty


def test_the_example_s_codings_are_called_invented():
    files = sorted((PROJECT / "examples" / "port-clair" / "codings").iterdir())
    assert len(files) == 2 and all("invented" in f.name for f in files)
    found = analysis.read_codings(files[0].parent)
    assert len(found) == 60 and set(found["coder"]) == {"invented1", "invented2"}
    assert "invented coders" in (files[0].parent.parent / "README.md").read_text(encoding="utf-8")


def test_what_fits_no_unit_any_more_is_a_problem(tmp_path, example):
    folder = tmp_path / "study"
    (folder / "codings").mkdir(parents=True)
    for file in ("2026-03-04_le-phare_concession.txt", "actors.yaml"):
        (folder / file).write_bytes((PROJECT / "examples" / "port-clair" / file).read_bytes())
    keep(example.codings[example.codings["coder"] == "invented1"], folder / "codings" / "sentiment-invented1.csv")
    study = analysis.open_study(folder, progress=False)
    lost = study.problems[study.problems["what"] == "not used"]
    assert lost["source_file"].tolist() == ["codings/sentiment-invented1.csv"]
    assert lost["why"].iloc[0].startswith("27 units coded that the kit does not have")
    (folder / "codings" / "loaded-AB.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "codings" / "notes.ods").write_bytes(b"x")
    again = analysis.open_study(folder, progress=False)
    unread = again.problems[again.problems["what"] == "not read"]
    assert unread["source_file"].tolist() == ["codings/loaded-AB.csv", "codings/notes.ods"] and len(again.codings) == len(study.codings)
