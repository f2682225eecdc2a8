import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { bootstrap } from "./bootstrap";
import { operatorContext } from "./current";
import { tenantsOf } from "./memberships-of";
import { signInWithOidc } from "./oidc-sign-in";
import type { LiveSession } from "./sessions";

const ISSUER = "https://id.example";
let database: TestDatabase;
let tenantId: string;
beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-oidc-"));
  process.env.PUBLIC_URL = "https://signalbox.example";
  database = await startTestDatabase();
  tenantId = (await bootstrap()).created?.tenantId ?? "";
});
afterEach(() => {
  delete process.env.OIDC_ROLE_MAP;
});
afterAll(() => database.stop());

const map = (more: object = {}) => {
  process.env.OIDC_ROLE_MAP = JSON.stringify({
    claim: "groups",
    map: { sre: { tenant: "demo", role: "editor" }, leads: { tenant: "demo", role: "admin" } },
    operators: ["platform"],
    ...more,
  });
};
const signIn = (sub: string, groups: string[], more: object = {}) =>
  signInWithOidc(ISSUER, { sub, email: `${sub}@example.com`, email_verified: true, groups, ...more });
const roles = async (personId: string | null) =>
  (await tenantsOf(personId ?? "")).map(({ slug, role, source }) => [slug, role, source]);
async function told(type: string, person: string | null): Promise<unknown[]> {
  const rows = await database.asOwner<{ data: Record<string, unknown> }>(
    "SELECT data FROM events WHERE type = $1 ORDER BY position",
    [type],
  );
  return rows.map(({ data }) => data).filter((data) => data.person === person);
}
const isOperator = async (id: string | null) =>
  (await database.asOwner<{ is_operator: boolean }>("SELECT is_operator FROM people WHERE id = $1", [id]))[0]
    ?.is_operator;

test("the strongest role that the claims give, until they give it no more", async () => {
  map();
  const ada = await signIn("ada", ["sre", "leads", "nobody-knows"]);
  expect(await roles(ada)).toEqual([["demo", "admin", "oidc"]]);
  expect(await signIn("ada", ["sre"])).toBe(ada);
  expect(await roles(ada)).toEqual([["demo", "editor", "oidc"]]);
  expect(await signIn("ada", [])).toBeNull();
  expect(await roles(ada)).toEqual([]);
  expect(await told("SignInFailed", ada)).toEqual([{ method: "oidc", reason: "no_membership", person: ada }]);
});

test("the claims make an operator and unmake one, and the log tells of both, once", async () => {
  map();
  const ops = await signIn("ops", ["platform"]);
  expect(ops).not.toBeNull();
  await signIn("ops", ["platform"]);
  expect(await isOperator(ops)).toBe(true);
  expect(await told("OperatorAdded", ops)).toHaveLength(1);
  expect(await signIn("ops", ["sre"])).toBe(ops);
  expect(await isOperator(ops)).toBe(false);
  expect(await told("OperatorRemoved", ops)).toHaveLength(1);
});

test("a mapping that says nothing of operators leaves them as they are", async () => {
  map();
  const ops = await signIn("staying", ["platform"]);
  map({ operators: undefined });
  expect(await signIn("staying", [])).toBe(ops);
  expect(await isOperator(ops)).toBe(true);
});

test("somebody without an address is refused, and somebody known needs none", async () => {
  map();
  expect(await signIn("blank", ["sre"], { email: " " })).toBeNull();
  expect(await told("SignInFailed", null)).toContainEqual({ method: "oidc", reason: "no_email", person: null });
  const known = await signIn("known", ["sre"]);
  expect(await signIn("known", ["sre"], { email: undefined })).toBe(known);
});

test("an address that another subject has is not taken over, verified or not", async () => {
  map();
  const first = await signIn("first", ["sre"]);
  expect(await signIn("second", ["leads"], { email: "First@Example.com" })).toBeNull();
  expect(await signIn("third", ["leads"], { email: "first@example.com", email_verified: false })).toBeNull();
  expect(await roles(first)).toEqual([["demo", "editor", "oidc"]]);
});

test("only operators act in a tenant that they need not belong to", async () => {
  const session = { personId: randomUUID(), isOperator: false } as LiveSession;
  await expect(operatorContext(session, tenantId)).rejects.toThrow(AppError);
  await expect(operatorContext(session, tenantId)).rejects.toMatchObject({ code: "forbidden" });
});
