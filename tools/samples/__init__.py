"""Makes the demo world: its master data, its documents and its mails."""
