"""Writes the demo world as Odoo data files, laid out as prettier would."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .catalogue import CATEGORIES, GLOVE_SIZES, METRE, PRODUCTS, Product
from .partners import (
    CUSTOMERS,
    EUR,
    OWN,
    OWN_EMAIL,
    OWN_EU,
    OWN_PHONE,
    TRADE,
    USD,
    VENDORS,
    Address,
    Partner,
)

WIDTH = 100


def tag(depth: int, name: str, attrs: dict[str, str], text: str | None = None) -> str:
    """One element on one line, or with an attribute per line where that is too long."""
    indent = "    " * depth
    pairs = [f"{key}={quoteattr(value)}" for key, value in attrs.items()]
    end = " />" if text is None else f">{escape(text)}</{name}>"
    line = f"{indent}<{' '.join([name, *pairs])}{end}"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"\n{indent}    {pair}" for pair in pairs)
    end = "/>" if text is None else end
    return f"{indent}<{name}{inner}\n{indent}{end}"


def record(xmlid: str, model: str, *fields: tuple) -> str:
    """A record; each field is (name, text) or (name, attribute, value)."""
    lines = [f'    <record id="{xmlid}" model="{model}">']
    for name, *rest in fields:
        if isinstance(rest[0], dict):
            lines.append(tag(2, "field", {"name": name, **rest[0]}))
        elif len(rest) == 1:
            lines.append(tag(2, "field", {"name": name}, rest[0]))
        else:
            lines.append(tag(2, "field", {"name": name, rest[0]: rest[1]}))
    return "\n".join([*lines, "    </record>"])


def document(comment: str, records: list[str]) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" ?>\n<odoo noupdate="1">\n'
    return f"{head}    <!-- {comment} -->\n" + "\n".join(records) + "\n</odoo>\n"


def place(address: Address) -> list[tuple]:
    fields: list[tuple] = [("street", address.street)]
    fields += [("zip", address.zip), ("city", address.city)]
    if address.state:
        domain = f"[('code', '=', '{address.state}'), ('country_id.code', '=', 'US')]"
        fields.append(("state_id", {"model": "res.country.state", "search": domain}))
    return [*fields, ("country_id", "ref", f"base.{address.country.lower()}")]


def company() -> str:
    """Gives the demo's nameless company a name and an address, which the documents print."""
    return document(
        "The documents are addressed to this company.",
        [
            record("base.main_company", "res.company", ("name", OWN.name), ("email", OWN_EMAIL)),
            record("base.main_partner", "res.partner", ("phone", OWN_PHONE), *place(OWN)),
            record(
                "partner_own_europe", "res.partner",
                ("name", OWN_EU.name), ("parent_id", "ref", "base.main_partner"),
                ("type", "other"), *place(OWN_EU),
            ),
        ],
    )  # fmt: skip


def partner_records(partner: Partner, vendor: bool = False) -> list[str]:
    fields: list[tuple] = [("name", partner.name), ("is_company", "eval", "True")]
    fields += [("ref", partner.ref)] + ([("vat", partner.vat)] if partner.vat else [])
    fields += [("email", partner.email), ("phone", partner.phone)]
    fields += [("website", partner.website)] if partner.website else []
    fields += place(partner.address)
    if partner.pricelist:
        fields.append(("specific_property_product_pricelist", "ref", partner.pricelist))
    if vendor:
        fields.append(("supplier_rank", "eval", "1"))
        currency = "USD" if partner.address.country == "US" else "EUR"
        fields.append(("property_purchase_currency_id", "ref", f"base.{currency}"))
    else:
        fields.append(("customer_rank", "eval", "1"))
    records = [record(partner.xmlid, "res.partner", *fields)]
    for number, person in enumerate(partner.people, 1):
        phone = [("phone", person.phone)] if person.phone else []
        records.append(record(
            f"{partner.xmlid}_contact_{number}", "res.partner",
            ("name", person.name), ("parent_id", "ref", partner.xmlid),
            ("function", person.function), ("email", person.email), *phone,
        ))  # fmt: skip
    for number, address in enumerate(partner.deliveries, 1):
        records.append(record(
            f"{partner.xmlid}_delivery_{number}", "res.partner",
            ("name", address.name), ("parent_id", "ref", partner.xmlid),
            ("type", "delivery"), *place(address),
        ))  # fmt: skip
    return records


def partners() -> str:
    groups = ("product.group_product_pricelist", "sale.group_discount_per_so_line")
    links = [f"Command.link(ref('{group}'))" for group in groups]
    records = [
        record("base.EUR", "res.currency", ("active", "eval", "True")),
        record(
            "base.group_user", "res.groups",
            ("implied_ids", "eval", f"[{', '.join(links)}]"),
        ),
        record(
            USD, "product.pricelist",
            ("name", "Dollar price list"), ("currency_id", "ref", "base.USD"),
            ("sequence", "eval", "1"),
        ),
        record(
            EUR, "product.pricelist",
            ("name", "Euro price list"), ("currency_id", "ref", "base.EUR"),
            ("sequence", "eval", "20"),
        ),
        record(
            TRADE, "product.pricelist",
            ("name", "Euro price list, 5 % trade discount"), ("currency_id", "ref", "base.EUR"),
            ("sequence", "eval", "21"),
        ),
        record(
            "pricelist_item_trade", "product.pricelist.item",
            ("pricelist_id", "ref", TRADE), ("applied_on", "3_global"),
            ("base", "pricelist"), ("base_pricelist_id", "ref", EUR),
            ("compute_price", "percentage"), ("percent_price", "eval", "5.0"),
        ),
    ]  # fmt: skip
    for partner in CUSTOMERS.values():
        records += partner_records(partner)
    for partner in VENDORS.values():
        records += partner_records(partner, vendor=True)
    return document("Customers and vendors; nobody here exists.", records)


def product_fields(product: Product) -> list[tuple]:
    fields: list[tuple] = [
        ("categ_id", "ref", f"category_{product.category}"),
        ("list_price", "eval", str(product.usd)),
        ("type", "consu"), ("is_storable", "eval", "True"),
        ("taxes_id", "eval", "[Command.clear()]"), ("supplier_taxes_id", "eval", "[Command.clear()]"),
    ]  # fmt: skip
    if product.uom == METRE:
        fields.append(("uom_id", "ref", METRE))
    return fields


def gloves() -> list[str]:
    """One template in three sizes; its variants get external ids as in Odoo's own demo."""
    sizes = [product for product in PRODUCTS.values() if product.variant]
    values = [f"attribute_value_glove_{number}" for number in range(1, len(sizes) + 1)]
    records = [
        record("attribute_glove_size", "product.attribute", ("name", "Glove size"),
               ("create_variant", "always")),
        *(
            record(value, "product.attribute.value", ("name", size),
                   ("attribute_id", "ref", "attribute_glove_size"),
                   ("sequence", "eval", str(number)))
            for number, (value, size) in enumerate(zip(values, GLOVE_SIZES, strict=True), 1)
        ),
        record("template_gl_nit", "product.template", ("name", "Work gloves nitrile coated"),
               *product_fields(sizes[0])),
        record(
            "template_gl_nit_sizes", "product.template.attribute.line",
            ("product_tmpl_id", "ref", "template_gl_nit"),
            ("attribute_id", "ref", "attribute_glove_size"),
            ("value_ids", "eval", f"[Command.set([{', '.join(f'ref({v!r})' for v in values)}])]"),
        ),
    ]  # fmt: skip
    return records + _glove_ids(sizes) + [
        record(product.xmlid, "product.product", ("default_code", product.code),
               ("barcode", product.barcode))
        for product in sizes
    ]  # fmt: skip


def _glove_ids(sizes: list[Product]) -> list[str]:
    """The call that names the variants, which Odoo makes itself."""
    entries = ",\n".join(
        f"""            {{
                'xml_id': 'po_intake.{product.xmlid}',
                'record': obj().env.ref('po_intake.template_gl_nit')
                .product_variant_ids[{place}],
                'noupdate': True,
            }}"""
        for place, product in enumerate(sizes)
    )
    return [
        '    <function model="ir.model.data" name="_update_xmlids">\n'
        '        <value\n            model="base"\n            eval="[\n'
        f'{entries},\n        ]"\n        />\n    </function>'
    ]


def products() -> str:
    records = [
        record(f"category_{key}", "product.category", ("name", name))
        for key, name in CATEGORIES.items()
    ]
    records += [
        record(
            product.xmlid, "product.product", ("name", product.name),
            ("default_code", product.code), ("barcode", product.barcode),
            *product_fields(product),
        )
        for product in PRODUCTS.values()
        if not product.variant
    ]  # fmt: skip
    records += gloves()
    for product in PRODUCTS.values():
        records.append(record(
            f"price_{product.xmlid}", "product.pricelist.item",
            ("pricelist_id", "ref", EUR), ("applied_on", "0_product_variant"),
            ("product_id", "ref", product.xmlid), ("compute_price", "fixed"),
            ("fixed_price", "eval", str(product.eur)),
        ))  # fmt: skip
    return document("What the demo company sells, with its prices in euro.", records)


def vendor_prices() -> str:
    delays = {"steinhauer": 12, "cascadia": 5, "polderpak": 7}
    records = []
    for product in PRODUCTS.values():
        vendor = VENDORS[product.vendor]
        currency = "USD" if vendor.address.country == "US" else "EUR"
        owner = [("product_tmpl_id", "ref", f"{product.xmlid}_product_template")]
        if product.variant:
            owner = [("product_tmpl_id", "ref", "template_gl_nit"),
                     ("product_id", "ref", product.xmlid)]  # fmt: skip
        records.append(record(
            f"vendor_{product.xmlid}", "product.supplierinfo", *owner,
            ("partner_id", "ref", vendor.xmlid), ("product_code", product.vendor_code),
            ("min_qty", "eval", str(product.min_qty)),
            ("price", "eval", str(product.vendor_price)),
            ("currency_id", "ref", f"base.{currency}"),
            ("delay", "eval", str(delays[product.vendor])),
        ))  # fmt: skip
    return document("Vendors' codes, prices and minimum quantities.", records)


def stock() -> str:
    records = [
        record(
            f"quant_{product.xmlid}", "stock.quant",
            ("product_id", "ref", product.xmlid),
            ("location_id", "ref", "stock.stock_location_stock"),
            ("inventory_quantity", "eval", str(product.stock)),
        )
        for product in PRODUCTS.values()
    ]  # fmt: skip
    refs = "".join(f"\n                ref('quant_{p.xmlid}')," for p in PRODUCTS.values())
    records.append(
        '    <function model="stock.quant" name="action_apply_inventory">\n'
        f'        <value\n            eval="[\n                {refs.strip()}\n            ]"\n'
        "        />\n    </function>"
    )
    return document("What lies in the warehouse.", records)


def item_codes() -> str:
    records = []
    for partner in CUSTOMERS.values():
        for code, ours in partner.item_codes.items():
            suffix = code.lower().replace("-", "_")
            records.append(record(
                f"item_code_{partner.key}_{suffix}", "po.intake.item.code",
                ("partner_id", "ref", partner.xmlid), ("code", code),
                ("product_id", "ref", PRODUCTS[ours].xmlid),
            ))  # fmt: skip
    return document("What customers call our products.", records)


def write(folder: Path) -> None:
    """Write all data files, in the order in which the manifest must list them."""
    files = {
        "demo_company.xml": company, "demo_partners.xml": partners,
        "demo_products.xml": products, "demo_vendor_prices.xml": vendor_prices,
        "demo_stock.xml": stock, "demo_item_codes.xml": item_codes,
    }  # fmt: skip
    for name, make in files.items():
        (folder / name).write_text(make(), encoding="utf-8", newline="\n")
