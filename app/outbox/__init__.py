"""Who sent what to whom: a letter is a row first, posted later by the worker."""
