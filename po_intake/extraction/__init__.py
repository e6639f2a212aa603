"""Reads one source into order documents with evidence. Pure Python: knows nothing of Odoo."""
