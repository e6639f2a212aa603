"""One file per reader. They are handed out by the caller; nothing is registered here."""
