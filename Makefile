# The commands of the project; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
SPEECH ?= tests/data/speech/anatol-01.wav
KEYS ?= 2
ARGS ?=

.PHONY: help install install-dev system system-test run call test test-quick lint fix bench eval pins clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

system: ## What Debian must provide to run (root installs it, others are told what is missing)
	@scripts/system-packages run

system-test: ## The same for the tests: PostgreSQL, Chromium
	@scripts/system-packages test

$(STAMP): requirements.txt pyproject.toml | system
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(STAMP)-dev: requirements-dev.txt requirements-whisper.txt $(STAMP) | system-test
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-whisper.txt
	@touch $@

install: $(STAMP) ## Install what runs
install-dev: $(STAMP)-dev ## Install what tests

run: install ## Set up and run the whole line; Ctrl-C stops it
	@$(BIN)/hotline run

call: install ## A virtual citizen dials 1580 (SPEECH=file.wav KEYS=2 ARGS="--answer-callback 1")
	@$(BIN)/hotline call --speech $(SPEECH) --keys $(KEYS) $(ARGS)

test: install-dev ## Every test: real Asterisk, real recognition, real browser, real PostgreSQL
	@$(BIN)/pytest --numprocesses 2 --dist loadfile $(ARGS)

test-quick: install-dev ## Only the tests that need no Asterisk, browser or speech model
	@$(BIN)/pytest -m "not calls and not browser and not speech" $(ARGS)

lint: install-dev ## ruff, mypy, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: install-dev ## Let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install-dev ## Timings, printed with the machine
	@for bench in bench/*.py; do $(BIN)/python $$bench || exit 1; done

eval: install-dev ## How often understanding is right, with counts
	@$(BIN)/python -m evaluation $(ARGS)

pins: install-dev ## Pin again what requirements*.in name
	@for name in requirements requirements-whisper requirements-dev; do \
	  hashes=; [ $$name = requirements-whisper ] && hashes=--generate-hashes; \
	  $(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --no-header --allow-unsafe $$hashes $$name.in -o $$name.txt || exit 1; done

clean: ## Remove the environment and the data of trials (var/); Asterisk and models in the cache stay
	@rm -rf $(VENV) var artifacts *.egg-info
