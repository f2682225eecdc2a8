import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MAX_BODY } from "@/app/api/read-body";
import { env, parseEnv } from "@/lib/env";
import { OUTBOUND_PURPOSES } from "@/lib/resilience/allow-list";
import { can, PERMISSIONS, setPasswordInputSchema } from "@/lib/tenancy/contract";
import { ACCESS_SECONDS } from "@/lib/tenancy/tokens/access-token";
import { MAX_TOKEN_DAYS } from "@/lib/tenancy/tokens/contract";

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
  // Wherever the cookies of a sign-in are made.
  const [place = ""] = ["lib/tenancy/sign-in-cookies.ts", "lib/tenancy/auth-options.ts"].filter(existsSync);
  const roundTrip = constant(place, "ROUND_TRIP_SECONDS");
  const hours = (name: string) => constant("lib/tenancy/sessions.ts", name);
  expect(row("session without")).toContain(`${hours("IDLE_HOURS")} hours`);
  expect(row("session at all")).toContain(`${hours("SESSION_HOURS")} hours`);
  const minutes = (name: string) => constant("lib/tenancy/sign-in-link.ts", name);
  expect(row("one-time link")).toContain(`${minutes("LINK_MINUTES")} minutes`);
  expect(row("invitation")).toContain(`${minutes("INVITATION_MINUTES") / 60} hours`);
  const fresh = constant("lib/tenancy/second-factor/require-step-up.ts", "FRESH_MS") / 60_000;
  expect(row("proof asked anew")).toContain(`${fresh} minutes`);
  expect(row("round trip")).toContain(`${roundTrip / 60} minutes`);
  const family = constant("lib/tenancy/tokens/exchange.ts", "FAMILY_MS") / 86_400_000;
  expect(row("access token")).toContain(`${ACCESS_SECONDS} seconds; ${family} days`);
});

test("SECURITY.md names every way in, and tells of sessions of services and side by side", () => {
  const source = readFileSync("lib/tenancy/auth-options.ts", "utf8");
  const [, ways = ""] = /\nWays in: ([\s\S]*?)\. After/.exec(told) ?? [];
  const words: Record<string, string> = {
    password: "a password",
    passkey: "a passkey",
    link: "a one-time link",
    oidc: "the installation's OIDC service",
  };
  const ids = new Set([...source.matchAll(/\bid: "(\w+)"/g)].map(([, id = ""]) => id));
  expect([...ids].sort()).toEqual(Object.keys(words).sort());
  for (const id of ids) expect(ways.replaceAll("\n", " ")).toContain(words[id]);
  expect(ways).toContain("a tenant's own OIDC service");
  expect(ways).toContain("an API token");
  expect(row("sessions of one person")).toContain("any number");
  expect(told).toContain("session from a sign-in service lives as long as its refresh token is taken");
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

test("SECURITY.md tells when keys are replaced, and how algorithms will be, as the code has it", () => {
  const { DATA_KEY_ROTATION_DAYS, KEY_ROTATION_DAYS } = parseEnv({});
  expect(row("data keys |")).toContain(`\`DATA_KEY_ROTATION_DAYS\` (${DATA_KEY_ROTATION_DAYS})`);
  expect(row("key-encryption keys | after")).toContain(`\`KEY_ROTATION_DAYS\`; with ${KEY_ROTATION_DAYS}, the default`);
  expect(row("session key, passwords")).toContain("once a year");
  expect(row("API tokens | they end")).toContain(`${MAX_TOKEN_DAYS} days`);
  expect(told).toMatch(/Next: .* X25519 and ML-KEM-768\s+together; .* Ed25519 and ML-DSA-44 both/s);
});

test("SECURITY.md tells how many connections there are, how long each waits, and what then, as the code has it", () => {
  const { DATABASE_POOL } = parseEnv({});
  const client = readFileSync("lib/database/client.ts", "utf8");
  const number = (file: string, pattern: RegExp) =>
    Number(pattern.exec(readFileSync(file, "utf8"))?.[1]?.replaceAll("_", ""));
  const share = /const SHARE = 0\.(\d);/.exec(client)?.[1];
  const own = (name: string) => constant("lib/database/places/tenant-clients.ts", name);
  const postgres = row("PostgreSQL | ");
  expect(postgres).toContain(
    `\`DATABASE_POOL\` (${DATABASE_POOL}) a process, of which one tenant holds ${share} of 10`,
  );
  expect(postgres).toContain(`${own("CONNECTIONS")} for each database of a tenant's own, of ${own("MOST_OPEN")} such`);
  const connecting = number("lib/database/client.ts", /connectionTimeoutMillis: ([\d_]+)/) / 1000;
  const turn = number("lib/resilience/fair-share.ts", /waitMs = ([\d_]+)/) / 1000;
  const waiting = number("lib/resilience/fair-share.ts", /mostWaiting = ([\d_]+)/);
  const whole = number("lib/database/client.ts", /timeout = ([\d_]+)/) / 1000;
  expect(postgres).toContain(
    `${connecting} s for a connection, ${turn} s for a turn (${waiting} wait), ${whole} s for a transaction`,
  );
  const targets = row("targets, webhooks");
  const usual = number("lib/resilience/outbound.ts", /deadlineMs \?\? ([\d_]+)/) / 1000;
  const reload = number(
    "lib/targets/adapters/alertmanager/replica.ts",
    /reload", \{ method: "POST", deadlineMs: ([\d_]+)/,
  );
  expect(targets).toContain(`${usual} s in all where nothing else is said; ${reload / 1000} s for a reload`);
  expect(targets).toContain(`${constant("lib/test-sends/send-http.ts", "DEADLINE_MS") / 1000} s for a test`);
  expect(targets).toContain(`(${constant("lib/publishing/run-publication.ts", "MAX_ATTEMPTS")} times at most)`);
  expect(row("notices | one")).toContain(`${constant("lib/notices/start-notice-worker.ts", "MOST_ATTEMPTS")} times`);
  expect(row("smarthost | ")).toContain(`${constant("lib/mail/send-mail.ts", "DEADLINE_MS") / 1000} s`);
  expect(row("KMS | ")).toContain(`${constant("lib/secrets/keys/kms.ts", "ATTEMPTS")} times in all`);
  expect(row("PKCS#11 token | ")).toContain(`${constant("lib/secrets/keys/pkcs11.ts", "PATIENCE_MS") / 1000} s`);
  const line = (name: string) => constant("lib/resilience/people-first.ts", name);
  expect(row("clients of ours")).toContain(`${line("ALONE")} programs beside people, ${line("MOST_WAITING")} waiting`);
});

test("SECURITY.md tells what of the situation decides, what browsers must have, and which parts are dangerous", () => {
  for (const title of ["What the situation decides", "Browsers", "Dangerous parts"])
    expect(told).toContain(`\n## ${title}\n`);
  const fresh = constant("lib/tenancy/second-factor/require-step-up.ts", "FRESH_MS") / 60_000;
  expect(row("time since the last proof")).toContain(`${fresh} minutes | \`step_up_required\``);
  for (const attribute of ["client address", "age of a session", "hour and day", "work of other people"])
    expect(row(attribute)).not.toContain("no row");
  const proxy = readFileSync("proxy.ts", "utf8");
  for (const header of ["Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy"]) {
    expect(told).toContain(`\`${header}\``);
    expect(proxy).toContain(`"${header.toLowerCase()}"`);
  }
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const named = ["pkcs11js", "next", "next-auth", "scim-patch", "scim2-parse-filter", "re2js", "otplib"];
  for (const name of named) {
    expect(told).toContain(`\`${name}\``);
    expect({ ...dependencies, ...optionalDependencies }, name).toHaveProperty([name]);
  }
});
