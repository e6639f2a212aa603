import ast
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .ledger.po_intake_retention import ENDED

SALE = "sale"
PURCHASE = "purchase"
DETECT = "detect"
# what the checks go by, beside the severities
CHECKED_BY = {"charge_product_id", "last_price_tolerance", "price_tolerance"}
# cards whose documents are erased in one transaction
ERASED_AT_ONCE = 100


class PoIntakeTeam(models.Model):
    """Who looks after one stream of orders: its address, its people, its limits."""

    _name = "po.intake.team"
    _description = "Order Intake Team"
    _inherit = [
        "mail.alias.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "po.intake.team.claude",
        "po.intake.team.reorder",
    ]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        domain=[("share", "=", False)],
        help="Gets the activities of intakes that nobody is assigned to.",
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Members",
        check_company=True,
        domain=[("share", "=", False)],
    )
    members_only = fields.Boolean(
        "For members only",
        help="Cards of this team are seen by its members, by whoever is responsible for a card, "
        "and by managers; by nobody else.",
    )
    direction = fields.Selection(
        [
            (SALE, "Customers' orders"),
            (PURCHASE, "Vendors' documents"),
            (DETECT, "Both: detect from the document"),
        ],
        required=True,
        default=SALE,
    )
    auto_draft = fields.Boolean(
        "Draft sure orders",
        default=True,
        help="An order whose confidence reaches the threshold, and that no finding blocks, "
        "is drafted without a person.",
    )
    draft_confidence = fields.Float(
        "Threshold",
        default=0.95,
        help="Confidence from which an order is drafted without a person.",
    )
    unknown_sender = fields.Selection(
        [
            ("quarantine", "Quarantine: nothing is read until somebody releases it"),
            ("review", "Read it, and let a person decide"),
        ],
        "Unknown senders",
        required=True,
        default="quarantine",
    )
    sender_limit = fields.Integer(
        "Mails an hour from one sender",
        default=300,
        help="What comes beyond waits in quarantine, unread. 0: no limit.",
    )
    mail_limit = fields.Integer(
        "Mails an hour in all", help="What comes beyond waits in quarantine, unread. 0: no limit."
    )
    portal_upload = fields.Boolean(
        "Orders in the portal",
        default=True,
        help="Customers may upload orders after they have logged in at the portal.",
    )
    authserv_id = fields.Char(
        "Our mail server",
        help="The name that your own mail server writes first in the header "
        "Authentication-Results. Mails that it found to be forged wait in quarantine. Empty: "
        "nobody has checked who sends.",
    )
    price_tolerance = fields.Float(
        default=0.1,
        help="Share by which a printed price may differ from the price list without a remark. A "
        "price that is more than 2.5 times too high or too low always waits for a person.",
    )
    last_price_tolerance = fields.Float(
        "Tolerance to last order",
        default=0.1,
        help="Share by which a printed price may differ from what this customer paid last for the "
        "same product without a remark.",
    )
    severity_ids = fields.One2many("po.intake.severity", "team_id", "Checks", copy=True)
    checks_version = fields.Integer(
        readonly=True, copy=False, help="Counts the changes of what the checks go by."
    )
    charge_product_id = fields.Many2one(
        "product.product",
        "Product for charges",
        check_company=True,
        domain=[("sale_ok", "=", True), ("type", "=", "service")],
        help="Freight, packaging and surcharges that a document lists are drafted as a line "
        "of this product. Without it such orders wait for a person.",
    )
    price_policy = fields.Selection(
        [
            ("document", "As the document says"),
            ("pricelist", "By the customer's price list"),
        ],
        "Prices of the order",
        required=True,
        default="document",
        help="Prices that differ are remarked either way. Charges are taken as printed.",
    )
    auto_confirm = fields.Boolean(
        "Confirm small sure orders",
        help="An order that was drafted without a person, on which nothing was remarked, and which "
        "is within both limits, is confirmed, too.",
    )
    confirm_amount_limit = fields.Monetary("Up to a value of", help="Net, per order.")
    confirm_quantity_limit = fields.Float(
        "Up to a quantity of", help="Per line, in the product's own unit."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    notify_by = fields.Selection(
        [
            ("activity", "An activity on the card"),
            ("message", "A message, by inbox or e-mail as each person prefers"),
            ("nothing", "Nothing: they look at the board"),
        ],
        "Told by",
        required=True,
        default="activity",
    )
    notify_user_ids = fields.Many2many(
        "res.users",
        "po_intake_team_notify_rel",
        string="Who is told",
        check_company=True,
        domain=[("share", "=", False)],
        help="When a person has to act. Empty: whoever is responsible for the card or the team.",
    )
    notify_drafted = fields.Boolean(
        "Tell also of orders that were drafted without a person", default=False
    )
    acknowledge = fields.Selection(
        [
            ("drafted", "When the order is drafted"),
            ("confirmed", "When the order is confirmed"),
        ],
        "Tell the customer",
        help="A mail to a known sender that the order is in, in the customer's language. Empty: "
        "nothing is sent. Automatic mails and unknown senders are never answered.",
    )
    create_partners = fields.Boolean(
        "Create unknown customers",
        help="From sure readings only, where no customer comes near the printed one.",
    )
    create_products = fields.Boolean(
        "Create unknown products",
        help="From sure readings only, for lines with a code, a description and a price that no "
        "product comes near.",
    )
    write_vendor_codes = fields.Boolean(
        "Write codes into price lists",
        help="When a vendor's document is approved or accepted, the vendor's item codes are "
        "written into its price list, where none stands there.",
    )
    confirmation_days = fields.Integer(
        "Confirmed within",
        help="Days after which the buyer is told that a vendor has not confirmed a purchase order. "
        "0: nobody is told.",
    )
    keep_days = fields.Integer(
        "Keep documents for",
        help="Days after a card has ended until its document, its raw mail and what was read in "
        "them are erased. Orders keep the file that is attached to them. 0: for ever.",
    )
    intake_ids = fields.One2many("po.intake", "team_id", "Intakes")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    error_count = fields.Integer("Failed", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")

    _draft_confidence_range = models.Constraint(
        "CHECK(draft_confidence > 0 AND draft_confidence <= 1)",
        "The threshold is a share between 0 and 100 %.",
    )

    _keep_days_positive = models.Constraint(
        "CHECK(keep_days >= 0)", "Documents are kept for a number of days, or for ever: 0."
    )
    _confirm_limits = models.Constraint(
        "CHECK(NOT auto_confirm OR (confirm_amount_limit > 0 AND confirm_quantity_limit > 0))",
        "Orders are confirmed by themselves within limits only: set a value and a quantity.",
    )

    @api.depends("intake_ids.state")
    def _compute_counts(self):
        counts = {
            (team.id, state): count
            for team, state, count in self.env["po.intake"]._read_group(
                [("team_id", "in", self.ids)], ["team_id", "state"], ["__count"]
            )
        }
        for team in self:
            team.waiting_count = sum(
                counts.get((team.id, state), 0) for state in ("new", "review", "quarantine")
            )
            team.error_count = counts.get((team.id, "error"), 0)
            team.done_count = counts.get((team.id, "done"), 0)

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._let_worker_in()
        self.env["po.intake.severity"]._complete(teams)
        return teams

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self._let_worker_in()
        if CHECKED_BY & vals.keys():
            self._outdate_checks()
        if {"company_id", "direction"} & vals.keys():
            for team in self:
                team.alias_id.write(team._alias_get_creation_values())
        return result

    @api.autovacuum
    def _gc_documents(self):
        """Erase what the teams keep no longer, some cards at a time."""
        due = Domain.OR(
            Domain("team_id", "=", team.id)
            & Domain("done_date", "<", fields.Datetime.now() - timedelta(days=team.keep_days))
            for team in self.with_context(active_test=False).search([("keep_days", ">", 0)])
        )
        due &= Domain("state", "in", ENDED) & Domain("erased_date", "=", False)
        intakes = self.env["po.intake"].search(due, limit=ERASED_AT_ONCE)
        intakes._erase_documents()
        return len(intakes), self.env["po.intake"].search_count(due, limit=1)

    def _outdate_checks(self):
        """Have what waits checked anew, bit by bit: there may be thousands of cards."""
        for team in self:
            team.checks_version += 1
        self.env.ref("po_intake.ir_cron_recheck").sudo()._trigger()  # sudo: of the system's

    def _let_worker_in(self):
        """Let the technical users work in the companies that have a team."""
        # sudo: a manager of intakes need not be allowed to edit users
        for name in ("user_worker", "user_reorder"):
            worker = self.env.ref(f"po_intake.{name}").sudo()
            missing = self.company_id - worker.company_ids
            if missing:
                worker.company_ids = [(4, company.id) for company in missing]

    def _tell(self, intake, summary):
        """Tell whoever the team chose that an intake needs them, or what became of it.

        :param summary: a sentence; never markup
        """
        users = self.notify_user_ids or intake.user_id or self.user_id
        if (self.notify_by or "activity") == "activity":
            for user in users - intake.activity_ids.user_id:
                intake.activity_schedule(
                    "mail.mail_activity_data_todo", summary=summary, user_id=user.id
                )
        elif self.notify_by == "message" and users:
            intake.message_notify(
                partner_ids=users.partner_id.ids, subject=intake.display_name, body=summary
            )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("po.intake")
        # strangers are let in on purpose: a bounced order is lost, a quarantined one is not
        values["alias_contact"] = "everyone"
        if self.id:
            defaults = ast.literal_eval(self.alias_defaults or "{}")
            values["alias_defaults"] = {**defaults, "team_id": self.id}
        return values

    @api.model
    def _free_alias_name(self, name):
        """The name if nobody has it yet, else none: an administrator chooses another one."""
        taken = self.env["mail.alias"].search_count([("alias_name", "=", name)], limit=1)
        return False if taken else name

    def action_open_intakes(self):
        """The team's board."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("po_intake.po_intake_action")
        action["domain"] = [("team_id", "=", self.id)]
        action["context"] = {"default_team_id": self.id}
        return action
