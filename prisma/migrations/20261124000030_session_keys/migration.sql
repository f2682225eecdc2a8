-- The cookie of a session carries a key besides its id, a new one after each proof of who it is; here is its SHA-256. Sessions from
-- before have none, so nobody comes in with them: people sign in once more.
ALTER TABLE auth_sessions ADD COLUMN key_hash bytea CHECK (length(key_hash) = 32);
