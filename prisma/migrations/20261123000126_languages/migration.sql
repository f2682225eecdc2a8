-- In which language mails are written to somebody: the one that their pages were shown in last, or that an invitation was sent in.
ALTER TABLE people ADD COLUMN language text CHECK (language IN ('en', 'fr', 'de'));
