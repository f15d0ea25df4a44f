"""The invented guests of the live edition: the same ones each time, in many scripts.

Among them what real lists hold: homonyms, three elected people behind one mailbox, a surname of
sixty characters, particles, names in seven other scripts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.demonstration import words
from app.directory.service import Names
from app.registration.representatives import Representative
from app.text import slug

SEED = 18112029
SHARED_MAILBOX = "cabinet@ville.example"
REFUSED_DOMAIN = "adresse-perdue.example"
LONG_SURNAME = "de Saint-Amans-Ribeyrolles de La Motte-Ferrand de Roquebrune"


@dataclass(frozen=True)
class Guest:
    """Someone to invite; `fate` is what becomes of the invitation, see `FATES`."""

    category: str
    civility: str
    given: str
    family: str
    qualities: tuple[str, ...]
    organisation: str
    email: str
    native: str = ""
    language: str = "fr"
    country: str = "FR"
    fate: str = "accepts"


# Out of a hundred guests: what becomes of them.
FATES = (
    ("accepts", 62),
    ("silent", 19),
    ("declines", 9),
    ("represented", 4),
    ("cancels", 2),
    ("withdrawn", 2),
    ("bounces", 2),
)
# Out of a hundred who accept, in categories more sought after than they have places.
EAGER = {"communes": 72, "presse": 86}
DRAFTS, WITHOUT_ADDRESS = 12, 3


def list_guests() -> list[Guest]:
    """Everyone, the same list at each call."""
    chance = Random(SEED)
    guests = [*_special(), *_delegates(chance)]
    taken = {(guest.given, guest.family) for guest in guests}
    for category, number in words.NUMBERS.items():
        missing = number - sum(guest.category == category for guest in guests)
        guests += [_invented(category, chance, taken) for _ in range(missing)]
    return guests


def list_latecomers() -> list[Guest]:
    """Guests entered yesterday, whose letters have not left; some have no address yet."""
    chance = Random(SEED + 1)
    taken = {(guest.given, guest.family) for guest in list_guests()}
    late = [_invented("associations", chance, taken, fate="draft") for _ in range(DRAFTS)]
    without = [_without_address(guest) for guest in late[:WITHOUT_ADDRESS]]
    return [*without, *late[WITHOUT_ADDRESS:]]


def list_stand_ins() -> list[Representative]:
    """People named by those who cannot come themselves."""
    chance = Random(SEED + 3)
    taken = {(guest.given, guest.family) for guest in list_guests()}
    found = []
    for number in range(40):
        function, civility = words.REPRESENTATIVES[number % len(words.REPRESENTATIVES)]
        given = chance.choice(words.WOMEN if civility == "Mme" else words.MEN)
        family = chance.choice(words.FAMILIES)
        if (given, family) not in taken:
            email = f"{slug(given)}.{slug(family)}@cabinet.example"
            found.append(Representative(Names(given, family, civility=civility), function, email))
    return found


def _without_address(guest: Guest) -> Guest:
    return Guest(**{**vars(guest), "email": ""})


def _special() -> Iterator[Guest]:
    town, valley = "Commune de Saint-Ferréol-du-Lac", "Communauté de communes du Val d’Ance"
    mairie, title = "mairie@saint-ferreol-du-lac.example", "Maire de Saint-Ferréol-du-Lac"
    yield Guest("communes", "M", "Philippe", "LAURENT", (title,), town, mairie)
    yield Guest("communes", "M", "Philippe", "LAURENT", ("Directeur général",), valley, "p.laurent@cc-val-ance.example")
    port = "Ville de Port-Élan"
    for given, family, civility, title in (
        ("Hélène", "Kervadec-Prigent", "Mme", "Maire de Port-Élan"),
        ("Idriss", "Ben Mansour", "M", "Adjoint au maire de Port-Élan"),
        ("Maëlle", "Le Du", "Mme", "Adjointe au maire de Port-Élan"),
    ):
        yield Guest("communes", civility, given, family, (title,), port, SHARED_MAILBOX)
    yield Guest(
        "regions-departements",
        "Mme",
        "Marie-Amélie",
        LONG_SURNAME,
        ("Vice-présidente de la région Hautes-Plaines", "Maire de Vieux-Ferrand", "Présidente de la commission Europe"),
        "Région Hautes-Plaines",
        "ma.desaintamans@hautes-plaines.example",
    )
    yield Guest(
        "parlementaires",
        "Mme",
        "Marta",
        "de Brissoles",
        ("Sénatrice de Deux-Rives",),
        "Sénat",
        "m.debrissoles@parlement.example",
    )


def _delegates(chance: Random) -> Iterator[Guest]:
    for given, family, native, civility, function, organisation, country in words.DELEGATES:
        yield Guest(
            "delegations",
            civility,
            given,
            family,
            (function,),
            organisation,
            f"{slug(given)}.{slug(family)}@{slug(organisation)}.example".replace("..", "."),
            native=native,
            language="fr" if country in {"MA", "LB", "SN", "CI", "PS"} else "en",
            country=country,
            fate=_fate("delegations", chance),
        )


def _invented(category: str, chance: Random, taken: set[tuple[str, str]], fate: str = "") -> Guest:
    """Somebody nobody else is called like."""
    while True:
        is_woman = chance.randint(0, 1) == 1
        given = chance.choice(words.WOMEN if is_woman else words.MEN)
        family = chance.choice(words.FAMILIES)
        if (given, family) not in taken:
            break
    taken.add((given, family))
    # Lists come from many hands: one in three writes surnames in capitals.
    family = family.upper() if chance.random() < 1 / 3 else family
    titles, organisation = _function(category, chance, is_woman=is_woman)
    fate = fate or _fate(category, chance)
    domain = REFUSED_DOMAIN if fate == "bounces" else f"{slug(organisation)}.example"
    return Guest(
        category,
        "Mme" if is_woman else "M",
        given,
        family,
        titles,
        organisation,
        f"{slug(given)}.{slug(family)}@{domain}",
        fate=fate,
    )


def _function(category: str, chance: Random, *, is_woman: bool) -> tuple[tuple[str, ...], str]:
    town, county = chance.choice(words.TOWNS), chance.choice(words.COUNTIES)
    region = chance.choice(words.REGIONS)
    both = chance.choice(words.FUNCTIONS[category])
    title = both[is_woman].format(town=_of(town), county=county, region=region)
    is_county = "département" in title
    organisation = {
        "parlementaires": "Sénat" if title.startswith("S") else "Assemblée nationale",
        "regions-departements": f"Département {county}" if is_county else f"Région {region}",
        "communes": f"Ville {_of(town)}",
        "services-etat": chance.choice(words.SERVICES),
        "intervenants": "Université des Deux-Rives",
        "associations": chance.choice(words.ASSOCIATIONS),
        "presse": chance.choice(words.PAPERS),
    }[category]
    if category in {"parlementaires", "regions-departements"} and chance.random() < 1 / 4:
        other = "Conseillère municipale" if is_woman else "Conseiller municipal"
        return (title, f"{other} {_of(town)}"), organisation
    return (title,), organisation


def _of(town: str) -> str:
    """ "de Bréhalec", "d'Esquières"."""
    return f"d'{town}" if town[0] in "AEIOUYÉ" else f"de {town}"


def _fate(category: str, chance: Random) -> str:
    fates, weights = zip(*FATES, strict=True)
    if category not in EAGER:
        return chance.choices(fates, weights)[0]
    if chance.random() * 100 < EAGER[category]:
        return "accepts"
    return chance.choices(fates[1:], weights[1:])[0]
