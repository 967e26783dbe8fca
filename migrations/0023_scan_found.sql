-- What a scanner found is not always an infection: the word says no more than the scanner did. No scanner has spoken yet.
alter table uploads drop constraint uploads_scan_check;
alter table uploads add constraint uploads_scan_check
  check (scan in ('pending', 'not_configured', 'clean', 'found', 'failed'));
alter table evidence_items drop constraint evidence_items_scan_check;
alter table evidence_items add constraint evidence_items_scan_check
  check (scan in ('not_configured', 'clean', 'found', 'failed'));
