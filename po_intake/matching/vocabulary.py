"""A small vocabulary that every branch shares: colours, materials, sides, sizes, packs.

One canonical (English) word per notion, so that "schwarz", "noir" and "black" are one token and a
catalogue in one language understands an order in another. Words of one kind exclude each other:
a black thing is not a white one. Nothing here belongs to a certain catalogue.
"""

from __future__ import annotations

from .text import loose

# kind -> notion -> its words in en de nl fr es it pt pl, folded
_NOTIONS: dict[str, dict[str, str]] = {
    "colour": {
        "black": "schwarz schwarze schwarzer zwart zwarte noir noire negro negra nero nera preto "
        "preta czarny czarna czarne blk",
        "white": "weiss weisse weisser wit witte blanc blanche blanco blanca bianco bianca branco "
        "branca bialy biala biale wht",
        "red": "rot rote roter rood rode rouge rojo roja rosso rossa vermelho vermelha czerwony "
        "czerwona czerwone",
        "green": "grun grune gruner groen groene vert verte verde zielony zielona zielone grn",
        "blue": "blau blaue blauer blauw blauwe bleu bleue azul blu niebieski niebieska niebieskie",
        "yellow": "gelb gelbe gelber geel gele jaune amarillo amarilla giallo gialla amarelo "
        "amarela zolty zolta zolte yel",
        "grey": "gray grau graue grauer grijs grijze gris grise grigio grigia cinza cinzento szary "
        "szara szare gry",
        "brown": "braun braune bruin bruine brun brune marron marrone castanho brazowy brazowa brn",
        "orange": "oranje naranja arancione arancio laranja pomaranczowy pomaranczowa",
        "pink": "rosa roze rose rozowy rozowa",
        "purple": "violett lila paars paarse violet violette morado viola roxo fioletowy",
        "silver": "silber silbern zilver argente plata plateado argento prata prateado srebrny",
        "gold": "golden goud dore dorado oro dourado zloty",
        "cyan": "ciano cian cyjan",
        "magenta": "",
        "transparent": "clear klar transparente trasparente przezroczysty przezroczysta",
    },
    "material": {
        "steel": "stahl staal acier acero acciaio aco stal stalowy",
        "stainless": "edelstahl rvs inox inoxydable inoxidable inossidabile nierdzewna nierdzewny",
        "brass": "messing laiton laton ottone latao mosiadz",
        "copper": "kupfer koper cuivre cobre rame miedz",
        "aluminium": "aluminum alu aluminio alluminio",
        "zinc": "verzinkt zingue cincado zincato zincado ocynkowany ocynkowana galvanised "
        "galvanized galvanise",
        "plastic": "kunststoff plastik plastique plastico plastica plastik tworzywo",
        "rubber": "gummi caoutchouc caucho goma gomma borracha guma",
        "wood": "wooden holz hout bois madera legno madeira drewno",
        "glass": "glas verre vidrio vetro vidro szklo",
        "leather": "leder cuir cuero pelle couro skora",
        "cotton": "baumwolle katoen coton algodon cotone algodao bawelna",
    },
    "polarity": {
        "with": "mit met avec con com",
        "without": "ohne zonder sans sin senza sem bez no non w/o",
    },
    "side": {
        "left": "links linke gauche izquierda izquierdo sinistra sinistro esquerda esquerdo lewy",
        "right": "rechts rechte droite derecha derecho destra destro direita direito prawy",
    },
    "label": {
        "size": "grosse gr groesse maat taille talla taglia misura tamanho rozmiar",
        "length": "lange laenge lengte longueur longitud lunghezza comprimento dlugosc",
        "width": "breite breedte largeur anchura ancho larghezza largura szerokosc",
        "height": "hohe hoehe hoogte hauteur altura altezza wysokosc",
        "colour": "color farbe kleur couleur colore cor kolor",
        "material": "materiaal matiere materiale materyal werkstoff",
        "type": "typ tipo model modell modele modelo modello version ausfuhrung variante",
    },
    "pack": {
        "box": "doos boite caja scatola caixa pudelko schachtel",
        "carton": "karton kartons cartone",
        "pack": "packung paket pak paquet paquete confezione pacote opakowanie package",
        "roll": "rolle rol rouleau rollo rotolo rolo rolka",
        "bag": "beutel zak sachet sac bolsa sacchetto saco worek",
        "pair": "paar paire par paia paio",
        "bottle": "flasche fles bouteille botella bottiglia garrafa butelka",
        "sheets": "sheet blatt vel feuilles feuille hojas hoja fogli foglio folhas folha arkuszy",
    },
}  # fmt: skip

_CANONICAL = {
    loose(word): notion
    for notions in _NOTIONS.values()
    for notion, words in notions.items()
    for word in (notion, *words.split())
}
_KIND = {notion: kind for kind, notions in _NOTIONS.items() for notion in notions}
_EXCLUSIVE = ("colour", "side", "polarity")
_TELLING = ("colour", "material", "side")


def canonical(word: str) -> str:
    """The notion of a folded, loose word; the word itself if it is none of these."""
    return _CANONICAL.get(word, word)


def exclusive_kind(word: str) -> str | None:
    """The kind within which two different notions contradict each other."""
    kind = _KIND.get(word)
    return kind if kind in _EXCLUSIVE else None


def is_telling(word: str) -> bool:
    """Does the notion set one item of a family apart from another?"""
    return _KIND.get(word) in _TELLING


def is_label(word: str) -> bool:
    """Does the word announce a property of the item ("Größe: XL")?"""
    return _KIND.get(word) == "label"


def is_polarity(word: str) -> bool:
    """Does the word turn the meaning of what follows?"""
    return _KIND.get(word) in ("polarity", "side")
