import re

from odoo import api, models
from odoo.tools import email_domain_extract, email_normalize

# a comment in round brackets means nothing, RFC 8601 section 2.2
COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"^\s*(?P<method>[\w-]+)(?:/\d+)?\s*=\s*(?P<result>\w+)", re.ASCII)
PROPERTY = re.compile(r"(?P<name>\w+\.[\w-]+)\s*=\s*\"?(?P<value>[^\s\";]+)", re.ASCII)


class PoIntakeAuthentication(models.AbstractModel):
    """Whether a mail is from whom it says, as the company's own mail server found (RFC 8601).

    Anybody can write such a header. Only those that bear the name of our own server count, which
    removes what strangers wrote in its name.
    """

    _name = "po.intake.authentication"
    _description = "Order Intake: Sender Authentication"

    @api.model
    def _verdict(self, mail, team):
        """``pass``, ``fail``, ``none``; ``False`` where the team names no server of ours.

        :param mail: a record of ``po.intake.mail``
        """
        server = (team.authserv_id or "").strip().lower()
        if not server or not mail:
            return False
        sender = email_domain_extract(email_normalize(mail.email_from or "") or "") or ""
        for header in (mail.authentication_results or "").splitlines():
            name, _semicolon, results = COMMENT.sub(" ", header).partition(";")
            if name.split()[:1] and name.split()[0].lower() == server:
                return self._judge(results, sender)
        return "none"

    @api.model
    def _judge(self, results, sender):
        """The verdict of one header.

        DMARC says it all; without it SPF or DKIM count where they speak for the domain in ``From``.
        """
        found = {}
        for part in results.split(";"):
            match = RESULT.match(part)
            if match:
                properties = dict(PROPERTY.findall(part))
                found.setdefault(match["method"].lower(), []).append(
                    (match["result"].lower(), properties)
                )
        for result, _properties in found.get("dmarc", []):
            if result in ("pass", "fail"):
                return result
        aligned = [
            self._speaks_for(sender, properties.get(name))
            for method, name in (
                ("dkim", "header.d"),
                ("dkim", "header.i"),
                ("spf", "smtp.mailfrom"),
            )
            for result, properties in found.get(method, [])
            if result == "pass"
        ]
        if any(aligned):
            return "pass"
        results = {result for items in found.values() for result, _properties in items}
        return "fail" if "fail" in results else "none"

    @api.model
    def _speaks_for(self, sender, identity):
        """Is an address or domain of the sender's domain, or of one above it?"""
        domain = (identity or "").rpartition("@")[2].lower().strip(".")
        return bool(domain) and (sender == domain or sender.endswith(f".{domain}"))
