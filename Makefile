# `make` lists the targets. Needed: make, Python 3.10 or newer, PyPI. Everything is installed into .venv.

PYTHON ?= python3
JOBS ?= 2
ARGS ?=
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
MOCK_READY := $(VENV)/mock/.ready
BROWSER_READY := $(VENV)/browser/.ready
SITE_READY := $(VENV)/site/.ready

.DEFAULT_GOAL := help
.PHONY: help setup generate accept check test http-libraries mock browser ecosystem snapshots lint types fuzz property corpus docs pictures bench bench-quick prove clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-15s %s\n", $$1, $$2 }'
	@echo "Variables: PYTHON=python3.12 (for a new .venv), ARGS='-k name' (more arguments), JOBS=2 (test processes)"

setup: $(DEV_READY) ## Install the generator with all its tools into .venv

generate: $(RUN_READY) ## Write generated/ from spec/ and templates/
	$(BIN)/sdkloom generate $(ARGS)

accept: $(DEV_READY) ## Accept the public names that generated/ has now: the listed surface and api.md
	$(BIN)/python -m tests.invariants.surface --write
	cp generated/api.md tests/invariants/data/api.md

check: ## Run all that CI runs: tests, lint, types, freshness of generated/
	.ci/run

test: $(DEV_READY) ## Run the tests
	$(BIN)/pytest -q -n $(JOBS) --dist worksteal $(ARGS)

http-libraries: $(DEV_READY) ## Run the tests of the package on httpx 0.27, httpx 0.28 and httpx2
	$(BIN)/python -m tests.http_libraries --folder $(VENV)/http-libraries $(ARGS)

mock: $(DEV_READY) $(MOCK_READY) ## Run the generated tests of several documents against Prism, which serves them (needs npm)
	$(BIN)/python -m tests.mock --prism $(VENV)/mock/node_modules/.bin/prism $(ARGS)

browser: $(DEV_READY) ## Check the page of `sdkloom diff` in Chromium (skipped without npm or Chromium)
	@if [ -z "$(CHROMIUM)" ] || ! command -v npm >/dev/null; then echo "skipped: npm or Chromium is missing"; else \
		$(MAKE) --no-print-directory $(BROWSER_READY) && \
		$(BIN)/python -m tests.browser --packages $(VENV)/browser --chromium "$(CHROMIUM)" $(ARGS); fi

ecosystem: $(DEV_READY) ## Run programs of other libraries with the reference and with generated/ (1 GB from PyPI)
	$(BIN)/python -m tests.ecosystem $(ARGS)

snapshots: $(DEV_READY) ## Accept all that the tests expect: output, messages, reports, and what `accept` does
	$(BIN)/sdkloom diff --rules > docs/diff-rules.md
	$(BIN)/sdkloom lint --rules > docs/lint-rules.md
	$(BIN)/sdkloom schema --markdown > docs/config.md
	$(BIN)/pytest -q tests/cases tests/errors tests/specdiff --snapshot-update $(ARGS)
	$(MAKE) --no-print-directory accept

lint: $(DEV_READY) ## Check style and layout with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_READY) ## Check types: pyright strict on generator/ and generated/, mypy strict on generated/
	$(BIN)/pyright --project pyproject.toml --warnings
	$(BIN)/mypy

fuzz: $(DEV_READY) ## Try random inputs for a minute for each piece (ARGS='--seconds 3600' for longer)
	PYTHONPATH=generator:generated/src $(BIN)/python -m tests.fuzz $(ARGS)

property: $(DEV_READY) ## Run the property tests with many more examples
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -q -n $(JOBS) tests/property $(ARGS)

corpus: $(DEV_READY) $(MOCK_READY) ## Take whole documents from `init` to a checked package (SPECS=folder, needs npm)
	$(BIN)/python -m tests.corpus $(SPECS) --prism $(VENV)/mock/node_modules/.bin/prism $(ARGS)

docs: $(SITE_READY) ## Build the site of docs/ into build/site; dead links are errors
	NO_MKDOCS_2_WARNING=1 $(VENV)/site/bin/mkdocs build --strict --config-file .ci/site/mkdocs.yml

pictures: $(DEV_READY) ## Draw the pictures of the terminal in docs/images anew
	$(BIN)/python .ci/site/pictures.py

bench: $(DEV_READY) ## Measure everything beside its peers (from PyPI), and write docs/benchmarks.md
	$(BIN)/python benchmarks/run.py $(ARGS)

bench-quick: $(DEV_READY) ## The same in under a minute, once the peers are there; only prints
	$(BIN)/python benchmarks/run.py --quick $(ARGS)

prove: $(DEV_READY) ## Prove the verdicts of `sdkloom diff`: check and run programs on both sides of each pair (minutes)
	PYTHONPATH=generator $(BIN)/python -m tests.prove --jobs $(JOBS) $(ARGS)

clean: ## Remove .venv and all caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.10 or newer is needed: make PYTHON=..." if sys.version_info < (3, 10) else 0)'
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(DEV_READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -e ./generated
	touch $@ $(RUN_READY)

$(MOCK_READY): tests/mock/package.json tests/mock/package-lock.json | $(BIN)/python
	mkdir -p $(@D)
	cp $^ $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(BROWSER_READY): tests/browser/package.json tests/browser/package-lock.json | $(BIN)/python
	mkdir -p $(@D)
	cp $^ $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(SITE_READY): .ci/site/requirements.txt | $(BIN)/python
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@
