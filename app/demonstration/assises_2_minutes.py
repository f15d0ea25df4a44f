"""The record of the 2nd Assises, dated 25 November 2025 (shape: see `facts`).

What was said follows the published minutes; every sentence of the narrative is our own, in both
languages. The orientations are the ministry's own words, a slip of the pen mended in the third. The
record of the first table follows its own order, not the order of the composition.
"""

from datetime import date

from app.columns import Bilingual
from app.demonstration.assises_2_conclusion import CONCLUSION
from app.demonstration.assises_2_tables import TABLE_1, TABLE_2
from app.demonstration.facts import DecisionFact, MinutesFact

ORIENTATIONS: tuple[Bilingual, ...] = (
    Bilingual(
        "Mettre en place une plateforme unique regroupant tous les dispositifs de soutien à la"
        " diplomatie territoriale.",
        "Set up a single platform that gathers every scheme supporting the diplomacy of territories.",
    ),
    Bilingual(
        "Mieux valoriser l’expertise territoriale française à l’international.",
        "Make better use, internationally, of the expertise of French territories.",
    ),
    Bilingual(
        "Mettre en place un fonds de soutien aux jumelages pour les petites communes, centré"
        " notamment sur la mobilité des jeunes.",
        "Set up a fund that supports the twinnings of small municipalities, with particular"
        " attention to the mobility of young people.",
    ),
    Bilingual(
        "Confier à la Commission nationale de la Coopération décentralisée (CNCD) la charge"
        " d’informer régulièrement les collectivités territoriales et les parlementaires"
        " participants aux instances internationales de pouvoirs locaux des priorités du"
        " ministère.",
        "Entrust the National Commission for Decentralised Cooperation (CNCD) with informing"
        " regularly, about the ministry's priorities, the local authorities and parliamentarians"
        " who sit in international bodies of local government.",
    ),
    Bilingual(
        "Conforter la place des collectivités et de leurs associations représentatives dans les"
        " instances d’élaboration de la solidarité internationale.",
        "Strengthen the place of local authorities and of their representative associations in the"
        " bodies where international solidarity is shaped.",
    ),
    Bilingual(
        "Ouvrir la réserve diplomatique citoyenne aux élus.",
        "Open the citizens' diplomatic reserve to elected members.",
    ),
    Bilingual(
        "Mieux soutenir l’ingénierie de projet à destination des collectivités ultramarines, et"
        " élargir la convention visant à l’accueil dans le réseau diplomatique des stagiaires"
        " boursiers à une collectivité ultramarine pilote.",
        "Give better support to project engineering for overseas authorities, and extend to one"
        " pilot overseas authority the agreement under which interns on scholarships are received"
        " in the diplomatic network.",
    ),
)

COMMITMENT = Bilingual(
    "Défendre le maintien, au titre de l’année 2026, des crédits dédiés à la coopération décentralisée.",
    "Defend, for the year 2026, the funds set aside for decentralised cooperation.",
)

MINUTES = MinutesFact(
    issued_on=date(2025, 11, 25),
    title=Bilingual(
        "Compte rendu de la deuxième édition des Assises de la diplomatie parlementaire et de la"
        " coopération décentralisée",
        "Minutes of the second edition of the Assises of parliamentary diplomacy and decentralised cooperation",
    ),
    introduction=Bilingual(
        "Le mardi 18 novembre 2025, parlementaires, élus locaux et acteurs institutionnels se sont"
        " retrouvés au Quai d’Orsay pour la **deuxième édition des Assises de la diplomatie"
        " parlementaire et de la coopération décentralisée**. Leurs échanges l’ont confirmé :"
        " l’action du ministère de l’Europe et des Affaires étrangères, celle du Parlement et celle"
        " des collectivités gagnent à se répondre, car chacune contribue à sa manière à l’influence"
        " de la France.\n\n"
        "Jean-Noël Barrot, ministre de l’Europe et des Affaires étrangères, y a annoncé les sept"
        " orientations qui suivent. Il s’est aussi engagé à défendre les crédits de 2026 consacrés"
        " à la coopération décentralisée.",
        "On Tuesday 18 November 2025 parliamentarians, local elected members and institutions met"
        " at the Quai d’Orsay for the **second edition of the Assises of parliamentary diplomacy"
        " and decentralised cooperation**. Their exchanges confirmed it: the action of the Ministry"
        " for Europe and Foreign Affairs, of Parliament and of local authorities gains from being"
        " concerted, for each in its own way contributes to the influence of France.\n\n"
        "Jean-Noël Barrot, Minister for Europe and Foreign Affairs, announced there the seven"
        " orientations that follow. He also undertook to defend the 2026 funds for decentralised"
        " cooperation.",
    ),
    decisions=(
        *(DecisionFact(number, text) for number, text in enumerate(ORIENTATIONS, start=1)),
        DecisionFact(None, COMMITMENT),
    ),
    sections=(TABLE_1, TABLE_2, CONCLUSION),
)
