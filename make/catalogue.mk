# The French catalogue: collect the English sentences of the code, keep what is translated.
.PHONY: catalogue
FRENCH := app/translations/fr/LC_MESSAGES/messages.po
catalogue: $(VENV)/.ready
	@set -e; found=$$(mktemp); trap 'rm -f "$$found"' EXIT; \
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k lazy -k ngettext:1,2 --no-location --no-wrap --sort-output -o "$$found" .; \
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -l fr -i "$$found" -o $(FRENCH)
	@$(BIN)/pybabel -q compile -i $(FRENCH) -o $(FRENCH:.po=.mo)
