"""Words the invented guests are made of. No person and no French territory here exists."""

from app.columns import Bilingual


def _names(written: str) -> list[str]:
    """Names between bars, on as many lines as it takes."""
    return written.strip().replace("\n", "|").split("|")


WOMEN = _names("""
Agathe|Aïcha|Alice|Amélie|Anaïs|Anne-Laure|Aurélie|Béatrice|Bénédicte|Camille|Carole|Cécile|Chantal
Charlotte|Claire|Clémence|Corinne|Delphine|Dominique|Édith|Élise|Élodie|Émilie|Estelle|Fatou|Florence
Françoise|Gaëlle|Geneviève|Hélène|Inès|Isabelle|Jeanne|Joséphine|Karima|Laure|Léa|Linda|Louise|Lucie
Maïlys|Manon|Marie-Noëlle|Mathilde|Mélanie|Nadège|Noémie|Odile|Pascale|Raphaëlle|Sabine|Samira|Solène
Sophie|Sylvie|Thérèse|Valérie|Véronique|Yasmine|Zoé
""")
MEN = _names("""
Adrien|Alain|Antoine|Arnaud|Aymeric|Baptiste|Benoît|Bertrand|Cédric|Christian|Clément|Cyril|Damien
Didier|Emmanuel|Étienne|Fabien|Florent|François-Xavier|Gaël|Gérard|Gilles|Grégoire|Guillaume|Hervé
Hugo|Jean-Baptiste|Jean-Marc|Jérôme|Joël|Julien|Karim|Kévin|Laurent|Loïc|Luc|Malik|Marc|Mathieu
Maxime|Michaël|Mohamed|Nicolas|Noël|Olivier|Pascal|Patrice|Paul|Quentin|Régis|Rémi|Romain|Samuel
Sébastien|Simon|Stéphane|Thibault|Vincent|Xavier|Yann
""")
FAMILIES = _names("""
Abélard|Amselle|Aubertin|Avril|Baudouin|Béranger|Ben Salem|Besançon|Blanchet|Boisseau|Bonnafous
Bourdaloue|Brémond|Caillaud|Carbonnel|Castaing|Chastagner|Chevreuse|Clavel|Corbineau|Courcelle
Dauriac|d'Aubervive|de Brissoles|de La Motte-Ferrand|Delaunoy|Delmas|Desmoulins|Deschamps|Diallo
du Plessis-Aubry|Dufresnoy|El Amrani|Espinasse|Faïsse|Farnier|Faugeras|Ferrandis|Fontanel|Fréville
Gaillardon|Garrigue|Gaudichon|Girardeau|Gouësnou|Grandclément|Guérinot|Hébrard|Hennequin|Huguenin
Jacquemard|Jaubert|Jourdanne|Keravel|Khelifi|Labrousse|Lacaussade|Lafargue|Langevine|Larrieu
Le Bihannic|Le Guennec|Lemaréchal|L'Hostis|Lombardet|Loubignac|Maisonneuve|Malaval|Marchandeau|Mazaud
Mercadier|Mignard|Monteillet|Morvannic|N'Guessan|Nivernois|Noirot|Ouvrard|Paillasson|Parizot|Pelissou
Perrault-Delage|Picaud|Poncelet|Pradeilles|Quémener|Quintard|Rambaud|Ravaillac|Renouard|Ribeyrolles
Roquebrune|Roussillon|Sabatier|Saint-Amans|Sauvageot|Serrurier|Sicard|Soubeyran|Tardieu-Vogel
Taillandier|Thévenard|Tisserand|Toulemonde|Traoré|Trévidic|Vaillancourt|Valentinois|van der Meulen
Vasseur|Verdelhan|Vialatte|Villeroux|von Elsass|Wagnière|Yvernault|Zimmerlin
""")
TOWNS = _names("""
Aubrelles|Beaumesnil-sur-Ource|Bois-Clairval|Bréhalec|Castelnaud-d'Ance|Chanteraine|Cour-l'Évêque
Esquières|Fontvannes|Grand-Ploërel|La Roche-Aubry|Lissac-le-Vieux|Mas-d'Aigues|Montfaverges
Neufmoutiers|Ornelle|Pierrelaye-lès-Bois|Plouzévac|Pont-Sainte-Ylie|Port-Élan|Roquevaire-la-Neuve
Saint-Ferréol-du-Lac|Saint-Œuf-en-Plaine|Sainte-Aulaye-la-Forêt|Trémorel|Val-de-Suize|Vaugrenant
Verneuges|Vieux-Ferrand|Ysserpont
""")
# With their article, as in "Département de la Haute-Sauve".
COUNTIES = (
    "de la Haute-Sauve",
    "de la Basse-Ource",
    "du Val-d’Ance",
    "des Côtes-d’Iroise",
    "des Monts-de-Suize",
    "des Deux-Rives",
)
REGIONS = ("Val-Atlantique", "Hautes-Plaines", "Rives-du-Midi", "Marches-de-l’Est")
ASSOCIATIONS = _names("""
Jumelages sans frontières|Réseau des villes solidaires|Eau et territoires|Maison des langues
Agriculteurs du monde|Culture en partage|Jeunes ambassadeurs|Ingénieurs volontaires|Diasporas actives
Coopération et santé
""")
SERVICES = _names("""
Préfecture de la Haute-Sauve|Préfecture de la Basse-Ource|Rectorat des Hautes-Plaines
Direction de l'action internationale|Secrétariat général pour les affaires régionales
Agence des coopérations
""")
PAPERS = ("Le Courrier des communes", "La Gazette d’Iroise", "Radio Deux-Rives", "Territoires Magazine")

# Functions by category: (masculine, feminine), the place filled in.
FUNCTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "parlementaires": (("Député {county}", "Députée {county}"), ("Sénateur {county}", "Sénatrice {county}")),
    "regions-departements": (
        ("Vice-président de la région {region}", "Vice-présidente de la région {region}"),
        ("Conseiller régional délégué à l’international", "Conseillère régionale déléguée à l’international"),
        ("Président du département {county}", "Présidente du département {county}"),
        ("Directeur des relations internationales", "Directrice des relations internationales"),
    ),
    "communes": (
        ("Maire {town}", "Maire {town}"),
        ("Adjoint au maire {town}", "Adjointe au maire {town}"),
        ("Conseiller municipal délégué", "Conseillère municipale déléguée"),
        ("Directeur général des services", "Directrice générale des services"),
    ),
    "services-etat": (
        ("Directeur", "Directrice"),
        ("Conseiller diplomatique", "Conseillère diplomatique"),
        ("Chargé de mission", "Chargée de mission"),
    ),
    "intervenants": (
        ("Professeur de science politique", "Professeure de science politique"),
        ("Modérateur", "Modératrice"),
    ),
    "associations": (
        ("Président", "Présidente"),
        ("Délégué général", "Déléguée générale"),
        ("Coordinateur", "Coordinatrice"),
    ),
    "presse": (("Journaliste", "Journaliste"), ("Rédacteur en chef", "Rédactrice en chef")),
}
REASONS = (
    "Une séance du conseil municipal est fixée le même soir.",
    "Un déplacement à l’étranger à cette date.",
    "L’examen du budget est à l’ordre du jour ce soir-là.",
    "",
    "",
)
REPRESENTATIVES = (
    ("Directrice de cabinet", "Mme"),
    ("Conseiller aux affaires internationales", "M"),
    ("Adjointe au maire", "Mme"),
    ("Chef de cabinet", "M"),
)

# given, family, native name, civility, function, organisation, country
DELEGATES: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК", "M", "Head of cooperation", "Oblast de Kharkiv", "UA"),
    ("Nataliia", "HRYTSENKO", "Наталія ГРИЦЕНКО", "Mme", "Deputy mayor", "Hromada d’Ovroutch", "UA"),
    ("Yevhen", "ZHUK", "Євген ЖУК", "M", "Adviser", "Oblast de Kharkiv", "UA"),
    ("Mohammad", "ABD AL-RAHMAN", "محمد عبد الرحمن", "M", "Conseiller municipal", "Marj Ibn Amer", "PS"),
    ("Layla", "AL-KHATIB", "ليلى الخطيب", "Mme", "Directrice des partenariats", "Marj Ibn Amer", "PS"),
    ("Youssef", "BEN JELLOUL", "يوسف بن جلول", "M", "Vice-président", "Conseil de l’Oriental", "MA"),
    ("Fatima Zahra", "EL IDRISSI", "فاطمة الزهراء الإدريسي", "Mme", "Conseillère", "Ville d’Oujda", "MA"),
    ("Hussein", "SALAMEH", "حسين سلامة", "M", "Maire adjoint", "Union des municipalités du Chouf", "LB"),
    ("Xiaoming", "WANG", "王晓明", "M", "Deputy director", "Bureau des affaires étrangères de Chengdu", "CN"),
    ("Meihua", "LI", "李美华", "Mme", "Interpreter", "Bureau des affaires étrangères de Chengdu", "CN"),
    ("Guoqiang", "ZHANG", "张国强", "M", "Adviser", "Ville de Wuhan", "CN"),
    ("Nino", "KVARATSKHELIA", "ნინო კვარაცხელია", "Mme", "Head of protocol", "Ville de Koutaïssi", "GE"),
    ("Giorgi", "TSINTSADZE", "გიორგი ცინცაძე", "M", "Adviser", "Ville de Koutaïssi", "GE"),
    ("Anahit", "MKRTCHYAN", "Անահիտ Մկրտչյան", "Mme", "Conseillère du maire", "Ville de Gyumri", "AM"),
    ("Tigran", "HAROUTIOUNIAN", "Տիգրան Հարությունյան", "M", "Adjoint au maire", "Ville de Gyumri", "AM"),
    ("Eleni", "PAPADOPOULOU", "Ελένη Παπαδοπούλου", "Mme", "Deputy mayor", "Ville de Patras", "GR"),
    ("Dimitris", "KARAGIANNIS", "Δημήτρης Καραγιάννης", "M", "European officer", "Région de Crète", "GR"),
    ("Thị Hương", "NGUYỄN", "Nguyễn Thị Hương", "Mme", "Head of unit", "Province de Thừa Thiên Huế", "VN"),
    ("Văn Đức", "TRẦN", "Trần Văn Đức", "M", "Vice-président", "Province de Thừa Thiên Huế", "VN"),
    ("Noa", "BEN-DAVID", "נועה בן-דוד", "Mme", "Director", "Ville de Haïfa", "IL"),
    ("Yonatan", "SHAPIRA", "יונתן שפירא", "M", "Adviser", "Ville de Haïfa", "IL"),
    ("Elitsa", "STOYANOVA", "Елица Стоянова", "Mme", "Expert", "Municipalité de Plovdiv", "BG"),
    ("Ludwig", "KÄSTNER", "", "M", "Referent", "Ville de Ludwigsburg", "DE"),
    ("María José", "ÁLVAREZ NÚÑEZ", "", "Mme", "Concejala", "Municipalité de Loja", "EC"),
    ("Łukasz", "WIŚNIEWSKI", "", "M", "Radny", "Voïvodie de Petite-Pologne", "PL"),
    ("Awa", "NDIAYE", "", "Mme", "Maire adjointe", "Commune de Podor", "SN"),
    ("Kouadio", "N'DRI", "", "M", "Directeur", "District de Yamoussoukro", "CI"),
    ("Bùi", "LÊ", "Lê Bùi", "M", "Adviser", "Province de Thừa Thiên Huế", "VN"),
    ("Siobhán", "O'CONNOR", "", "Mme", "Councillor", "Comté de Kerry", "IE"),
    ("Zeynep", "ÖZGÜR", "", "Mme", "Adviser", "Ville d’Izmir", "TR"),
)

NEW_GROUPS = (
    ("associations", Bilingual("Associations et réseaux", "Associations and networks"), 6, "bar"),
    ("delegations", Bilingual("Délégations étrangères", "Foreign delegations"), 3, "star"),
    ("presse", Bilingual("Presse", "Press"), 9, "square"),
)
# Places by category; they add up to the event's 300.
QUOTAS = {
    "parlementaires": 45,
    "regions-departements": 60,
    "communes": 80,
    "services-etat": 35,
    "intervenants": 20,
    "associations": 30,
    "delegations": 20,
    "presse": 10,
}
# Guests by category; delegations are the list above.
NUMBERS = {
    "parlementaires": 62,
    "regions-departements": 84,
    "communes": 112,
    "services-etat": 46,
    "intervenants": 16,
    "associations": 50,
    "presse": 14,
}
