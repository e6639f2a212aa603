from . import po_intake_attach
from . import po_intake_calibrate
from . import po_intake_change
from . import po_intake_difference
from . import po_intake_line_split
from . import po_intake_reject
from . import po_intake_reread_with
from . import po_intake_split
