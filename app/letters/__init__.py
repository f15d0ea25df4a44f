"""Wording of letters and who signs them; the letter itself as PDF."""
