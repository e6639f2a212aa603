"""`./dev extract`: the reading wing alone, without Odoo and without a database."""

import os
import sys
from xml.etree import ElementTree

from tools.console import call
from tools.paths import ADDON

PRICES = ADDON / "data" / "po_intake_model_price.xml"
FIELDS = ("input_price", "output_price", "cache_write_price", "cache_read_price")
DEFAULT = "claude-sonnet-5-5"


def main(arguments: list[str]) -> int:
    """Print one JSON object per document; what the arguments mean, `extraction` says."""
    env = os.environ | {"PYTHONPATH": str(ADDON)}
    if "claude" in arguments and "--price" not in arguments:
        arguments = [*price(os.environ.get("ANTHROPIC_MODEL") or DEFAULT), *arguments]
    return call([sys.executable, "-m", "extraction", *arguments], env=env)


def price(model: str) -> list[str]:
    """The option with the shipped price of a model; nothing for one that is not in the list."""
    for record in ElementTree.parse(PRICES).iter("record"):
        values = {field.get("name"): field.text or "" for field in record}
        if values.get("name") == model:
            return ["--price", *(values[name] for name in FIELDS)]
    return []
