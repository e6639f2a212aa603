{
    "name": "Purchase Order Intake: Dashboard",
    "summary": "Where orders come from, how long they take and what comes back, on one page",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "po_intake contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "depends": ["po_intake", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard.xml"],
    "auto_install": True,
}
