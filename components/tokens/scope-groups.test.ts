import { expect, test } from "vitest";
import { TOKEN_SCOPES } from "@/lib/tenancy/tokens/contract";
import { LOCALES } from "../messages";
import { lifetimes, scopeGroups } from "./scope-groups";

test("scopes stand by what they are about", () => {
  expect(scopeGroups(["configuration:view", "members:view", "configuration:edit", "scim"])).toEqual([
    ["configuration", ["configuration:view", "configuration:edit"]],
    ["members", ["members:view"]],
    ["scim", ["scim"]],
  ]);
});

test("no lifetime is longer than the tenant allows", () => {
  expect(lifetimes(365)).toEqual([7, 30, 90, 180, 365]);
  expect(lifetimes(90)).toEqual([7, 30, 90]);
  expect(lifetimes(45)).toEqual([7, 30, 45]);
  expect(lifetimes(1)).toEqual([1]);
});

test.each(LOCALES)("every scope and every group is explained in %s", async (locale) => {
  const file = await import(`../messages/${locale}/tokens.json`);
  expect(Object.keys(file.default.scopes).sort()).toEqual([...TOKEN_SCOPES].sort());
  const groups = scopeGroups(TOKEN_SCOPES).map(([group]) => group);
  expect(Object.keys(file.default.groups).sort()).toEqual(groups.sort());
});
