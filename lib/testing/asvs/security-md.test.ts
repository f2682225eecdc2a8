import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MAX_BODY } from "@/app/api/read-body";
import { env } from "@/lib/env";
import { OUTBOUND_PURPOSES } from "@/lib/resilience/allow-list";
import { can, PERMISSIONS, setPasswordInputSchema } from "@/lib/tenancy/contract";
import { ACCESS_SECONDS } from "@/lib/tenancy/tokens/access-token";

const told = readFileSync("SECURITY.md", "utf8");
const row = (name: string) => told.split("\n").find((line) => line.startsWith(`| ${name}`)) ?? `no row ${name}`;

/** A number that its room keeps to itself. */
function constant(file: string, name: string): number {
  const [, text = ""] = new RegExp(`const ${name} = ([\\d_* ]+);`).exec(readFileSync(file, "utf8")) ?? [];
  const factors = text.split("*").map((factor) => Number(factor.replaceAll("_", "").trim()));
  const value = factors.reduce((product, factor) => product * factor, 1);
  if (text === "" || !Number.isFinite(value)) throw new Error(`${file} has no number ${name}`);
  return value;
}

test("SECURITY.md tells how long sessions, links and proofs last, as the code has it", () => {
  const hours = (name: string) => constant("lib/tenancy/sessions.ts", name);
  expect(row("session without")).toContain(`${hours("IDLE_HOURS")} hours`);
  expect(row("session at all")).toContain(`${hours("SESSION_HOURS")} hours`);
  const minutes = (name: string) => constant("lib/tenancy/sign-in-link.ts", name);
  expect(row("one-time link")).toContain(`${minutes("LINK_MINUTES")} minutes`);
  expect(row("invitation")).toContain(`${minutes("INVITATION_MINUTES") / 60} hours`);
  const fresh = constant("lib/tenancy/second-factor/require-step-up.ts", "FRESH_MS") / 60_000;
  expect(row("proof asked anew")).toContain(`${fresh} minutes`);
  expect(row("round trip")).toContain(`${constant("lib/tenancy/auth-options.ts", "ROUND_TRIP_SECONDS") / 60} minutes`);
  const family = constant("lib/tenancy/tokens/exchange.ts", "FAMILY_MS") / 86_400_000;
  expect(row("access token")).toContain(`${ACCESS_SECONDS} seconds; ${family} days`);
});

test("SECURITY.md tells how guessing is slowed down, and what passwords are refused, as the code has it", () => {
  const throttle = (name: string) => constant("lib/tenancy/throttle.ts", name);
  expect(row("wrong passwords")).toContain(`${throttle("FREE_FAILURES")}, then waits`);
  expect(row("wrong passwords")).toContain(`${throttle("MAX_BLOCK_MS") / 60_000} minutes`);
  const ends = [11, 12, 256, 257].map(
    (length) => setPasswordInputSchema.safeParse({ password: "x".repeat(length) }).success,
  );
  expect(ends).toEqual([false, true, true, false]);
  expect(told).toContain("Passwords: 12 to 256 characters of any kind, never changed by force");
  const rules = readFileSync("lib/tenancy/password-rules.ts", "utf8");
  for (const word of ["signalbox", "alertmanager", "prometheus", "password", "admin"]) {
    expect(rules).toContain(`"${word}"`);
    expect(told).toContain(`\`${word}\``);
  }
});

test("SECURITY.md tells how large what comes in may be, as the code has it", () => {
  const body = readFileSync("app/api/read-body.ts", "utf8");
  expect(row("body of the API")).toContain(
    `${MAX_BODY / 1024 / 1024} MiB, nested ${/MAX_DEPTH = (\d+)/.exec(body)?.[1]} deep`,
  );
  expect(row("body of sign-in")).toContain(`${constant("app/api/auth/[...nextauth]/route.ts", "MAX_BODY") / 1024} KiB`);
  expect(row("batch of alerts")).toContain(`${constant("app/api/tap/receive-from.ts", "MAX_BODY") / 1024 / 1024} MiB`);
  const settings: Record<string, unknown> = env();
  const names = [...told.matchAll(/`([A-Z][A-Z_]+)`(?= a minute)/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const name of names) expect(settings[name], name).toBeDefined();
});

test("SECURITY.md tells who may do what, as the code has it", () => {
  const roles = ["viewer", "editor", "approver", "admin"] as const;
  for (const permission of Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]) {
    const cells = roles.map((role) => (can(role, permission) ? "yes" : ""));
    expect(told).toContain(`| \`${permission}\` | ${cells.join(" | ")} |`);
  }
});

test("SECURITY.md names every purpose for which anything outside is called", () => {
  for (const purpose of OUTBOUND_PURPOSES) expect(told).toContain(`\`${purpose}\``);
});

test("SECURITY.md has what an auditor looks for: reporting, versions, keys, logs, classes of data, times for fixes", () => {
  for (const title of [
    "Reporting",
    "Versions",
    "Where keys live",
    "Logs",
    "Data by how much it would hurt",
    "Dependencies",
  ]) {
    expect(told).toContain(`\n## ${title}\n`);
  }
  expect(told).toMatch(/within 7 days for\s+critical and high, 30 for moderate, 90 for low/);
});
