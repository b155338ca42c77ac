.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
IN_TESTS := $(BIN)/python -m tests.plugins.environment
export PORT ?= 8000

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(VENV)/runtime ## start everything and print the address and the demo accounts
	@exec $(BIN)/python -m victor.embedded run

test: $(VENV)/development ## run the tests, browser tests included; a few minutes
	@$(BIN)/python -m pytest --numprocesses 3 --dist worksteal -m "not long" $(ARGS)

test-long: $(VENV)/development ## run the rest: killed workers, floods, crowds, restarts, Firefox and WebKit, more of what axe sees
	@$(BIN)/python -m pytest --numprocesses 3 --dist worksteal -m "long and not prove" $(ARGS)

prove: $(VENV)/development ## run what needs many minutes, in full: make prove ARGS="rest axe walks floods odd attacks kills"
	@$(BIN)/python -m tests.prove $(ARGS)

lint: $(VENV)/development ## hold the code against the rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates
	@$(IN_TESTS) $(BIN)/mypy
	@$(IN_TESTS) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(BIN)/python -m tests.plugins.production check --deploy --fail-level WARNING

bench: $(VENV)/development ## measure speed and memory, as ratios of one run
	@$(BIN)/python -m tests.bench

browser: ## install the browsers of the tests: Chromium, and for the long tests Firefox and WebKit
	@for program in chromium chromium-headless-shell chromedriver firefox-esr WebKitWebDriver Xvfb; do \
		command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	test -z "$$missing" || (command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq \
		--no-install-recommends chromium chromium-headless-shell chromium-driver firefox-esr webkit2gtk-driver xvfb) \
		|| { echo "Install with this system's package manager, so that they are found:$$missing"; exit 1; }

demo-accounts: $(VENV)/runtime ## print addresses, passwords and current codes of the demo
	@$(BIN)/python -m victor.embedded manage demo_accounts

manage: $(VENV)/runtime ## run a command of Django's: make manage ARGS="verify_audit"
	@$(BIN)/python -m victor.embedded manage $(ARGS)

messages: $(VENV)/development ## take new strings into the catalogues (needs gettext), and write Serbian in Latin letters anew
	@$(IN_TESTS) $(BIN)/python manage.py makemessages --all --exclude sr_Latn --no-location --no-wrap --no-obsolete --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	@$(IN_TESTS) $(BIN)/python manage.py write_latin_catalogue

requirements: $(VENV)/development ## compile requirements*.in, with hashes
	@for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header $$name.in -o $$name.txt; done

clean: ## delete what was installed and kept: the virtual environment, the demo's data
	@rm -rf $(VENV) var

$(VENV)/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "VICTOR needs Python 3.11 or later; this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the portal needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/development: $(VENV)/runtime requirements-dev.txt
	@echo "Installing what tests and linters need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run test test-long prove lint bench browser demo-accounts manage messages requirements clean
