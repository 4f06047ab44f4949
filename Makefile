# Everything a checkout can do. `make` alone lists it; every target can be run again and again.
# PYTHON picks the interpreter of a new .venv (3.11 or later); ARGS goes to the command that a target runs.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# What is installed: the package alone, with what its tests need, with every tool, with what builds the site.
READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test
READY_DEV := $(VENV)/.ready-dev
READY_DOCS := $(VENV)/.ready-docs
READY_RELEASE := $(VENV)/.ready-release

.DEFAULT_GOAL := help
.PHONY: help install demo emulator gateway test test-floors test-pythons interop-tools lint types check coverage generate recordings docs bench wheel release clean
.SUFFIXES:

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(READY_DEV)  ## put the package and every tool into .venv

demo: $(READY)  ## run the main job against an emulator of its own
	$(BIN)/yadirect-soap demo $(ARGS)

emulator: $(READY)  ## serve the emulator (ARGS="--help" tells its options)
	$(BIN)/yadirect-soap emulator $(ARGS)

gateway: $(READY_TEST)  ## serve the gateway (ARGS="--help" tells its options)
	$(BIN)/yadirect-soap gateway $(ARGS)

test: $(READY_TEST)  ## run the tests, on all processors (ARGS="-k money" picks some, ARGS=-n0 takes one processor)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

test-floors:  ## run the tests of what imports libraries on the oldest versions that pyproject.toml allows
	PYTHON='$(PYTHON)' bash .ci/test-floors $(ARGS)

test-pythons:  ## run tests on Python 3.13 and 3.14, where the machine has them
	bash .ci/test-pythons $(ARGS)

test-engines: $(READY_TEST)  ## install the engines of ClickHouse and Spark (1 GB; Spark needs Java), and run their tests
	bash .ci/install-package $(VENV) '.[test-clickhouse,test-spark]'
	$(BIN)/python -m pytest tests/etl/test_clickhouse.py tests/etl/test_spark.py tests/etl/test_engines_guide.py $(ARGS)

interop-tools:  ## install foreign SOAP stacks and JSON clients for the tests, what can be had of them
	PYTHON='$(PYTHON)' bash .ci/interop-tools

lint: $(READY_DEV)  ## check style, spelling, formatting, the house's rules of files and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/python -m tools.lint_files
	$(BIN)/lint-imports --no-logo

types: $(READY_DEV)  ## check types
	$(BIN)/mypy

check: lint types  ## lint and types

coverage: $(READY_TEST) $(READY_RELEASE)  ## run the tests and tell which lines and branches no test reaches
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered --cov-report=html:build/coverage $(ARGS)

generate: $(READY_TEST)  ## write every generated file: code, types, pages of the documentation
	$(BIN)/python -m tools

recordings: $(READY_TEST)  ## run commands against an emulator, and draw their terminals for the site
	$(BIN)/python -m tools.terminal_svg

docs: $(READY_DOCS)  ## write the reference and build the site into build/site/
	$(BIN)/python -m tools.reference
	$(BIN)/zensical build --clean --strict

bench: $(READY_TEST)  ## measure against plain zeep, suds, a JSON client and the bare parse
	$(BIN)/python -m benchmarks $(ARGS)

wheel: $(READY_TEST)  ## build the wheel into dist/
	$(BIN)/python -m hatchling build --target wheel

release: $(READY_DEV) $(READY_RELEASE)  ## check, set version and day, build, commit and tag (VERSION=0.2.0)
	$(BIN)/python -m tools.release $(ARGS) $(VERSION)

clean:  ## remove caches and built files (.venv stays)
	rm -rf build dist docs/reference .cache .hypothesis .import_linter_cache .coverage* .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# A stamp is younger than pyproject.toml when what it stands for is installed.
# A .venv without a working pip (half made, or its interpreter gone) is made anew.
define install
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null || { $(make_venv); }
	@echo 'installing $(1) into $(VENV)'
	@bash .ci/install-package $(VENV) '$(1)'
	@touch $@
endef

define make_venv
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo '$(PYTHON) is missing or older than 3.11; name another: make PYTHON=python3.12 ...' >&2; exit 1; }; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install" \
	    "$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; }; \
	$(PYTHON) -m venv --clear $(VENV)
endef

$(READY): pyproject.toml
	$(call install,.)

$(READY_TEST): pyproject.toml
	$(call install,.[test])
	@touch $(READY)

$(READY_DOCS): pyproject.toml
	$(call install,.[docs])
	@touch $(READY)

$(READY_RELEASE): pyproject.toml
	$(call install,.[release])
	@touch $(READY)

$(READY_DEV): pyproject.toml
	$(call install,.[dev])
	@touch $(READY) $(READY_TEST)
