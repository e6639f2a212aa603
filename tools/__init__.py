"""What `./dev` calls: Odoo, PostgreSQL, the test run and the demo. Not part of the addon."""
