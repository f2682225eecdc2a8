/** A column whose bytes a tenant's data key seals. A test looks in the catalogue for columns that stand in no list. */
export interface SealedPlace {
  table: string;
  /** SQL: what the value is bound to besides its tenant, and so its name among the table's rows. */
  bound: string;
  /** SQL: its bytes. */
  sealed: string;
  /** SQL: puts `n.after`, which is base64, in their place. */
  set: string;
  /** As many in a transaction; less where they may be large. */
  most: number;
  /** In the main database, wherever the tenant's data are. */
  directory?: true;
}

const bytes = (table: string, bound: string, column: string, most: number): SealedPlace => ({
  ...{ table, bound, most },
  // Empty: there was something once.
  sealed: `nullif(s.${column}, '')`,
  set: `${column} = decode(n.after, 'base64')`,
});

/** Of every tenant, under its own data key. */
export const TENANT_PLACES: readonly SealedPlace[] = [
  bytes("secret_versions", "s.secret_id || '|' || s.version", "sealed", 500),
  {
    table: "target_replicas",
    bound: "'target credentials|' || s.id",
    sealed: "decode(s.auth->>'sealed', 'base64')",
    set: "auth = jsonb_set(s.auth, '{sealed}', to_jsonb(n.after))",
    most: 100,
  },
  // Whole files.
  bytes("publication_steps", "'before publication|' || s.publication_id || '|' || s.subject_id", "sealed_before", 10),
  bytes("unread_sources", "'unread source|' || s.change_id || '|' || s.author", "sealed", 10),
  { ...bytes("notice_webhooks", "'notice webhook'", "secret", 100), directory: true },
];

/** Of the installation, under the data key of its own log. What it keeps for tenants is behind `sealed_in_directory`. */
export const INSTALLATION_PLACES: readonly SealedPlace[] = [
  bytes("auth_sessions", "'refresh token|' || s.id", "refresh_token", 500),
  bytes("second_factors", "'totp|' || s.id", "secret", 500),
  bytes("person_keys", "'person key|' || s.person_id", "wrapped", 500),
  bytes("checkpoint_keys", "'checkpoint key ' || s.type", "private_key", 100),
];
