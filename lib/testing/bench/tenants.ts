import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { ApiPerson } from "../api-person";
import type { RunningApp } from "../running-app";
import { figure, note, quantile, section } from "./figures";
import { cpuSeconds, DOCUMENT, EDITORS, everyEditor, ownerUrl, PACE_MS, type Work } from "./saves";

const TENANTS = 10_000;
const GOAL_MS = 50;
const SECONDS = 10;
/** A process that just began is not what people work with: its code is not compiled yet. */
const WARM_UP = 300;
/** Of each person, made before anything is measured. */
const LINKS = 100;
/** Of each person, as far as they are members. */
const OWN = 10;

interface Change {
  id: string;
  version: number;
  document: { config: { receivers: { id: string; name: string }[] } };
}

/** What people do when the installation has ten thousand tenants, twenty of them at once, each once a second. */
export async function benchTenants(app: RunningApp, admin: ApiPerson): Promise<void> {
  section(`${TENANTS.toLocaleString("en")} tenants, ${EDITORS} people at once`);
  note(
    `each acts once in ${PACE_MS / 1_000} s, spread over it; after ${WARM_UP} actions to warm up; this program runs beside the app`,
  );
  const database = new pg.Pool({ connectionString: ownerUrl(app.dataDir), max: EDITORS });
  try {
    await seed(database);
    const people = await peopleOf(database, app.base);
    const slugs = people.map(({ slugs: own }) => own);
    const changes = await Promise.all(people.map(({ person }, index) => openChange(person, slugs[index]?.[0] ?? "")));
    const measure = (what: string, work: Work) => measureOn(app.base, what, work);
    const links = await Promise.all(people.map(({ id }) => newLinks(database, id, LINKS)));
    await measure("sign-in with a link (token → cookie)", async (index) => {
      await ApiPerson.signIn(app.base, links[index]?.pop() ?? (await newLink(database, people[index]?.id ?? "")));
    });
    await measure("the operator's list of tenants, any page", async (index, round) => {
      await admin.call("GET", `/api/platform/tenants?size=50&page=${1 + ((index * 37 + round * 11) % (TENANTS / 50))}`);
    });
    await measure("the operator's list, searched", async (index, round) => {
      await admin.call("GET", `/api/platform/tenants?search=bench-${(index * 131 + round * 17) % TENANTS}`);
    });
    await measure("a person's list of tenants", async (index) => {
      await people[index]?.person.call("GET", "/api/me");
    });
    await measure("switch to another tenant, as its link does", async (index, round) => {
      const [from, to] = [round, round + 1].map((at) => slugs[index]?.[at % OWN] ?? "");
      await people[index]?.person.call("GET", `/${to}`, { headers: asLink(from ?? "") });
    });
    await measure("a tenant's page, loaded anew", async (index, round) => {
      await people[index]?.person.call("GET", `/${slugs[index]?.[round % OWN]}`);
    });
    await measure("save of one field", async (index, round) => {
      const change = changes[index];
      if (!change) throw new Error("there is no change");
      const { config } = change.document;
      const receiver = { ...config.receivers[0], name: `bench-${round}` };
      const document = {
        ...change.document,
        config: { ...config, receivers: [receiver, ...config.receivers.slice(1)] },
      };
      const where = `/api/${slugs[index]?.[0]}/changes/${change.id}/document`;
      const person = people[index]?.person;
      changes[index] = await person!.call<Change>("PUT", where, { body: document, ifMatch: change.version });
    });
  } finally {
    await database.end();
  }
}

/** What the app's own link asks for: the parts of the page that differ from the page of the tenant where one is. */
function asLink(from: string): Record<string, string> {
  const shown = ["", { children: [["tenant", from, "d", null], { children: ["__PAGE__", {}] }] }];
  return { rsc: "1", "next-router-state-tree": encodeURIComponent(JSON.stringify(shown)) };
}

/** Each person acts, and acts again a second after they began; then without a pause, which no person does. */
async function measureOn(base: string, what: string, work: Work): Promise<void> {
  let warm = 0;
  for (let round = 0; warm < WARM_UP; round++) {
    await Promise.all(Array.from({ length: EDITORS }, (_, index) => work(index, round)));
    warm += EDITORS;
  }
  const before = await cpuSeconds(base);
  const times = await everyEditor(SECONDS * 1_000, PACE_MS, work);
  const used = (await cpuSeconds(base)) - before;
  const rate = times.length / SECONDS;
  figure({ what: `${what}: p50`, value: quantile(times, 0.5), unit: "ms" });
  figure({ what: `${what}: p99`, value: quantile(times, 0.99), unit: "ms", goal: GOAL_MS });
  const hasty = await everyEditor((SECONDS / 2) * 1_000, 0, work);
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(hasty, share).toFixed(0));
  note(
    `    ${rate.toFixed(1)} a second, ${((used * 1_000) / times.length).toFixed(1)} ms of the app's processor each; ` +
      `without a pause ${((2 * hasty.length) / SECONDS).toFixed(0)} a second, p50 ${p50} ms, p99 ${p99} ms`,
  );
}

async function seed(database: pg.Pool): Promise<void> {
  const began = performance.now();
  await database.query(
    `INSERT INTO tenants (id, slug, name)
     SELECT gen_random_uuid(), 'bench-' || n, 'Bench ' || n FROM generate_series(1, $1::int) n`,
    [TENANTS],
  );
  await database.query(
    `INSERT INTO people (id, email, name, first_signed_in_at)
     SELECT gen_random_uuid(), 'bench-' || n || '@example.org', 'Bench ' || n, now() FROM generate_series(1, $1::int) n`,
    [TENANTS],
  );
  // Each tenant has five members, each of them in five tenants; the first people are in some more.
  await database.query(
    `INSERT INTO memberships (tenant_id, person_id, role, source, joined_at)
     SELECT t.id, p.id, 'admin', 'invitation', now()
     FROM generate_series(1, $1::int) n CROSS JOIN generate_series(0, 4) k
       JOIN tenants t ON t.slug = 'bench-' || n
       JOIN people p ON p.email = 'bench-' || (1 + (n + k * 977) % $1::int) || '@example.org'`,
    [TENANTS],
  );
  await database.query(
    `INSERT INTO memberships (tenant_id, person_id, role, source, joined_at)
     SELECT t.id, p.id, 'admin', 'invitation', now()
     FROM generate_series(1, $2::int) n CROSS JOIN generate_series(1, $3::int) k
       JOIN tenants t ON t.slug = 'bench-' || (n * 100 + k)
       JOIN people p ON p.email = 'bench-' || n || '@example.org'
     WHERE $1::int > 0 ON CONFLICT DO NOTHING`,
    [TENANTS, EDITORS, OWN],
  );
  // As an installation is whose tenants were measured in the course of the day.
  await database.query(
    `INSERT INTO tenant_usage (tenant_id, used, fullest, quota, measured_at, position)
     SELECT id, '{"members": 5}', 0.2, 'members', now(), 0 FROM tenants WHERE slug LIKE 'bench-%' ON CONFLICT DO NOTHING`,
  );
  await database.query("ANALYZE");
  note(`seeded in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}

interface Somebody {
  id: string;
  person: ApiPerson;
  slugs: string[];
}

async function peopleOf(database: pg.Pool, base: string): Promise<Somebody[]> {
  const people: Somebody[] = [];
  for (let n = 1; n <= EDITORS; n++) {
    const found = await database.query("SELECT id FROM people WHERE email = $1", [`bench-${n}@example.org`]);
    const id: string = found.rows[0].id;
    const person = await ApiPerson.signIn(base, await newLink(database, id));
    people.push({ id, person, slugs: Array.from({ length: OWN }, (_, k) => `bench-${n * 100 + k + 1}`) });
  }
  return people;
}

/** As the app makes one: only its hash is kept. */
async function newLink(database: pg.Pool, personId: string): Promise<string> {
  return (await newLinks(database, personId, 1))[0] ?? "";
}

async function newLinks(database: pg.Pool, personId: string, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString("base64url"));
  await database.query(
    `INSERT INTO sign_in_links (hash, person_id, created_at, expires_at)
     SELECT hash, $2, now(), now() + interval '10 minutes' FROM unnest($1::bytea[]) hash`,
    [tokens.map((token) => createHash("sha256").update(token).digest()), personId],
  );
  return tokens;
}

async function openChange(person: ApiPerson, slug: string): Promise<Change> {
  const yaml = readFileSync(path.join(process.cwd(), DOCUMENT), "utf8");
  const imported = { body: { yaml, title: "Bench" } };
  return (await person.call<{ change: Change }>("POST", `/api/${slug}/import`, imported)).change;
}
