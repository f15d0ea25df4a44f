# The French catalogue: collect the English sentences of the code, keep what is translated.
.PHONY: catalogue
catalogue: $(VENV)/.ready
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k lazy -k ngettext:1,2 --no-location --sort-output --project=Parvis --omit-header -o /tmp/parvis.pot .
	@test -f app/translations/fr/LC_MESSAGES/messages.po \
	  && $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -l fr -i /tmp/parvis.pot -o app/translations/fr/LC_MESSAGES/messages.po \
	  || $(BIN)/pybabel -q init -l fr -i /tmp/parvis.pot -o app/translations/fr/LC_MESSAGES/messages.po
	@rm -f /tmp/parvis.pot
