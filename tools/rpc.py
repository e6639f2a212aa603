"""Calls of a running Odoo's models over HTTP, as an outside program makes them."""

import xmlrpc.client

LOGIN = PASSWORD = "admin"


class Odoo:
    """One database of one server, logged in."""

    def __init__(self, address: str, database: str):
        self.address = address
        self.database = database
        self.user_id = self._proxy("common").authenticate(database, LOGIN, PASSWORD, {})

    def __call__(self, model: str, method: str, *arguments, **options):
        """Call a method of a model; raises xmlrpc.client.Fault with Odoo's error."""
        credentials = (self.database, self.user_id, PASSWORD)
        return self._proxy("object").execute_kw(*credentials, model, method, arguments, options)

    def _proxy(self, service: str) -> xmlrpc.client.ServerProxy:
        # A proxy serves one thread only, so every call gets its own.
        return xmlrpc.client.ServerProxy(f"{self.address}/xmlrpc/2/{service}", allow_none=True)
