# The commands of this project. Each sets up .venv first where it is missing or outdated.
#
#   make lab        open JupyterLab on the first notebook
#   make app        open the workbench: one page in the browser, without code (APP_OPTIONS, such as --port=8900)
#   make own        open JupyterLab on copies of the notebooks for your own articles (data/settings.toml)
#   make charts     run all notebooks; charts and executed notebooks are written to exports/
#   make report [CORPUS=folder]
#                   run the notebooks on your articles; one page and a folder of charts in exports/report/.
#                   Without CORPUS the articles and settings of data/settings.toml count. More choices:
#                   OUTLETS="One; Another" or OUTLETS=8 (those with most articles), COMPARE=12 (outlets in a
#                   chart), FROM=2026-01-01, TO=2026-06-30, COLUMNS="text=Article body; outlet=Site",
#                   CORRECTIONS=file.csv (codings by hand), REPORT=another/folder. After an interruption the same command continues.
#   make test       run the tests
#   make lint       check the style, the format and the types of the code
#   make gallery    draw every kind of chart for docs/gallery.md
#   make benchmark  measure speed, memory and the coverage of the intervals; beside spaCy after make peers
#   make peers      install what the speed is measured beside, in an environment of its own (.venv-peers)
#   make coverage   measure which lines and branches of the library the tests reach
#   make mutants    measure how many small faults in sources and measures the tests notice (half an hour)
#   make fuzz       run 200,000 unusual texts and files, and 12,000 changed containers (half an hour)
#   make docs       write docs/tables.md, functions.md and accuracy.md from the library
#   make site       build the site with all pages and notebooks in build/site/html
#
# After a change of requirements.txt (needs a network):
#
#   make lock       write requirements-lock.txt: the same versions with the hashes of their files
#   make licences   write docs/licences.md: the licence of each installed package
#   make audit      check for known vulnerabilities; fails on one, and where a package cannot be checked

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TOOLS := .venv-tools
REPORT ?= exports/report
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))

# By default JupyterLab requests news and updates. It is switched off, so nothing leaves the machine.
NEWS := @jupyterlab/apputils-extension:announcements

# Files chosen in a notebook are sent in one message. The server's default limit is 10 MB.
UPLOAD_BYTES := 500000000
UPLOADS := {'websocket_max_message_size': $(UPLOAD_BYTES)}

# Options for JupyterLab, such as --no-browser.
LAB_OPTIONS ?=

# Options for the workbench, such as --no-browser.
APP_OPTIONS ?=

.PHONY: lab app own charts report gallery test lint benchmark peers coverage mutants fuzz docs site lock licences audit

# A value that was typed after make. COLUMNS is also the width of the terminal in the environment of many.
typed = $(if $(filter command,$(origin $(1))),$($(1)))

lab: $(READY)
	@if [ "$$(id -u 2>/dev/null)" = 0 ] && [ -z "$(findstring --allow-root,$(LAB_OPTIONS))" ]; then \
		echo "You are root, as in a container, and JupyterLab starts for root only if told so:"; \
		echo '  make lab LAB_OPTIONS="--allow-root --no-browser"'; \
		echo "Then open the address that it prints. To reach it from outside the container, add --ip=0.0.0.0"; \
		echo "and publish port 8888 of the container (docker run -p 127.0.0.1:8888:8888 …)."; \
		exit 2; \
	fi
	ONRECORD_UPLOAD_BYTES=$(UPLOAD_BYTES) $(BIN)/jupyter lab $(LAB_OPTIONS) \
		--LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb \
		--ServerApp.tornado_settings="$(UPLOADS)"

app: $(READY)
	$(BIN)/python -m onrecord.workbench.serve $(APP_OPTIONS)

# The copies in own/ are ignored by git, so that the notebooks of the project stay as they are.
own: $(READY)
	$(BIN)/python -m onrecord.notebook.copies
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/own/00-start-here.ipynb \
		--ServerApp.tornado_settings="$(UPLOADS)"

charts: $(READY)
	$(BIN)/jupyter nbconvert --to notebook --execute --output-dir exports/notebooks $(NOTEBOOKS)
	@echo "$$(find exports -name '*.png' | wc -l) charts in exports/"

report: $(READY)
	@$(BIN)/python -m onrecord.reports.run --folder "$(REPORT)" \
		$(if $(CORPUS),"$(CORPUS)",$(if $(wildcard data/settings.toml),,data/articles)) \
		$(if $(OUTLETS),--outlets "$(OUTLETS)") $(if $(COMPARE),--compare "$(COMPARE)") \
		$(if $(CORRECTIONS),--corrections "$(CORRECTIONS)") \
		$(if $(FROM),--from "$(FROM)") $(if $(TO),--to "$(TO)") \
		$(if $(call typed,COLUMNS),--columns "$(call typed,COLUMNS)")

gallery: $(READY)
	$(BIN)/python docs/make_gallery.py

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(READY)
	$(BIN)/python -m pytest -s tests/benchmarks/benchmark_*.py

peers: .venv-peers/ready

.venv-peers/ready: requirements-peers.txt
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet -r requirements-peers.txt
	touch $@

coverage: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov=onrecord --cov-branch --cov-report=term-missing:skip-covered

mutants: $(READY)
	$(BIN)/python tests/support/mutants.py

fuzz: $(READY)
	$(BIN)/python tests/support/fuzz_analyse.py -n 200000
	$(BIN)/python tests/support/fuzz_containers.py -n 2000
	$(BIN)/python tests/support/fuzz_settings.py -n 20000

docs: $(READY)
	$(BIN)/python docs/make_pages.py

# The build runs nothing, needs no network, and fails on a warning.
site: $(READY)
	$(BIN)/python docs/make_site.py

lock: $(TOOLS)
	grep -v '^-e' requirements.txt | $(TOOLS)/bin/uv pip compile --quiet --generate-hashes --universal \
		--no-deps --no-header --no-annotate --python-version 3.11.5 --output-file requirements-lock.txt -

# axe-playwright-python states its licence in a file only; the row keeps its width.
licences: $(READY)
	@{ cat docs/licences-head.md; $(BIN)/pip-licenses --format=markdown --from=mixed --order=license --with-system \
		--ignore-packages onrecord pip setuptools | sed -E \
		'/^\| axe-playwright-python /s/UNKNOWN {23}/MIT License (its LICENSE file)/'; } > docs/licences.md

audit: $(TOOLS)
	$(TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-lock.txt

$(TOOLS):
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet uv==0.13.9 pip-audit==2.10.1

$(READY): requirements-lock.txt pyproject.toml
	@echo "Setting up .venv once. This takes some minutes."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	# The lock has every package, so nothing is resolved and no newer release is installed.
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-lock.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	$(BIN)/python -m pip check
	$(BIN)/jupyter labextension disable $(NEWS)
	touch $@
