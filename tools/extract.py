"""`./dev extract`: the reading wing alone, without Odoo and without a database."""

import os
import sys

from tools.console import call
from tools.paths import ADDON


def main(arguments: list[str]) -> int:
    """Print one JSON object per document; what the arguments mean, `extraction` says."""
    env = os.environ | {"PYTHONPATH": str(ADDON)}
    return call([sys.executable, "-m", "extraction", *arguments], env=env)
