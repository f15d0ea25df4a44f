# What proves the program: tests, lint, long proofs. Included by the Makefile.
PYTEST := $(BIN)/python -m pytest
PROVED := app badges config.py tests migrations
EVERY_PAGE := tests/journeys/test_pages_in_french.py tests/journeys/test_pages_in_english.py
RACES := $(wildcard tests/*/test_*_race.py)

.PHONY: test lint fmt prove browser

# Everything but the browser two at a time, every page in two languages too; the journeys alone, because
# a browser that waits for a person is slower in company.
test: $(VENV)/.dev-ready $(CATALOGUES) browser
	$(PYTEST) -n 2 --dist loadfile --ignore=tests/journeys
	$(PYTEST) -n 2 --dist loadfile $(EVERY_PAGE)
	$(PYTEST) tests/journeys $(EVERY_PAGE:%=--ignore=%)

lint: $(VENV)/.dev-ready
	$(BIN)/ruff check $(PROVED)
	$(BIN)/ruff format --check $(PROVED)
	$(BIN)/mypy

fmt: $(VENV)/.dev-ready
	$(BIN)/ruff check --fix $(PROVED)
	$(BIN)/ruff format $(PROVED)

# Long proofs: races run again and again, faults, many more invented inputs.
prove: $(VENV)/.dev-ready $(CATALOGUES)
	$(PYTEST) --ignore=tests/journeys -m "proof or hypothesis" --hypothesis-profile=prove
	$(PYTEST) tests/journeys -m proof
	for turn in 1 2 3 4 5; do $(PYTEST) -q $(RACES) || exit 1; done

# Debian's browser when we may install it, else the one Playwright brings.
browser: $(VENV)/.dev-ready
	@if command -v chromium >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi
