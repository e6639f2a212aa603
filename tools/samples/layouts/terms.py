"""General terms of purchase: small print in two columns, no order in it."""

from __future__ import annotations

from ..sheet import SANS, SANS_BOLD, Sheet, fit

FRENCH = (
    "Conditions générales d'achat",
    "Ateliers Morvanne SAS - version 2025-06",
    (
        ("Objet", "Les présentes conditions s'appliquent à toutes les commandes passées par "
         "l'acheteur. Elles prévalent sur les conditions de vente du fournisseur, sauf accord "
         "écrit et signé par les deux parties."),
        ("Commande", "Seules les commandes écrites engagent l'acheteur. Le fournisseur accuse "
         "réception dans les deux jours ouvrés\u00a0; passé ce délai, la commande est réputée acceptée "
         "aux prix et délais indiqués."),
        ("Prix", "Les prix sont fermes et non révisables. Ils comprennent l'emballage, le "
         "transport jusqu'au lieu de livraison et toutes les taxes autres que la TVA."),
        ("Livraison", "Les délais sont impératifs. Tout retard prévisible est signalé sans "
         "attendre. Après mise en demeure, une pénalité de 0,5 % par semaine entamée peut être "
         "appliquée, dans la limite de 5 % de la valeur concernée."),
        ("Réception", "Le bon de livraison mentionne le numéro de commande et la référence des "
         "articles. Les quantités reçues font foi après contrôle contradictoire sous huit jours."),
        ("Transfert des risques", "Le transfert des risques a lieu à la livraison, déchargement "
         "compris, au lieu désigné par l'acheteur."),
        ("Garantie", "Le fournisseur garantit la conformité des articles pendant vingt-quatre mois "
         "et remplace à ses frais ceux qui présentent un défaut."),
        ("Facturation", "La facture porte le numéro de commande et parvient par voie électronique. "
         "Elle est payable à quarante-cinq jours fin de mois."),
        ("Propriété intellectuelle", "Les plans, modèles et outillages confiés restent la "
         "propriété de l'acheteur et sont restitués à première demande."),
        ("Confidentialité", "Les parties gardent confidentielles les informations échangées "
         "pendant la commande et cinq ans après son terme."),
        ("Éthique", "Le fournisseur respecte le droit du travail, l'environnement et les règles "
         "de lutte contre la corruption, et s'assure que ses sous-traitants font de même."),
        ("Litiges", "Le droit français s'applique. À défaut d'accord amiable, le tribunal de "
         "commerce de Saint-Étienne est seul compétent."),
    ),
)  # fmt: skip

GERMAN = (
    "Allgemeine Einkaufsbedingungen",
    "Ahrenholt Maschinenbau GmbH - Stand 03/2025",
    (
        ("Geltung", "Für unsere Bestellungen gelten ausschließlich diese Bedingungen. Abweichende "
         "Bedingungen des Lieferanten werden nur Vertragsinhalt, wenn wir ihnen schriftlich "
         "zustimmen."),
        ("Bestellung", "Bestellungen sind nur in Textform verbindlich. Der Lieferant bestätigt sie "
         "innerhalb von drei Werktagen mit Preis und Liefertermin."),
        ("Preise", "Die vereinbarten Preise sind Festpreise frei Verwendungsstelle einschließlich "
         "Verpackung."),
        ("Liefertermine", "Vereinbarte Termine sind bindend. Maßgebend ist der Eingang der Ware "
         "bei der angegebenen Lieferanschrift. Erkennbare Verzögerungen sind sofort mitzuteilen."),
        ("Verpackung", "Die Ware ist handelsüblich und umweltgerecht zu verpacken. "
         "Mehrwegladungsträger werden Zug um Zug getauscht."),
        ("Lieferschein", "Jeder Sendung liegt ein Lieferschein mit unserer Bestellnummer, unserer "
         "Artikelnummer und der Menge bei. Ohne diese Angaben entstehende Verzögerungen gehen zu "
         "Lasten des Lieferanten."),
        ("Gewährleistung", "Es gelten die gesetzlichen Bestimmungen mit einer Verjährungsfrist von "
         "36 Monaten ab Gefahrübergang. Offene Mängel rügen wir innerhalb von zwei Wochen."),
        ("Rechnung", "Rechnungen sind je Bestellung getrennt elektronisch einzureichen. Die "
         "Zahlungsfrist beginnt mit Eingang von Ware und ordnungsgemäßer Rechnung."),
        ("Eigentum", "Beigestellte Zeichnungen, Muster und Werkzeuge bleiben unser Eigentum und "
         "dürfen nur für unsere Bestellungen verwendet werden."),
        ("Geheimhaltung", "Der Lieferant behandelt alle ihm bekannt werdenden Einzelheiten "
         "vertraulich, auch nach Ende der Geschäftsbeziehung."),
        ("Gerichtsstand", "Gerichtsstand ist Bielefeld. Es gilt deutsches Recht ohne das "
         "UN-Kaufrecht."),
    ),
)  # fmt: skip


def draw(terms: tuple[str, str, tuple[tuple[str, str], ...]]) -> bytes:
    title, edition, articles = terms
    sheet = Sheet(title, edition.split(" - ")[0])
    sheet.text(48, 62, title, SANS_BOLD, 15)
    sheet.text(48, 77, edition, size=8, color="#555555")
    sheet.line(48, 84, 547, 84, 0.6)
    height = sum(30 + 13 * len(fit(text, 238, size=9.4)) for _heading, text in articles)
    x, y, limit = 48.0, 104.0, 110 + height / 2
    for number, (heading, text) in enumerate(articles, 1):
        wrapped = fit(text, 238, size=9.4)
        if y > limit and x < 300:
            x, y = 309.0, 104.0
        sheet.text(x, y, f"{number}. {heading}", SANS_BOLD, 9.8)
        y = sheet.block(x, y + 14, wrapped, SANS, 9.4, 13) + 16
    sheet.text(297, 812, "1 / 1", size=7, align="center", color="#777777")
    return sheet.bytes()
