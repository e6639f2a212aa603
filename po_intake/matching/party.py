"""How well one company, with its contacts and addresses, fits a printed party.

Independent evidence adds up (noisy or: each leaves a share of the doubt), contradicting evidence
takes away. Only our own reference, a registered e-mail address, a tax number, a GLN, or an exact
name together with a place, phone or domain identify a company; a similar name never does, and the
domains of free mail providers prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .address import same_street, same_zip
from .candidates import PartyCandidate, PartyQuery, Reason
from .evidence import PartyEvidence
from .text import code_key, company_key, company_words, digits, same_vat, vat_key, words

_REFERENCE, _EMAIL, _VAT, _GLN = 0.95, 0.95, 0.96, 0.96
_DOMAIN, _PHONE, _EXACT_NAME, _NAME = 0.75, 0.55, 0.8, 0.6
_ADDRESS, _CITY = 0.6, 0.1
_WEAK_REFERENCE = 0.5
_REGISTRY = 0.75
_OTHER_VAT, _MISREAD_VAT, _OTHER_NAME = 0.35, 0.92, 0.6
_SIMILAR = 0.72

FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com "
    "icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.de gmx.net gmx.at gmx.ch gmx.com "
    "web.de t-online.de freenet.de mail.de posteo.de mailbox.org arcor.de online.de hotmail.de "
    "outlook.de yahoo.de live.de aon.at bluewin.ch hotmail.fr outlook.fr yahoo.fr orange.fr "
    "wanadoo.fr free.fr sfr.fr laposte.net live.fr hotmail.it outlook.it yahoo.it libero.it "
    "virgilio.it tiscali.it alice.it tin.it hotmail.es outlook.es yahoo.es telefonica.net "
    "ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl live.nl hotmail.nl telenet.be "
    "skynet.be proximus.be hotmail.be wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl poczta.fm "
    "sapo.pt hotmail.co.uk outlook.co.uk yahoo.co.uk btinternet.com sky.com talktalk.net "
    "virginmedia.com comcast.net verizon.net att.net mail.com zoho.com fastmail.com mail.ru "
    "yandex.ru yandex.com tuta.com tutanota.com tutanota.de qq.com 163.com".split()
)


@dataclass(frozen=True)
class _Proof:
    worth: float
    reason: Reason
    identifies: bool = False


def domain_of(address: str | None) -> str:
    """The company's domain in an e-mail or web address; empty for free mail providers.

    >>> domain_of("https://www.Brandtner.example/shop"), domain_of("anna@gmx.de")
    ('brandtner.example', '')
    """
    text = (address or "").strip().lower().rpartition("@")[2]
    text = re.sub(r"^[a-z]+://", "", text).split("/")[0].split(":")[0].strip(".<> ")
    host = text.removeprefix("www.")
    return "" if host in FREE_MAIL or "." not in host else host


def company_evidence(query: PartyQuery, members: Sequence[PartyCandidate]) -> PartyEvidence:
    """Everything that speaks for or against one company, from all of its contacts."""
    proofs = [proof for proof in _proofs(query, members) if proof]
    name = _name(query, members)
    if name:
        proofs.append(name)
    doubt = 1.0
    for proof in proofs:
        doubt *= 1.0 - proof.worth
    score = 1.0 - doubt
    against = _against(query, members, name, proofs)
    for proof in against:
        score *= proof.worth
    return PartyEvidence(
        score=min(score, 0.999),
        reasons=tuple(proof.reason for proof in (*proofs, *against)),
        identifies=_uncontradicted(proofs, against) and score >= 0.9 and _identified(proofs),
        strong=frozenset(proof.reason.code for proof in proofs if proof.identifies),
        contact_id=_contact(query, members),
    )


def _identified(proofs: Iterable[_Proof]) -> bool:
    """One identifying proof, or an exact name that something else than a city supports."""
    proofs = list(proofs)
    codes = {proof.reason.code for proof in proofs}
    return any(proof.identifies for proof in proofs) or (
        "name" in codes and bool(codes & {"address", "phone", "domain", "registry"})
    )


def _uncontradicted(proofs: Iterable[_Proof], against: Iterable[_Proof]) -> bool:
    """Nothing against it, or but one misread digit that two identifying proofs outweigh."""
    strong = sum(1 for proof in proofs if proof.identifies)
    codes = {proof.reason.code for proof in against}
    return not codes or (codes == {"vat_misread"} and strong >= 2)


def _proofs(query: PartyQuery, members: Sequence[PartyCandidate]) -> Iterable[_Proof | None]:
    yield _reference(query, members)
    yield _email_or_domain(query, members)
    yield _vat(query, members)
    yield _gln(query, members)
    yield _registry(query, members)
    yield _phone(query, members)
    yield _address(query, members)


def _reference(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    wanted = code_key(query.reference or "")
    for member in members:
        ref = code_key(member.ref or "")
        if wanted and ref and wanted.lstrip("0") == ref.lstrip("0"):
            # a number of one or two digits is a reference for too many things
            strong = wanted == ref and len(ref) >= 3
            worth = _REFERENCE if strong else _WEAK_REFERENCE
            return _Proof(worth, _reason("reference", member.ref, member), strong)
    return None


def _email_or_domain(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    wanted = (query.email or "").strip().lower()
    for member in members:
        if wanted and wanted in {email.strip().lower() for email in member.emails}:
            return _Proof(_EMAIL, _reason("email", wanted, member), True)
    domains = {domain_of(query.email), domain_of(query.website)} - {""}
    for member in members:
        known = {domain_of(address) for address in (*member.emails, *member.domains)}
        for domain in sorted(domains & known):
            return _Proof(_DOMAIN, _reason("domain", domain, member))
    return None


def _vat(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    for member in members:
        for vat in member.vats:
            if query.vat and same_vat(query.vat, vat):
                return _Proof(_VAT, _reason("vat", vat, member), True)
    return None


def _gln(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    wanted = digits(query.gln or "")
    for member in members:
        if len(wanted) == 13 and wanted == digits(member.gln or ""):
            return _Proof(_GLN, _reason("gln", member.gln, member), True)
    return None


def _registry(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    """The number in the commercial register; each court counts anew, so it proves little alone."""
    wanted = digits(query.registry or "")
    for member in members:
        if len(wanted) >= 4 and wanted == digits(member.registry or ""):
            return _Proof(_REGISTRY, _reason("registry", member.registry, member))
    return None


def _phone(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    wanted = digits(query.phone or "")[-8:]
    for member in members:
        for phone in member.phones:
            if len(wanted) >= 7 and digits(phone)[-8:] == wanted:
                return _Proof(_PHONE, _reason("phone", phone, member))
    return None


def _address(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    for member in members:
        if same_street(query.street, member.street):
            if same_zip(query.zip, member.zip) or _same_city(query, member):
                return _Proof(_ADDRESS, _reason("address", member.street, member))
    for member in members:
        if _same_city(query, member):
            return _Proof(_CITY, _reason("city", member.city, member))
    return None


def _same_city(query: PartyQuery, member: PartyCandidate) -> bool:
    return bool(query.city and member.city) and code_key(query.city) == code_key(member.city)


def _name(query: PartyQuery, members: Sequence[PartyCandidate]) -> _Proof | None:
    """Exact, exact but for the legal form, or similar: what the company is called."""
    if not query.name:
        return None
    best: _Proof | None = None
    for member in members:
        if not member.name or not _is_company_name(member):
            continue
        if company_key(query.name) == company_key(member.name):
            same = code_key(query.name) == code_key(member.name)
            # the same words with another legal form may be a sister company
            worth = _EXACT_NAME if same or not _two_forms(query.name, member.name) else _NAME
            return _Proof(worth, _reason("name", member.name, member))
        likeness = name_similarity(query.name, member.name)
        if likeness >= _SIMILAR and (best is None or _NAME * likeness > best.worth):
            reason = _reason("similar_name", member.name, member, similarity=round(likeness, 3))
            best = _Proof(_NAME * likeness, reason)
    return best


def _two_forms(one: str, other: str) -> bool:
    """Do both names carry a legal form, and different ones?"""
    known = {*company_words(one), *company_words(other)}
    left, right = ({*words(name)} - known for name in (one, other))
    return bool(left and right and left != right)


def _is_company_name(member: PartyCandidate) -> bool:
    return member.is_company or member.id == member.commercial_id or member.type != "contact"


def name_similarity(one: str, other: str) -> float:
    """0..1: how alike two company names are, legal forms and word order aside."""
    from rapidfuzz import fuzz

    left, right = company_words(one), company_words(other)
    if not left or not right:
        return 0.0
    joined = fuzz.ratio("".join(left), "".join(right)) / 100
    return max(joined, fuzz.token_sort_ratio(" ".join(left), " ".join(right)) / 100)


def _against(
    query: PartyQuery,
    members: Sequence[PartyCandidate],
    name: _Proof | None,
    proofs: Sequence[_Proof],
) -> list[_Proof]:
    """Another tax number of the same country, or quite another name."""
    against = []
    found = {proof.reason.code for proof in proofs}
    if query.vat and "vat" not in found:
        land = vat_key(query.vat)[0]
        for vat in (vat for member in members for vat in member.vats):
            if not land or vat_key(vat)[0] in ("", land):
                against.append(_other_vat(query.vat, vat))
                break
    names = [m.name for m in members if m.name and _is_company_name(m)]
    if query.name and names and name is None:
        likeness = max(name_similarity(query.name, known) for known in names)
        if likeness < 0.5 and not _contains(query.name, names):
            parameters = {"printed": query.name, "known": names[0]}
            against.append(_Proof(_OTHER_NAME, Reason("name_differs", parameters)))
    return against


def _other_vat(printed: str, known: str) -> _Proof:
    from rapidfuzz.distance import OSA

    parameters = {"printed": printed, "known": known}
    if OSA.distance(vat_key(printed)[1], vat_key(known)[1], score_cutoff=1) == 1:
        return _Proof(_MISREAD_VAT, Reason("vat_misread", parameters))
    return _Proof(_OTHER_VAT, Reason("vat_differs", parameters))


def _contains(printed: str, names: Iterable[str]) -> bool:
    """A short form of the company's name, or its name with a department."""
    words = set(company_words(printed))
    return any(words <= set(known) or set(known) <= words for known in map(company_words, names))


def _contact(query: PartyQuery, members: Sequence[PartyCandidate]) -> int | str | None:
    wanted = (query.email or "").strip().lower()
    for member in members:
        if member.id != member.commercial_id and wanted:
            if wanted in {email.strip().lower() for email in member.emails}:
                return member.id
    return None


def _reason(code: str, value: str | None, member: PartyCandidate, **parameters: float) -> Reason:
    return Reason(code, {"value": value, "candidate": member.id, **parameters})


def same_person(printed: str, known: str | None) -> bool:
    """Is it one person's name, titles and the order of the names aside?

    >>> same_person("Herr Dr. Uwe Seidel", "Seidel, Uwe"), same_person("U. Seidel", "Uwe Seidel")
    (True, False)
    """
    left, right = ({*words(name)} - _TITLES for name in (printed, known or ""))
    return len(right) >= 2 and left == right


_TITLES = frozenset(
    "herr frau mr mrs ms miss dr prof ing dipl mevr mevrouw dhr mme mlle m monsieur madame sr sra "
    "sig sigra signora pan pani att attn zhd z hd".split()
)
