import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { flushSignInFailures } from "../audit/sign-in-failures";
import { PLATFORM_LOG, type TenantContext } from "../context";
import { tenantsOf } from "../memberships-of";
import { setPassword } from "../people";
import { beginPasskey } from "../second-factor/factors";
import { liveSession } from "../sessions";
import type { ProviderInput } from "./contract";
import { providerIdOf, providerOfAddress, providerOfTenant, usableProvider } from "./providers";
import { assertOwnAccount } from "./rules";
import {
  addSignInDomain,
  confirmSignInDomain,
  readTenantSignIn,
  removeSignInDomain,
  removeSignInProvider,
  setSignInPolicy,
  setSignInProvider,
  verifySignInDomain,
} from "./settings";
import { addPersonTo, type Company, companyIn, entry, sessionOf, settings } from "./testing/companies";
import { startDns } from "./testing/dns-server";

const PLAN_REMEMBERED_MS = 2_100;
let database: TestDatabase;
let dns: Awaited<ReturnType<typeof startDns>>;
beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-sso-"));
  process.env.PUBLIC_URL = "https://signalbox.example";
  process.env.NEXTAUTH_SECRET = "a secret of a test";
  database = await startTestDatabase();
  dns = await startDns();
  process.env.DNS_SERVERS = `127.0.0.1:${dns.socket.address().port}`;
});
afterAll(async () => {
  delete process.env.DNS_SERVERS;
  dns.socket.close();
  await database.stop();
});

const company = (more?: Partial<ProviderInput>) => companyIn(database, more);
const addPerson = (email: string, more?: { password?: true; operator?: true }) => addPersonTo(database, email, more);

async function join(ctx: TenantContext, personId: string, role = "viewer"): Promise<void> {
  await database.asOwner("INSERT INTO memberships VALUES ($1, $2, $3, 'invitation', now())", [
    ctx.tenantId,
    personId,
    role,
  ]);
}

const roleIn = async (ctx: TenantContext, personId: string | null) =>
  personId === null ? null : ((await tenantsOf(personId)).find(({ id }) => id === ctx.tenantId)?.role ?? null);

async function lastReason(): Promise<unknown> {
  // What was counted is written, so that the newest is the newest.
  await flushSignInFailures();
  const rows = await database.asOwner<{ data: { reason?: unknown } }>(
    "SELECT data FROM events WHERE type = 'SignInFailed' AND tenant_id = $1 ORDER BY position DESC LIMIT 1",
    [PLATFORM_LOG],
  );
  return rows[0]?.data.reason;
}

async function eventTypes(ctx: TenantContext, type: string): Promise<number> {
  const rows = await database.asOwner("SELECT 1 FROM events WHERE tenant_id = $1 AND type = $2", [ctx.tenantId, type]);
  return rows.length;
}

describe("a tenant's own people", () => {
  test("come in with the role of their groups, which then follows", async () => {
    const { ctx, signIn: come } = await company();
    const ada = await come("ada");
    expect(await roleIn(ctx, ada)).toBe("editor");
    expect(await come("ada", { groups: ["leads", "sre"] })).toBe(ada);
    expect(await roleIn(ctx, ada)).toBe("admin");
    expect(await entry(await sessionOf(ada!, ctx), ctx)).toBe("open");
  });

  test("lose what the groups gave when the groups go, and keep what a person gave", async () => {
    const { ctx, domain, signIn: come } = await company();
    // So that nobody here is the last admin.
    await join(ctx, await addPerson(`owner@${domain}`), "admin");
    const bo = await come("bo");
    const invited = await addPerson(`cy@${domain}`);
    await join(ctx, invited, "approver");
    expect(await come("cy", { groups: [] })).toBe(invited);
    expect(await roleIn(ctx, invited)).toBe("approver");
    expect(await come("bo", { groups: ["other"] })).toBeNull();
    expect(await lastReason()).toBe("no_role");
    expect(await roleIn(ctx, bo)).toBeNull();
  });

  test("get the role for everybody where the tenant names one", async () => {
    const { ctx, signIn: come } = await company({
      roleMap: { claim: "groups", map: { leads: "admin" }, otherwise: "viewer" },
    });
    const di = await come("di", { groups: undefined });
    expect(await roleIn(ctx, di)).toBe("viewer");
  });

  test("do not come in where the tenant has no room for them", async () => {
    const { ctx, signIn: come } = await company();
    await database.asOwner("UPDATE tenants SET overrides = $2 WHERE id = $1", [
      ctx.tenantId,
      { quotas: { members: 1 } },
    ]);
    await sleep(PLAN_REMEMBERED_MS);
    expect(await come("first")).not.toBeNull();
    expect(await come("second")).toBeNull();
    expect(await lastReason()).toBe("no_membership");
  });

  test("the last admin stays one, whatever the claims say", async () => {
    const { ctx, signIn: come } = await company();
    const ed = await come("ed", { groups: ["leads"] });
    expect(await come("ed", { groups: ["sre"] })).toBe(ed);
    expect(await roleIn(ctx, ed)).toBe("admin");
  });

  test("are known by their subject: a new address is no other person, a new subject behind a new issuer is not them", async () => {
    const { ctx, domain, signIn: come } = await company();
    const flo = await come("flo");
    expect(await come("flo", { email: "elsewhere@other.example" })).toBe(flo);
    await setSignInProvider(ctx, settings({ issuer: "https://new.example" }));
    expect(await come("flo", { email: `gus@${domain}` })).not.toBe(flo);
  });
});

describe("a tenant whose admin runs the provider and means harm", () => {
  let victim: Company;
  let evil: Company;
  let target: string;
  beforeEach(async () => {
    victim = await company();
    evil = await company();
    target = await addPerson(`ceo-${randomUUID()}@${victim.domain}`, { operator: true, password: true });
    await join(victim.ctx, target, "admin");
  });
  const emailOf = async (id: string) =>
    (await database.asOwner<{ email: string }>("SELECT email FROM people WHERE id = $1", [id]))[0]!.email;

  test("cannot claim the address of somebody else's domain, known here or not", async () => {
    for (const email of [await emailOf(target), `nobody@${victim.domain}`, "somebody@unproven.example"]) {
      expect(await evil.signIn("x", { email, email_verified: true })).toBeNull();
      expect(await lastReason()).toBe("foreign_domain");
    }
    expect(await roleIn(evil.ctx, target)).toBeNull();
    const taken = await database.asOwner("SELECT 1 FROM people WHERE email = $1", [`nobody@${victim.domain}`]);
    expect(taken).toEqual([]);
  });

  test("cannot use forms of an address that only look like the own domain", async () => {
    const { domain } = evil;
    for (const email of [
      `ceo@${victim.domain}@${domain}`,
      `ceo@${domain}.${victim.domain}`,
      `ceo@sub.${domain}`,
      `ceo@${domain}\n`.replace("\n", " x"),
      `ceo ${victim.domain}@${domain}`,
      [`ceo@${domain}`],
      "",
    ]) {
      expect(await evil.signIn(`y-${email}`, { email }), JSON.stringify(email)).toBeNull();
    }
    await flushSignInFailures();
    expect(await evil.signIn("unsure", { email_verified: false })).toBeNull();
    expect(await lastReason()).toBe("unverified_email");
  });

  test("cannot take over a subject of another tenant's provider, not even under the same issuer", async () => {
    const ceo = await victim.signIn("shared-subject");
    expect(await evil.signIn("shared-subject", { email: `ceo@${victim.domain}` })).toBeNull();
    const own = await evil.signIn("shared-subject");
    expect(own).not.toBe(ceo);
    expect(await roleIn(victim.ctx, own)).toBeNull();
  });

  test("gets, as a person who belongs to both, into the own tenant and nothing else", async () => {
    // The worst case: an employee of theirs, whose address is rightly theirs, is an admin elsewhere and an operator.
    const both = await addPerson(`both-${randomUUID()}@${evil.domain}`, { operator: true, password: true });
    await join(victim.ctx, both, "admin");
    expect(await evil.signIn("both", { email: await emailOf(both) })).toBe(both);
    const session = await sessionOf(both, evil.ctx);
    expect(await entry(session, evil.ctx)).toBe("open");
    expect(await entry(session, victim.ctx)).toBe("foreign");
    expect(session.isOperator).toBe(false);
    await expect(assertOwnAccount(session)).rejects.toMatchObject({ code: "forbidden" });
    // No lasting way in that would count elsewhere.
    const password = "long enough to be one";
    await expect(setPassword(session, { password }, "request")).rejects.toMatchObject({ code: "forbidden" });
    expect(() => beginPasskey(session)).toThrow("needs no password or passkey");
    // With the installation's own ways they are who they were.
    const own = await sessionOf(both);
    expect(await entry(own, victim.ctx)).toBe("open");
    expect(own.isOperator).toBe(true);
    await expect(assertOwnAccount(own)).resolves.toBeUndefined();
  });

  test("cannot let others in by naming another tenant in the role map or the claims", async () => {
    const slug = victim.ctx.tenantSlug;
    const ivy = await evil.signIn("ivy", { groups: ["sre", slug, `${slug}:admin`], tenant: slug });
    expect((await tenantsOf(ivy!)).map(({ id }) => id)).toEqual([evil.ctx.tenantId]);
  });

  test("cannot prove a domain that another tenant proved, nor route its people", async () => {
    await addSignInDomain(evil.ctx, { domain: victim.domain });
    await expect(confirmSignInDomain(evil.ctx, victim.domain)).rejects.toMatchObject({ code: "conflict" });
    expect((await providerOfAddress(`a@${victim.domain}`))?.tenantId).toBe(victim.ctx.tenantId);
    expect(await evil.signIn("z", { email: `z@${victim.domain}` })).toBeNull();
  });
});

describe("domains", () => {
  test("count when their record stands in DNS, and only with the tenant's own token", async () => {
    const ctx = await database.addTenant("admin");
    const other = await database.addTenant("admin");
    const domain = `${ctx.tenantSlug}.example`;
    await setSignInProvider(ctx, settings());
    await addSignInDomain(ctx, { domain: ` ${domain.toUpperCase()} ` });
    const { record } = (await addSignInDomain(other, { domain })).domains[0]!;
    expect(await providerOfAddress(`x@${domain}`)).toBeNull();
    await expect(verifySignInDomain(ctx, domain)).rejects.toMatchObject({ code: "conflict" });

    dns.records.set(record.name, record.value);
    await expect(verifySignInDomain(ctx, domain)).rejects.toMatchObject({ code: "conflict" });
    const own = (await readTenantSignIn(ctx, undefined)).domains[0]!;
    expect(own).toMatchObject({ domain, verifiedBy: null, record: { name: `_signalbox-challenge.${domain}` } });
    dns.records.set(own.record.name, own.record.value);
    expect((await verifySignInDomain(ctx, domain)).domains[0]).toMatchObject({ verifiedBy: "dns" });
    expect((await providerOfAddress(`Anybody@${domain.toUpperCase()}`))?.tenantId).toBe(ctx.tenantId);

    await removeSignInDomain(ctx, domain);
    expect(await providerOfAddress(`x@${domain}`)).toBeNull();
    // The next tenant of that name needs a proof of its own.
    dns.records.set(record.name, record.value);
    expect((await verifySignInDomain(other, domain)).domains[0]).toMatchObject({ verifiedBy: "dns" });
  });

  test.each(["example", "a b.example", "user@x.example", "192.0.2.1", "localhost", "-x.example", ""])(
    "%j is none",
    async (domain) => {
      const ctx = await database.addTenant("admin");
      await expect(addSignInDomain(ctx, { domain })).rejects.toMatchObject({ code: "invalid_input" });
    },
  );
});

describe("settings", () => {
  test("hold the secret sealed, keep it when it is left out, and never show it", async () => {
    const { ctx } = await company();
    const shown = await setSignInProvider(ctx, settings({ clientSecret: undefined, name: "Renamed" }));
    expect(shown.provider).toMatchObject({ name: "Renamed", hasSecret: true });
    expect((await usableProvider(providerIdOf(ctx.tenantId)))?.clientSecret).toBe("hush-hush");
    const [events] = await database.asOwner<{ text: string }>("SELECT string_agg(data::text, ' ') AS text FROM events");
    const [rows] = await database.asOwner<{ text: string }>(
      "SELECT string_agg(s::text, ' ') AS text FROM sign_in_secrets s",
    );
    for (const text of [JSON.stringify(shown), events!.text, rows!.text]) {
      expect(text).not.toContain("hush-hush");
      expect(text).not.toContain(Buffer.from("hush-hush").toString("hex"));
    }
    expect((await setSignInProvider(ctx, settings({ clientSecret: null }))).provider).toMatchObject({
      hasSecret: false,
    });
    const before = await eventTypes(ctx, "SignInProviderSet");
    await setSignInProvider(ctx, settings({ clientSecret: undefined }));
    expect(await eventTypes(ctx, "SignInProviderSet")).toBe(before);
  });

  test.each([
    "http://id.example",
    "https://user@id.example",
    "https://id.example?x=1",
    "javascript:alert(1)",
    "id.example",
  ])("%s is no issuer", async (issuer) => {
    const ctx = await database.addTenant("admin");
    await expect(setSignInProvider(ctx, settings({ issuer }))).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("are an admin's: everybody else is refused, and another tenant's are not seen", async () => {
    const { ctx } = await company();
    for (const role of ["viewer", "editor", "approver"] as const) {
      const other = { ...ctx, role };
      const verbs = [
        () => readTenantSignIn(other, undefined),
        () => setSignInProvider(other, settings()),
        () => removeSignInProvider(other),
        () => addSignInDomain(other, { domain: "a.example" }),
        () => removeSignInDomain(other, "a.example"),
        () => verifySignInDomain(other, "a.example"),
        () => setSignInPolicy(other, { enforced: false, breakGlass: [] }),
      ];
      for (const verb of verbs) await expect(verb()).rejects.toMatchObject({ code: "forbidden" });
    }
    const stranger = await database.addTenant("admin");
    expect(await readTenantSignIn(stranger, undefined)).toMatchObject({ provider: null, domains: [] });
    for (const table of ["providers", "secrets", "domains", "policies", "identities", "tests"]) {
      expect(await database.asApp(`SELECT 1 FROM sign_in_${table}`), table).toEqual([]);
    }
  });
});

describe("enforced single sign-on", () => {
  async function enforcing() {
    const it = await company();
    const { ctx, domain } = it;
    const admin = await addPerson(`admin@${domain}`, { password: true });
    const member = await addPerson(`member@${domain}`, { password: true });
    await join(ctx, admin, "admin");
    await join(ctx, member, "editor");
    const markTested = () =>
      database.asOwner(
        `INSERT INTO sign_in_tests (id, tenant_id, session_id, digest, created_at, passed)
         SELECT gen_random_uuid(), tenant_id, gen_random_uuid(), digest, now(), true FROM sign_in_secrets WHERE tenant_id = $1`,
        [ctx.tenantId],
      );
    return { ...it, admin, member, markTested };
  }

  test("needs a test of these very settings and an admin for emergencies", async () => {
    const { ctx, admin, member, markTested } = await enforcing();
    const enforce = (breakGlass: string[]) => setSignInPolicy(ctx, { enforced: true, breakGlass });
    await expect(enforce([admin])).rejects.toThrow("Test the sign-in service first.");
    await markTested();
    await expect(enforce([])).rejects.toThrow("Name an admin");
    await expect(enforce([member])).rejects.toThrow("name admins who can sign in without");
    await setSignInProvider(ctx, settings({ clientSecret: "another" }));
    await expect(enforce([admin])).rejects.toThrow("Test the sign-in service first.");
    await setSignInProvider(ctx, settings());
    expect((await enforce([admin])).policy).toEqual({ enforced: true, breakGlass: [admin] });
    // From now on nothing may be saved that nobody tried, or people would be shut out.
    await expect(setSignInProvider(ctx, settings({ clientId: "typo" }))).rejects.toMatchObject({ code: "in_use" });
    await expect(setSignInProvider(ctx, settings({ enabled: false }))).rejects.toMatchObject({ code: "in_use" });
    await expect(removeSignInProvider(ctx)).rejects.toMatchObject({ code: "in_use" });
  });

  test("keeps other sessions out of this tenant and of no other; the admins named for emergencies come in", async () => {
    const { ctx, admin, member, markTested, signIn: come } = await enforcing();
    const elsewhere = await database.addTenant("admin");
    await join(elsewhere, member);
    const before = await sessionOf(member);
    expect(await entry(before, ctx)).toBe("open");
    await markTested();
    await setSignInPolicy(ctx, { enforced: true, breakGlass: [admin] });
    expect(await entry(before, ctx)).toBe("sso_required");
    expect(await entry(before, elsewhere)).toBe("open");
    expect(await entry(await sessionOf(admin), ctx)).toBe("break_glass");
    expect(await come("member")).toBe(member);
    expect(await entry(await sessionOf(member, ctx), ctx)).toBe("open");
    // Named, but an admin no more.
    await database.asOwner("UPDATE memberships SET role = 'editor' WHERE person_id = $1", [admin]);
    expect(await entry(await sessionOf(admin), ctx)).toBe("sso_required");
    await setSignInPolicy(ctx, { enforced: false, breakGlass: [] });
    expect(await entry(before, ctx)).toBe("open");
  });
});

describe("sessions of a service", () => {
  test("end when it is switched off, removed, or becomes another one", async () => {
    const { ctx, signIn: come } = await company();
    const jo = (await come("jo"))!;
    const open = () => sessionOf(jo, ctx);
    const first = await open();
    await setSignInProvider(ctx, settings({ name: "Renamed" }));
    expect(await liveSession(first)).not.toBeNull();
    await setSignInProvider(ctx, settings({ issuer: "https://new.example" }));
    expect(await liveSession(first)).toBeNull();
    const second = await open();
    await setSignInProvider(ctx, settings({ enabled: false }));
    expect(await liveSession(second)).toBeNull();
    expect(await providerOfTenant(ctx.tenantSlug)).toBeNull();
    await removeSignInProvider(ctx);
    expect(await entry(await open(), ctx)).toBe("foreign");
  });

  test("may manage an account that is the tenant's alone", async () => {
    const { ctx, signIn: come } = await company();
    const session = await sessionOf((await come("kim"))!, ctx);
    await expect(assertOwnAccount(session)).resolves.toBeUndefined();
  });
});
