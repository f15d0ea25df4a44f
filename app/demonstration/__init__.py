"""The demonstration: the real events of the project's documents, and a living edition beside them."""
