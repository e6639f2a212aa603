from datetime import timedelta

from odoo import api, fields, models

HELD = timedelta(hours=12)  # a card waits for the end of the day's proposals, or so long


class PoIntakeReorderCard(models.AbstractModel):
    """Part of service 0: proposals are kept in the ledger and put on the board."""

    _name = "po.intake.reorder.card"
    _description = "Order Intake: Cards of Proposals"

    def _keep(self, run, items):
        """Write the proposals, and the cards of those that are not in the shadow; how many."""
        known = self._known(run, items)
        fresh = [item for item in items if self._identity(item) not in known]
        if not fresh:
            return 0
        rows = self.env["po.intake.forecast"].union(*(item["forecast"] for item in fresh))
        numbers = rows._numbers()
        kept = self.env["po.intake.shortage"].create(
            [
                {**self._prepare_shortage(run, item), "numbers": numbers[item["forecast"]]}
                for item in fresh
            ]
        )
        self._put_on_board(
            run,
            [
                (shortage, item)
                for shortage, item in zip(kept, fresh, strict=True)
                if shortage.state != "shadow"
            ],
        )
        run.proposal_count += len(kept)
        run.proposal_value += sum(kept.mapped("value"))
        return len(kept)

    @api.model
    def _identity(self, item):
        """What is unique in the ledger, beside the company."""
        row = item["forecast"]
        return (
            row.warehouse_id.id, row.product_id.id, item["episode"], item["window"],
            item["mode"] == "shadow",
        )  # fmt: skip

    @api.model
    def _known(self, run, items):
        """The identities that were proposed already in the windows of these items."""
        rows = self.env["po.intake.shortage"].search(
            [
                ("company_id", "=", run.company_id.id),
                ("product_id", "in", [item["forecast"].product_id.id for item in items]),
                ("release_date", "in", list({item["window"] for item in items})),
            ]
        )
        return {
            (
                row.warehouse_id.id, row.product_id.id, row.episode, row.release_date,
                row.state == "shadow",
            )
            for row in rows
        }  # fmt: skip

    @api.model
    def _prepare_shortage(self, run, item):
        """Hook: values of a proposal."""
        row, found, company = item["forecast"], item["accepted"], run.company_id
        value = item["currency"]._convert(
            found.quantity * (found.price or 0.0), company.currency_id, company, run.date
        )
        return {
            "company_id": company.id,
            "warehouse_id": row.warehouse_id.id,
            "product_id": row.product_id.id,
            "categ_id": row.categ_id.id,
            "vendor_id": row.vendor_id.id,
            "episode": item["episode"],
            "release_date": item["window"],
            "state": "shadow" if item["mode"] == "shadow" else "waiting",
            "authority_id": item["authority"].id,
            "raw_quantity": row.need or row.room,
            "quantity": found.quantity,
            "product_uom_id": item["unit"].id,
            "price_unit": found.price or 0.0,
            "currency_id": item["currency"].id,
            "value": value,
            "stock_out_date": row.stock_out_date,
            "order_by_date": row.order_by_date,
            "date_planned": run.date + timedelta(round(row.lead_days)),
            "must_wait": found.must_wait,
            "steps": [
                {"code": s.code, "before": s.before, "after": s.after, "cause": s.cause}
                for s in found.steps
            ],
        }

    def _put_on_board(self, run, shown):
        """Cards of a vendor, warehouse, currency and release window; late lines join theirs.

        :param shown: pairs of proposals and their items
        """
        groups = {}
        for pair in shown:
            groups.setdefault(self._card_key(run, pair[1]), []).append(pair)
        if groups:
            cards = self._cards(run, groups)
            self.env["po.intake.line"]._own_step().create(
                [
                    self._prepare_line(cards[key], shortage, item, 10 * (before + at))
                    for key, pairs in groups.items()
                    for before in [len(cards[key].line_ids)]
                    for at, (shortage, item) in enumerate(pairs, 1)
                ]
            )

    def _cards(self, run, groups):
        """``{key: card}`` that lines may join: the one that is still open, else a new one."""
        quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True}
        intakes = self.env["po.intake"].with_context(**quiet)._own_step()
        same = self._same_cards(run, groups)
        found = {}
        for key, cards in same.items():
            if still_open := cards.filtered(lambda card: card.state in ("new", "review")):
                found[key] = still_open[0]
        again = {"state": "new", "retry_at": fields.Datetime.now() + HELD, "attempts": 0}
        intakes.union(*found.values()).write(again)
        missing = [key for key in groups if key not in found]
        values = [
            self._prepare_card(run, groups[key][0][1], f"{key}#{len(same.get(key, ())) + 1}")
            for key in missing
        ]
        return found | dict(zip(missing, intakes.create(values), strict=True))

    @api.model
    def _card_key(self, run, item):
        """What one card is for."""
        row = item["forecast"]
        parts = (run.company_id.id, row.warehouse_id.id, row.vendor_id.id, item["currency"].name)
        return "/".join(map(str, (*parts, item["window"])))

    @api.model
    def _same_cards(self, run, keys):
        """``{key: cards}`` that were made for it before; a window lasts for a week."""
        cards = self.env["po.intake"].search(
            [
                ("source", "=", "reorder"),
                ("company_id", "=", run.company_id.id),
                ("partner_id", "in", list({int(key.split("/")[2]) for key in keys})),
                ("received_date", ">=", run.date - timedelta(8)),
                ("reorder_key", "!=", False),
            ]
        )
        by_key = cards.grouped(lambda card: card.reorder_key.rpartition("#")[0])
        return {key: by_key[key] for key in keys if key in by_key}

    @api.model
    def _prepare_card(self, run, item, key):
        """Hook: values of a card."""
        row = item["forecast"]
        return {
            "source": "reorder",
            "retry_at": fields.Datetime.now() + HELD,
            "direction": "purchase",
            "state": "new",
            "team_id": run.team_id.id,
            "partner_id": row.vendor_id.id,
            "currency_text": item["currency"].name,
            "reorder_key": key,
            "warehouse_id": row.warehouse_id.id,
            "source_name": self.env._("Forecast for %s", row.vendor_id.name),
        }

    @api.model
    def _prepare_line(self, card, shortage, item, sequence):
        """Hook: values of the card's line of a proposal."""
        return {
            "intake_id": card.id,
            "sequence": sequence,
            "shortage_id": shortage.id,
            "product_id": shortage.product_id.id,
            "description": shortage.product_id.display_name,
            "product_uom_id": shortage.product_uom_id.id,
            "quantity": shortage.quantity,
            "price_unit": shortage.price_unit,
            "price_subtotal": shortage.quantity * shortage.price_unit,
            "has_price": bool(shortage.price_unit),
            "requested_date": shortage.date_planned,
            "match_score": 1.0,
            "match_reason": self.env._("Foreseen to run out"),
            "remember": False,
        }
