import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/testing/seeded";
import type { Config, Route } from "../config/types";
import { profileFor } from "../profiles";
import { renderConfig } from "../rendering/render-config";
import { compileRoutes } from "./compile-routes";
import { matchRoutes } from "./match-routes";

const AMTOOL = "/usr/bin/amtool";
const ROUNDS = process.env.SOAK ? 400 : 12;
const ASKED = 5;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const random = seededRandom(SEED);
const folder = mkdtempSync(path.join(tmpdir(), "amtool-routes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const below = (limit: number) => Math.floor(random() * limit);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
const NAMES = ["team", "severity", "cluster"];
const VALUES = ["db", "web", "critical", "warning", "eu1", "eu-2", "a.b"];
const PATTERNS = ["db|web", "crit.*", "eu.+", ".*", "[de].*", "(?i)DB", "", "a\\\\.b", "db|"];
let serial = 0;

function matcher(): string {
  const name = pick(NAMES);
  return random() < 0.6
    ? `${name}${pick(["=", "!="])}"${pick([...VALUES, ""])}"`
    : `${name}${pick(["=~", "!~"])}"${pick(PATTERNS)}"`;
}

function route(depth: number, receivers: string[]): Route {
  const receiver = `r${++serial}`;
  const own = random() < 0.85;
  if (own) receivers.push(receiver);
  return {
    id: receiver,
    ...(own ? { receiver } : {}),
    matchers: Array.from({ length: below(3) }, matcher),
    ...(random() < 0.2 ? { match: { [pick(NAMES)]: pick(VALUES) } } : {}),
    ...(random() < 0.2 ? { match_re: { [pick(NAMES)]: pick(["db|web", "eu.*"]) } } : {}),
    ...(random() < 0.4 ? { continue: true } : {}),
    ...(depth > 0 ? { routes: Array.from({ length: below(5) }, () => route(depth - 1, receivers)) } : {}),
  };
}

function tree(): Config {
  const receivers = ["root"];
  const routes = Array.from({ length: 1 + below(6) }, () => route(2, receivers));
  return { route: { id: "root", receiver: "root", routes }, receivers: receivers.map((name) => ({ id: name, name })) };
}

describe.skipIf(!existsSync(AMTOOL))("amtool config routes test of 0.25 (skipped when it is not installed)", () => {
  it(`reaches the receivers that we say, seed ${SEED}`, { timeout: 600_000 }, () => {
    const profile = profileFor("alertmanager@0.25");
    for (let round = 0; round < ROUNDS; round++) {
      const config = tree();
      const file = path.join(folder, `${round}.yml`);
      const { yaml } = renderConfig({ config, source: null });
      writeFileSync(file, yaml);
      const compiled = compileRoutes(config, profile);
      for (let asked = 0; asked < ASKED; asked++) {
        const labels = Object.fromEntries(NAMES.filter(() => random() < 0.7).map((name) => [name, pick(VALUES)]));
        const words = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
        const said = execFileSync(AMTOOL, ["config", "routes", "test", `--config.file=${file}`, ...words], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
        const ours = matchRoutes(compiled, labels).map(({ receiver }) => receiver);
        expect(ours.join(","), `${words.join(" ")}\n${yaml}`).toBe(said.trim());
      }
    }
  });
});
