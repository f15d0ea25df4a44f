"""What was said at the round tables of the 2nd Assises, speaker by speaker, in the order of the record."""

from app.columns import Bilingual
from app.demonstration.facts import InterventionFact, SectionFact
from app.demonstration.people import NAMES


def said(
    person: str, *qualities: str, fr: str = "", en: str = "", room: bool = False, joint: bool = False
) -> InterventionFact:
    """A passage of `person`, named and qualified as in the record; `joint`: with the person before."""
    return InterventionFact(person, NAMES[person], qualities, Bilingual(fr, en), room, joint)


TABLE_1 = SectionFact(
    session="table-1",
    narrative=Bilingual(
        "Comment rendre l’action extérieure plus accessible aux collectivités ? La première table"
        " ronde a montré ce que l’État, le Parlement et les territoires s’apportent les uns aux"
        " autres, et dégagé plusieurs moyens précis de simplifier les démarches et de trouver des"
        " financements.",
        "How can external action be made more accessible to local authorities? The first round table"
        " showed what the State, Parliament and the territories bring to one another, and brought"
        " out several precise ways of making procedures simpler and of finding funds.",
    ),
    interventions=(
        said(
            "haddad",
            "ministre délégué chargé de l’Europe",
            fr="L’action européenne de la France passe par les collectivités : leur appui à"
            " l’Ukraine et leur part dans l’intégration des régions ultrapériphériques le prouvent."
            " Le ministre souhaite des financements européens plus simples, une expertise"
            " territoriale mieux reconnue dans les jumelages et un prochain cadre financier"
            " pluriannuel à la hauteur pour la PAC et le revenu agricole. Il défend une diplomatie"
            " « horizontale », qui associe collectivités, parlementaires, entreprises et ONG.",
            en="The European action of France goes through its local authorities: their support for"
            " Ukraine and their part in the integration of the outermost regions prove it. The"
            " minister wishes European funding to be simpler, the expertise of territories to be"
            " better recognised in twinnings, and the next multiannual financial framework to match"
            " the needs of the common agricultural policy and of farmers' income. He defends a"
            " “horizontal” diplomacy that brings together local authorities, parliamentarians,"
            " companies and NGOs.",
        ),
        said(
            "rapin",
            "président de la commission des Affaires européennes du Sénat",
            fr="La diplomatie du Sénat est « démultipliée » : autour de son président, deux"
            " commissions spécialisées et 80 groupes d’amitié. Ces réseaux lui donnent une voix"
            " propre, parfois plus libre que celle du Gouvernement, en particulier sur les sujets"
            " stratégiques et face aux influences étrangères.",
            en="The diplomacy of the Senate is “multiplied”: around its president, two specialised"
            " committees and 80 friendship groups. These networks give it a voice of its own, at"
            " times freer than that of the Government, in particular on strategic matters and in the"
            " face of foreign influence.",
        ),
        said(
            "quernez",
            "1er vice-président de la région Bretagne",
            "secrétaire général de l'AFCCRE",
            fr="La France compte plus de 4 000 jumelages. Ils sont au cœur de la construction"
            " européenne, mais reposent sur des bénévoles, et cela les fragilise. Il faut outiller"
            " les collectivités : des plateformes collaboratives rendraient visible ce qui existe"
            " déjà et aideraient les jumelages à faire vivre l’Europe dans les territoires.",
            en="France has more than 4,000 twinnings. They stand at the heart of European"
            " integration, yet they rest on volunteers, which makes them fragile. Local authorities"
            " need better tools: collaborative platforms would show what exists already and help"
            " twinnings to keep Europe alive in the territories.",
        ),
        said(
            "imbs",
            "présidente de l’Eurométropole de Strasbourg",
            fr="Les objectifs de développement durable (ODD) peuvent guider la conduite d’un"
            " territoire ; elle en a donné l’exemple et demandé la reconnaissance d’un « ODD 18 »."
            " Le 1 % solidaire et la coopération transfrontalière sont, pour elle, les outils"
            " concrets d’une diplomatie de proximité.",
            en="The sustainable development goals (SDGs) can guide the government of a territory; she"
            " gave an example of it and asked for an “SDG 18” to be recognised. The 1 % for"
            " solidarity and cooperation across borders are, to her, the practical tools of a"
            " diplomacy close to people.",
        ),
        said(
            "molinoz",
            "vice-président de la région Bourgogne-Franche-Comté",
            fr="Les régions s’inquiètent de l’évolution du cadre financier pluriannuel européen :"
            " elles refusent que les fonds de cohésion soient renationalisés ou fondus avec la PAC."
            " Collectivités, Comité européen des régions et Représentation permanente de la France à"
            " Bruxelles devraient mieux se coordonner pour défendre les orientations de Global"
            " Gateway. Rappelant le poids financier des régions dans la coopération, il a mis en"
            " garde contre l’envie de réduire l’action extérieure dans le contexte social actuel.",
            en="The regions are worried about the course of the European multiannual financial"
            " framework: they do not accept that cohesion funds be renationalised or merged with the"
            " common agricultural policy. Local authorities, the European Committee of the Regions"
            " and the Permanent Representation of France in Brussels should coordinate better to"
            " defend the directions of Global Gateway. Recalling the financial weight of the regions"
            " in cooperation, he warned against the wish to cut external action in the present"
            " social context.",
        ),
        said(
            "guignard",
            "maire de Plœuc-L’Hermitage",
            "vice-président de l'AMF",
            fr="Les petites communes doivent être des partenaires à part entière de la coopération"
            " décentralisée. La coopération avec Ovroutch, en Ukraine, montre la portée de projets"
            " « donnant-donnant ». Sans cacher la contrainte budgétaire, il souhaite que"
            " parlementaires, ministère et conseillers diplomatiques auprès des préfets de région"
            " travaillent davantage de concert.",
            en="Small municipalities must be full partners in decentralised cooperation. The"
            " cooperation with Ovruch, in Ukraine, shows what “give and take” projects can achieve."
            " Without hiding the constraint of budgets, he wishes parliamentarians, the ministry and"
            " the diplomatic advisers to regional prefects to work more closely together.",
        ),
        said(
            "chaillou",
            "sénateur",
            room=True,
            fr="L’autonomie locale est au centre de la vitalité démocratique : il faut la défendre."
            " Et pour que les collectivités s’engagent au-delà des frontières, il faut des objectifs"
            " clairs, des réseaux mieux mobilisés, tels que les Maisons de l’Europe, et davantage"
            " d’explications sur les financements qui existent.",
            en="Local autonomy is central to the vitality of democracy and must be defended. And if"
            " local authorities are to be active beyond the borders, they need clear aims, networks"
            " put to better use, such as the Houses of Europe, and more explanation of the funds"
            " that exist.",
        ),
        said("cidrac", "sénatrice", room=True, joint=True),
    ),
)

TABLE_2 = SectionFact(
    session="table-2",
    narrative=Bilingual(
        "La deuxième table ronde cherchait comment accorder l’action extérieure des collectivités,"
        " la diplomatie parlementaire et les priorités du ministère. État, Parlement et territoires"
        " y ont exprimé le même besoin : se coordonner, se comprendre et se reconnaître.",
        "The second round table looked for ways to bring together the external action of local"
        " authorities, parliamentary diplomacy and the ministry's priorities. State, Parliament and"
        " territories voiced the same need: to coordinate, to be clear to one another, and to be"
        " recognised.",
    ),
    interventions=(
        said(
            "forissier",
            "ministre délégué chargé du Commerce extérieur et de l’Attractivité",
            fr="Les outils existent et restent trop peu utilisés : Team France Export, VIE et VIA,"
            " réseaux régionaux, conseillers diplomatiques en préfecture. Les régions tiennent la"
            " première place dans la promotion économique ; conseils régionaux, chambres de commerce"
            " et Business France doivent mieux s’accorder pour attirer les investissements et"
            " accompagner les entreprises à l’export, avec l’appui d’une diplomatie parlementaire"
            " qui porte les messages des territoires.",
            en="The tools exist and are used too little: Team France Export, the VIE and VIA"
            " volunteer schemes, regional networks, diplomatic advisers in the prefectures. The"
            " regions hold the first place in economic promotion; regional councils, chambers of"
            " commerce and Business France must work better together to attract investment and to"
            " help companies export, with the support of a parliamentary diplomacy that carries the"
            " messages of the territories.",
        ),
        said(
            "fuchs",
            "président de la commission des Affaires étrangères de l’Assemblée nationale",
            fr="Faute d’une coordination suffisante avec l’exécutif et les collectivités, la"
            " diplomatie parlementaire est loin de donner tout ce qu’elle peut. Plusieurs chantiers"
            " s’ouvrent : des délégations parlementaires pour mieux suivre les relations bilatérales,"
            " des médiations en temps de crise, des commissions conjointes avec d’autres parlements,"
            " un forum sur l’Europe « superpuissance ». Une mission préparera une doctrine française"
            " qui garde au Parlement sa souplesse.",
            en="For want of enough coordination with the executive and with local authorities,"
            " parliamentary diplomacy is far from giving all it can. Several works are opening:"
            " parliamentary delegations to follow bilateral relations more closely, mediation in"
            " times of crisis, joint committees with other parliaments, a forum on Europe as a"
            " “superpower”. A mission will prepare a French doctrine that keeps to Parliament its"
            " freedom of movement.",
        ),
        said(
            "pellefigue",
            "vice-présidente de la région Occitanie",
            fr="Les régions ne veulent pas concurrencer l’État : elles entendent exercer pleinement"
            " leurs compétences internationales, en économie, en innovation, en formation. Les"
            " drones d’une PME toulousaine, soutenue par le FEDER, servent aujourd’hui en Ukraine."
            " Les textes liés à la COP30 et à l’espace reconnaissent désormais le rôle des autorités"
            " locales ; reste à leur ouvrir les financements internationaux et les lieux de décision,"
            " à l'AFD comme dans les rencontres bilatérales.",
            en="The regions do not wish to compete with the State: they mean to exercise fully their"
            " international powers in the economy, innovation and training. The drones of a small"
            " company of Toulouse, supported by the ERDF, are in use in Ukraine today. The texts"
            " linked to COP30 and to space now recognise the role of local authorities; international"
            " funds and the places of decision, at the AFD as in bilateral meetings, remain to be"
            " opened to them.",
        ),
        said(
            "ramond",
            "président du département du Tarn",
            "président de la commission internationale de Départements de France",
            fr="Les départements se sont largement mobilisés pour l’Ukraine et consacrent plus de 10"
            " millions d’euros par an à la coopération décentralisée. Action sociale, eau, prévention"
            " des risques, éducation à la citoyenneté : leurs compétences fondent des coopérations"
            " durables, au Maroc ou à Madagascar par exemple. Leur fragilité financière, elle, ne"
            " cesse de croître.",
            en="The departments have done much for Ukraine and spend more than 10 million euros a year"
            " on decentralised cooperation. Social action, water, prevention of risks, education for"
            " citizenship: their powers are the ground of lasting cooperation, in Morocco or in"
            " Madagascar for instance. Their financial weakness, meanwhile, keeps growing.",
        ),
        said(
            "delafosse",
            "maire de Montpellier",
            "président de Cités Unies France (CUF)",
            fr="CUF rassemble tous les niveaux de collectivités, soit environ 120 millions d’euros de"
            " coopération territoriale. Elle apporte de l’ingénierie, avec l'AFD, structure les"
            " réseaux et soutient l’engagement citoyen par les diasporas. La présence française"
            " recule dans les réseaux internationaux, face aux régimes autoritaires et aux discours"
            " de repli : il appelle élus locaux, parlementaires et Quai d’Orsay à unir leurs efforts.",
            en="CUF brings together every level of local government, about 120 million euros of"
            " cooperation. It provides engineering, with the AFD, gives structure to networks and"
            " supports citizens' commitment through the diasporas. The French presence is shrinking"
            " in international networks, in the face of authoritarian regimes and of inward-looking"
            " talk: he calls on local elected members, parliamentarians and the Quai d’Orsay to join"
            " their efforts.",
        ),
        said(
            "veran",
            "adjointe au maire de Cannes",
            "vice-présidente de la CNCD",
            fr="La CNCD est le lieu du dialogue entre l’État et les collectivités : les priorités"
            " nationales y sont mieux comprises, les besoins locaux mieux entendus. Ce n’est pas"
            " encore assez. Elle demande des conseillers diplomatiques de région plus visibles, des"
            " réunions d’information régulières, des associations d’élus reconnues comme de vrais"
            " partenaires dans les instances nationales (AFD, Expertise France, CNH), et que la"
            " Constitution garantisse la clause générale de compétence, sans laquelle il n’est pas"
            " d’action internationale claire et assumée.",
            en="The CNCD is where the State and local authorities talk to each other: national"
            " priorities are better understood there, local needs better heard. That is not yet"
            " enough. She asks for regional diplomatic advisers who are better known, for regular"
            " information meetings, for associations of elected members recognised as true partners"
            " in national bodies (AFD, Expertise France, CNH), and for the Constitution to secure the"
            " general clause of competence, without which no international action can be clear and"
            " owned.",
        ),
        said(
            "lecoq",
            "député de Seine-Maritime",
            room=True,
            fr="Il a parlé des « jumelages de combat ».",
            en="He spoke of “twinnings that fight”.",
        ),
        said(
            "ben-lahoucine",
            "adjoint au maire d’Issoudun",
            "président de la CIRRMA",
            room=True,
            fr="Il a souligné le rôle des réseaux régionaux multi-acteurs et proposé que les"
            " collectivités aient des correspondants « relations internationales ». D’autres"
            " interventions ont confirmé la richesse des initiatives.",
            en="He underlined the role of the regional multi-actor networks and suggested that local"
            " authorities appoint “international relations” correspondents. Other voices from the"
            " room confirmed how many initiatives exist.",
        ),
    ),
)
