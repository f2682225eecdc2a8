-- Who has seen what lies at one target has not seen what lies at the others. Null: everywhere.
ALTER TABLE publications ADD COLUMN overwrite_at uuid[];
