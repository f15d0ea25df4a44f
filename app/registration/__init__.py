"""Who comes: the only place where seats are counted and given."""
