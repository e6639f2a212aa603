"""Web routes of the addon: portal and page images."""

from . import pane
