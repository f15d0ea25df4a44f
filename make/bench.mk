# Figures, beside their floor, in one run: instance/bench.json and the table for docs/operations.md.
.PHONY: bench
bench: $(VENV)/.dev-ready $(CATALOGUES)
	@$(BIN)/python -m tests.load.bench $(BENCH)
