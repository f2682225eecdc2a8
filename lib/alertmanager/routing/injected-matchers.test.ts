import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config, Route } from "../config/types";
import { diffBehaviour } from "../diff/behaviour";
import { checkExpectations } from "../expectations";
import { findInhibitions } from "../inhibition";
import { injectingId, profileFor } from "../profiles";
import { compileRoutes } from "./compile-routes";
import { explainRoutes } from "./explain-routes";
import { readInjected } from "./injected-matchers";
import { lintConfig } from "./lints";
import { findRoutes, matchRoutes } from "./match-routes";

const plain = profileFor("alertmanager@0.34");
const shop = profileFor('alertmanager@0.34{namespace="shop",env!="dev"}');
const config: Config = {
  route: {
    ...{ id: "root", receiver: "chat", group_by: ["namespace"] },
    routes: [
      { id: "db", receiver: "pager", matchers: ["team=db"] },
      { id: "other", receiver: "pager", matchers: ["namespace=other"] },
    ],
  },
  receivers: ["chat", "pager"].map((name) => ({ id: name, name })),
};

describe("a profile", () => {
  it("says in its id what the target's owner injects", () => {
    expect(shop.injectedMatchers).toBe('namespace="shop",env!="dev"');
    expect(profileFor(shop.id)).toBe(shop);
    expect(profileFor('alertmanager@0.33.1{a="}"}').id).toBe('alertmanager@0.33{a="}"}');
    expect([injectingId(plain.id, ""), profileFor("alertmanager@0.34{}").id]).toEqual([plain.id, plain.id]);
    expect(() => profileFor('grafana@13{a="b"}')).toThrow("no profile");
  });

  it("takes matchers as its parser reads them, and prints them so that any parser does", () => {
    expect(readInjected(["namespace = shop", "env!=dev"], plain)).toEqual({ text: shop.injectedMatchers });
    expect(readInjected(["namespace"], plain)).toMatchObject({ error: expect.any(String) });
    expect(readInjected(["a=~("], plain)).toMatchObject({ error: expect.stringContaining("missing closing") });
    expect(readInjected([""], plain)).toEqual({ error: "no matcher" });
    expect(readInjected(['"a.b"=c'], profileFor("alertmanager@0.25"))).toMatchObject({ error: expect.any(String) });
  });
});

describe("what is injected", () => {
  it("keeps other alerts from every route, and says which matcher did", () => {
    const routes = compileRoutes(config, shop);
    expect(findRoutes(routes, { team: "db" })).toEqual([]);
    expect(matchRoutes(routes, { team: "db", namespace: "shop" })).toMatchObject([
      { receiver: "pager", groupKey: '{}/{env!="dev",namespace="shop"}/{team="db"}:{namespace="shop"}' },
    ]);
    expect(explainRoutes(routes, { namespace: "shop", env: "dev" })).toMatchObject({
      outcome: "refuses",
      failed: [{ matcher: { name: "env" }, value: "dev" }],
      route: { injected: [{ name: "namespace" }, { name: "env" }] },
    });
    expect(compileRoutes(config, plain).root.injected).toEqual([]);
  });

  it("is no alert's way when it cannot be read", () => {
    const { root } = compileRoutes(config, profileFor("alertmanager@0.34{a=~(}"));
    expect([root.error, root.accepts(new Map())]).toEqual([expect.stringContaining("missing closing"), false]);
  });

  it("is known to lints, expectations, inhibition and the comparison of behaviour", () => {
    const codes = (profile: typeof plain) =>
      lintConfig(config, profile).map(({ code, path }) => [code, path.join(".")]);
    expect(codes(plain)).not.toContainEqual(["route_contradictory", "route.routes.1"]);
    expect(codes(shop)).toContainEqual(["route_contradictory", "route.routes.1"]);
    expect(codes(shop)).toContainEqual(["group_by_constant", "route.group_by.0"]);

    const list = [{ name: "db", labels: { team: "db" }, receivers: ["pager"] }];
    expect(checkExpectations(config, plain, list)[0]?.ok).toBe(true);
    expect(checkExpectations(config, shop, list)[0]?.reason?.code).toBe("unmatched");

    const rules = [{ source_matchers: ["s=crit"], target_matchers: ["s=warn"] }];
    const firing = [{ s: "crit" }];
    expect(findInhibitions(rules, plain, firing)({ s: "warn", namespace: "shop" })).toHaveLength(1);
    expect(findInhibitions(rules, shop, firing)({ s: "warn", namespace: "shop" })).toEqual([]);
    const ours = [{ s: "crit", namespace: "shop" }];
    expect(findInhibitions(rules, shop, ours)({ s: "warn", namespace: "shop" })).toHaveLength(1);
    expect(findInhibitions(rules, shop, ours)({ s: "warn", namespace: "other" })).toEqual([]);

    const after: Config = { ...config, route: { ...(config.route as Route), receiver: "pager", routes: [] } };
    const history = [
      { labels: { namespace: "shop" }, firings: [0, 10] },
      { labels: { namespace: "other" }, firings: [0, 10] },
    ];
    expect(diffBehaviour(config, after, plain, { history })).toMatchObject({ moved: 1 });
    expect(diffBehaviour(config, after, shop, { history }).flows).toEqual([
      expect.objectContaining({ from: "chat", to: "pager", alerts: 1 }),
    ]);
  });
});

const name = fc.constantFrom("a", "b", "c");
const value = fc.constantFrom("", "1", "2", "12");
const matcher = fc
  .tuple(name, fc.constantFrom("=", "!=", "=~", "!~"), value)
  .map(([label, op, text]) => `${label}${op}"${text}"`);
const routeAt = (depth: number): fc.Arbitrary<Route> =>
  fc.record({
    id: fc.uuid(),
    receiver: fc.constantFrom("x", "y"),
    matchers: fc.array(matcher, { maxLength: 2 }),
    continue: fc.boolean(),
    routes: depth === 0 ? fc.constant([]) : fc.array(routeAt(depth - 1), { maxLength: 3 }),
  });

it("answers as the composed tree does, in which the tenant's root is a first-level route with these matchers", () => {
  fc.assert(
    fc.property(
      fc.array(matcher, { minLength: 1, maxLength: 2 }),
      routeAt(2),
      fc.array(fc.dictionary(name, value), { minLength: 1, maxLength: 6 }),
      (injected, tenant, sets) => {
        const { matchers: _, ...root } = tenant;
        const first = { ...root, matchers: injected, continue: true } as Route;
        const composed = compileRoutes({ route: { id: "owner", receiver: "owner", routes: [first] } }, plain);
        const read = readInjected(injected, plain);
        if ("error" in read) throw new Error(read.error);
        const alone = compileRoutes({ route: root as Route }, profileFor(injectingId(plain.id, read.text)));
        for (const labels of sets) {
          const wanted = matchRoutes(composed, labels).filter(({ route }) => route.id !== "owner");
          const got = matchRoutes(alone, labels);
          const told = (all: typeof got) => all.map(({ route, receiver, groupKey }) => [route.id, receiver, groupKey]);
          expect(told(got)).toEqual(told(wanted));
        }
      },
    ),
    { numRuns: 200 },
  );
});
