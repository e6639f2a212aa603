"""Labels with their values, and the addresses of the parties."""

from __future__ import annotations

import re

from ..document import Party
from ..normalize import find_dates
from .lexicon import LONGEST_PHRASE, months
from .lines import Box, overlap
from .text import squash, tidy

ZIP_CITY = re.compile(r"^(?:[A-Z]{1,2}[- ])?(\d{4,5}(?:\s?[A-Z]{2})?|\d{2}-\d{3}|\d{4}-\d{3})\s+(\D.{1,40})$")
UK_ZIP = re.compile(r"^(.*?)[,\s]*\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$")
US_ZIP = re.compile(r"^(.*?),?\s+([A-Z]{2})\s+(\d{5}(?:-\d{4})?)$")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
VAT = re.compile(r"\b(?:[A-Z]{2}\s?[A-Z0-9]{0,2}[\d .]{7,14}[A-Z0-9]{0,3})\b")
STREET = re.compile(r"\d")


class Blocks:
    """Everything outside the item tables."""

    def __init__(self, lines, words, own, order):
        self.lines, self.words, self.own, self.order = lines, words, own, order
        self.segments = [segment for line in lines for segment in line.segments]

    def values(self) -> dict:
        found, evidence = self._labels(), {}
        result: dict = {}
        for key, field in (("number", "number"), ("revision", "revision"), ("our_order", "our_order"),
                           ("payment", "payment_terms"), ("incoterm", "incoterm"), ("note", "note")):  # fmt: skip
            if key in found:
                result[field] = tidy(found[key].text)
                evidence[field] = list(found[key].words)
        if "number" in result:
            result["number"] = result["number"].split(" ")[0].strip(":#,")
        for key in ("order_date", "requested_date"):
            dates = find_dates(found[key].text, months()) if key in found else []
            if dates:
                result[key] = dates[0].value(self.order)
                evidence[key] = list(found[key].words)
        buyer, seller, delivery = self._parties()
        partner = buyer if buyer and not self._is_own(buyer) else seller
        if partner is None or self._is_own(partner):
            partner = self._letterhead()
        extra = {"reference": tidy(found["customer_no"].text) if "customer_no" in found else None}
        text = "\n".join(line.text for line in self.lines)
        for name, pattern in (("email", EMAIL), ("vat", VAT)):
            for match in pattern.finditer(text):
                value = match.group().strip()
                if not any(squash(value) == squash(getattr(own, name) or "") for own in self.own):
                    if name == "vat" and not self._valid_vat(value):
                        continue
                    extra.setdefault(name, value)
        result["partner"] = Party(**{**(partner or {}), **{k: v for k, v in extra.items() if v}})
        if delivery and not self._is_own(delivery):
            result["delivery"] = Party(**delivery)
        result["evidence"] = evidence
        return result

    def _valid_vat(self, value):
        from stdnum.eu import vat

        return vat.is_valid(value)

    def _labels(self):
        found = {}
        for line in self.lines:
            for index, segment in enumerate(line.segments):
                kind, rest = self._label(segment)
                if not kind or kind in found:
                    continue
                if rest:
                    found[kind] = Box(rest)
                    continue
                right = line.segments[index + 1] if index + 1 < len(line.segments) else None
                if right and not self._label(right)[0]:
                    found[kind] = right
                    continue
                below = self._below(segment)
                if below and not self._label(below)[0]:
                    found[kind] = below
        return found

    def _label(self, segment):
        for size in range(min(LONGEST_PHRASE, len(segment.words)), 0, -1):
            key = squash("".join(word.text for word in segment.words[:size]))
            kinds = self.words.kinds("label", key)
            last = segment.words[size - 1].text
            if kinds and (size == len(segment.words) or last.endswith((":", ".", "#")) or size > 1):
                rest = [word for word in segment.words[size:] if word.text != ":"]
                return kinds[0], rest
        return None, []

    def _below(self, segment, reach=2.2):
        near = [
            other for other in self.segments
            if other.page == segment.page and 0 < other.y0 - segment.y0 < reach * segment.height + 4
            and overlap(other, segment) > -2 and abs(other.x0 - segment.x0) < 40
        ]  # fmt: skip
        return min(near, key=lambda other: other.y0, default=None)

    def _parties(self):
        found = {}
        for segment in self.segments:
            for size in range(min(LONGEST_PHRASE, len(segment.words)), 0, -1):
                key = squash("".join(word.text for word in segment.words[:size]))
                kinds = self.words.kinds("party", key)
                if kinds and (size == len(segment.words) or segment.words[size - 1].text.endswith(":")):
                    block = self._block(segment, segment.words[size:])
                    party = self._address(block)
                    if party and kinds[0] not in found:
                        found[kinds[0]] = party
                    break
        return found.get("buyer") or found.get("invoice"), found.get("seller"), found.get("delivery")

    def _block(self, head, rest):
        lines = [tidy(" ".join(word.text for word in rest))] if rest else []
        at = head
        for _step in range(7):
            below = self._below(at, 1.9)
            if below is None or self._label(below)[0]:
                break
            lines.append(below.text)
            at = below
        return lines

    def _letterhead(self):
        for segment in self.segments[:60]:
            if any(char.isdigit() for char in segment.text) or len(segment.text) < 4:
                continue
            party = self._address([segment.text, *self._block(segment, [])])
            if party and party.get("zip") and not self._is_own(party):
                return party
        return None

    def _address(self, lines):
        party: dict = {}
        for line in lines:
            line = tidy(line)
            match = ZIP_CITY.match(line)
            uk, us = UK_ZIP.match(line), US_ZIP.match(line)
            country = self.words.kinds("country", squash(line))
            if match:
                party["zip"], party["city"] = match.group(1), match.group(2)
            elif us:
                party["city"], party["zip"] = us.group(1), us.group(3)
            elif uk:
                party["city"], party["zip"] = uk.group(1), uk.group(2)
            elif country:
                party["country"] = country[0]
                break
            elif "name" not in party:
                party["name"] = line
            elif STREET.search(line) and "street" not in party and "zip" not in party:
                party["street"] = line
        return party if party.get("name") and len(party) > 1 else None

    def _is_own(self, party):
        return any(
            (own.name and squash(own.name)[:12] == squash(party.get("name") or "")[:12])
            or (own.street and squash(own.street) == squash(party.get("street") or ""))
            for own in self.own
        )
