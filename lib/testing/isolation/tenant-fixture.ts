import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { addExpectation, getChange, importConfiguration } from "@/lib/configuration";
import type { ChangeDto } from "@/lib/configuration/contract";
import { createTap } from "@/lib/history";
import { requestPublication } from "@/lib/publishing";
import { createTarget } from "@/lib/targets";
import { createApiToken, createScimGroup, createScimUser, createTenant, type TenantContext } from "@/lib/tenancy";
import { ROLES, type Role } from "@/lib/tenancy/contract";
import { TOKEN_SCOPES, type TokenScope } from "@/lib/tenancy/tokens/contract";
import type { TestDatabase } from "../database";
import { signedIn } from "../session";

const YAML = "route: {receiver: a}\nreceivers:\n  - name: a\n    webhook_configs: [{url: 'http://127.0.0.1:9/'}]\n";

/** What stands in an address, by the part before it: `/changes/{id}` is filled from `changes`. */
export type Ids = Readonly<Record<string, string>>;

export interface TenantFixture {
  admin: TenantContext;
  slug: string;
  ids: Ids;
  document: ChangeDto["document"];
  /** Cookies of its members. */
  cookies: Readonly<Record<Role, string>>;
}

export async function addPerson(database: TestDatabase, isOperator = false): Promise<string> {
  const id = randomUUID();
  await database.asOwner(
    "INSERT INTO people (id, email, name, is_operator, first_signed_in_at) VALUES ($1, $2, $2, $3, now())",
    [id, `${id}@example.org`, isOperator],
  );
  return id;
}

/** A tenant with one of everything that has an address, and a member of each role. */
export async function tenantFixture(
  database: TestDatabase,
  slug: string,
  folder: string,
  secret: string,
): Promise<TenantFixture> {
  const personId = await addPerson(database);
  const { id: tenantId, name: tenantName } = await createTenant({ personId }, { slug, name: slug, tier: "enterprise" });
  const actor = { type: "person", id: personId } as const;
  const admin: TenantContext = { tenantId, tenantSlug: slug, tenantName, actor, role: "admin", requestId: "fixture" };
  const member = async (role: Role) => {
    const id = role === "admin" ? personId : await addPerson(database);
    if (id !== personId) {
      await database.asOwner("INSERT INTO memberships VALUES ($1, $2, $3, 'oidc', now())", [tenantId, id, role]);
    }
    return [role, await signedIn(database, id, secret)] as const;
  };
  const cookies = Object.fromEntries(await Promise.all(ROLES.map(member))) as Record<Role, string>;
  const spare = await addPerson(database);
  await database.asOwner("INSERT INTO memberships VALUES ($1, $2, 'viewer', 'oidc', now())", [tenantId, spare]);

  const file = path.join(folder, slug, "alertmanager.yml");
  await mkdir(path.dirname(file), { recursive: true });
  const operator = { id: "operator", requestId: "fixture" };
  const target = await createTarget(operator, { kind: "file", tenantId, name: "file", path: file, version: "0.34" });
  const published = await importConfiguration(admin, { yaml: YAML });
  const publication = await requestPublication(admin, { changeId: published.change.id });
  const open = await importConfiguration(admin, { yaml: YAML });
  const { document } = await getChange(admin, { id: open.change.id });
  const expectation = await addExpectation(admin, { name: "e", labels: { alertname: "A" }, receivers: ["a"] });
  const { tap } = await createTap(admin, { name: "tap" });
  const { token } = await createApiToken(admin, { name: "spare", scopes: ["configuration:view"], days: 1 });
  await database.asOwner(
    "INSERT INTO sign_in_domains (tenant_id, domain, token, created_at) VALUES ($1, $2, 't', now())",
    [tenantId, `${slug}.example`],
  );
  const user = await createScimUser(admin, { userName: `given@${slug}.example` });
  const group = await createScimGroup(admin, { displayName: "Given" });
  const test = randomUUID();
  await database.asOwner(
    "INSERT INTO sign_in_tests (id, tenant_id, session_id, digest, created_at) VALUES ($1, $2, $1, 'd', now())",
    [test, tenantId],
  );
  const ids = {
    changes: open.change.id,
    receivers: String(document.config.receivers?.[0]?.id),
    revisions: String(publication.revision),
    publications: publication.id,
    targets: target.id,
    expectations: expectation.id,
    taps: tap.id,
    members: spare,
    tokens: token.id,
    domains: `${slug}.example`,
    tests: test,
    comments: randomUUID(),
    Users: user.id,
    Groups: group.id,
    ResourceTypes: "User",
    Schemas: "urn:ietf:params:scim:schemas:core:2.0:User",
    // A place that no tree of these tenants has: tiles have no names of their own.
    tile: "7/000",
  };
  return { admin, slug, ids, document, cookies };
}

/** A token of the tenant's admin with these scopes, or all that there are. */
export async function tokenOf(
  { admin }: TenantFixture,
  wanted: (scope: TokenScope) => boolean = () => true,
): Promise<string> {
  const scopes = TOKEN_SCOPES.filter(wanted);
  return (await createApiToken(admin, { name: "matrix", scopes, days: 1 })).secret;
}
