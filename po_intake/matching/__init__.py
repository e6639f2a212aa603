"""Ranks the candidates it is given. Pure Python: knows nothing of Odoo."""
