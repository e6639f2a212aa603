#!/usr/bin/env python3
"""Measure the pure matching wing on a corpus with its world: no database, no reading.

    python3 bench/match_wing.py CORPUS [--errors N]

The printed values of the truth are the queries, the world's CSV files the candidates. Each line
is ranked as printed, and once more without its codes; each again in a catalogue from which the
right product was taken away, where nothing may be sure, and with slips of the pen (``noise``).
``pool`` is what the wing's own search keys fetch from an inverted index, ``all`` the whole
catalogue, ``english`` the pool with names in one language only.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "po_intake"))

from matching.candidates import (
    LineQuery,
    Match,
    PartyCandidate,
    PartyQuery,
    ProductCandidate,
)
from matching.keys import SearchKeys, index_terms, line_keys
from matching.rank import rank_addresses, rank_parties, rank_products
from matching.text import code_key, weak_code_key

POOL_SIZE = 200


class Index:
    """An inverted index in memory: what a database index on the terms would fetch."""

    def __init__(self, products: Iterable[ProductCandidate]) -> None:
        self.products = {product.id: product for product in products}
        self.terms: dict[str, set[int | str]] = defaultdict(set)
        self.codes: dict[str, set[int | str]] = defaultdict(set)
        for product in self.products.values():
            for term in index_terms(product.names):
                self.terms[term].add(product.id)
            for code in (product.default_code, product.barcode, *product.partner_codes,
                         *product.vendor_codes):  # fmt: skip
                for key in (code_key(code or ""), weak_code_key(code or "")):
                    if key:
                        self.codes[key].add(product.id)

    def pool(self, keys: SearchKeys, size: int = POOL_SIZE) -> list[ProductCandidate]:
        found = {key for code in (*keys.codes, *keys.barcodes) for key in self.codes.get(code, ())}
        worth: Counter[int | str] = Counter()
        for term in keys.terms:
            holders = self.terms.get(term, ())
            for key in holders:
                worth[key] += 1.0 / len(holders) + 1.0
        ranked = [key for key, _worth in worth.most_common(size)]
        return [self.products[key] for key in dict.fromkeys((*found, *ranked))]


class World:
    """The master data of a corpus, as candidates."""

    def __init__(self, folder: Path) -> None:
        self.products = list(self._products(folder))
        self.item_codes = self._item_codes(folder)
        self.parties = list(_parties(folder))
        own = json.loads((folder / "world.json").read_text("utf-8"))["company"]
        self.company = PartyCandidate(
            id=own["id"], commercial_id=own["id"], name=own["name"], street=own["street"],
            zip=own["zip"], city=own["city"], country=own["country"], is_company=True,
        )  # fmt: skip

    def _products(self, folder: Path) -> Iterable[ProductCandidate]:
        names: dict[str, list[str]] = defaultdict(list)
        for row in _rows(folder / "product_translations.csv"):
            names[row["id"]].append(row["name"])
        vendor: dict[str, list[str]] = defaultdict(list)
        self.vendor_codes: dict[tuple[str, str], str] = {}
        for row in _rows(folder / "5_product.supplierinfo.csv"):
            vendor[row["product_id/id"]].append(row["product_code"])
            self.vendor_codes[row["partner_id/id"], row["product_id/id"]] = row["product_code"]
        for row in _rows(folder / "4_product.product.csv"):
            yield ProductCandidate(
                id=row["id"],
                default_code=row["default_code"],
                barcode=row["barcode"],
                names=tuple(dict.fromkeys((row["name"], *names[row["id"]]))),
                vendor_codes=tuple(vendor[row["id"]]),
                list_price=float(row["list_price"]),
            )

    @staticmethod
    def _item_codes(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
        taught: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for row in _rows(folder / "customer_item_refs.csv"):
            mine = taught[row["partner_id/id"]]
            product = row["product_id/id"]
            mine[product] = (*mine.get(product, ()), row["customer_code"])
        return taught

    def index_for(self, partner: str | None, english: bool = False) -> Index:
        taught = self.item_codes.get(partner or "", {})
        vends = bool(partner and partner.startswith("vend"))
        return Index(
            replace(
                product,
                names=product.names[:1] if english else product.names,
                partner_codes=taught.get(str(product.id), ()),
                vendor_codes=product.vendor_codes if vends else (),
            )
            for product in self.products
        )


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _parties(folder: Path) -> Iterable[PartyCandidate]:
    for name in ("2_res.partner.companies.csv", "3_res.partner.contacts_and_addresses.csv"):
        for row in _rows(folder / name):
            parent = row.get("parent_id/id") or ""
            yield PartyCandidate(
                id=row["id"],
                commercial_id=parent or row["id"],
                name=row["name"],
                ref=row.get("ref"),
                vats=tuple(filter(None, [row.get("vat")])),
                emails=tuple(filter(None, [row["email"]])),
                phones=tuple(filter(None, [row["phone"]])),
                street=row["street"],
                zip=row["zip"],
                city=row["city"],
                country=row["country_id/id"].removeprefix("base."),
                is_company=not parent,
                type=row.get("type") or "contact",
            )


class Tally:
    """Right, sure and wrongly sure of one kind of query."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[str]] = defaultdict(Counter)
        self.errors: list[str] = []

    def add(self, kind: str, wanted: str | None, matches: tuple[Match, ...], query: object) -> None:
        row = self.rows[kind]
        row["n"] += 1
        best = matches[0] if matches else None
        right = (best.id == wanted) if best and wanted else (not best or not best.sure)
        row["right"] += right
        row["in five"] += wanted in [match.id for match in matches]
        if best and best.sure:
            row["sure"] += 1
            row["sure, wrong"] += best.id != wanted
        if not right or (best and best.sure and best.id != wanted):
            self.errors.append(f"{kind}: wanted {wanted}\n   {query}\n   {matches[:2]}")

    def print(self) -> None:
        columns = ("n", "right", "in five", "sure", "sure, wrong")
        print(f"{'':34}" + "".join(f"{column:>13}" for column in columns))
        for kind, row in sorted(self.rows.items()):
            cells = [f"{row['n']:13}"]
            cells += [f"{row[c] / row['n']:13.4f}" for c in columns[1:-1]]
            print(f"{kind:34}" + "".join(cells) + f"{row['sure, wrong']:13}")


def documents(folder: Path) -> Iterable[dict]:
    for path in sorted((folder / "truth").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        for document in data.get("documents") or [data]:
            if document.get("world"):
                yield document


def noisy(text: str | None, random: Random) -> str | None:
    """The text as a hurried person would type it: a slip, a word lost or moved, other case."""
    if not text:
        return text
    words = text.splitlines()[0].split()
    long = [i for i, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    kind = random.choice(("slip", "lost", "moved", "case", "slip"))
    if kind == "slip" and long:
        i = random.choice(long)
        at = random.randrange(1, len(words[i]) - 1)
        words[i] = words[i][:at] + words[i][at + 1] + words[i][at] + words[i][at + 2 :]
    elif kind == "lost" and len(words) > 3:
        words.pop(random.choice([i for i, word in enumerate(words) if word.isalpha()] or [0]))
    elif kind == "moved":
        words.append(words.pop(0))
    else:
        words = [word.upper() for word in words]
    return " ".join(words)


def match_parties(world: World, document: dict, tally: Tally) -> None:
    wanted = document["world"].get("partner")
    query = _party(document["partner"])
    tally.add("partner", wanted, rank_parties(query, world.parties), query)
    for gone in ("vat", "email", "reference", "phone"):
        less = replace(query, **{gone: None})
        tally.add(f"partner without {gone}", wanted, rank_parties(less, world.parties), less)
    bare = PartyQuery(name=query.name, street=query.street, zip=query.zip, city=query.city)
    tally.add("partner by name and address", wanted, rank_parties(bare, world.parties), bare)
    name = PartyQuery(name=query.name)
    tally.add("partner by name", wanted, rank_parties(name, world.parties), name)
    random = Random(document["number"])
    slip = replace(bare, name=noisy(query.name, random), street=noisy(query.street, random))
    tally.add("partner by name, address, noise", wanted, rank_parties(slip, world.parties), slip)
    rest = [item for item in world.parties if item.commercial_id != wanted]
    tally.add("partner not in the world", None, rank_parties(query, rest), query)
    if document.get("delivery") and wanted:
        _match_delivery(world, document, wanted, tally)


def _match_delivery(world: World, document: dict, partner: str, tally: Tally) -> None:
    wanted = document["world"].get("delivery")
    query = _party(document["delivery"])
    own = [item for item in world.parties if item.commercial_id == partner]
    pool = [world.company] if wanted == world.company.id else own
    tally.add("delivery", wanted, rank_addresses(query, pool), query)
    random = Random(document["number"])
    slip = replace(query, name=noisy(query.name, random), street=noisy(query.street, random),
                   city=noisy(query.city, random))  # fmt: skip
    tally.add("delivery, noise", wanted, rank_addresses(slip, pool), slip)
    rest = [item for item in pool if item.id != wanted]
    tally.add("delivery not in the world", None, rank_addresses(query, rest), query)


def _party(printed: dict) -> PartyQuery:
    known = {key: printed.get(key) for key in PartyQuery.__dataclass_fields__}
    return PartyQuery(**known)


def match_lines(world: World, document: dict, tally: Tally, times: list[float]) -> None:
    partner = document["world"].get("partner")
    index, english = world.index_for(partner), world.index_for(partner, english=True)
    random = Random(document["number"])
    right = {line["sequence"]: line["product"] for line in document["world"].get("lines") or []}
    for line in document["lines"]:
        if line["sequence"] not in right:
            continue
        wanted = right[line["sequence"]]
        known = {key: line.get(key) for key in LineQuery.__dataclass_fields__}
        query = LineQuery(**known)
        bare = LineQuery(description=query.description, price_unit=query.price_unit)
        coded = bool(query.our_code or query.barcode or query.partner_code)
        kind = "coded" if coded else "uncoded"
        if wanted is None:
            kind = "not sold"
        for name, asked in ((kind, query), ("description only", bare)):
            pool = index.pool(line_keys(asked))
            start = time.perf_counter()
            matches = rank_products(asked, pool)
            times.append(time.perf_counter() - start)
            tally.add(f"{name}, pool", wanted, matches, asked)
            whole = list(index.products.values())
            tally.add(f"{name}, all", wanted, rank_products(asked, whole), asked)
            few = english.pool(line_keys(asked))
            tally.add(f"{name}, english", wanted, rank_products(asked, few), asked)
            slip = replace(asked, description=noisy(query.description, random))
            slips = rank_products(slip, index.pool(line_keys(slip)))
            tally.add(f"{name}, noise", wanted, slips, slip)
            rest = [item for item in index.pool(line_keys(slip)) if item.id != wanted]
            tally.add(f"{name}, noise, taken away", None, rank_products(slip, rest), slip)
            rest = [item for item in index.pool(line_keys(asked)) if item.id != wanted]
            tally.add(f"{name}, product taken away", None, rank_products(asked, rest), asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many mistakes")
    options = parser.parse_args()
    world, tally = World(options.corpus / "world"), Tally()
    times: list[float] = []
    for document in documents(options.corpus):
        if document["world"].get("partner") or document.get("partner"):
            match_parties(world, document, tally)
            match_lines(world, document, tally, times)
    tally.print()
    print(
        f"\n{len(times)} lines ranked: median {statistics.median(times) * 1000:.2f} ms, "
        f"95 % below {statistics.quantiles(times, n=20)[-1] * 1000:.2f} ms"
    )
    for error in tally.errors[: options.errors]:
        print(error)


if __name__ == "__main__":
    main()
