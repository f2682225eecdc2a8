import { expect, it } from "vitest";
import { type GroupRole, groupRolesSchema, roleOfGroups } from "./contract";

const limit = (...receivers: string[]) => ({ receivers, routes: [], parts: [] });
const MAPPING: GroupRole[] = [
  { name: "Everybody", role: "viewer", grants: null },
  { name: "db", role: "editor", grants: limit("team-db/*") },
  { name: "web", role: "editor", grants: limit("team-web/*") },
  { name: "leads", role: "editor", grants: null },
  { name: "sre", role: "admin", grants: null },
];

it("gives the strongest role, and what its groups may change together", () => {
  const of = (...names: string[]) => roleOfGroups(MAPPING, names);
  expect(of("everybody")).toEqual({ role: "viewer", grants: null });
  expect(of("Everybody", "db")).toEqual({ role: "editor", grants: limit("team-db/*") });
  expect(of("web", "db")).toEqual({ role: "editor", grants: limit("team-db/*", "team-web/*") });
  expect(of("db", "leads")).toEqual({ role: "editor", grants: null });
  expect(of("db", "SRE")).toEqual({ role: "admin", grants: null });
  expect(of("others")).toBeNull();
});

it("a group stands once", () => {
  const twice = { groups: [MAPPING[1], { ...MAPPING[1], name: "DB" }] };
  expect(groupRolesSchema.safeParse(twice).success).toBe(false);
});
