-- A tenant has several versions of its key.
ALTER TABLE data_keys DROP CONSTRAINT IF EXISTS data_keys_pkey;
ALTER TABLE data_keys ADD CONSTRAINT data_keys_pkey PRIMARY KEY (tenant_id, version);
