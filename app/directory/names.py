"""How a name is taken apart: its particle, and the words under which it is found."""

import re

# Longest word of the index; a longer one is found by its beginning.
WORD_LENGTH = 60
# Particles stay in lower case when they are typed so: "Marta de CIDRAC", "Anna von HOHENBERG".
_PARTICLE = re.compile(r"((?:(?:de|du|des|von|van|der|den|zu|di|da|do|dos|del|della) |d['’])+)(?=\S)")


def split_particle(surname: str) -> tuple[str, str]:
    """("de ", "Cidrac"); an empty particle when there is none."""
    found = _PARTICLE.match(surname)
    return (found.group(), surname[found.end() :]) if found else ("", surname)


def words_of(search_key: str) -> list[str]:
    """The words, each once, under which an entry with this `Person.search_key` is found."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in search_key.split()))
