# The manual of this project. Each command sets up .venv first, when that is missing or outdated.
#
#   make lab        open JupyterLab on the first notebook
#   make charts     run all notebooks; charts and executed notebooks go to exports/
#   make test       run the tests
#   make lint       check the style of the code
#   make gallery    draw every kind of chart for docs/gallery.md
#   make benchmark  measure speed, memory and how well the intervals hold

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))

# JupyterLab asks for news and updates unless told not to: nothing leaves the machine.
NEWS := @jupyterlab/apputils-extension:announcements

.PHONY: lab charts gallery test lint benchmark

lab: $(READY)
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb

charts: $(READY)
	$(BIN)/jupyter nbconvert --to notebook --execute --output-dir exports/notebooks $(NOTEBOOKS)
	@echo "$$(find exports -name '*.png' | wc -l) charts in exports/"

gallery: $(READY)
	$(BIN)/python docs/make_gallery.py

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .

benchmark: $(READY)
	$(BIN)/python -m pytest -s tests/benchmark_*.py

$(READY): requirements.txt pyproject.toml
	@echo "Setting up .venv: some minutes, once."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -r requirements.txt
	$(BIN)/jupyter labextension disable $(NEWS)
	touch $@
