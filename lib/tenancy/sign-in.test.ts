import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { can, PERMISSIONS, type Permission, permissionsOf, RESERVED_SLUGS, ROLES, slugSchema } from "./contract";
import { grantsFromClaims, parseClaimMapping } from "./oidc-claims";
import { hashPassword, verifyPassword } from "./password";
import { blockAfter } from "./throttle";

describe("roles", () => {
  test("each role may do what the weaker ones may", () => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      const allowed = ROLES.map((role) => can(role, permission));
      expect(allowed, permission).toEqual([...allowed].sort());
      expect(can("admin", permission)).toBe(true);
    }
    expect(ROLES.filter((role) => can(role, "configuration:publish"))).toEqual(["approver", "admin"]);
    expect(permissionsOf("viewer")).toEqual(["configuration:view", "targets:view", "members:view", "tokens:own"]);
    expect(permissionsOf("admin")).toEqual(Object.keys(PERMISSIONS));
  });

  test("a slug is one path segment that no page of ours has", () => {
    for (const slug of ["demo", "team-a", "a1"]) expect(slugSchema.safeParse(slug).success, slug).toBe(true);
    for (const slug of ["", "a", "-a", "a--b", "A", "ä1", "api", "platform", "../x", "x".repeat(41)]) {
      expect(slugSchema.safeParse(slug).success, slug).toBe(false);
    }
  });
});

test("no tenant can take the place of a page of ours", () => {
  const segments = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("["))
      .flatMap(({ name }) => (name.startsWith("(") ? segments(path.join(folder, name)) : [name]));
  const ours = segments("app");
  expect(ours).toEqual(expect.arrayContaining(["api", "healthz", "metrics", "readyz", "sign-in"]));
  expect(ours.filter((name) => !RESERVED_SLUGS.has(name))).toEqual([]);
});

describe("claims", () => {
  const mapping = parseClaimMapping(
    '{"claim":"groups","map":{"sre":{"tenant":"demo","role":"admin"},"all":[{"tenant":"demo","role":"viewer"},{"tenant":"b","role":"editor"}]},"operators":["root"]}',
  )!;
  const given = (groups: unknown) => {
    const { grants, operator } = grantsFromClaims(mapping, { groups });
    return [Object.fromEntries(grants), operator];
  };

  test("the strongest role of all values counts, per tenant", () => {
    expect(given(["all", "sre"])).toEqual([{ demo: "admin", b: "editor" }, false]);
    expect(given(["sre", "all"])).toEqual([{ demo: "admin", b: "editor" }, false]);
    expect(given("all")).toEqual([{ demo: "viewer", b: "editor" }, false]);
    expect(given(["root"])).toEqual([{}, true]);
  });

  test("what is not a mapped string grants nothing", () => {
    for (const value of [undefined, null, 7, {}, ["constructor", "__proto__"], [["sre"]]]) {
      expect(given(value)).toEqual([{}, false]);
    }
  });

  test("a claim may lie deeper, and a name with dots in it is one name first", () => {
    const deep = parseClaimMapping('{"claim":"realm_access.roles","map":{"sre":{"tenant":"demo","role":"admin"}}}')!;
    const grants = (claims: Record<string, unknown>) => Object.fromEntries(grantsFromClaims(deep, claims).grants);
    expect(grants({ realm_access: { roles: ["sre"] } })).toEqual({ demo: "admin" });
    expect(grants({ "realm_access.roles": "sre", realm_access: { roles: [] } })).toEqual({ demo: "admin" });
    for (const claims of [
      {},
      { realm_access: "sre" },
      { realm_access: null },
      { realm_access: { constructor: "sre" } },
    ])
      expect(grants(claims)).toEqual({});
  });

  test("without `operators` the claim decides nothing about them; a wrong role is refused", () => {
    expect(grantsFromClaims(parseClaimMapping('{"claim":"g","map":{}}')!, { g: "x" }).operator).toBeNull();
    const wrong = '{"claim":"g","map":{"a":{"tenant":"demo","role":"root"}}}';
    expect(() => parseClaimMapping(wrong)).toThrow(/OIDC_ROLE_MAP: map\.a/);
    expect(() => parseClaimMapping("{claim: groups}")).toThrow("OIDC_ROLE_MAP is not JSON.");
    expect(parseClaimMapping(undefined)).toBeNull();
  });
});

describe("passwords", () => {
  test("argon2id with its figures, salted, and equal in both forms of Unicode", async () => {
    const [one, two] = [await hashPassword("Pässwörter sind lang"), await hashPassword("Pässwörter sind lang")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword("Pässwörter sind lang".normalize("NFD"), one)).toBe(true);
    expect(await verifyPassword("pässwörter sind lang", one)).toBe(false);
    expect(await verifyPassword("x", "plain")).toBe(false);
  });

  test("the wait doubles after five failures and ends at a quarter of an hour", () => {
    expect([1, 4, 5, 6, 7, 30].map(blockAfter)).toEqual([0, 0, 2000, 4000, 8000, 900_000]);
  });
});
