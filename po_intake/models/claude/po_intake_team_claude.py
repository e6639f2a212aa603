from odoo import fields, models


class PoIntakeTeamClaude(models.AbstractModel):
    """Part of a team: whether and how Claude is asked. Who changed it is in the team's chatter."""

    _name = "po.intake.team.claude"
    _description = "Order Intake Team: Claude"

    model_consent = fields.Boolean(
        "May be sent to Claude",
        tracking=True,
        help="Documents of this team may leave the server: they are sent to the address in the "
        "settings. Without a key in the settings nothing is sent.",
    )
    model_policy = fields.Selection(
        [
            ("never", "Never"),
            ("unsure", "Where the rules are not sure"),
            ("always", "Always, as a second reader"),
        ],
        "Claude is asked",
        required=True,
        default="unsure",
        tracking=True,
        help="“Always” costs a call for each document, and each of them leaves the server.",
    )
    model_batch = fields.Boolean(
        "Cheap, within the hour",
        tracking=True,
        help="What Claude is asked is collected and sent together, for half the price. Orders wait "
        "for the answer, mostly less than an hour and never longer than a day; on the card it can "
        "be asked at once.",
    )
    model_choice = fields.Boolean(
        "Claude suggests among candidates",
        tracking=True,
        help="For lines that may mean several products Claude is told what the line prints and "
        "what those products, at most five, are called. It says which one is meant, and why; a "
        "person still chooses. A further call for each such order.",
    )
    model_summary = fields.Boolean(
        "Claude tells why so much is proposed",
        tracking=True,
        help="On a click Claude is told the figures of a proposal of the reorder agent, without "
        "any name, and writes some sentences. They are shown only if each of their numbers was "
        "given.",
    )
