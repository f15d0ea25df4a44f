"""The door: one function admits, whatever the road; an append-only ledger."""
