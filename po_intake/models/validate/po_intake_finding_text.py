from odoo import api, models


class PoIntakeFindingText(models.AbstractModel):
    """What people read of a finding: a short title and a sentence for each code."""

    _name = "po.intake.finding.text"
    _description = "Order Intake: Words of Findings"
    _inherit = ["po.intake.finding.text.vendor", "po.intake.finding.text.reorder"]

    @api.model
    def _get_field_names(self):
        """Hook: what a reading calls a value -> what people call it."""
        _ = self.env._
        return {
            "number": _("order number"),
            "order_date": _("order date"),
            "requested_date": _("requested date"),
            "partner": _("sender"),
            "quantity": _("quantity"),
            "price_unit": _("price"),
        }

    @api.model
    def _get_difference_texts(self):
        """Hook: what may differ between a document and an order -> (one of it, several)."""
        _ = self.env._
        return {
            "quantity": (_("%(count)s quantity"), _("%(count)s quantities")),
            "price": (_("%(count)s price"), _("%(count)s prices")),
            "date": (_("%(count)s date"), _("%(count)s dates")),
            "added": (_("%(count)s new line"), _("%(count)s new lines")),
            "missing": (_("%(count)s line not listed"), _("%(count)s lines not listed")),
            "substituted": (_("%(count)s other product"), _("%(count)s other products")),
            "commitment_date": (_("the requested date"),) * 2,
            "partner_shipping_id": (_("the delivery address"),) * 2,
            "client_order_ref": (_("the order number"),) * 2,
            "currency_id": (_("the currency"),) * 2,
        }

    @api.model
    def _get_texts(self):
        """Hook: code of a finding -> (short title, sentence). ``%(name)s`` takes a parameter."""
        _ = self.env._
        return {
            **self._get_file_texts(),
            **self._get_document_texts(),
            **self._get_vendor_texts(),
            "sender_forged": (
                _("Sender may be forged"),
                _("Your mail server says that this mail is not from %(sender)s."),
            ),
            "sender_not_authenticated": (
                _("Sender not proved"),
                _("Nothing proves that this mail is from %(sender)s."),
            ),
            "sender_unknown": (
                _("Unknown sender"),
                _("%(sender)s is not the address of a known partner or sender."),
            ),
            "sender_lookalike": (
                _("Look-alike address"),
                _("%(domain)s looks like %(known)s, which is a partner's, but is another address."),
            ),
            "sender_pretends": (
                _("Another address is shown"),
                _("The sender's name says %(shown)s, but the mail is from %(address)s."),
            ),
            "reply_to_differs": (
                _("Answers go elsewhere"),
                _("Answers to this mail go to %(reply_to)s, but it is from %(address)s."),
            ),
            "sender_floods": (
                _("Too many mails"),
                _("%(sender)s sent more mails in an hour than the team allows."),
            ),
            "partner_created": (
                _("Customer created"),
                _("%(name)s was not known and was created from the document."),
            ),
            "product_created": (
                _("Product created"),
                _("%(name)s was not known and was created from the document."),
            ),
            "field_missing": (
                _("Field missing"),
                _("“%(label)s” is required, and the document does not say it."),
            ),
            "field_not_understood": (
                _("Field not understood"),
                _("“%(label)s” says “%(text)s”, which does not fit the field %(target)s."),
            ),
            "sender_blocked": (_("Blocked sender"), _("%(sender)s is blocked.")),
            "duplicate_document": (
                _("Already received"),
                _("The same document was already received as %(name)s."),
            ),
            "duplicate_order": (
                _("Same order again"),
                _("Order %(number)s of this customer is %(name)s already; nothing in it differs."),
            ),
            "order_change": (
                _("Changes an order"),
                _(
                    "Order %(number)s of this customer is %(name)s already. Different: "
                    "%(differences)s."
                ),
            ),
            "order_cancelled": (
                _("Order was cancelled"),
                _("Order %(number)s was %(name)s, which is cancelled. Is it ordered anew?"),
            ),
            "order_waiting": (
                _("Same order number"),
                _(
                    "Order %(number)s of this customer waits as %(name)s. Different: "
                    "%(differences)s."
                ),
            ),
            "order_not_found": (
                _("Order to change not found"),
                _("The document changes order %(number)s, but no such order was found."),
            ),
            "partner_unknown": (
                _("Unknown customer"),
                _("No customer was found for %(party)s."),
            ),
            "partner_missing": (
                _("Unknown customer"),
                _("The document does not say whom it is from."),
            ),
            "partner_ambiguous": (
                _("Customer unsure"),
                _("%(party)s could be %(candidates)s."),
            ),
            "sender_differs": (
                _("Sender is not the buyer"),
                _("It was sent by %(sender)s, the document is from %(partner)s."),
            ),
            "delivery_unknown": (
                _("New delivery address"),
                _("%(address)s is not an address of %(partner)s."),
            ),
            "product_unknown": (
                _("Unknown product"),
                _("Line %(line)s: no product was found for “%(item)s”."),
            ),
            "product_ambiguous": (
                _("Product unsure"),
                _("Line %(line)s: “%(item)s” could be %(candidates)s."),
            ),
            "quantity_missing": (
                _("Quantity missing"),
                _("Line %(line)s prints no quantity."),
            ),
            "price_missing": (
                _("No price"),
                _("Line %(line)s prints no price; the pricelist's is taken."),
            ),
            "price_differs": (
                _("Price differs"),
                _("Line %(line)s: %(printed)s instead of %(expected)s (%(percent)s %%)."),
            ),
            "price_absurd": (
                _("Price far off"),
                _(
                    "Line %(line)s: %(printed)s instead of %(expected)s (%(percent)s %%). Misread, "
                    "or meant for another unit?"
                ),
            ),
            "price_changed": (
                _("Price changed"),
                _(
                    "Line %(line)s: %(printed)s instead of the %(expected)s of %(order)s, "
                    "%(date)s (%(percent)s %%)."
                ),
            ),
            "product_archived": (
                _("Archived product"),
                _("Line %(line)s: “%(item)s” is %(product)s, which is archived."),
            ),
            "product_not_sold": (
                _("Product not sold"),
                _("Line %(line)s: “%(item)s” is %(product)s, which is not to be ordered."),
            ),
            "unit_converted": (
                _("Unit converted"),
                _("Line %(line)s: %(printed)s are taken as %(quantity)s."),
            ),
            "below_minimum": (
                _("Below minimum"),
                _("Line %(line)s: %(quantity)s is less than the vendor's minimum of %(minimum)s."),
            ),
            "packs_not_whole": (
                _("No whole packs"),
                _("Line %(line)s: %(quantity)s is no multiple of %(pack)s (%(size)s)."),
            ),
            **self._get_reorder_texts(),
            "stock_short": (
                _("Not enough stock"),
                _(
                    "Line %(line)s: %(quantity)s of %(item)s ordered, %(forecast)s forecast for "
                    "%(date)s, %(free)s free now."
                ),
            ),
            "no_supply": (
                _("Nothing brings it in"),
                _("Line %(line)s: %(item)s has no reordering rule, and nobody orders more of it."),
            ),
            "lead_time": (
                _("Too soon"),
                _(
                    "Line(s) %(lines)s: wanted for %(date)s; by their lead time they can be there "
                    "on %(earliest)s."
                ),
            ),
            "tax_differs": (
                _("Tax differs"),
                _(
                    "The document's tax is %(printed)s (%(printed_rate)s %%), the order's will be "
                    "%(expected)s (%(expected_rate)s %%)."
                ),
            ),
            "credit_exceeded": (
                _("Credit limit"),
                _(
                    "%(partner)s owes %(owed)s; with the %(amount)s of this order the limit of "
                    "%(limit)s is exceeded."
                ),
            ),
            "unit_unknown": (
                _("Unit unclear"),
                _("Line %(line)s is ordered in “%(printed)s”, the product is sold in %(unit)s."),
            ),
            "no_lines": (_("No lines"), _("No item line was found.")),
            "currency_differs": (
                _("Other currency"),
                _("The document is in %(printed)s, the customer's pricelist in %(pricelist)s."),
            ),
            "other_pricelist": (
                _("Other price list"),
                _("The document is in %(printed)s, so “%(taken)s” is taken."),
            ),
            "charge_without_product": (
                _("Charge"),
                _(
                    "“%(charge)s” of %(amount)s is no service that we sell, and the team has no "
                    "product for charges."
                ),
            ),
            "vendor_document": (
                _("Not a customer's order"),
                _("%(source)s looks like a vendor's confirmation or offer."),
            ),
            "dates_differ": (
                _("Several dates"),
                _("The lines ask for dates from %(first)s to %(last)s; the order gets the first."),
            ),
            "requested_date_past": (
                _("Date has passed"),
                _("Delivery is requested for %(date)s, which has passed."),
            ),
        }

    @api.model
    def _get_file_texts(self):
        """What can be wrong with a file itself."""
        _ = self.env._
        return {
            "empty_file": (_("Empty"), _("%(source)s is empty. Ask the sender to send it again.")),
            "encrypted": (
                _("Password"),
                _("%(source)s asks for a password. Ask the sender for an open copy."),
            ),
            "broken_file": (
                _("Damaged file"),
                _("%(source)s cannot be opened: it is damaged, or not what its name says."),
            ),
            "too_large": (
                _("Too large"),
                _("%(source)s is larger than what is read (%(limit)s). Enter it by hand."),
            ),
            "not_installed": (
                _("Library missing"),
                _("%(source)s needs “%(library)s”, which is not installed on the server."),
            ),
            "too_slow": (
                _("Took too long"),
                _("Reading %(source)s took too long and was stopped."),
            ),
            "no_text": (
                _("Picture only"),
                _("%(source)s is a picture without text that could be read."),
            ),
            "unknown_format": (
                _("Unknown format"),
                _("%(source)s is of a kind that no reader knows."),
            ),
            "nothing_found": (
                _("No order in it"),
                _("No order was found in %(source)s."),
            ),
            "unreadable": (_("Unreadable"), _("%(source)s could not be read.")),
            "nothing_to_read": (
                _("Nothing to read"),
                _("There is no file and no text in it."),
            ),
            "not_an_order": (
                _("Not an order"),
                _("%(source)s does not look like an order, a confirmation or an offer."),
            ),
            "hidden_text": (
                _("Hidden text"),
                _("The document contains text that no eye sees; it was left out."),
            ),
            "text_left_out": (_("Text that nobody sees"), _("It was left out: “%(text)s”")),
            "unreadable_text": (
                _("Unreadable letters"),
                _("Page %(page)s: the file does not say what %(characters)s letters are."),
            ),
        }

    @api.model
    def _get_document_texts(self):
        """What acceptance of a reading finds: its figures against each other."""
        _ = self.env._
        return {
            "line_arithmetic": (
                _("Line does not add up"),
                _("Line %(line)s: quantity and price give %(computed)s, printed is %(printed)s."),
            ),
            "net_mismatch": (
                _("Sum does not add up"),
                _("The lines add up to %(computed)s, printed is a net of %(printed)s."),
            ),
            "gtin_check_digit": (
                _("GTIN wrong"),
                _("%(value)s is no valid GTIN: its check digit is wrong."),
            ),
            "vat_check_digit": (
                _("VAT number wrong"),
                _("%(value)s is no valid VAT number: its check digit is wrong."),
            ),
            "missing_value": (
                _("Not printed"),
                _("No %(field)s was found on the document."),
            ),
            "implausible_value": (
                _("Hard to believe"),
                _("The %(field)s %(value)s is hard to believe; compare the page."),
            ),
            "sums_unread": (
                _("Amount not understood"),
                _("Under the items stands an amount that nothing explains: %(amounts)s."),
            ),
            "codes_unnamed": (
                _("Whose item codes?"),
                _("The document does not say whose codes these are: %(heads)s."),
            ),
            "codes_unowned": (
                _("Item codes of either side"),
                _("Whose codes %(heads)s holds is not printed; both sides' were looked up."),
            ),
            "unknown_labels": (
                _("Unknown label"),
                _("Under the items stand codes behind labels that nobody knows: %(labels)s."),
            ),
            "unknown_column": (
                _("Unknown column"),
                _("The table has columns that nobody knows: %(heads)s."),
            ),
            "not_judged": (
                _("Not checked"),
                _("The figures of the document could not be checked; compare every line."),
            ),
            "total_mismatch": (
                _("Sum does not add up"),
                _("The lines add up to %(computed)s, printed is %(printed)s."),
            ),
            "tax_mismatch": (
                _("Total does not add up"),
                _("Net and tax give %(computed)s, printed is %(printed)s."),
            ),
            "line_count_mismatch": (
                _("Lines missing"),
                _("The document announces %(printed)s lines, %(computed)s were read."),
            ),
            "segment_count_mismatch": (
                _("File damaged"),
                _("The file announces %(printed)s segments, %(computed)s arrived."),
            ),
            "file_cut": (
                _("File cut off"),
                _("The file ends before its closing segment %(segment)s; lines may be missing."),
            ),
            "files_mismatch": (
                _("Files disagree"),
                _("%(source)s and its other form do not say the same."),
            ),
            "ambiguous_numbers": (
                _("Numbers unclear"),
                _("Nothing in the document tells its decimal mark for sure."),
            ),
            "ambiguous_dates": (
                _("Dates unclear"),
                _("Nothing in the document tells for sure which days are meant."),
            ),
            "partner_doubtful": (
                _("Sender unclear"),
                _("The document does not say clearly whom it is from."),
            ),
            "rows_unread": (
                _("Rows not read"),
                _("%(lines)s row(s) of the table went nowhere; compare the page."),
            ),
            "free_text": (
                _("Order in sentences"),
                _("The order stands in running text; compare every line."),
            ),
        }
