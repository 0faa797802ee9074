# Each target creates what it needs: Python 3.11 or newer and make are enough; after the first time no network is used.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
GOLD := dev news reports heldout heldout2

.PHONY: help demo run test check bench evaluate servers lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: .venv/.runtime  ## the whole pipeline on the sample newsroom; Ctrl-C stops it
	$(BIN)/obmin demo $(ARGS)

run: .venv/.runtime  ## the pipeline on the real sources of seeds/sources.opml
	$(BIN)/obmin run $(ARGS)

test: .venv/.dev  ## all tests; what needs Kafka, Elasticsearch or Chromium is skipped, with the reason, where that is missing
	$(BIN)/python -m pytest $(ARGS)

check: .venv/.dev  ## ruff, mypy --strict, import contracts: what CI checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev  ## every benchmark, each as a ratio to a peer measured in the same run
	$(BIN)/python -m tests.bench $(ARGS)

evaluate: .venv/.dev  ## score the extractor on the gold files, fail below the stored floors
	@for name in $(GOLD); do \
	  $(BIN)/obmin evaluate tests/data/gold/$$name.jsonl --floor tests/data/gold/$$name.floor.json $(ARGS) || exit 1; \
	done

servers: .venv/.dev  ## start a real Kafka broker and a real Elasticsearch node (needs a JDK 21 and Maven); Ctrl-C stops them
	$(BIN)/python -m tests.servers

lock: .venv/.dev  ## renew the locked dependencies from pyproject.toml
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra cluster --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group build -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra cluster --group build -c requirements-dev.lock pyproject.toml -o requirements-cluster.lock

clean:  ## remove what the targets above created
	rm -rf .venv .servers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "obmin needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked dependencies into .venv (once) …"
	@[ -e .venv/.dev ] || $(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked development dependencies into .venv (once) …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.runtime
