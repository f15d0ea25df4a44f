"""Which function a printed quality names, so that rules of protocol can speak of it."""

import re

from app.text import fold

# First that matches wins; on the folded quality, ordinals ("Premier", "2e") left out.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("president_of_the_republic", r"presidente? de la republique"),
    ("former_president_of_the_republic", r"ancienn?e? presidente? de la republique"),
    ("former_prime_minister", r"ancienn?e? premiere? ministre"),
    ("former_minister", r"ancienn?e? (?:ministre|secretaire d etat)"),
    ("prime_minister", r"premiere? ministre"),
    ("minister", r"ministre|secretaire d etat"),
    ("president_of_the_senate", r"presidente? du senat$"),
    ("president_of_the_national_assembly", r"presidente? de l assemblee nationale$"),
    ("president_of_the_constitutional_council", r"presidente? du conseil constitutionnel"),
    ("vice_president_of_the_council_of_state", r"vice presidente? du conseil d etat"),
    ("president_of_the_cese", r"presidente? du (?:conseil economique social et environnemental|cese)$"),
    ("defender_of_rights", r"defenseure? des droits"),
    (
        "member_of_the_european_parliament",
        r"(?:deputee?|representante?) (?:europeen|au parlement europeen)|eurodeputee?",
    ),
    ("deputy", r"deputee?|(?:vice )?presidente? .*\bde l assemblee nationale$"),
    ("senator", r"senateur|senatrice|(?:vice )?presidente? .*\bdu senat$"),
    ("prefectoral_corps", r"sous prefete?|secretaire generale? de la prefecture"),
    ("prefect", r"prefete?|haute? commissaire de la republique"),
    ("ambassador", r"ambassadeur|ambassadrice|chargee? d affaires"),
    ("region_president", r"presidente? (?:du conseil regional|de (?:la )?region|de l assemblee de corse)"),
    ("region_president", r"presidente? du conseil executif de corse"),
    ("department_president", r"presidente? du (?:conseil )?departement(?:al)?"),
    ("intercommunality_president", r"presidente? .*\b(?:euro)?(?:metropole|communaute|agglomeration|intercommunal)"),
    ("region_vice_president", r"vice presidente? (?:du conseil regional|de (?:la )?region)"),
    ("department_vice_president", r"vice presidente? du (?:conseil )?departement(?:al)?"),
    ("deputy_mayor", r"(?:maire )?adjointe?"),
    ("mayor", r"maire"),
    ("association_president", r"presidente?"),
    ("councillor", r"conseill(?:er|ere) (?:region|departement|municip|communaut|metropolit)"),
    ("vice_president", r"vice presidente?"),
    ("director", r"direct(?:eur|rice)|secretaire generale?|deleguee?|recteur|rectrice"),
)
_RULES = tuple((code, re.compile(pattern)) for code, pattern in _PATTERNS)
_ORDINALS = re.compile(r"^(?:premiere?|1ere?|1re|\d+(?:e|eme|er)|deuxieme|troisieme|quatrieme|cinquieme) (?!ministre)")
# A bare "Président" or "Vice-présidente" says with its organisation of what.
_BARE = re.compile(r"(?P<vice>vice )?presidente?$")
_OF_A_KIND = {
    "region": ("region_president", "region_vice_president"),
    "department": ("department_president", "department_vice_president"),
    "intercommunality": ("intercommunality_president", "vice_president"),
}


def function_of(quality: str, kind: str = "") -> str:
    """The code of the function a quality names, "" when no rule knows it.

    `kind` is the organisation's (`Organisation.kind`): it completes a bare "Présidente".
    """
    words = fold(quality)
    for said in (words, _ORDINALS.sub("", words)):
        bare = _BARE.match(said)
        if bare and kind in _OF_A_KIND:
            return _OF_A_KIND[kind][1 if bare.group("vice") else 0]
        for code, rule in _RULES:
            if rule.match(said):
                return code
    return ""
