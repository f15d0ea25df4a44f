"""The documents library: brochures, practical information, letters to download, in versions and languages."""
