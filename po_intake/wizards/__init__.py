from . import po_intake_reject
