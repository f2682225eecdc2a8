import { describe, expect, it } from "vitest";
import { CONFIG_STRUCT, configSchema, fieldAt, fieldsByKey } from ".";
import type { Path } from "./types";

const GOOD = {
  route: {
    id: "root",
    receiver: "a",
    group_wait: "30s",
    routes: [{ id: "r", receiver: "a", continue: true, match: { team: "x" } }],
  },
  receivers: [
    {
      id: "a",
      name: "a",
      pushover_configs: [{ id: "p", user_key: "u", token: "t", priority: "1", retry: "1m", expire: "1h" }],
      email_configs: [{ id: "e", to: "a@example.com", smarthost: "h:25", from: "b@example.com", tls_config: null }],
    },
  ],
  global: { resolve_timeout: "5m" },
};
const problemsOf = (config: unknown) => {
  const { success, error } = configSchema.safeParse(config);
  return success ? [] : error.issues.map(({ path }) => path.join("."));
};

describe("configSchema", () => {
  it("takes upstream's shape with our ids, null where Go takes it", () => expect(problemsOf(GOOD)).toEqual([]));

  it.each<[string, (config: typeof GOOD) => unknown, string]>([
    ["a key nobody knows", (config) => ({ ...config, rout: {} }), ""],
    ["a number for a text", (config) => ({ ...config, global: { resolve_timeout: 5 } }), "global.resolve_timeout"],
    ["a text for a flag", (config) => ({ ...config, route: { ...config.route, continue: "yes" } }), "route.continue"],
    ["an object for a list", (config) => ({ ...config, receivers: {} }), "receivers"],
    [
      "a number in a map of texts",
      (config) => ({ ...config, route: { ...config.route, match: { a: 1 } } }),
      "route.match.a",
    ],
    ["a route without an id", (config) => ({ ...config, route: { receiver: "a" } }), "route.id"],
    [
      "what the newest Alertmanager refuses",
      (config) => ({ ...config, route: { ...config.route, receiver: "none" } }),
      "route.receiver",
    ],
  ])("refuses %s", (_what, change, path) => expect(problemsOf(change(structuredClone(GOOD)))).toContain(path));
});

describe("fieldAt", () => {
  const keyAt = (...path: Path) => fieldAt(path)?.key;

  it("finds the field of a place, through lists and maps", () => {
    expect(keyAt("global", "resolve_timeout")).toBe("resolve_timeout");
    expect(keyAt("route", "routes", 3, "routes", 0, "group_by")).toBe("group_by");
    expect(keyAt("route", "routes", 3, "group_by", 1)).toBe("group_by");
    expect(keyAt("route", "match", "team")).toBe("match");
    expect(keyAt("receivers", 0, "slack_configs", 1, "http_config", "basic_auth", "password")).toBe("password");
    expect(keyAt("receivers", 0, "pagerduty_configs", 0, "details", "a")).toBe("details");
  });

  it("finds nothing beside the structs, nor below a plain value", () => {
    expect(keyAt()).toBeUndefined();
    expect(keyAt("nope")).toBeUndefined();
    expect(keyAt("route", "nope", "deeper")).toBeUndefined();
    expect(keyAt("global", "resolve_timeout", "deeper")).toBeUndefined();
    expect(keyAt("toString")).toBeUndefined();
  });

  it("knows the fields of a struct by key, the same map each time", () => {
    const fields = fieldsByKey(CONFIG_STRUCT);
    expect([...fields.keys()]).toEqual(CONFIG_STRUCT.fields.map(({ key }) => key));
    expect(fieldsByKey(CONFIG_STRUCT)).toBe(fields);
  });
});
