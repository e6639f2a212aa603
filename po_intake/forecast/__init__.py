"""From demand to the quantity to order. Pure Python: knows nothing of Odoo."""
