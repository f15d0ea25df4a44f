"""Figures: `make bench`. Never part of a test: a figure depends on the machine, a promise does not."""
