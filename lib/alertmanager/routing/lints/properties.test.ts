import { expect, it } from "vitest";
import type { Config, Route } from "../../config/types";
import { applyFix } from "../../diff/apply-fix";
import { profileFor } from "../../profiles";
import { seeded } from "../../validation/random-config";
import { compileRoutes } from "../compile-routes";
import { findRoutes } from "../match-routes";
import { lintConfig } from "./lint-config";

/** Label sets that each kind of finding is tried with; SOAK asks for a million. */
const LABEL_SETS = process.env.SOAK ? 1_000_000 : 10_000;
/** The same for everybody who commits; the soak looks further each time. */
const SEED = Number(process.env.SEED ?? (process.env.SOAK ? Date.now() % 1_000_000 : 1));
const profile = profileFor("alertmanager@0.34");
const PROVEN = new Set([
  ...["route_contradictory", "route_shadowed", "route_covered", "route_duplicate", "route_unreachable"],
]);
const VALUES = ["", "a", "b", "c", "ab", "abc", "ba", "A", "x", "1", "a.b", "\n"];
const PATTERNS = [
  "a",
  "a|b",
  "a.*",
  ".*b",
  "[ab]+",
  ".+",
  ".*",
  "(?i)a",
  "a?",
  "(a)",
  "a\\.b",
  "[^a]",
  "(?s).*",
  "\\ba.*",
];
const NAMES = ["p", "q", "r"];

class RandomTree {
  constructor(private readonly random: () => number) {}

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }

  labels(): Record<string, string> {
    const value = () => (this.random() < 0.9 ? this.pick(VALUES) : this.pick(VALUES) + this.pick(VALUES));
    return Object.fromEntries(NAMES.filter(() => this.random() < 0.8).map((name) => [name, value()]));
  }

  config(): Config {
    return { route: { id: "r", receiver: "root", routes: this.#routes(1, "r") } };
  }

  #routes(depth: number, id: string): Route[] {
    return Array.from({ length: 1 + Math.floor(this.random() * 5) }, (_, index) =>
      this.#route(depth, `${id}.${index}`),
    );
  }

  #route(depth: number, id: string): Route {
    const matchers = Array.from({ length: Math.floor(this.random() * 3.3) }, () => this.#matcher());
    const route: Route = { id, receiver: this.pick(["x", "y", "z"]), matchers };
    if (this.random() < 0.25) route.continue = true;
    if (this.random() < 0.1) route.match_re = { [this.pick(NAMES)]: this.pick(["a", "a|b"]) };
    if (depth < 3 && this.random() < 0.3) route.routes = this.#routes(depth + 1, id);
    return route;
  }

  #matcher(): string {
    const op = this.pick(["=", "=", "=", "!=", "=~", "!~"]);
    const value = op.endsWith("~") ? this.pick(PATTERNS) : this.pick(VALUES.slice(0, 8));
    return `${this.pick(NAMES)}${op}${JSON.stringify(value)}`;
  }
}

it(`a route that is proven unreachable never matches, and its removal changes nothing (SEED=${SEED})`, () => {
  const tree = new RandomTree(seeded(SEED));
  let found = 0;
  for (let tried = 0; tried < LABEL_SETS; ) {
    const config = tree.config();
    const dead = lintConfig(config, profile).filter(({ code }) => PROVEN.has(code));
    if (dead.length === 0) continue;
    found += dead.length;
    const ids = dead.map(({ path }) => idAt(config, path));
    const before = compileRoutes(config, profile);
    // From the last, so that the paths of the others stay.
    const repaired = dead.toReversed().reduce((current, { fix }) => applyFix(current, fix!), config);
    const after = compileRoutes(repaired, profile);
    for (let set = 0; set < 40; set++, tried++) {
      const labels = tree.labels();
      const was = findRoutes(before, labels).map(({ id }) => id);
      for (const id of ids) {
        const entered = was.some((route) => route === id || route.startsWith(`${id}.`));
        expect({ id, labels, entered, config }).toEqual({ id, labels, entered: false, config });
      }
      expect(findRoutes(after, labels).map(({ id }) => id)).toEqual(was);
    }
  }
  expect(found).toBeGreaterThan(LABEL_SETS / 100);
});

it(`what is not called unreachable is reached, where all patterns can be told exactly (SEED=${SEED})`, () => {
  const tree = new RandomTree(seeded(SEED + 1));
  let [reached, missed] = [0, 0];
  for (let run = 0; run < 60; run++) {
    const config = tree.config();
    const text = JSON.stringify(config);
    if (text.includes("\\\\b")) continue;
    const compiled = compileRoutes(config, profile);
    const dead = lintConfig(config, profile).flatMap(({ code, path }) =>
      PROVEN.has(code) ? [idAt(config, path)] : [],
    );
    const hit = new Set<string>();
    for (let set = 0; set < 1_000; set++) {
      for (const { id } of findRoutes(compiled, tree.labels())) {
        for (let at = id; at !== "r"; at = at.slice(0, at.lastIndexOf("."))) hit.add(at);
      }
    }
    for (const id of idsOf(config.route!)) {
      if (id === "r" || dead.some((top) => id === top || id.startsWith(`${top}.`))) continue;
      if (hit.has(id)) reached++;
      else missed++;
    }
  }
  // Random labels do not find everything; the lints would have to miss a lot to fall short of that.
  expect(missed).toBeLessThan(reached / 5);
});

it(`an equality in the place of a pattern matches the same (SEED=${SEED})`, () => {
  const tree = new RandomTree(seeded(SEED + 2));
  let found = 0;
  for (let tried = 0; tried < LABEL_SETS; ) {
    const config = tree.config();
    const fixes = lintConfig(config, profile).flatMap(({ code, fix }) =>
      code === "matcher_is_equality" && fix ? [fix] : [],
    );
    if (fixes.length === 0) continue;
    found += fixes.length;
    const before = compileRoutes(config, profile);
    const after = fixes.map((fix) => compileRoutes(applyFix(config, fix), profile));
    for (let set = 0; set < 40; set++, tried++) {
      const labels = tree.labels();
      const was = findRoutes(before, labels).map(({ id }) => id);
      for (const other of after) expect(findRoutes(other, labels).map(({ id }) => id)).toEqual(was);
    }
  }
  expect(found).toBeGreaterThan(LABEL_SETS / 100);
});

it(`a repeated route may go without anybody missing an alert (SEED=${SEED})`, () => {
  const tree = new RandomTree(seeded(SEED + 3));
  let found = 0;
  for (let run = 0; run < 300; run++) {
    const config = tree.config();
    const routes = config.route!.routes!;
    const at = Math.floor(run / 60) % routes.length;
    routes[at]!.continue = true;
    routes.splice(at + 1 + (run % 2), 0, { ...routes[at]!, id: "r.twin", continue: run % 3 === 0 });
    for (const { code, fix } of lintConfig(config, profile)) {
      if (code !== "route_repeated" || !fix) continue;
      found++;
      const [before, after] = [config, applyFix(config, fix)].map((one) => compileRoutes(one, profile));
      for (let set = 0; set < 30; set++) {
        const labels = tree.labels();
        const receivers = (compiled: typeof before) =>
          [...new Set(findRoutes(compiled!, labels).map(({ options }) => options.receiver))].sort();
        expect(receivers(after)).toEqual(receivers(before));
      }
    }
  }
  expect(found).toBeGreaterThan(50);
});

function idAt(config: Config, path: readonly (string | number)[]): string {
  const at = path.reduce<unknown>((value, step) => Object(value)[step], config);
  return String(Object(at).id);
}

function idsOf(route: Route): string[] {
  return [route.id, ...(route.routes ?? []).flatMap(idsOf)];
}
