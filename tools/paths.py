"""Where things are kept: downloads in the user's cache, running things beside them.

Standard library only: this is read before the virtual environment exists.
"""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "tools"
ADDON = ROOT / "po_intake"
#: Hands the work to OCA's job queue; installs itself beside it.
GLUE = ROOT / "po_intake_queue_job"
DASHBOARD = ROOT / "po_intake_dashboard"

#: Downloads and whatever is slow to make, shared by every checkout of this user.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "po_intake"

#: Where a database server may live. PostgreSQL refuses to run as root, and the account it is
#: given instead cannot look into root's home.
SERVICES = Path("/var/lib/po_intake") if os.getuid() == 0 else CACHE

#: Databases, filestore and logs of this checkout, so that several checkouts live side by side.
STATE = SERVICES / "checkouts" / hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def digest(*parts: object) -> str:
    """Return a short name for everything that went into something kept."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def digest_files(*files: Path) -> str:
    """Return a short name for the content of some files."""
    return digest(*(file.read_bytes() for file in files))
