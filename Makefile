# One command for each thing a developer does. Needs Python 3.11 or newer, and make.

PYTHON ?= python3
HOME_DIR ?= $(or $(KLARPRIS_HOME),data/var)
ARGS ?= --demo-if-offline
WORKERS ?= 2

BIN := .venv/bin
# Set for the build environments of pip as well: older versions read the first, newer the second.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip
BENCHMARKS := harvest pricing queries dashboard warehouse
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
FIND_BROWSER := for name in $(BROWSERS); do command -v $$name && break; done

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test chromium lint types imports unit browser coverage format bench picture clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sort \
		| awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: .venv/.installed ## make the environment in .venv, with everything development needs

run: .venv/.runtime ## harvest and show the dashboard; ARGS="--demo" for simulated operators
	KLARPRIS_HOME="$(HOME_DIR)" $(BIN)/klarpris up $(ARGS)

test: setup chromium lint types imports unit browser ## check everything; nothing is left out

lint: setup ## style and likely mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## types
	$(BIN)/mypy

imports: setup ## direction of imports
	$(BIN)/lint-imports --no-logo

unit: setup ## tests that need no browser
	$(BIN)/pytest --no-skips -m "not browser" -n $(WORKERS)

browser: setup chromium ## tests in a real Chromium
	$(BIN)/pytest --no-skips -m browser

coverage: setup ## tests without a browser, and what they leave out; the core must be complete
	$(BIN)/pytest --no-skips -m "not browser" -n $(WORKERS) --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --fail-under=100 \
		--include='aggregator/domain/*,aggregator/formats/*,aggregator/pricing/*'

format: setup ## put the code into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: setup ## measure; NAME=pricing for one of them, ARGS for its options
	@for name in $(or $(NAME),$(BENCHMARKS)); do \
		echo "== $$name"; \
		$(BIN)/python -m "benchmarks.$$name" $(filter-out --demo-if-offline,$(ARGS)) || exit 1; \
	done

picture: setup chromium ## take the README's picture anew, from demonstration data
	$(BIN)/python data/pictures/take.py

clean: ## remove the environment and what tools left behind; data/var stays
	rm -rf .venv build dist .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@command -v "$(PYTHON)" >/dev/null \
		|| { echo "$(PYTHON) is not there: install Python 3.11 or newer, or name one: make PYTHON=..."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$$("$(PYTHON)" --version) is too old: Klarpris needs 3.11 or newer. Name one: make PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python cannot make environments: it lacks venv or ensurepip. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv --clear .venv

# What the program needs, and nothing else.
.venv/.runtime: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

# The above, and what development needs.
.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch .venv/.runtime $@

# The browser comes from the system. Installing it needs root, or sudo that asks for no password.
chromium:
	@if [ -z "$$($(FIND_BROWSER))" ] && command -v apt-get >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then \
			apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium; \
		elif sudo -n true 2>/dev/null; then \
			sudo -n apt-get update \
				&& sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium; \
		fi; \
	fi
	@test -n "$$($(FIND_BROWSER))" || { \
		echo "No Chromium or Chrome found, and it could not be installed from here. Install one"; \
		echo "($(BROWSERS)), then run make again. On Debian: apt install chromium"; exit 1; }
