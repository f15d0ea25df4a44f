"""What concluded the 2nd Assises (see `facts`)."""

from app.columns import Bilingual
from app.demonstration.assises_2_tables import said
from app.demonstration.facts import SectionFact

CONCLUSION = SectionFact(
    session="conclusion",
    narrative=Bilingual(),
    interventions=(
        said(
            "barrot",
            "ministre de l’Europe et des Affaires étrangères",
            fr="Le ministre a accueilli les participants dans la « première mairie de France »,"
            " celle des missions consulaires : état civil, vote électronique. Ministres, parlementaires"
            " et collectivités portent ensemble une voix « harmonique » de la France, les uns par leurs"
            " déplacements et leurs groupes d’amitié,"
            " les autres par plus de 4 000 jumelages et 500 millions d’euros d’action internationale,"
            " dont 200 millions d’aide au développement. Ces liens durables apportent une expertise"
            " de terrain et font connaître les questions internationales aux citoyens.\n\n"
            "Trois priorités ont guidé les Assises : faciliter l’action extérieure des collectivités,"
            " renforcer la voix de la France dans les instances internationales, accorder initiatives"
            " locales et priorités diplomatiques. Sept orientations en découlent : une plateforme"
            " unique de la diplomatie des territoires, une expertise territoriale mieux valorisée, un"
            " fonds pour les jumelages des petites communes et la mobilité des jeunes, une CNCD plus"
            " présente dans l’information des élus qui siègent dans les instances internationales, une"
            " meilleure place des collectivités dans la conduite de l’aide publique au développement,"
            " la réserve diplomatique citoyenne ouverte aux élus, un appui renforcé à l’ingénierie des"
            " Outre-mer.\n\n"
            "Il a conclu en défendant le rôle international des collectivités dans le futur acte de"
            " décentralisation, la préservation d’Interreg et des dispositifs de mobilité des jeunes."
            " Réduire l’aide au développement serait une erreur : elle agit à la racine de ce qui"
            " touche directement les Français, l’emploi, les migrations, le terrorisme, le"
            " narcotrafic, la santé. La diplomatie de demain sera forte si l’État, les parlementaires"
            " et les territoires la portent ensemble.",
            en="The minister welcomed the participants to the “first town hall of France”, that of"
            " consular duties: civil registry, electronic vote. Ministers, parliamentarians"
            " and local authorities together carry a “harmonic”"
            " voice of France, some through their travels and their friendship groups, others through"
            " more than 4,000 twinnings and 500 million euros of international action, of which 200"
            " million of development aid. These lasting ties bring the experience of the field and"
            " make citizens familiar with international questions.\n\n"
            "Three priorities guided the Assises: making the external action of local authorities"
            " easier, strengthening the voice of France in international bodies, bringing local"
            " initiatives and diplomatic priorities together. Seven orientations follow: a single"
            " platform for the diplomacy of territories, better use of the expertise of territories, a"
            " fund for the twinnings of small municipalities and the mobility of young people, a CNCD"
            " that does more to inform the elected members who sit in international bodies, a better"
            " place for local authorities in the governance of official development assistance, the"
            " citizens' diplomatic reserve opened to elected members, and stronger support for"
            " engineering overseas.\n\n"
            "He closed by defending the international role of local authorities in the coming act of"
            " decentralisation, and by calling for Interreg and youth mobility schemes to be"
            " preserved. To cut development aid would be a mistake: it acts at the root of what"
            " touches the French directly, employment, migration, terrorism, drug trafficking, health."
            " Tomorrow's diplomacy will be strong if the State, parliamentarians and territories carry"
            " it together.",
        ),
    ),
)
