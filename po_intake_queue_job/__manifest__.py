{
    "name": "Purchase Order Intake: Job Queue",
    "summary": "Documents are worked on by OCA's job queue, over many workers and servers",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "po_intake contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "depends": ["po_intake", "queue_job"],
    "data": ["data/queue_job.xml"],
    "auto_install": True,
}
