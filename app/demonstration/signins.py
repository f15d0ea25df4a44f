"""Who signs in to the demonstration. Public on purpose: it runs on loopback, on invented guests."""

# Role, address, password.
SIGNINS: tuple[tuple[str, str, str], ...] = (
    ("organiser", "organiser@example.org", "assises-organisation"),
    ("reception", "reception@example.org", "assises-accueil-2026"),
    ("admin", "admin@example.org", "assises-administration"),
)
