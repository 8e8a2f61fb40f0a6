# Two commands do everything, each setting up what it needs: make reports, make test.
PYTHON ?= python3
SEEDS ?= seeds
REPORTS ?= reports
VENV := .venv
BIN := $(VENV)/bin

.PHONY: reports pdf test accuracy messages model lab docs setup clean

reports: setup  ## execute every notebook over SEEDS and write REPORTS
	$(BIN)/cadrage report "$(SEEDS)" --to "$(REPORTS)"

pdf: reports  ## the whole report as REPORTS/report.pdf, by Chromium where it is installed
	$(BIN)/cadrage pdf "$(REPORTS)"

test: setup  ## run the tests
	$(BIN)/ruff check setup.py analysis tests benchmarks training docs
	$(BIN)/python -m pytest

accuracy: setup  ## measure every measure on the labelled data in DATA (see analysis/study/accuracy.py)
	$(BIN)/cadrage accuracy "$(DATA)"

messages: setup  ## bring the catalogues of analysis/languages/ in step with what the kit says
	$(BIN)/cadrage messages

model: ## rebuild the sentiment model and the frames from the labelled data in DATA (see training/); needs PyTorch, about an hour
	test -x .venv-training/bin/python || $(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet -r requirements.txt -r training/requirements.txt
	.venv-training/bin/python -m training "$(DATA)"
	.venv-training/bin/python -m training.uses "$(DATA)"
	.venv-training/bin/python -m training.figures "$(DATA)"
	.venv-training/bin/python -m training.framing "$(DATA)"
	.venv-training/bin/python -m training.references "$(DATA)"

lab: setup  ## open JupyterLab on the first notebook
	$(BIN)/cadrage lab "$(SEEDS)" --to "$(REPORTS)"

docs: setup  ## execute the tutorials of docs/ again, and bring its tables and its gallery in step
	$(BIN)/python docs/make.py

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.txt pyproject.toml setup.py
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; name it: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	$(BIN)/cadrage setup
	touch $@

clean:  ## remove what was generated (not the seeds)
	rm -rf $(VENV) .cache reports/*.html reports/*.pdf reports/figures reports/tables reports/articles
