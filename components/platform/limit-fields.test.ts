import { expect, test } from "vitest";
import { QUOTAS } from "@/lib/tenancy/tiers/contract";
import { readLimits, readOwnLimits, textsOf } from "./limit-fields";

test("an empty input is no limit for a tier, and as the tier says for a tenant", () => {
  const texts = { ...textsOf({}), members: "20" };
  expect(readLimits(texts)).toMatchObject({ limits: { members: 20, receivers: null } });
  expect(readOwnLimits(texts)).toEqual({ limits: { members: 20 } });
});

test("says which inputs cannot be", () => {
  const texts = { ...textsOf({}), receivers: "many", routes: "-1", members: "0", tapRate: "0", apiRate: "1.5" };
  expect(readLimits(texts)).toEqual({ wrong: new Set(["members", "receivers", "routes", "apiRate"]) });
  expect(readOwnLimits(texts)).toMatchObject({ wrong: new Set(["members", "receivers", "routes", "apiRate"]) });
});

test("writes what it reads", () => {
  const limits = Object.fromEntries(QUOTAS.map((quota, index) => [quota, index % 2 ? null : 60 + index])) as never;
  expect(readLimits(textsOf(limits))).toEqual({ limits });
});
