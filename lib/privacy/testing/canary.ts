import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";

/** Of a database of tests. */
interface TestDatabase {
  ownerUrl: string;
  asOwner<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export interface Canary {
  personId: string;
  email: string;
  /** Words that stand nowhere else. */
  words: readonly string[];
}

type Ask = (sql: string, values: unknown[]) => Promise<unknown>;

/** Somebody whose name, addresses and devices stand nowhere else, with a row in every table of the installation. */
export async function plantPerson(database: TestDatabase, mark: string): Promise<Canary> {
  const personId = randomUUID();
  const email = `zora.${mark}@canary.example`;
  const ask: Ask = (sql, values) => database.asOwner(sql, values);
  await ask(
    `INSERT INTO people (id, email, name, password_hash, oidc_subject, first_signed_in_at, factors_reset_at, language)
     VALUES ($1, $2, $3, $4, $5, now(), now(), 'fr')`,
    [personId, email, `Zora ${mark} Finch`, `hash-${mark}`, `idp|subject-${mark}`],
  );
  const hash = createHash("sha256").update(mark).digest();
  await ask(
    `INSERT INTO auth_sessions (id, person_id, method, user_agent, client_address, created_at, last_seen_at, expires_at, refresh_token,
       factors, key_hash) VALUES ($1, $1, 'password', $2, $3, now(), now(), now() + interval '1 hour', $4, '{totp}', $5)`,
    [personId, `Browser-${mark}/7`, `203.0.113.77 ${mark}`, Buffer.from(`refresh-${mark}`), hash],
  );
  await ask("INSERT INTO sign_in_links VALUES ($1, $2, now(), now(), now())", [hash, personId]);
  await ask(
    `INSERT INTO second_factors (id, person_id, kind, name, created_at, last_used_at, credential_id, public_key)
     VALUES ($1, $2, 'passkey', $3, now(), now(), $4, $5)`,
    [randomUUID(), personId, `Zora's phone ${mark}`, `credential-${mark}`, randomBytes(32)],
  );
  await ask(
    "INSERT INTO second_factors (id, person_id, kind, name, created_at, secret) VALUES ($1, $2, 'totp', 'app', now(), $3)",
    [...[randomUUID(), personId, randomBytes(20)]],
  );
  await ask("INSERT INTO recovery_codes VALUES ($1, $2, now(), now())", [personId, hash]);
  return { personId, email, words: [mark] };
}

/** A row in every table of a tenant's directory. `other` gets what the person did told. */
export async function plantInDirectory(
  database: TestDatabase,
  tenantId: string,
  { personId, words: [mark = ""] }: Canary,
  other: string,
): Promise<void> {
  const ask: Ask = (sql, values) => database.asOwner(sql, values);
  const id = randomUUID();
  await ask(
    `UPDATE memberships SET grants = '{"receivers":[],"routes":[],"parts":["${mark}"]}', last_used_at = now(), reviewed_at = now()
     WHERE tenant_id = $1 AND person_id = $2`,
    [tenantId, personId],
  );
  await ask(
    `INSERT INTO api_tokens (id, tenant_id, person_id, name, hash, scopes, created_by, created_at, expires_at, last_used_at, last_used_from)
     VALUES ($1, $2, $3, $4, $5, '{audit:view}', $6, now(), now() + interval '1 day', now(), $7)`,
    [id, tenantId, personId, `laptop ${mark}`, randomBytes(32), personId, `203.0.113.78 ${mark}`],
  );
  const data = JSON.stringify({ by: personId, detail: `said ${mark}` });
  const told =
    "INSERT INTO notices (id, tenant_id, person_id, kind, data, at, read_at) VALUES ($1, $2, $3, 'commented', $4, now(), now())";
  await ask(told, [randomUUID(), tenantId, personId, data]);
  await ask(told, [randomUUID(), tenantId, other, data]);
  const out =
    "INSERT INTO notice_outbox (id, tenant_id, channel, person_id, payload, next_at) VALUES ($1, $2, $3, $4, $5, now() + interval '1 day')";
  await ask(out, [randomUUID(), tenantId, "mail", personId, data]);
  await ask(out, [randomUUID(), tenantId, "webhook", null, data]);
  await ask("INSERT INTO notice_preferences VALUES ($1, $2, false)", [tenantId, personId]);
  await ask("INSERT INTO scim_users VALUES ($1, $2, $3, $4, $5, true, $6, 1, now(), now())", [
    ...[
      tenantId,
      id,
      personId,
      `zora-${mark}`,
      `ext-${mark}`,
      JSON.stringify({ name: { familyName: `Finch ${mark}` } }),
    ],
  ]);
  await ask("INSERT INTO scim_groups VALUES ($1, $2::uuid, $2::uuid::text, null, $3, 1, now(), now())", [
    tenantId,
    randomUUID(),
    [id, randomUUID()],
  ]);
  await ask("INSERT INTO sign_in_identities VALUES ($1, $2, $3, now())", [tenantId, `sub-${mark}`, personId]);
  await ask(
    "INSERT INTO sign_in_tests (id, tenant_id, session_id, digest, created_at, outcome) VALUES ($1, $2, $3, 'd', now(), $4)",
    [id, tenantId, personId, JSON.stringify({ claims: { email: `claim-${mark}` } })],
  );
}

/** Every row of every table of every schema, of the main database and the tenants' own, as text. */
export async function dumpOf(database: TestDatabase): Promise<Map<string, string[]>> {
  const places = await database.asOwner<{ name: string }>(
    "SELECT database_name AS name FROM tenant_places WHERE database_name IS NOT NULL",
  );
  const urls = [database.ownerUrl, ...places.map(({ name }) => new URL(`/${name}`, database.ownerUrl).href)];
  const dump = new Map<string, string[]>();
  for (const [index, url] of urls.entries()) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
      dump.set(
        `${index} ${name}`,
        rows.map(({ line }) => line),
      );
    }
    await client.end();
  }
  return dump;
}

/** Where a text stands: as it is, in hex, or in base64 wherever it begins there. */
export function hitsOf(dump: ReadonlyMap<string, readonly string[]>, text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // The first and last characters also hold bits of what stands beside it.
    return padded.slice(before === 0 ? 0 : before + 1, -4);
  });
  const forms = [text, bytes.toString("hex"), ...base64];
  return [...dump].flatMap(([table, lines]) =>
    lines.some((line) => forms.some((form) => line.includes(form))) ? [table] : [],
  );
}
