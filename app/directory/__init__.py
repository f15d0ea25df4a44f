"""People, their mandates, and organisations, across editions."""
