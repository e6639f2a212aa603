"""Who Larkfield Supply deals with: customers and vendors of the demo. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """Where goods go, or where a company sits."""

    name: str
    street: str
    zip: str
    city: str
    country: str = ""
    state: str = ""


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    function: str
    phone: str = ""


@dataclass(frozen=True)
class Partner:
    """A customer or vendor. ``ref`` is our number for it, ``pricelist`` an external id."""

    key: str
    address: Address
    email: str
    phone: str
    ref: str
    vat: str = ""
    pricelist: str = ""
    website: str = ""
    people: tuple[Person, ...] = ()
    deliveries: tuple[Address, ...] = ()
    item_codes: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.address.name

    @property
    def xmlid(self) -> str:
        return f"partner_{self.key}"


def iban(country: str, account: str) -> str:
    """An account number with right check digits (ISO 13616), in groups of four."""
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    plain = f"{country}{98 - int(digits) % 97:02d}{account}"
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))


OWN = Address("Larkfield Supply", "4300 Foundry Way", "94608", "Emeryville", "US", "CA")
OWN_EU = Address("Larkfield Supply Europe", "Waalhavenweg 318", "3089 KD", "Rotterdam", "NL")
OWN_EMAIL = "info@larkfield.example"
OWN_PHONE = "+1 555-555-0100"

EUR, TRADE, USD = "pricelist_eur", "pricelist_eur_trade", "pricelist_usd"

_CUSTOMERS = (
    Partner(
        "pinecrest",
        Address(
            "Pinecrest Fabrication Inc.", "2210 NE Alder Mill Road", "97220", "Portland",
            "US", "OR",
        ),
        "purchasing@pinecrestfab.example", "+1 503-555-0142", "C10418", "", USD,
        "https://www.pinecrestfab.example",
        (Person("Dana Whitlock", "dana.whitlock@pinecrestfab.example", "Buyer"),),
        (
            Address(
                "Pinecrest Fabrication Inc., Plant 2", "875 Columbia Yard", "98660",
                "Vancouver", "US", "WA",
            ),
        ),
        {
            "PF-20418": "HB-M8X40-ZN", "PF-20419": "HB-M8X45-ZN", "PF-20502": "HN-M8-ZN",
            "PF-31077": "CD-125-10", "PF-40113": "SG-CLEAR", "PF-40260": "GL-DISP-L",
            "PF-55009": "SF-500-CL",
        },
    ),
    Partner(
        "ahrenholt",
        Address("Ahrenholt Maschinenbau GmbH", "Industriestraße 27", "33689", "Bielefeld", "DE"),
        "einkauf@ahrenholt.example", "+49 30 23125 460", "C10431", "DE808246281", EUR,
        "https://www.ahrenholt.example",
        (
            Person("Sabine Drewes", "s.drewes@ahrenholt.example", "Einkauf", "+49 30 23125 468"),
            Person("Jörg Petermann", "j.petermann@ahrenholt.example", "Einkaufsleitung"),
        ),
        (
            Address("Ahrenholt Maschinenbau GmbH, Werk 2", "Am Stadtholz 112", "33609",
                    "Bielefeld", "DE"),
            Address("Ahrenholt Maschinenbau GmbH, Werk Verl", "Österwieher Straße 9", "33415",
                    "Verl", "DE"),
        ),
        {
            "N-108040": "HB-M8X40-ZN", "N-108045": "HB-M8X45-ZN", "N-108935": "HB-M8X40-A2",
            "N-110060": "HB-M10X60-ZN", "N-208000": "HN-M8-ZN", "N-210000": "HN-M10-ZN",
            "N-308000": "WA-M8-ZN", "W-710125": "CD-125-10", "W-720019": "DR-HSS-19",
            "A-900310": "GL-NIT-09", "A-900311": "GL-NIT-10", "A-905000": "EP-37",
            "V-400200": "CB-600", "V-410050": "PT-50-BR",
        },
    ),
    Partner(
        "kestermann",
        Address("Kestermann Anlagentechnik GmbH & Co. KG", "Rheinallee 204", "55120", "Mainz",
                "DE"),
        "beschaffung@kestermann.example", "+49 69 90009 310", "C10452", "DE375749118", EUR,
        "https://www.kestermann.example",
        (Person("Murat Aydin", "m.aydin@kestermann.example", "Strategischer Einkauf"),),
        (Address("Kestermann Anlagentechnik GmbH & Co. KG, Lager Ginsheim", "Bleiaustraße 16",
                 "65462", "Ginsheim-Gustavsburg", "DE"),),
        {
            "40018823": "HB-M10X60-ZN", "40018831": "HB-M12X80-ZN", "40018907": "HN-M10-ZN",
            "40018909": "HN-M12-ZN", "40019114": "WA-M10-ZN", "40023350": "TR-M10-1M",
            "40031208": "CA-5G25",
        },
    ),
    Partner(
        "verhaegen",
        Address("Verhaegen Bouwservice BV", "Nijverheidslaan 58", "9050", "Gentbrugge", "BE"),
        "bestellingen@verhaegen.example", "+32 9 555 04 18", "C10467", "BE0726084293", EUR,
        "https://www.verhaegen.example",
        (Person("Lotte Claes", "lotte.claes@verhaegen.example", "Inkoop"),),
        (Address("Verhaegen Bouwservice BV, Magazijn Zelzate", "Kanaaldok 7", "9060", "Zelzate",
                 "BE"),),
    ),
    Partner(
        "morvanne",
        Address("Ateliers Morvanne SAS", "14 rue des Forges", "42000", "Saint-Étienne", "FR"),
        "achats@morvanne.example", "+33 4 65 71 40 22", "C10475", "FR86905712337", TRADE,
        "https://www.morvanne.example",
        (Person("Hélène Marchetti", "h.marchetti@morvanne.example", "Responsable achats"),),
        (Address("Ateliers Morvanne SAS, Dépôt Andrézieux", "3 avenue Benoît Fourneyron",
                 "42160", "Andrézieux-Bouthéon", "FR"),),
        {"MOR-2207": "SH-180-5", "MOR-2215": "WB-150"},
    ),
    Partner(
        "ballyroe",
        Address("Ballyroe Facilities Ltd", "Unit 12, Greenlane Business Park", "D11 XW27",
                "Dublin", "IE"),
        "procurement@ballyroe.example", "+353 1 555 0163", "C10483", "IE9031051T", EUR,
        "https://www.ballyroe.example",
        (Person("Ciara Nolan", "ciara.nolan@ballyroe.example", "Procurement Officer"),),
        (Address("Ballyroe Facilities Ltd, Cork Depot", "4 Tivoli Quay", "T23 PX60", "Cork",
                 "IE"),),
    ),
    Partner(
        "dunmore",
        Address("Dunmore & Daughters Joinery", "The Old Mill, Bridge Street", "H54 KC92", "Tuam",
                "IE"),
        "office@dunmorejoinery.example", "+353 93 555 017", "C10490", "IE3094041T", EUR,
        people=(Person("Aoife Dunmore", "aoife@dunmorejoinery.example", "Director"),),
    ),
    Partner(
        "sablestone",
        Address("Sable & Stone Interiors LLC", "418 Harbor Street, Floor 2", "04101", "Portland",
                "US", "ME"),
        "orders@sablestone.example", "+1 207-555-0119", "C10502", "", USD,
        "https://www.sablestone.example",
        (Person("Marcus Bell", "marcus.bell@sablestone.example", "Operations"),),
        (Address("Sable & Stone Interiors LLC, Receiving", "60 Rigby Road, Dock 5", "04106",
                 "South Portland", "US", "ME"),),
    ),
    Partner(
        "ibarrola",
        Address("Talleres Ibarrola S.L.", "Polígono Industrial Arretxe 21", "31013", "Ansoáin",
                "ES"),
        "compras@ibarrola.example", "+34 948 555 073", "C10511", "ESB94135514", EUR,
        people=(Person("Iker Zubiri", "iker.zubiri@ibarrola.example", "Jefe de compras"),),
        item_codes={
            "TI-0417": "HT-CH500", "TI-0422": "HT-SD6", "TI-0630": "CD-125-16",
            "TI-0633": "CD-125-10", "TI-0815": "HH-YEL",
        },
    ),
    Partner(
        "bellarossa",
        Address("Officine Bellarossa S.r.l.", "Via dell'Artigianato 36", "25030",
                "Castel Mella", "IT"),
        "acquisti@bellarossa.example", "+39 030 555 0184", "C10524", "IT05257570688", EUR,
        people=(Person("Giulia Ferrante", "giulia.ferrante@bellarossa.example",
                       "Ufficio acquisti"),),
    ),
    Partner(
        "vandorsten",
        Address("Van Dorsten Installatietechniek B.V.", "Ambachtsweg 44", "5731 AG", "Mierlo",
                "NL"),
        "inkoop@vandorsten.example", "+31 492 555 026", "C10537", "NL869222806B01", EUR,
        people=(Person("Joost van Dorsten", "joost@vandorsten.example", "Directie"),),
    ),
)  # fmt: skip

_VENDORS = (
    Partner(
        "steinhauer",
        Address("Steinhauer Schraubenwerke GmbH", "Ennepetaler Straße 88", "58285", "Gevelsberg",
                "DE"),
        "vertrieb@steinhauer.example", "+49 221 4710 226", "V20011", "DE288385807",
        people=(Person("Renate Vollmer", "r.vollmer@steinhauer.example", "Auftragsabwicklung"),),
    ),
    Partner(
        "cascadia",
        Address("Cascadia Tool & Safety Corp.", "5900 Airport Way South", "98108", "Seattle",
                "US", "WA"),
        "sales@cascadiatool.example", "+1 206-555-0177", "V20024",
        people=(Person("Erin Castillo", "erin.castillo@cascadiatool.example", "Inside sales"),),
    ),
    Partner(
        "polderpak",
        Address("Polderpak Verpakkingen B.V.", "Zuiderzeestraat 150", "8226 PA", "Lelystad",
                "NL"),
        "verkoop@polderpak.example", "+31 320 555 041", "V20038", "NL855301077B01",
        people=(Person("Bram Hoekstra", "bram@polderpak.example", "Verkoop binnendienst"),),
    ),
)  # fmt: skip

CUSTOMERS = {partner.key: partner for partner in _CUSTOMERS}
VENDORS = {partner.key: partner for partner in _VENDORS}
