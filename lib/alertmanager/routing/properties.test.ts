import fc from "fast-check";
import { expect, it } from "vitest";
import type { Config, Route } from "../config/types";
import { matches, parseMatchers } from "../matchers";
import { profileFor } from "../profiles";
import { type CompiledRoute, compileRoutes } from "./compile-routes";
import { explainRoutes, type RouteExplanation } from "./explain-routes";
import { findRoutes } from "./match-routes";

const profile = profileFor("alertmanager@0.34");

const name = fc.constantFrom("a", "b", "c");
const value = fc.constantFrom("1", "2", "3", "12", "1.", "");
const matcher = fc.oneof(
  fc.tuple(name, fc.constantFrom("=", "=", "=", "!="), value).map(([label, op, text]) => `${label}${op}"${text}"`),
  fc
    .tuple(
      name,
      fc.constantFrom("=~", "!~"),
      fc.constantFrom("1", "1|2", "1|", "2.*", "[13]", "", "(?i)x", "3|1|3", "1.+", "12?", "1\\\\.*"),
    )
    .map(([label, op, text]) => `${label}${op}"${text}"`),
);
const routeAt = (depth: number): fc.Arbitrary<Route> =>
  fc.record({
    id: fc.uuid(),
    matchers: fc.array(matcher, { maxLength: 3 }),
    match: fc.dictionary(name, value, { maxKeys: 1 }),
    match_re: fc.dictionary(name, fc.constantFrom("1|2", "3", ".+"), { maxKeys: 1 }),
    continue: fc.boolean(),
    routes: depth === 0 ? fc.constant([]) : fc.array(routeAt(depth - 1), { maxLength: depth * 3 }),
  });
const tree = fc
  .array(routeAt(2), { minLength: 1, maxLength: 15 })
  .map((routes): Config => ({ route: { id: "root", receiver: "r", routes } }));
const labels = fc.dictionary(name, value);

/** Upstream's own walk: every sibling in turn. */
function walk(written: Route, set: Record<string, string>): string[] {
  const asked = (written.matchers ?? []).flatMap((text) => {
    const parsed = parseMatchers(text);
    return parsed.ok ? parsed.matchers : [];
  });
  for (const [label, text] of Object.entries(written.match ?? {})) asked.push({ name: label, op: "=", value: text });
  for (const [label, text] of Object.entries(written.match_re ?? {}))
    asked.push({ name: label, op: "=~", value: text });
  if (!matches(asked, set)) return [];
  const found: string[] = [];
  for (const child of written.routes ?? []) {
    const below = walk(child, set);
    found.push(...below);
    if (below.length > 0 && !child.continue) break;
  }
  return found.length > 0 ? found : [written.id];
}

function notifying(explanation: RouteExplanation): string[] {
  const below = explanation.routes.flatMap(notifying);
  return explanation.outcome === "notifies" ? [...below, explanation.route.id] : below;
}

it("finds by the index what asking every route in turn finds", () => {
  let taken = 0;
  fc.assert(
    fc.property(tree, fc.array(labels, { minLength: 1, maxLength: 8 }), (config, sets) => {
      const compiled = compileRoutes(config, profile);
      for (const set of sets) {
        const expected = walk(config.route!, set);
        if (expected[0] !== "root") taken++;
        expect(findRoutes(compiled, set).map(({ id }) => id)).toEqual(expected);
      }
    }),
    { numRuns: 250 },
  );
  // The trees are such that most alerts go down.
  expect(taken).toBeGreaterThan(250);
});

it("explains what it finds, and each route once unless nobody entered it", () => {
  fc.assert(
    fc.property(tree, labels, (config, set) => {
      const compiled = compileRoutes(config, profile);
      const explanation = explainRoutes(compiled, set);
      expect(notifying(explanation)).toEqual(findRoutes(compiled, set).map(({ id }) => id));
      const check = ({ route: { routes }, outcome, failed, keptBy, routes: told }: RouteExplanation) => {
        expect(failed.length > 0).toBe(outcome === "refuses");
        expect(keptBy !== null).toBe(outcome === "unreached");
        const entered = outcome === "notifies" || outcome === "passes_on";
        expect(told.map(({ route: { id } }) => id)).toEqual(entered ? routes.map(({ id }) => id) : []);
        told.forEach(check);
      };
      check(explanation);
    }),
    { numRuns: 100 },
  );
});

/** An edit by copying, as the interface makes them: somewhere in the tree a route changes, comes, goes or moves. */
function edited(route: Route, where: readonly number[], other: Route, kind: string): Route {
  const routes = [...(route.routes ?? [])];
  const [first = 0, ...deeper] = where;
  const at = routes.length === 0 ? 0 : first % routes.length;
  const child = routes[at];
  if (kind === "options") return { ...route, group_wait: "7s", group_by: ["a"], receiver: `${route.receiver}!` };
  if (child && deeper.length > 0) routes[at] = edited(child, deeper, other, kind);
  else if (kind === "add" || !child) routes.splice(at, 0, other);
  else if (kind === "remove") routes.splice(at, 1);
  else if (kind === "move") routes.push(...routes.splice(at, 1));
  else routes[at] = { ...child, matchers: other.matchers ?? [], continue: other.continue ?? false };
  return { ...route, routes };
}

function told({ id, matchers, continues, options, position, error, parent, routes }: CompiledRoute): unknown {
  return { id, matchers, continues, options, position, error, parent: parent?.id, routes: routes.map(told) };
}

it("compiles after edits what it would compile afresh", () => {
  const edit = fc.record({
    where: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom("change", "add", "remove", "move", "options"),
    other: routeAt(1),
  });
  fc.assert(
    fc.property(tree, fc.array(edit, { maxLength: 6 }), fc.array(labels, { maxLength: 8 }), (config, edits, sets) => {
      let current = config;
      const before = compileRoutes(config, profile);
      const was = told(before.root);
      for (const { where, kind, other } of edits) {
        current = { ...current, route: edited(current.route!, where, { ...other, id: "new" }, kind) };
        const compiled = compileRoutes(current, profile);
        const fresh = compileRoutes(structuredClone(current), profile);
        expect(told(compiled.root)).toEqual(told(fresh.root));
        for (const set of sets) {
          expect(findRoutes(compiled, set).map(({ id }) => id)).toEqual(findRoutes(fresh, set).map(({ id }) => id));
        }
      }
      expect(told(before.root)).toEqual(was);
    }),
    { numRuns: 60 },
  );
});
