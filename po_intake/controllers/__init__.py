"""Web routes of the addon."""

from . import health
from . import pane
from . import portal
