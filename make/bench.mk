# Figures, beside their floor, in one run: instance/bench.json and the table for docs/operations.md.
.PHONY: bench
bench: $(VENV)/.dev-ready $(CATALOGUES) browser
	@$(BIN)/python -m tests.load.bench $(BENCH)

# Pictures of the main pages, made from the demonstration: docs/screenshots.
.PHONY: screenshots
screenshots: $(VENV)/.dev-ready $(CATALOGUES) browser
	@$(BIN)/python -m tests.screens

# What a first visit to the public pages weighs and takes, in the browser: docs/page-speed.md.
.PHONY: speed
speed: $(VENV)/.dev-ready $(CATALOGUES) browser
	@$(BIN)/python -m tests.load.page_speed
