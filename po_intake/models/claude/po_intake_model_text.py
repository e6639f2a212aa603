from odoo import api, models


class PoIntakeModelText(models.AbstractModel):
    """What people read of findings about a second reading, above all by a language model."""

    _inherit = "po.intake.finding.text"

    @api.model
    def _get_field_names(self):
        _ = self.env._
        return {
            **super()._get_field_names(),
            "documents": _("number of orders"),
            "lines": _("number of lines"),
            "document_type": _("kind of document"),
            "name": _("name"),
            "reference": _("customer number"),
            "vat": _("VAT number"),
            "street": _("street"),
            "zip": _("ZIP code"),
            "currency": _("currency"),
            "our_code": _("our item code"),
            "partner_code": _("partner's item code"),
            "barcode": _("barcode"),
            "description": _("description"),
            "uom": _("unit"),
            "discount": _("discount"),
            "price_subtotal": _("amount"),
            "amount_untaxed": _("net total"),
            "amount_tax": _("tax"),
            "amount_total": _("total"),
        }

    @api.model
    def _get_texts(self):
        return {**super()._get_texts(), **self._get_model_texts()}

    @api.model
    def _get_line_texts(self):
        """Hook: sentences of findings that may be about a line or about the whole."""
        _ = self.env._
        return {
            "ungrounded": (
                _("Not on the page"),
                _(
                    "Line %(line)s: Claude read “%(value)s” as the %(field)s; it was not found "
                    "there on the document."
                ),
            ),
            "readers_differ": (
                _("Two readings differ"),
                _(
                    "Line %(line)s: the %(field)s is “%(first)s” by the rules and “%(second)s” by "
                    "Claude."
                ),
            ),
        }

    @api.model
    def _get_model_texts(self):
        """What comes of asking Claude, and what two readings say of each other."""
        _ = self.env._
        return {
            "ungrounded": (
                _("Not on the page"),
                _("Claude read “%(value)s” as the %(field)s; it was not found on the document."),
            ),
            "readers_differ": (
                _("Two readings differ"),
                _("The %(field)s is “%(first)s” by the rules and “%(second)s” by Claude."),
            ),
            "single_reading": (
                _("Read by Claude only"),
                _("Only Claude made an order of this document; compare every line."),
            ),
            "choice_made": (
                _("Claude's choice"),
                _("Line %(line)s: Claude takes it for %(product)s: “%(reason)s”"),
            ),
            "choice_none": (
                _("Claude: none of them"),
                _("Line %(line)s: Claude takes it for none of the suggestions: “%(reason)s”"),
            ),
            "model_withheld": (
                _("Not sent"),
                _("%(source)s names a partner whose documents are not sent to Claude."),
            ),
            "model_key_refused": (
                _("Claude: key refused"),
                _("Claude did not accept the key. An administrator has to check the settings."),
            ),
            "model_forbidden": (
                _("Claude: not allowed"),
                _("The key may not use this model. An administrator has to check the settings."),
            ),
            "model_unpaid": (
                _("Claude: unpaid"),
                _("The account at Anthropic has no credit left, or no means of payment."),
            ),
            "model_unknown": (
                _("Claude: unknown model"),
                _("The model or the address in the settings does not exist."),
            ),
            "model_request_refused": (
                _("Claude: request refused"),
                _("Claude refused the request for %(source)s (%(status)s)."),
            ),
            "model_too_large": (
                _("Too large for Claude"),
                _("%(source)s is larger than what is sent (%(limit)s)."),
            ),
            "model_busy": (
                _("Claude: busy"),
                _("Claude was too busy to read %(source)s (%(status)s); it is asked again later."),
            ),
            "model_unreachable": (
                _("Claude: not reached"),
                _("Claude could not be reached for %(source)s; it is asked again later."),
            ),
            "model_timeout": (
                _("Claude: no answer in time"),
                _("Claude took too long to read %(source)s; it is asked again later."),
            ),
            "model_bad_answer": (
                _("Claude: no usable answer"),
                _("What Claude answered about %(source)s has not the form that was asked for."),
            ),
            "model_declined": (
                _("Claude: declined"),
                _("Claude declined to read %(source)s."),
            ),
            "model_cut": (
                _("Claude: answer cut off"),
                _("Claude's answer about %(source)s was too long and was cut off."),
            ),
            "model_interrupted": (
                _("Claude: interrupted"),
                _(
                    "The server stopped while Claude was reading %(source)s. It is not asked again "
                    "by itself, as that may be paid twice: use “Read Again”."
                ),
            ),
            "answer_pending": (
                _("Claude: answer on its way"),
                _(
                    "Claude reads %(source)s, too, for half the price within the hour. The order "
                    "waits for it; whoever approves it now need not."
                ),
            ),
            "model_expired": (
                _("Claude: no answer in time"),
                _("Claude did not read %(source)s within a day; it is asked again later."),
            ),
            "model_canceled": (
                _("Claude: cancelled"),
                _(
                    "Somebody cancelled the batch with %(source)s at Anthropic. Claude is asked "
                    "again only by “Read Again”."
                ),
            ),
            "model_withdrawn": (
                _("Claude: not asked"),
                _("%(source)s was not sent: nobody waited for the answer any more."),
            ),
            "model_paused": (
                _("Claude: paused"),
                _("Claude failed several times in a row and is not asked for a while."),
            ),
            "model_budget": (
                _("Claude: budget used up"),
                _("This month's budget of %(budget)s USD is used up (%(spent)s USD)."),
            ),
            "model_budget_low": (
                _("Claude: budget nearly used up"),
                _("%(spent)s of this month's %(budget)s USD are spent."),
            ),
            "model_unpriced": (
                _("Claude: no price"),
                _("The model %(model)s is not in the price list, so no budget can be kept."),
            ),
        }
