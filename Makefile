# Everything a person or a machine does with this tree. `make` alone prints what there is.
# Needs git, make and Python 3.11 or later; everything else is put into .venv, and nothing outside this folder is touched.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
# The oldest Python we promise first, so that what works here works everywhere. Override: make PYTHON=/path/to/python3 ...
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
UV_VERSION := 0.13.9
LOCALES := fr es pt_BR
# How often `make faults` kills the bot in each way.
KILLS := 200
POT := bot/locales/convenor.pot

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: venv
venv: $(VENV)/.ready-dev ## Make .venv with everything needed to work on Convenor

.PHONY: demo
demo: $(VENV)/.ready-demo ## Try Convenor in the browser: a sample server, no Discord account needed
	@$(BIN)/convenor demo

.PHONY: tour
tour: $(VENV)/.ready-demo ## Watch Convenor's story in the terminal, each step checked, in under a minute
	@$(BIN)/convenor tour

.PHONY: run
run: $(VENV)/.ready-runtime ## Run Convenor in a real server (DISCORD_TOKEN in the environment or in .env)
	@$(BIN)/convenor run

.PHONY: test
test: $(VENV)/.ready-dev ## Run the tests (choose with ARGS, as in: make test ARGS="tests/test_house.py -x")
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

.PHONY: faults
faults: $(VENV)/.ready-dev ## Kill Convenor hundreds of times and cut it off in every way, and count (an hour; KILLS=20 for less)
	@FAULTS_KILLS=$(KILLS) $(BIN)/python -m pytest -n 2 tests/faults tests/test_tour.py tests/test_who_may.py tests/ops/test_slow.py tests/ops/test_full.py tests/ops/test_moving.py tests/ops/test_restoring.py tests/data/test_releases.py $(ARGS)

.PHONY: soak
soak: $(VENV)/.ready-dev ## Let a day of traffic pass in minutes, and see whether memory grows or work is left over
	@$(BIN)/python -m tests.soak $(ARGS)

.PHONY: lint
lint: $(VENV)/.ready-dev ## Check style, types and the import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports

.PHONY: i18n
i18n: $(VENV)/.ready-dev ## Bring the French, Spanish and Portuguese catalogues up to date with the texts in the code
	@mkdir -p $(dir $(POT))
	@$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords \
		-k t:1 -k plural:1,2 -k Refusal:1 -k N_:1 -k L:1c,2 -k in_context:1c,2 -k each_language:2 \
		--add-comments "Translators:" --strip-comment-tags --no-wrap --sort-output --add-location file \
		--project Convenor --version $$($(BIN)/python -c 'import bot; print(bot.__version__)') \
		--copyright-holder "the Convenor authors" --header-comment "# Texts of Convenor." \
		-o $(POT).new bot cogs
	@sed '/^"POT-Creation-Date/d' $(POT).new >$(POT) && rm $(POT).new
	@for locale in $(LOCALES); do \
		$(BIN)/pybabel -q update --init-missing --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date \
			-D convenor -i $(POT) -d bot/locales -l $$locale || exit 1; \
	done

.PHONY: bench
bench: $(VENV)/.ready-dev ## Measure Convenor beside a bare bot and Red-DiscordBot, and write docs/benchmarks.md (twenty minutes)
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: release
release: $(VENV)/.ready-dev ## Make a release in dist/: the wheel, a list of what it depends on, and whether that is safe (network)
	@rm -rf dist build && mkdir -p dist build/again
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -t wheel -d dist >/dev/null
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -t wheel -d build/again >/dev/null
	@for wheel in dist/*.whl; do cmp $$wheel build/again/$${wheel##*/} || exit 1; done
	@echo "The wheel was built twice, and is the same."
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip --disable-pip-version-check --no-input -qq install --require-hashes \
		--only-binary :all: -r requirements/release.txt
	@build/audit/bin/pip-audit --disable-pip --require-hashes -r requirements/runtime.txt --progress-spinner off \
		--format cyclonedx-json --output dist/convenor.cdx.json
	@cd dist && sha256sum * >SHA256SUMS && cat SHA256SUMS

.PHONY: lock
lock: $(BIN)/python ## Choose the newest allowed dependencies again and write requirements/*.txt
	@$(PIP) install "uv==$(UV_VERSION)"
	@set -e; lock() { \
		out=requirements/$$1.txt; shift; \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file $$out "$$@"; \
		echo "wrote $$out"; \
	}; \
	lock dev pyproject.toml --group dev; \
	lock demo pyproject.toml --group build --group demo --constraints requirements/dev.txt; \
	lock runtime pyproject.toml --group build --constraints requirements/dev.txt; \
	lock release --group release --constraints requirements/dev.txt; \
	lock red --group red

# One environment, filled as far as the target at hand needs: the demo must not wait for a linter to download.
# `dev` holds all of `demo`, which holds all of `runtime`, at the same versions. pip checks each file's hash, and the
# build backend comes from the lock as well, so that nothing unlocked runs while the project is installed in place.
# Bytecode is left to the first import: compiling every dependency would take longer than installing it.
$(VENV)/.ready-dev $(VENV)/.ready-demo $(VENV)/.ready-runtime: $(VENV)/.ready-%: requirements/%.txt | $(BIN)/python
	@echo "Installing requirements/$*.txt into $(VENV): half a minute, the first time ..."
	@$(PIP) install --no-compile --require-hashes --only-binary :all: -r requirements/$*.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@ $(if $(filter dev,$*),$(VENV)/.ready-demo $(VENV)/.ready-runtime) $(if $(filter demo,$*),$(VENV)/.ready-runtime)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Convenor needs Python 3.11 or later, and none was found on PATH." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) comes without venv. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
