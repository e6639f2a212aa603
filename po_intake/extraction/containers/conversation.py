"""The part of a mail's text that its writer wrote: without quoted mails, or the forwarded one.

Mail programs mark quotations each in their own way; the markers are words of the languages that
we read, and a few elements of HTML. Where nothing is marked, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from ..layout.lexicon import lexicon, months
from ..layout.text import squash
from ..normalize import find_dates
from ..source import BODY, Mail, Source

# Words at the head of a quoted mail: "From:", "Sent:", "To:", "Subject:", in their usual order.
_FROM = "from|von|de|van|da|od|fra|från|expéditeur|remitente|mittente|nadawca|afzender"
_SENT = (
    "sent|date|gesendet|datum|envoyé|verzonden|enviado(?: el)?|fecha|inviato|data|wysłano|"
    "envoyé le|enviada em"
)
_SUBJECT = "subject|betreff|objet|onderwerp|asunto|oggetto|temat|assunto"
_FORWARD_SUBJECT = re.compile(r"\s*(fwd?|wg|tr|doorst|rv|enc|i|pd|fs|vs)\s*:", re.I)
_REPLY_SUBJECT = re.compile(r"\s*(re|aw|antw|antwort|rép|odp|res|sv|r)\s*:", re.I)
_FORWARD = re.compile(
    r"(forwarded message|begin forwarded|weitergeleitete nachricht|message transféré|"
    r"message transmis|doorgestuurd bericht|mensaje reenviado|messaggio inoltrato|"
    r"przekazana wiadomość|mensagem (?:encaminhada|reencaminhada))",
    re.I,
)
_REPLY = re.compile(
    r"^[ \t>]*(?:"
    r"-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|"
    r"oorspronkelijk bericht|mensaje original|messaggio originale|"
    r"oryginalna wiadomość|mensagem original)\s*-{2,}"
    r"|_{20,}\s*$"
    r"|on .{6,200}\bwrote\s*:\s*$|am .{6,200}\bschrieb\b.{0,200}:\s*$"
    r"|le .{6,200}\ba écrit\s*:\s*$|op .{6,200}\bschreef\b.{0,200}:\s*$"
    r"|el .{6,200}\bescribió\s*:\s*$|il .{6,200}\bha scritto\s*:\s*$"
    r"|w dniu .{6,200}\bpisze\s*:\s*$|em .{6,200}\bescreveu\s*:\s*$"
    r")",
    re.I | re.M,
)
_HEADERS = re.compile(
    rf"^[ \t>*]*(?:{_FROM})\s*:\*?[ \t]*(?P<sender>\S.{{0,300}})\n"
    rf"(?:[ \t>*]*\S.{{0,300}}\n){{0,3}}?[ \t>*]*(?:{_SENT})\s*:(?P<sent>.{{0,200}})\n"
    rf"(?:[ \t>*]*\S.{{0,500}}\n|[ \t>]*\n){{0,6}}?[ \t>*]*(?:{_SUBJECT})\s*:.*(?:\n|\Z)",
    re.I | re.M,
)
_HTML_QUOTE = re.compile(
    r"<blockquote[^>]*\btype=[\"']?cite|<div[^>]*\bclass=[\"']?[^\"'>]*\bgmail_quote\b|"
    r"<div[^>]*\bid=[\"']?(?:divRplyFwdMsg|appendonsend|reply-intro|isForwardContent)|"
    r"<div[^>]*\bclass=[\"']?(?:moz-cite-prefix|moz-forward-container|yahoo_quoted)|"
    r"<div[^>]*style=[\"'][^\"'>]*border-top:\s*solid\s+#[0-9a-f]{6}\s+1\.0pt",
    re.I,
)
STUB = 0.4
"""Share of what HTML says, below which plain text is no other form of it."""
_COUNT = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?[x×]?")
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z\d][\w./-]{2,}")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def of_writer(attached: Iterable[Source], body: Source | None) -> Iterator[Source]:
    """Attachments and text of one mail; what was forwarded belongs to its first sender."""
    forwarded = body is not None and body.mail is not None and body.mail.forwarder
    for item in attached:
        yield replace(item, mail=body.mail) if forwarded and item.mail else item
    if body:
        yield body


def body(plain: str, html: str, mail: Mail, container: str) -> Source | None:
    """The text of a mail as one source, if it has any.

    HTML is taken where it has a table or where the plain text says hardly anything of it, like
    "this mail is HTML". In a forwarded mail the text is the forwarded one and the envelope names
    who wrote it.
    """
    if html and ("<table" in html.lower() or _is_stub(plain, html)):
        text, name, mimetype = html, "body.html", "text/html"
    else:
        text, name, mimetype = plain.replace("\r\n", "\n"), "body.txt", "text/plain"
    if not text.strip():
        return None
    readable = text if mimetype == "text/plain" else as_text(html)
    if is_forward(readable, mail.subject):
        mail = original(readable, mail)
        text = _from_forward(text, mimetype)
    else:
        text = _newest(text, mimetype)
    content = text.encode("utf-8", "replace")
    return Source(name, content, mimetype, container=container, role=BODY, mail=mail)


def _is_stub(plain: str, html: str) -> bool:
    said = len("".join(plain.split()))
    return said < STUB * len("".join(as_text(html).split()))


def is_forward(text: str, subject: str | None) -> bool:
    """Was this mail passed on? By its subject, else by the words above the quoted mail."""
    if _FORWARD_SUBJECT.match(subject or ""):
        return True
    if _REPLY_SUBJECT.match(subject or ""):
        return False
    return bool(_FORWARD.search(text))


def original(text: str, mail: Mail) -> Mail:
    """Envelope of the mail that was forwarded: the first quoted sender of another company."""
    domain = (mail.sender or "").rpartition("@")[2]
    found = [(match, _ADDRESS.search(match["sender"])) for match in _HEADERS.finditer(text)]
    known = [(match, address[0].lower()) for match, address in found if address]
    for match, address in [item for item in known if not item[1].endswith("@" + domain)] or known:
        name = re.sub(r"[<\[(\"].*", "", match["sender"].strip(' "')).strip(" *\"'")
        name = None if "@" in name else name or None
        day = _day(match["sent"]) or mail.date
        return replace(mail, sender=address, sender_name=name, forwarder=mail.sender, date=day)
    return replace(mail, forwarder=mail.sender)


def _day(text: str) -> str | None:
    """The day in a quoted head, where it can be read in one way only."""
    found = next(iter(find_dates(text, months())), None)
    day = found.value(found.proves or "dmy") if found and not found.open else None
    return day.isoformat() if day else None


def as_text(html: str) -> str:
    """HTML as lines, good enough to look for words in."""
    html = re.sub(r"<(style|script|head)\b.*?</\1\s*>", " ", html[:2_000_000], flags=re.I | re.S)
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r"<(?:br|/p|/div|/tr|/li|/h\d|hr)\b[^>]*>", "\n", html, flags=re.I)
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\xa0", " ")


def _newest(text: str, mimetype: str) -> str:
    """Without the mails that are quoted below, or above line by line with ``>``."""
    if mimetype == "text/html":
        match = _HTML_QUOTE.search(text)
        above = as_text(text[: match.start()]) if match else ""
        return text if not above.strip() or _points_below(above) else text[: match.start()]
    kept = text[: _quoted(text)]
    kept = "\n".join(line for line in kept.splitlines() if not line.startswith(">"))
    if not kept.strip():
        return text
    return _with_quoted(kept, text) if _points_below(kept) else kept


def _quoted(text: str) -> int:
    """Where the first quoted mail begins; the end of the text where none does."""
    starts = [match.start() for match in (_REPLY.search(text), _HEADERS.search(text)) if match]
    return min(starts, default=len(text))


def _with_quoted(kept: str, text: str) -> str:
    """What was written, and below it the first of the quoted mails without its head."""
    start = _quoted(text)
    quoted = text[start:] or "\n".join(line for line in text.splitlines() if line[:1] == ">")
    quoted = re.sub(r"^>[> ]?", "", quoted, flags=re.M)
    for head in (_REPLY, _HEADERS):
        match = head.match(quoted.lstrip())
        quoted = quoted.lstrip()[match.end() :] if match else quoted
    return f"{kept.rstrip()}\n\n{quoted[: _quoted(quoted)].strip()}\n"


def _points_below(text: str) -> bool:
    """Does a text order what stands below it, and count nothing itself?"""
    keys = [squash(word) for word in text.split()]
    said = {
        kind
        for at in range(len(keys))
        for size in (1, 2, 3)
        for kind in lexicon().kinds("mail", "".join(keys[at : at + size]))
    }
    return {"below", "order"} <= said and "decline" not in said and not _counts(text)


def _counts(text: str) -> bool:
    """Does a number stand in front of a unit or a times sign, or beside a code?"""
    parts = text.split()
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""]):
        unit = after.strip(",.;") in ("x", "×") or "unit" in lexicon().kinds("word", squash(after))
        beside = _CODE.fullmatch(before.strip(",;:()")) or _CODE.fullmatch(after.strip(",.;:()"))
        if _COUNT.fullmatch(part.rstrip(",;")) and (unit or beside):
            return True
    return False


def _from_forward(text: str, mimetype: str) -> str:
    if mimetype == "text/html":
        match = _HTML_QUOTE.search(text)
        return text[match.start() :] if match else text
    text = re.sub(r"^>[> ]?", "", text, flags=re.M)
    match = _HEADERS.search(text)
    text = text[match.end() :] if match else text
    older = _quoted(text)
    return text[:older] if _counts(text[:older]) else text
