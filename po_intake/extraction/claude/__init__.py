"""How a document is laid before Claude, and how the answer is taken: no more than a claim."""
