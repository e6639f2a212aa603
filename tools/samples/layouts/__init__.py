"""How the customers' orders look: one layout a file, none drawn like another."""
