import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SoftwareAuthenticator } from "@/lib/testing/authenticator";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { TenantContext } from "../context";
import { changeRole, inviteMember, removeMember } from "../members";
import { setPassword } from "../people";
import { enter, type LiveSession, liveSession, openSession, type SignInMethod } from "../sessions";
import { addSignInDomain, setSignInPolicy } from "../sign-in/settings";
import { createApiToken } from "../tokens/api-tokens";
import { demandSecondFactor, readTenantSecondFactor } from "./demand";
import { demandedOf } from "./demanded";
import {
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  readSecondFactor,
  removeFactor,
  renewRecoveryCodes,
} from "./factors";
import { passkeySignInOptions, signInWithPasskey } from "./passkey-sign-in";
import { passkeysPossible } from "./relying-party";
import { requireStepUp } from "./require-step-up";
import { resetFactors, resetMemberFactors } from "./reset";
import { stepUp, stepUpMethods, stepUpPasskeyOptions } from "./step-up";
import { codeAt, creationSchema, ORIGIN, optionsSchema, RP, withPasskey, withTotp } from "./testing/enrol";

const FROM = { address: "192.0.2.1", requestId: "test" };

let database: TestDatabase;
let tenant: TenantContext;
let people = 0;

beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-second-factor-"));
  process.env.PUBLIC_URL = ORIGIN;
  database = await startTestDatabase();
  tenant = await database.addTenant("admin");
});
afterAll(() => database.stop());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const minutes = (count: number) => vi.setSystemTime(Date.now() + count * 60_000);

/** Somebody new in the tenant; what their sessions are changes, so each is read anew. */
async function person(role: "admin" | "editor" = "editor", ctx = tenant) {
  const email = `person-${people++}@a.example`;
  const { member } = await inviteMember(ctx, { email, name: "Somebody", role });
  const signIn = async (method: SignInMethod = "password", how: { twoFactors?: boolean } = {}) => {
    const first = await openSession(member.id, method, { userAgent: "of a test", address: "192.0.2.1" }, how);
    const asked: LiveSession[] = [];
    // As a browser does, it goes on with the cookie that came last.
    const token = () => asked.findLast(({ renewed }) => renewed)?.renewed ?? first;
    const now = async (): Promise<LiveSession> => {
      const session = await liveSession(token());
      asked.push(session!);
      return session!;
    };
    return { id: first.id, token, now };
  };
  return { id: member.id, email, signIn };
}

const events = async (type: string) =>
  (
    await database.asOwner<{ data: Record<string, unknown> }>("SELECT data FROM events WHERE type = $1 ORDER BY at", [
      type,
    ])
  ).map(({ data }) => data);

describe("an authenticator app", () => {
  test("counts when a code of it was shown; then sessions without it wait", async () => {
    const { signIn } = await person();
    const [first, other] = [await signIn(), await signIn()];
    const { id, secret } = await beginTotp(await first.now());
    const again = await beginTotp(await first.now());
    await expect(
      confirmTotp(await first.now(), { id, name: "Phone", code: await codeAt(secret) }, "test"),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      confirmTotp(await first.now(), { id: again.id, name: "Phone", code: "000000" }, "test"),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await first.now()).toMatchObject({ hasSecondFactor: false, pending: false });
    const enrolled = await confirmTotp(
      await first.now(),
      { id: again.id, name: "Phone", code: await codeAt(again.secret) },
      "test",
    );
    expect(enrolled.factor).toMatchObject({ kind: "totp", name: "Phone" });
    expect(new Set(enrolled.recoveryCodes).size).toBe(10);
    expect(await first.now()).toMatchObject({ pending: false, factors: ["password", "totp"] });
    expect(await other.now()).toMatchObject({ pending: true });
    expect(await (await signIn("link")).now()).toMatchObject({ pending: true });
    // The provider asked for two itself.
    expect(await (await signIn("oidc", { twoFactors: true })).now()).toMatchObject({ pending: false });
    const rows = await database.asOwner("SELECT secret FROM second_factors WHERE id = $1", [again.id]);
    expect(JSON.stringify(rows)).not.toContain(again.secret);
    expect(JSON.stringify(await database.asOwner("SELECT data FROM events"))).not.toContain(again.secret);
  });

  test("a code lets one session in once; nobody gets in with it again, nor with an older one", async () => {
    const { signIn } = await person();
    const { secret } = await withTotp(await signIn());
    minutes(2);
    const session = await signIn();
    const code = await codeAt(secret);
    const five = await Promise.all(Array.from({ length: 5 }, () => session.now()));
    const tries = await Promise.allSettled(five.map((one) => stepUp(one, { code }, FROM)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await session.now()).toMatchObject({ pending: false, factors: ["password", "totp"] });
    const next = await signIn();
    await expect(stepUp(await next.now(), { code: await codeAt(secret, -30) }, FROM)).rejects.toMatchObject({
      details: { reason: "wrong_proof" },
    });
    expect(await next.now()).toMatchObject({ pending: true });
    await stepUp(await next.now(), { code: await codeAt(secret, 30) }, FROM);
    expect(await next.now()).toMatchObject({ pending: false });
  });

  test("wrong codes make the guesser wait, not the owner elsewhere", async () => {
    const { signIn } = await person();
    const { secret } = await withTotp(await signIn());
    minutes(2);
    const thief = await signIn();
    const from = { address: "198.51.100.7", requestId: "test" };
    for (let n = 0; n < 5; n++) {
      await expect(stepUp(await thief.now(), { code: "000000" }, from)).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
    const right = { code: await codeAt(secret) };
    await expect(stepUp(await thief.now(), right, from)).rejects.toMatchObject({ code: "rate_limited" });
    // Neither another session of theirs nor another address for this one helps.
    const another = await signIn();
    await expect(stepUp(await another.now(), right, from)).rejects.toMatchObject({ code: "rate_limited" });
    await expect(stepUp(await thief.now(), right, FROM)).rejects.toMatchObject({ code: "rate_limited" });
    const owner = await signIn();
    await stepUp(await owner.now(), right, FROM);
    expect(await owner.now()).toMatchObject({ pending: false });
    expect(await events("SecondFactorFailed")).toContainEqual({ session: thief.id, kind: "code", reason: "wrong" });
    expect(await events("SteppedUp")).toContainEqual(expect.objectContaining({ session: owner.id, kind: "totp" }));
  });
});

describe("recovery codes", () => {
  test("each works once, also when it is shown twice at the same time", async () => {
    const { signIn } = await person();
    const { recoveryCodes } = await withTotp(await signIn());
    const sessions = await Promise.all(Array.from({ length: 6 }, () => signIn()));
    const recoveryCode = ` ${recoveryCodes?.[3]?.toUpperCase().replaceAll("-", " ")} `;
    const tries = await Promise.allSettled(
      sessions.map(async (session, n) =>
        stepUp(await session.now(), { recoveryCode }, { ...FROM, address: `192.0.2.${n}` }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const open = await Promise.all(sessions.map((session) => session.now()));
    const inside = open.filter(({ pending }) => !pending);
    expect(inside).toHaveLength(1);
    expect(await readSecondFactor(inside[0]!)).toMatchObject({ recoveryCodesLeft: 9 });
    const { recoveryCodes: renewed } = await renewRecoveryCodes(inside[0]!, "test");
    expect(renewed.filter((code) => recoveryCodes?.includes(code))).toEqual([]);
    await expect(stepUp(inside[0]!, { recoveryCode: recoveryCodes?.[4] ?? "" }, FROM)).rejects.toMatchObject({
      code: "invalid_input",
    });
    const kept = await database.asOwner("SELECT hash FROM recovery_codes");
    expect(JSON.stringify(kept)).not.toContain(renewed[0]);
  });

  test("one person's are nothing to another", async () => {
    const [ann, bob] = [await person(), await person()];
    const { recoveryCodes } = await withTotp(await ann.signIn());
    await withTotp(await bob.signIn());
    const session = await bob.signIn();
    await expect(stepUp(await session.now(), { recoveryCode: recoveryCodes?.[0] ?? "" }, FROM)).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("passkeys", () => {
  test("as a second factor, for this session's challenge, at our address, once", async () => {
    const { signIn } = await person();
    const { key } = await withPasskey(await signIn());
    const session = await signIn();
    expect(await stepUpMethods(await session.now())).toEqual({ pending: true, methods: ["passkey", "recovery"] });
    const ask = async (of = session) => optionsSchema.parse(await stepUpPasskeyOptions(await of.now())).challenge;
    const show = async (passkey: ReturnType<typeof key.get>, of = session) => stepUp(await of.now(), { passkey }, FROM);
    const refused = { code: "invalid_input", details: { reason: "wrong_proof" } };
    const evil = { origin: "https://signalbox.example.evil.example", rpID: RP.rpID };
    await expect(show(key.get({ ...evil, challenge: await ask() }))).rejects.toMatchObject(refused);
    await expect(show(key.get({ ...RP, rpID: "example", challenge: await ask() }))).rejects.toMatchObject(refused);
    await expect(show(key.get({ ...RP, challenge: "AAAA" }))).rejects.toMatchObject(refused);
    const other = await signIn();
    await expect(show(key.get({ ...RP, challenge: await ask(other) }))).rejects.toMatchObject(refused);
    const signIns = optionsSchema.parse(await passkeySignInOptions()).challenge;
    // Five in a row wait; that is not what this test is about.
    await database.asOwner("DELETE FROM sign_in_throttle");
    await expect(show(key.get({ ...RP, challenge: signIns }))).rejects.toMatchObject(refused);
    const late = await ask();
    minutes(6);
    await expect(show(key.get({ ...RP, challenge: late }))).rejects.toMatchObject(refused);
    const answer = key.get({ ...RP, challenge: await ask(), verified: false });
    await show(answer);
    expect(await session.now()).toMatchObject({ pending: false, factors: ["password", "passkey"] });
    await expect(show(answer)).rejects.toMatchObject(refused);
    await database.asOwner("DELETE FROM sign_in_throttle");
    // A copied key's counter falls behind.
    await expect(show(key.get({ ...RP, challenge: await ask(), counter: key.counter }))).rejects.toMatchObject(refused);
    await expect(show(key.get({ ...RP, challenge: await ask(), counter: 1 }))).rejects.toMatchObject(refused);
    expect((await events("SecondFactorFailed")).map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(["challenge", "signature", "counter"]),
    );
    const foreign = new SoftwareAuthenticator();
    await expect(show(foreign.get({ ...RP, challenge: await ask() }))).rejects.toMatchObject(refused);
  });

  test("as the first and only factor, when it was unlocked", async () => {
    const ann = await person();
    const { key } = await withPasskey(await ann.signIn());
    const challenge = async () => optionsSchema.parse(await passkeySignInOptions()).challenge;
    const show = (answer: unknown) => signInWithPasskey(JSON.stringify(answer));
    expect(await show(key.get({ ...RP, challenge: await challenge(), verified: false }))).toBeNull();
    const answer = key.get({ ...RP, challenge: await challenge() });
    const other = { ...answer.response, userHandle: "AAAAAAAAAAAAAAAAAAAAAA" };
    expect(await show({ ...answer, response: other })).toBeNull();
    expect(await show(answer)).toBeNull();
    const right = key.get({ ...RP, challenge: await challenge() });
    expect(await show(right)).toBe(ann.id);
    expect(await show(right)).toBeNull();
    for (const wrong of ["", "{", "null", "[]", "{}"]) expect(await signInWithPasskey(wrong)).toBeNull();
    expect(await (await ann.signIn("passkey")).now()).toMatchObject({ pending: false, factors: ["passkey"] });
  });

  test("are made for this session's challenge and our address, and known once", async () => {
    const { signIn } = await person();
    const session = await signIn();
    const ask = async (of = session) => creationSchema.parse(await beginPasskey(await of.now()));
    const key = new SoftwareAuthenticator();
    const add = async (how: typeof RP, given: { challenge: string; user: { id: string } }) => {
      const response = key.create({ ...how, challenge: given.challenge, userHandle: given.user.id });
      return addPasskey(await session.now(), { name: "Key", response }, "test");
    };
    const refused = { code: "invalid_input" };
    await expect(add({ ...RP, origin: "https://evil.example" }, await ask())).rejects.toMatchObject(refused);
    await expect(add({ ...RP, rpID: "evil.example" }, await ask())).rejects.toMatchObject(refused);
    await expect(add(RP, await ask(await signIn()))).rejects.toMatchObject(refused);
    const once = await ask();
    await add(RP, once);
    await expect(add(RP, once)).rejects.toMatchObject(refused);
    await expect(add(RP, await ask())).rejects.toMatchObject({ code: "conflict" });
  });

  test.each([
    ["https://signalbox.example/", true, undefined],
    ["http://localhost:3000/", true, undefined],
    ["http://127.0.0.1:3000/", false, "address"],
    ["https://[::1]:3000/", false, "address"],
    ["http://signalbox.example/", false, "insecure"],
  ])("at %s possible: %s", (address, possible, why) => {
    expect(passkeysPossible(address)).toMatchObject({ possible, ...(why ? { why } : {}) });
  });
});

describe("a browser left open", () => {
  test("does not add or take away what signs in", async () => {
    const { signIn } = await person();
    const session = await signIn();
    const { factor, secret } = await withTotp(session);
    minutes(16);
    const stale = await session.now();
    const refused = { code: "step_up_required" };
    await expect(beginTotp(stale)).rejects.toMatchObject(refused);
    expect(() => beginPasskey(stale)).toThrow(expect.objectContaining(refused));
    await expect(renewRecoveryCodes(stale, "test")).rejects.toMatchObject(refused);
    await expect(removeFactor(stale, factor.id, "test")).rejects.toMatchObject(refused);
    await expect(setPassword(stale, { password: "a new one of some length" }, "test")).rejects.toMatchObject(refused);
    // With a second factor the password is no proof any more.
    await expect(stepUp(stale, { password: "whatever" }, FROM)).rejects.toMatchObject({ code: "forbidden" });
    await stepUp(stale, { code: await codeAt(secret) }, FROM);
    process.env.REQUIRE_SECOND_FACTOR = "yes";
    await expect(removeFactor(await session.now(), factor.id, "test")).rejects.toMatchObject({ code: "in_use" });
    delete process.env.REQUIRE_SECOND_FACTOR;
    await removeFactor(await session.now(), factor.id, "test");
    expect(await session.now()).toMatchObject({ hasSecondFactor: false, pending: false });
    expect(await database.asOwner("SELECT 1 FROM recovery_codes WHERE person_id = $1", [stale.personId])).toEqual([]);
    expect(await events("FactorRemoved")).toContainEqual({ factor: factor.id, kind: "totp" });
  });
});

describe("a tenant's demand", () => {
  test("is for roles; nobody shuts themselves out; the last factor stays", async () => {
    const other = await database.addTenant("admin");
    const admin = await person("admin", other);
    const session = await admin.signIn();
    const { id, factors, steppedUpAt } = await session.now();
    const ctx = { ...other, session: { id, factors, steppedUpAt, asked: false } };
    await expect(demandSecondFactor(ctx, { roles: ["admin"] })).rejects.toMatchObject({ code: "invalid_input" });
    const { factor } = await withTotp(session);
    const strong = { ...ctx, session: { ...ctx.session, ...(await session.now()), asked: true } };
    await expect(
      demandSecondFactor({ ...strong, session: { ...strong.session, steppedUpAt: new Date(0) } }, { roles: [] }),
    ).rejects.toMatchObject({ code: "step_up_required" });
    await expect(demandSecondFactor({ ...strong, role: "approver" }, { roles: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
    const shown = await demandSecondFactor(strong, { roles: ["editor", "admin"] });
    expect(shown).toMatchObject({ roles: ["admin", "editor"], members: [{ id: admin.id, has: true, mayReset: true }] });
    expect([...(await demandedOf(admin.id))]).toEqual([other.tenantId]);
    const demands = await Promise.all(
      [tenant, other].map(async ({ tenantSlug }) => (await enter(session.token(), tenantSlug))?.standing?.demanded),
    );
    expect(demands).toEqual([undefined, true]);
    expect((await readTenantSecondFactor(tenant, undefined)).roles).toEqual([]);
    await expect(removeFactor(await session.now(), factor.id, "test")).rejects.toMatchObject({ code: "in_use" });
    expect(await readSecondFactor(await session.now())).toMatchObject({ demandedBy: [other.tenantName] });
  });
});

describe("step-up", () => {
  const stale = { id: randomUUID(), factors: ["password", "totp"], steppedUpAt: new Date(Date.now() - 16 * 60_000) };
  const at = (asked: boolean): TenantContext => ({ ...tenant, session: { ...stale, asked } });
  const member = { email: "new@a.example", name: "New", role: "viewer" } as const;

  test.each<[string, (ctx: TenantContext) => Promise<unknown>]>([
    ["members", (ctx) => inviteMember(ctx, member)],
    ["roles", (ctx) => changeRole(ctx, { personId: randomUUID(), role: "admin" })],
    ["removal", (ctx) => removeMember(ctx, { personId: randomUUID() })],
    ["domains", (ctx) => addSignInDomain(ctx, { domain: "a.example" })],
    ["sign-in rules", (ctx) => setSignInPolicy(ctx, { enforced: false, breakGlass: [] })],
    ["tokens", (ctx) => createApiToken(ctx, { name: "CI", scopes: ["configuration:view"], days: 1 })],
    ["resets", (ctx) => resetMemberFactors(ctx, randomUUID())],
  ])("is asked for %s, of who has a second factor or should", async (_, verb) => {
    await expect(verb(at(true))).rejects.toMatchObject({ code: "step_up_required" });
    const outcome = await verb(at(false)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(outcome).not.toMatchObject({ code: "step_up_required" });
  });

  test("holds for a quarter of an hour", () => {
    const steppedUpAt = new Date();
    const asked = (ms: number) => () =>
      requireStepUp({ asked: true, steppedUpAt }, new Date(steppedUpAt.getTime() + ms));
    expect(asked(15 * 60_000 - 1)).not.toThrow();
    expect(asked(15 * 60_000)).toThrow(/Prove once more/);
    expect(() => requireStepUp(undefined)).not.toThrow();
  });
});

describe("reset", () => {
  test("by an admin: of members who belong to this tenant alone, with their sessions", async () => {
    const ann = await person();
    const session = await ann.signIn();
    await withTotp(session);
    await expect(resetMemberFactors({ ...tenant, role: "approver" }, ann.id)).rejects.toMatchObject({
      code: "forbidden",
    });
    const elsewhere = await database.addTenant("admin");
    await expect(resetMemberFactors(elsewhere, ann.id)).rejects.toMatchObject({ code: "not_found" });
    await inviteMember(elsewhere, { email: ann.email, name: "Ann", role: "viewer" });
    await expect(resetMemberFactors(tenant, ann.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(resetMemberFactors(elsewhere, ann.id)).rejects.toMatchObject({ code: "forbidden" });
    await database.asOwner("DELETE FROM memberships WHERE tenant_id = $1", [elsewhere.tenantId]);
    await resetMemberFactors(tenant, ann.id);
    expect(await liveSession(session.token())).toBeNull();
    expect(await events("MemberFactorsReset")).toHaveLength(1);
    const anew = await ann.signIn();
    expect(await anew.now()).toMatchObject({ pending: false, hasSecondFactor: false });
    expect((await readSecondFactor(await anew.now())).resetAt).not.toBeNull();
  });

  test("by an operator: of everybody", async () => {
    const ann = await person();
    const session = await ann.signIn();
    await withTotp(session);
    await resetFactors(ann.email.toUpperCase(), { actor: "operator" });
    expect(await liveSession(session.token())).toBeNull();
    expect(await events("FactorsReset")).toContainEqual({ person: ann.id });
  });
});
