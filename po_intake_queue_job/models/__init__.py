from . import po_intake
