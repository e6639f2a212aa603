-- a copy of a database sends nothing to anybody
UPDATE res_company SET po_intake_claude_key = NULL;
UPDATE po_intake_team SET model_consent = FALSE;
UPDATE po_intake_model_batch SET state = 'failed' WHERE state = 'open';
UPDATE po_intake_model_call SET state = 'failed', body = NULL WHERE state IN ('queued', 'sent');
